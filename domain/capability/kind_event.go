package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// events are doorbells, and others of which Alexa can only tell whether they can
// be reached.
func events() Kind {
	return Kind{
		Domain: "event",
		Category: func(v View) alexa.DisplayCategory {
			if rings(v) {
				return alexa.CategoryDoorbell
			}
			return alexa.CategoryOther
		},
		Interfaces: []Interface{doorbell(rings), health()},
	}
}

func rings(v View) bool { return v.State.Text(home.AttrDeviceClass) == "doorbell" }

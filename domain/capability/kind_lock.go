package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func locks() Kind {
	return Kind{
		Domain:     "lock",
		Category:   is(alexa.CategorySmartLock),
		Interfaces: []Interface{lock(), health()},
		Manner:     action.Manner{Care: strict, Stuck: []string{"jammed"}},
	}
}

// strict is the care of kinds of which nothing may be claimed.
func strict(home.State) action.Care { return action.Strict }

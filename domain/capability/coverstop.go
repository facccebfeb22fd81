package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// coverStop is Alexa.PlaybackController for covers: "stop" stops one
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-playbackcontroller.html).
func coverStop() Interface {
	return Interface{
		Namespace: alexa.PlaybackController,
		Instance:  "cover.stop",
		Supports:  func(v View) bool { return v.State.Has(home.CoverStop) || v.State.Has(home.CoverStopTilt) },
		Describe: func(View) alexa.Capability {
			c := alexa.NewCapability(alexa.PlaybackController)
			c.SupportedOperations = []string{"Stop"}
			return c
		},
		Directives: map[string]Action{"Stop": {Plan: stopCover}},
	}
}

// stopCover stops a cover; where that has nothing but slats, these.
func stopCover(r Request) (action.Plan, error) {
	slats := home.CallOn(r.ID(), "cover", "stop_cover_tilt")
	return action.Plan{
		Call:    home.CallOn(r.ID(), "cover", "stop_cover"),
		Instead: &slats,
		Wants:   []action.Want{action.StateIs(stateOpen, stateClosed)},
	}, nil
}

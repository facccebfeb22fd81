package capability

import (
	"math"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// maxSteps is how many steps are taken for one directive. Home Assistant takes
// one a call, and Alexa does not wait for more.
const maxSteps = 25

// stepSpeaker is Alexa.StepSpeaker, for players that can only be made louder and
// quieter. It has no properties
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-stepspeaker.html).
func stepSpeaker() Interface {
	return Interface{
		Namespace: alexa.StepSpeaker,
		Supports: func(v View) bool {
			return v.State.Has(home.MediaVolumeStep) && !v.State.Has(home.MediaVolumeSet)
		},
		Describe: func(View) alexa.Capability { return alexa.NewCapability(alexa.StepSpeaker) },
		Directives: map[string]Action{
			"AdjustVolume": {Plan: stepVolume},
			"SetMute":      {Plan: setMute},
		},
	}
}

// stepVolume goes one step where nobody said how many: the ten that Alexa says
// then are too many for most players.
func stepVolume(r Request) (action.Plan, error) {
	n, err := steps(r, "volumeSteps")
	if err != nil {
		return action.Plan{}, err
	}
	var in struct{ VolumeStepsDefault bool }
	if err := r.Directive.Decode(&in); err != nil {
		return action.Plan{}, err
	}
	if in.VolumeStepsDefault {
		n = min(max(n, -1), 1)
	}
	return stepPlan(r.ID(), n, "volume_up", "volume_down"), nil
}

// stepPlan makes as many calls of a service as there are steps.
func stepPlan(id home.EntityID, n int, forward, back string) action.Plan {
	service := forward
	if n < 0 {
		service, n = back, -n
	}
	call := home.CallOn(id, "media_player", service)
	return action.Plan{Call: call, More: slices.Repeat([]home.ServiceCall{call}, min(n, maxSteps)-1)}
}

// steps returns the payload's member called name, which must be a number of
// steps forward or back, not none.
func steps(r Request, name string) (int, error) {
	f, err := anyNumber(r, name)
	switch {
	case err != nil:
		return 0, err
	case f != math.Trunc(f):
		return 0, fault.Newf(fault.Invalid, "The payload's %s is not a whole number.", name)
	case f == 0:
		return 0, fault.Newf(fault.Refused, "The payload's %s is 0, which changes nothing.", name)
	}
	return int(min(max(f, -maxSteps), maxSteps)), nil
}

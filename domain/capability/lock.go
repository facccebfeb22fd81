package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// lock is Alexa.LockController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-lockcontroller.html).
func lock() Interface {
	return Interface{
		Namespace: alexa.LockController,
		Describe:  func(View) alexa.Capability { return alexa.NewCapability(alexa.LockController, "lockState") },
		Read:      func(v View) []Reading { return lockState(v.State.Value) },
		Directives: map[string]Action{
			"Lock":   {Plan: turnKey("lock", "locked"), Refused: keyRefused},
			"Unlock": {Plan: unlock, Refused: keyRefused},
		},
	}
}

func turnKey(service, wanted string) func(Request) (action.Plan, error) {
	return func(r Request) (action.Plan, error) {
		return action.Plan{
			Call:  home.CallOn(r.ID(), "lock", service, r.House.code(r.ID())...),
			Wants: []action.Want{action.StateIs(wanted)},
		}, nil
	}
}

func unlock(r Request) (action.Plan, error) {
	if r.House.NoUnlock {
		return action.Plan{}, turnedOff("Unlocking", "HA_VOICE_UNLOCK")
	}
	return turnKey("unlock", "unlocked")(r)
}

// keyRefused explains why the home refused to turn a lock: it wants a code.
func keyRefused(r Request) error {
	if !wantsCode(r.State) {
		return nil
	}
	return alexa.Refuse("The lock wants a code, and none that it takes is configured (HA_CODES).", alexa.Detail{Type: alexa.InsufficientPermissions})
}

// lockState returns Alexa's word for a lock's state. A lock on its way is what
// it was: it is not locked before it says so. Nothing is said of a lock whose
// state the home does not know.
func lockState(state string) []Reading {
	switch state {
	case "locked", "unlocking":
		return reading("lockState", "LOCKED")
	case "unlocked", "locking", "open", "opening":
		return reading("lockState", "UNLOCKED")
	case "jammed":
		return reading("lockState", "JAMMED")
	default:
		return nil
	}
}

package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func remotes() Kind {
	return Kind{
		Domain:     "remote",
		Category:   is(alexa.CategoryRemote),
		Interfaces: []Interface{power(onOff("remote")), activity().face(), health()},
	}
}

// activity is what a remote's devices are used for at the moment, "Watch TV".
func activity() moded {
	return moded{
		instance: "remote.activity",
		prefix:   "activity",
		supports: func(v View) bool { return v.State.Has(home.RemoteActivity) },
		names:    []phrase{wordActivity, assetMode},
		listed:   home.AttrActivityList,
		read:     func(s home.State) string { return s.Text(home.AttrCurrentActivity) },
		// Home Assistant hands any activity on to the device.
		setReads: true,
		set: func(r Request, activity string) (action.Plan, error) {
			return action.Plan{
				Call:  home.CallOn(r.ID(), "remote", "turn_on", home.Field{Name: "activity", Value: home.Text(activity)}),
				Wants: []action.Want{action.StateIs(home.On), action.TextIs(home.AttrCurrentActivity, activity)},
			}, nil
		},
	}
}

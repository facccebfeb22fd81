package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// Home Assistant's own integration does not offer selects. Ours have the names
// that it would have given them.
func selects() Kind      { return selectKind("select", FeatureCore) }
func inputSelects() Kind { return selectKind("input_select", FeatureInputHelpers) }

func selectKind(domain string, feature Feature) Kind {
	return Kind{
		Domain:     domain,
		Feature:    feature,
		Category:   is(alexa.CategoryOther),
		Interfaces: []Interface{option(domain).face(), health()},
		Useful:     true,
	}
}

func option(domain string) moded {
	return moded{
		instance: domain + ".option",
		prefix:   "option",
		names:    []phrase{wordOption, assetMode},
		listed:   home.AttrOptions,
		ordered:  true,
		read:     func(s home.State) string { return s.Value },
		set: func(r Request, option string) (action.Plan, error) {
			return action.Plan{
				Call:  home.CallOn(r.ID(), domain, "select_option", home.Field{Name: "option", Value: home.Text(option)}),
				Wants: []action.Want{action.StateIs(option)},
			}, nil
		},
	}
}

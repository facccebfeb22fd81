package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// armings are Alexa's ways of being armed, in Home Assistant's order.
var armings = []struct {
	armState, service, state string
	feature                  home.Feature
}{
	{"ARMED_AWAY", "alarm_arm_away", "armed_away", home.AlarmArmAway},
	{"ARMED_STAY", "alarm_arm_home", "armed_home", home.AlarmArmHome},
	{"ARMED_NIGHT", "alarm_arm_night", "armed_night", home.AlarmArmNight},
}

const (
	disarmed     = "DISARMED"
	fourDigitPIN = "FOUR_DIGIT_PIN"
)

// panelConfiguration is what Alexa.SecurityPanelController's discovery tells.
type panelConfiguration struct {
	ArmStates      []armState          `json:"supportedArmStates"`
	Authorizations []authorizationType `json:"supportedAuthorizationTypes,omitempty"`
}

type armState struct {
	Value string `json:"value"`
}

type authorizationType struct {
	Type string `json:"type"`
}

// securityPanel is Alexa.SecurityPanelController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-securitypanelcontroller.html).
func securityPanel() Interface {
	return Interface{
		Namespace: alexa.SecurityPanelController,
		Supports:  armable,
		Describe:  describePanel,
		Read: func(v View) []Reading {
			if state := armStateOf(v.State); state != "" {
				return reading("armState", state)
			}
			return nil
		},
		Directives: map[string]Action{
			// Whether a panel may be armed depends on what it is: Amazon wants
			// one that is armed to be disarmed first, and Home Assistant takes
			// everything.
			"Arm": {
				NeedsState: true, Plan: arm, Refused: armRefused,
				Success: &SuccessEvent{alexa.SecurityPanelController, "Arm.Response", armResponse},
			},
			"Disarm": {Plan: disarm, Refused: disarmRefused},
		},
	}
}

// armable says whether a panel can be armed by voice: Alexa asks for a PIN to
// disarm only, so one that wants a code to be armed must have it configured.
func armable(v View) bool {
	return !v.State.Flag(home.AttrCodeArmRequired) || !v.House.Codes[v.State.ID].Empty()
}

func describePanel(v View) alexa.Capability {
	configuration := panelConfiguration{ArmStates: []armState{{disarmed}}}
	for _, a := range armings {
		if v.State.Has(a.feature) {
			configuration.ArmStates = append(configuration.ArmStates, armState{a.armState})
		}
	}
	if v.State.Text(home.AttrCodeFormat) == "number" && v.House.Codes[v.State.ID].Empty() && !v.House.NoDisarm {
		configuration.Authorizations = []authorizationType{{fourDigitPIN}}
	}
	c := alexa.NewCapability(alexa.SecurityPanelController, "armState")
	c.Configuration = configuration
	return c
}

// armStateOf returns Alexa's word for a panel's state. One on its way is what it
// becomes while it arms, which Alexa calls the exit delay, and what it was
// while somebody may still disarm it and while it rings; "" when it does not
// say what that is.
func armStateOf(s home.State) string {
	switch s.Value {
	case "arming":
		return armWord(s.Text(home.AttrNextState))
	case "pending", "triggered", "disarming":
		return armWord(s.Text(home.AttrPreviousState))
	default:
		return armWord(s.Value)
	}
}

// armWord returns Alexa's word for a state of Home Assistant's in which a panel
// stays. Away for long is away, and armed with exceptions is armed with people
// at home.
func armWord(state string) string {
	switch state {
	case "disarmed":
		return disarmed
	case "armed_vacation":
		return "ARMED_AWAY"
	case "armed_custom_bypass":
		return "ARMED_STAY"
	}
	for _, a := range armings {
		if a.state == state {
			return a.armState
		}
	}
	return ""
}

// armed is the payload of the event that answers Arm. The delay is told when it
// is known: of a panel that is armed already.
type armed struct {
	ExitDelay *int `json:"exitDelayInSeconds,omitempty"`
}

func arm(r Request) (action.Plan, error) {
	wanted, err := text(r, "armState")
	if err != nil {
		return action.Plan{}, err
	}
	now := armStateOf(r.State)
	switch {
	case r.State.Value == "triggered":
		return action.Plan{}, alexa.Refuse("The alarm has gone off and must be disarmed first.", alexa.Detail{Type: alexa.UnclearedAlarm})
	case now == "ARMED_AWAY" && wanted != now:
		return action.Plan{}, alexa.Refuse("The panel is armed and must be disarmed first.", alexa.Detail{Type: alexa.AuthorizationRequired})
	}
	for _, a := range armings {
		if a.armState != wanted {
			continue
		}
		return action.Plan{
			Call:  home.CallOn(r.ID(), "alarm_control_panel", a.service, r.House.code(r.ID())...),
			Wants: []action.Want{action.StateIs(a.state, "arming")},
		}, nil
	}
	return action.Plan{}, fault.New(fault.Refused, "The panel cannot be armed in that way.")
}

func armResponse(after View, _ action.Plan, _ string) any {
	if state := armWord(after.State.Value); state == "" || state == disarmed {
		return armed{}
	}
	none := 0
	return armed{&none}
}

// armRefused explains why the home refused to arm a panel that can be armed so:
// it wants a code.
func armRefused(r Request) error {
	wanted, _ := text(r, "armState")
	for _, a := range armings {
		if a.armState == wanted && r.State.Has(a.feature) && wantsCode(r.State) {
			return alexa.Refuse("The panel wants a code to be armed, and none that it takes is configured.", alexa.Detail{Type: alexa.Unauthorized})
		}
	}
	return nil
}

func disarm(r Request) (action.Plan, error) {
	if r.House.NoDisarm {
		return action.Plan{}, turnedOff("Disarming", "HA_VOICE_DISARM")
	}
	code, err := pinOf(r)
	if err != nil {
		return action.Plan{}, err
	}
	if code.Empty() {
		code = r.House.Codes[r.ID()]
	}
	return action.Plan{
		Call:  home.CallOn(r.ID(), "alarm_control_panel", "alarm_disarm", withCode(code)...),
		Wants: []action.Want{action.StateIs("disarmed")},
	}, nil
}

// disarmRefused explains why the home refused to disarm: the code is wrong, or
// there is none.
func disarmRefused(r Request) error {
	if !wantsCode(r.State) {
		return nil
	}
	return alexa.Refuse("The panel does not take this PIN.", alexa.Detail{Type: alexa.Unauthorized})
}

func wantsCode(s home.State) bool { return s.Text(home.AttrCodeFormat) != "" }

// pinOf returns the PIN that came with a directive, empty when none did.
func pinOf(r Request) (secret.Text, error) {
	var in struct {
		Authorization *struct{ Type, Value string }
	}
	if err := r.Directive.Decode(&in); err != nil {
		return secret.Text{}, err
	}
	switch {
	case in.Authorization == nil:
		return secret.Text{}, nil
	case in.Authorization.Type != fourDigitPIN:
		return secret.Text{}, fault.New(fault.Invalid, "The payload's authorization is of a type that LEE does not know.")
	}
	return secret.New(in.Authorization.Value), nil
}

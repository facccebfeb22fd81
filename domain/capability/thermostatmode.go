package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// hvacModes are Alexa's words for the modes of climate devices, which are their
// states (HVACMode in components/climate). Where two have the same word, the
// first that a device has is meant. A custom mode is told apart by its name.
var hvacModes = []struct{ hvac, mode, custom string }{
	{hvac: "heat", mode: "HEAT"},
	{hvac: "cool", mode: "COOL"},
	{hvac: "heat_cool", mode: modeAuto},
	{hvac: "auto", mode: modeAuto},
	{hvac: home.Off, mode: "OFF"},
	{hvac: "dry", mode: "CUSTOM", custom: "DEHUMIDIFY"},
	{hvac: "fan_only", mode: "CUSTOM", custom: "FAN"},
}

// presetEco is Home Assistant's preset that Alexa counts among the modes.
const presetEco, modeEco = "eco", "ECO"

// presetNone is Home Assistant's word for no preset.
const presetNone = "none"

const modeAuto = "AUTO"

// hvacMode returns Alexa's word for a climate device's mode. What is off is
// off, however sparing it would be.
func hvacMode(s home.State) string {
	if s.Value != home.Off && s.Text(home.AttrPresetMode) == presetEco {
		return modeEco
	}
	return hvacWord(s.Value)
}

func hvacWord(hvac string) string {
	for _, m := range hvacModes {
		if m.hvac == hvac {
			return m.mode
		}
	}
	return ""
}

// hvacModesOf returns the modes that a climate device can be set to.
func hvacModesOf(s home.State) []string {
	var modes []string
	for _, hvac := range s.Texts(home.AttrHVACModes) {
		if mode := hvacWord(hvac); mode != "" {
			modes = append(modes, mode)
		}
	}
	if slices.Contains(s.Texts(home.AttrPresetModes), presetEco) {
		modes = append(modes, modeEco)
	}
	return modes
}

// setHVACMode is SetThermostatMode of climate devices.
func setHVACMode() Action {
	return Action{
		// Both heat_cool and auto are AUTO for Alexa: only the state tells
		// which of them the device has.
		NeedsStateFor: func(r Request) bool {
			mode, err := modeOf(r)
			return err == nil && mode.Value == modeAuto
		},
		Plan:    planHVACMode,
		Refused: func(Request) error { return unsupportedMode() },
		Missed:  modeMissed,
	}
}

func planHVACMode(r Request) (action.Plan, error) {
	mode, err := modeOf(r)
	if err != nil {
		return action.Plan{}, err
	}
	if mode.Value == modeEco {
		return action.Plan{
			Call: home.CallOn(r.ID(), "climate", "set_preset_mode", home.Field{Name: home.AttrPresetMode, Value: home.Text(presetEco)}),
			// A thermostat that is off is off, whatever preset it shows.
			Wants: []action.Want{action.TextIs(home.AttrPresetMode, presetEco), action.StateIsNot(home.Off)},
		}, nil
	}
	has := r.State.Texts(home.AttrHVACModes)
	for _, m := range hvacModes {
		if m.mode != mode.Value || m.custom != mode.CustomName || mode.Value == modeAuto && !slices.Contains(has, m.hvac) {
			continue
		}
		plan := action.Plan{Call: setMode(r.ID(), m.hvac), Wants: []action.Want{action.StateIs(m.hvac)}}
		if m.hvac != home.Off {
			plan.Wants = append(plan.Wants, action.TextIsNot(home.AttrPresetMode, presetEco))
			plan.Then = endEco
		}
		return plan, nil
	}
	return action.Plan{}, unsupportedMode()
}

// endEco returns the call that ends the preset eco, which hides every mode but off; ok
// is false when the thermostat is not in it, or has no other.
func endEco(s home.State) (call home.ServiceCall, ok bool) {
	if s.Text(home.AttrPresetMode) != presetEco {
		return call, false
	}
	presets := slices.DeleteFunc(s.Texts(home.AttrPresetModes), func(preset string) bool { return preset == presetEco })
	if len(presets) == 0 {
		return call, false
	}
	preset := presets[0]
	if slices.Contains(presets, presetNone) {
		preset = presetNone
	}
	return home.CallOn(s.ID, "climate", "set_preset_mode", home.Field{Name: home.AttrPresetMode, Value: home.Text(preset)}), true
}

// modeMissed explains why a mode that the home took does not hold.
func modeMissed(r Request) error {
	if err := isOff(r.State); err != nil {
		return err
	}
	return fault.New(fault.NotNow, "The thermostat keeps its preset, and does not take this mode with it.")
}

// heaterMode returns Alexa's word for a water heater's mode: what it runs on is
// Alexa.ModeController's matter.
func heaterMode(s home.State) string {
	switch s.Value {
	case home.Unknown:
		return ""
	case home.Off:
		return "OFF"
	default:
		return "HEAT"
	}
}

func heaterModes(s home.State) []string {
	if s.Has(home.WaterHeaterOnOff) {
		return []string{"HEAT", "OFF"}
	}
	return nil
}

// setHeaterMode is SetThermostatMode of water heaters, which turns them on and
// off.
func setHeaterMode(s switching) Action {
	return Action{
		NeedsStateFor: func(r Request) bool {
			mode, err := modeOf(r)
			return err == nil && mode.Value == "HEAT"
		},
		Plan: func(r Request) (action.Plan, error) {
			mode, err := modeOf(r)
			switch {
			case err != nil:
				return action.Plan{}, err
			case mode.Value == "HEAT":
				return s.planOn(r)
			case mode.Value == "OFF":
				return action.Plan{Call: home.CallOn(r.ID(), s.domain, s.off), Wants: []action.Want{action.StateIs(home.Off)}}, nil
			default:
				return action.Plan{}, unsupportedMode()
			}
		},
		Refused: func(Request) error { return unsupportedMode() },
	}
}

// spokenMode is a thermostat's mode in a payload.
type spokenMode struct{ Value, CustomName string }

// modeOf returns the mode in the payload of SetThermostatMode. Alexa says it as
// an object; older versions of the interface said it as a text.
func modeOf(r Request) (spokenMode, error) {
	if mode, err := text(r, "thermostatMode"); err == nil {
		return spokenMode{Value: mode}, nil
	}
	mode, err := member[spokenMode](r, "thermostatMode", "mode")
	if err == nil && mode.Value == "" {
		err = fault.New(fault.Invalid, "The payload's thermostatMode has no value.")
	}
	return mode, err
}

func unsupportedMode() error {
	return alexa.Refuse("The thermostat has no such mode.", alexa.Detail{Type: alexa.UnsupportedThermostatMode})
}

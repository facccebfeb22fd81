package portstest

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// service does to one device what a service does, and returns the states that
// the device comes to be in, one after the other.
type service func(t *thing, data home.Fields) ([]home.State, error)

// services are those that the home has, by name. Its devices' domain is the
// service's, except that homeassistant's are for all.
var services = map[string]service{
	"automation.turn_off":      to(home.Off),
	"automation.turn_on":       to(home.On),
	"climate.set_hvac_mode":    setMode,
	"climate.set_temperature":  setTemperature,
	"cover.close_cover":        travel("closing", "closed", 0, home.CoverClose),
	"cover.open_cover":         travel("opening", "open", 100, home.CoverOpen),
	"cover.set_cover_position": setPosition,
	"homeassistant.turn_off":   to(home.Off),
	"homeassistant.turn_on":    to(home.On),
	"input_boolean.turn_off":   to(home.Off),
	"input_boolean.turn_on":    to(home.On),
	"light.turn_off":           to(home.Off),
	"light.turn_on":            shine,
	"lock.lock":                turnKey("locking", "locked", 0),
	"lock.open":                turnKey("opening", "open", home.LockOpen),
	"lock.unlock":              turnKey("unlocking", "unlocked", 0),
	"scene.turn_on":            activate,
	"script.turn_on":           to(home.On, home.Off),
	"switch.turn_off":          to(home.Off),
	"switch.turn_on":           to(home.On),
}

// apply carries out a call with the lock held.
func (h *MemoryHome) apply(call home.ServiceCall) (changed []home.State, err error) {
	do, ok := services[call.Name()]
	if !ok {
		return nil, refuse(fault.Unsupported, "There is no such service.")
	}
	for _, id := range call.Targets {
		t, ok := h.things[id]
		if !ok || call.Domain != "homeassistant" && call.Domain != id.Domain() || !t.now().Available() {
			continue // as Home Assistant has it: nobody is told
		}
		states, err := do(t, call.Data)
		if err != nil {
			return nil, err
		}
		changed = append(changed, t.become(states...)...)
	}
	return changed, nil
}

// refuse is the error of a call that the home got and did not carry out.
func refuse(kind fault.Kind, text string) error {
	return &fault.Error{Kind: kind, Text: text, Sent: true}
}

// to is of devices that are switched from state to state.
func to(values ...string) service {
	return func(t *thing, _ home.Fields) ([]home.State, error) {
		states := make([]home.State, len(values))
		for i, value := range values {
			states[i] = t.now()
			states[i].Value = value
		}
		return states, nil
	}
}

// activate makes the time the state, as scenes have it.
func activate(t *thing, _ home.Fields) ([]home.State, error) {
	s := t.now()
	s.Value = time.Now().UTC().Format(time.RFC3339Nano)
	return []home.State{s}, nil
}

func shine(t *thing, data home.Fields) ([]home.State, error) {
	s := t.now()
	brightness, _ := s.Number(home.AttrBrightness)
	if s.Value != home.On {
		brightness = 0
	}
	wanted := brightness
	if pct, ok := data.Get("brightness_pct").Number(); ok {
		wanted = pct * 2.55
	} else if step, ok := data.Get("brightness_step_pct").Number(); ok {
		wanted = brightness + step*2.55
	} else if brightness == 0 {
		wanted = 255
	}
	wanted = math.Round(min(max(wanted, 0), 255))
	s.Value = home.On
	if wanted == 0 {
		s.Value = home.Off
	}
	if len(s.Texts(home.AttrSupportedColorModes)) > 0 {
		s.Attributes = s.Attributes.With(home.AttrBrightness, home.Number(wanted))
	}
	for name, attribute := range map[string]string{"hs_color": home.AttrHSColor, "color_temp_kelvin": home.AttrColorTempKelvin} {
		if v := data.Get(name); !v.IsZero() {
			s.Attributes = s.Attributes.With(attribute, v)
		}
	}
	return []home.State{s}, nil
}

// turnKey is of locks, which are on their way for as long as they travel.
func turnKey(moving, end string, feature home.Feature) service {
	return func(t *thing, _ home.Fields) ([]home.State, error) {
		if feature != 0 && !t.now().Has(feature) {
			return nil, refuse(fault.Unsupported, "The entity does not support this.")
		}
		states := []home.State{t.now(), t.now()}
		states[0].Value, states[1].Value = moving, end
		if t.now().Value == end {
			states = states[1:]
		} else if t.jams && end == "locked" {
			states[1].Value = "jammed"
		}
		return states, nil
	}
}

// travel is of covers, which are on their way for as long as they travel.
func travel(moving, end string, position float64, feature home.Feature) service {
	return func(t *thing, _ home.Fields) ([]home.State, error) {
		if !t.now().Has(feature) {
			return nil, refuse(fault.Unsupported, "The entity does not support this.")
		}
		states := []home.State{t.now(), t.now()}
		states[0].Value, states[1].Value = moving, end
		if !states[1].Attributes.Get(home.AttrCurrentPosition).IsZero() {
			states[1].Attributes = states[1].Attributes.With(home.AttrCurrentPosition, home.Number(position))
		}
		if t.now().Value == end {
			states = states[1:]
		}
		return states, nil
	}
}

func setPosition(t *thing, data home.Fields) ([]home.State, error) {
	if !t.now().Has(home.CoverSetPosition) {
		return nil, refuse(fault.Unsupported, "The entity does not support this.")
	}
	s := t.now()
	position, _ := data.Get("position").Number()
	s.Value = "open"
	if position == 0 {
		s.Value = "closed"
	}
	s.Attributes = s.Attributes.With(home.AttrCurrentPosition, home.Number(position))
	return []home.State{s}, nil
}

func setTemperature(t *thing, data home.Fields) ([]home.State, error) {
	s := t.now()
	least, _ := s.Number(home.AttrMinTemp)
	most, _ := s.Number(home.AttrMaxTemp)
	for _, name := range []string{home.AttrTemperature, home.AttrTargetTempLow, home.AttrTargetTempHigh} {
		wanted, ok := data.Get(name).Number()
		if !ok {
			continue
		}
		if wanted < least || wanted > most {
			return nil, refuse(fault.Refused, "Provided temperature is not valid.")
		}
		s.Attributes = s.Attributes.With(name, home.Number(wanted))
	}
	return []home.State{s}, nil
}

func setMode(t *thing, data home.Fields) ([]home.State, error) {
	s := t.now()
	mode, _ := data.Get("hvac_mode").Text()
	if !slices.Contains(s.Texts(home.AttrHVACModes), mode) {
		return nil, refuse(fault.Refused, "HVAC mode "+strings.ToLower(mode)+" is not valid.")
	}
	s.Value = mode
	return []home.State{s}, nil
}

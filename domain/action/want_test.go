package action_test

import (
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func TestWant(t *testing.T) {
	t.Parallel()
	percentage := func(value float64) action.Want {
		return action.Want{Attribute: "percentage", Values: []home.Value{home.Number(value)}, Tolerance: 1, Step: "percentage_step"}
	}
	humidity := func(value float64) action.Want {
		return action.Want{
			Attribute: "humidity", Values: []home.Value{home.Number(value)}, Tolerance: 1,
			Step: "target_humidity_step", Least: "min_humidity", Most: "max_humidity", Given: "humidity",
		}
	}
	position := action.Want{
		Attribute: "current_position", Values: []home.Value{home.Number(0)}, Tolerance: 5,
		Given: "current_position", Underway: []string{"closing"},
	}
	closed := action.Want{Values: []home.Value{home.Text("closing"), home.Text("closed")}}
	number := action.Want{Values: []home.Value{home.Number(5)}, Most: "max"}

	for name, c := range map[string]struct {
		want    action.Want
		state   wireState
		reached bool
	}{
		"exact":                             {percentage(66), fan(66, 33.3), true},
		"a little off":                      {percentage(66), fan(67, 33.3), true},
		"the step below is the old speed":   {percentage(66), fan(33, 33.3), false},
		"the step above is the old speed":   {percentage(33), fan(66, 33.3), false},
		"between steps, the one below":      {percentage(40), fan(33, 33.3), true},
		"between steps, the one above":      {percentage(40), fan(67, 33.3), true},
		"between steps, one further":        {percentage(40), fan(100, 33.3), false},
		"no steps":                          {percentage(40), fan(45, nil), false},
		"a step of nothing":                 {percentage(40), fan(45, 0.0), false},
		"a text":                            {percentage(40), fan("40", 33.3), false},
		"no number at all":                  {percentage(40), fan(nil, 33.3), false},
		"a step counted from the least":     {humidity(57), hygrostat(58, 5.0), true},
		"a step below it":                   {humidity(57), hygrostat(53, 5.0), true},
		"not a step from the least":         {humidity(57), hygrostat(50, 5.0), false},
		"past the most":                     {humidity(99), hygrostat(83, 5.0), true},
		"not given":                         {humidity(57), hygrostat(nil, 5.0), true},
		"on its way":                        {position, wireState{State: "closing", Attributes: map[string]any{"current_position": 70.0}}, true},
		"on its way elsewhere":              {position, wireState{State: "opening", Attributes: map[string]any{"current_position": 70.0}}, false},
		"there":                             {position, wireState{State: "closed", Attributes: map[string]any{"current_position": 3.0}}, true},
		"without position":                  {position, wireState{State: "open"}, true},
		"an alternative":                    {closed, wireState{State: "closed"}, true},
		"no alternative":                    {closed, wireState{State: "opening"}, false},
		"the state as a number":             {number, wireState{State: "5.00"}, true},
		"the state as a number, kept below": {number, wireState{State: "3", Attributes: map[string]any{"max": 3.0}}, true},
		"the state is no number":            {number, wireState{State: "unknown"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := c.state.state()
			if reached := c.want.Reached(state); reached != c.reached {
				t.Errorf("reached is %v, should be %v", reached, c.reached)
			}
			if assumed := c.want.Assume(state); !c.want.Reached(assumed) {
				t.Errorf("what is assumed, %+v, is not what is wanted", assumed)
			}
		})
	}
}

func fan(percentage, step any) wireState {
	if n, ok := percentage.(int); ok {
		percentage = float64(n)
	}
	return wireState{State: "on", Attributes: map[string]any{"percentage": percentage, "percentage_step": step}}
}

func hygrostat(humidity, step any) wireState {
	if n, ok := humidity.(int); ok {
		humidity = float64(n)
	}
	return wireState{State: "on", Attributes: map[string]any{
		"humidity": humidity, "target_humidity_step": step, "min_humidity": 33.0, "max_humidity": 83.0,
	}}
}

// TestPlanThatWantsNothing makes sure that such a plan never counts as carried
// out: nobody can tell.
func TestPlanThatWantsNothing(t *testing.T) {
	t.Parallel()
	if (action.Plan{}).Reached(home.State{Value: "on"}) {
		t.Error("it is reached")
	}
}

// wireState is a state as a test writes it.
type wireState struct {
	State      string
	Attributes map[string]any
}

func (w wireState) state() home.State {
	s := home.State{ID: "sensor.any", Value: w.State}
	for name, value := range w.Attributes {
		switch value := value.(type) {
		case float64:
			s.Attributes = s.Attributes.With(name, home.Number(value))
		case string:
			s.Attributes = s.Attributes.With(name, home.Text(value))
		}
	}
	return s
}

// TestAssume is of what may be taken for done, and what may not.
func TestAssume(t *testing.T) {
	t.Parallel()
	target := action.NumberIs(home.AttrTemperature, 23, 0.3)
	bright := action.NumberIs(home.AttrBrightness, 128, 3)
	bright.Makes = true
	white := action.NumberIs(home.AttrColorTempKelvin, 2200, 100)
	white.Makes, white.Clears = true, []string{"hue"}
	for name, c := range map[string]struct {
		want  action.Want
		state wireState
		whole bool
		gives home.Fields
	}{
		"an attribute that is there":     {target, wireState{"heat", map[string]any{"temperature": 20.0}}, true, home.Fields{{Name: "temperature", Value: home.Number(23)}}},
		"an attribute that is null":      {target, wireState{"heat_cool", nil}, false, nil},
		"one that the command makes":     {bright, wireState{"on", nil}, true, home.Fields{{Name: "brightness", Value: home.Number(128)}}},
		"one that ends another":          {white, wireState{"on", map[string]any{"hue": 240.0}}, true, home.Fields{{Name: "color_temp_kelvin", Value: home.Number(2200)}}},
		"a state that must not be":       {action.StateIsNot(home.Off), wireState{home.Off, nil}, false, nil},
		"a state that is not so":         {action.StateIsNot(home.Off), wireState{"heat", nil}, true, nil},
		"a preset that must not be":      {action.TextIsNot(home.AttrPresetMode, "eco"), wireState{"heat", map[string]any{"preset_mode": "eco"}}, false, home.Fields{{Name: "preset_mode", Value: home.Text("eco")}}},
		"a preset that is not there":     {action.TextIsNot(home.AttrPresetMode, "eco"), wireState{"heat", nil}, true, nil},
		"a preset that is another":       {action.TextIs(home.AttrPresetMode, "eco"), wireState{"heat", map[string]any{"preset_mode": "none"}}, true, home.Fields{{Name: "preset_mode", Value: home.Text("eco")}}},
		"a preset of what has no preset": {action.TextIs(home.AttrPresetMode, "eco"), wireState{"heat", nil}, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, whole := action.Plan{Wants: []action.Want{c.want}}.Assume(c.state.state())
			if whole != c.whole {
				t.Errorf("everything is assumed: %v, should be %v", whole, c.whole)
			}
			if !slices.EqualFunc(got.Attributes, c.gives, func(a, b home.Field) bool { return a.Name == b.Name && a.Value.Equal(b.Value, 0) }) {
				t.Errorf("the attributes are %v, should be %v", got.Attributes, c.gives)
			}
		})
	}
}

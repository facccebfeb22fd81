package control_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/control"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var catalog = capability.NewCatalog(capability.Kinds())

// furnished returns a home with one device of each kind that is tested.
func furnished() *portstest.MemoryHome {
	f := func(name string, value home.Value) home.Field { return home.Field{Name: name, Value: value} }
	n := home.Number
	return portstest.NewHome(
		home.State{ID: "light.lamp", Value: home.Off, Attributes: home.Fields{
			f(home.AttrSupportedColorModes, home.Texts("color_temp")), f(home.AttrMinColorTempKelvin, n(2000)), f(home.AttrMaxColorTempKelvin, n(6500)),
		}},
		home.State{ID: "light.lit", Value: home.On, Attributes: home.Fields{
			f(home.AttrSupportedColorModes, home.Texts("color_temp")), f(home.AttrBrightness, n(128)), f(home.AttrColorTempKelvin, n(3000)),
		}},
		home.State{ID: "light.broken", Value: home.Unavailable},
		home.State{ID: "lock.door", Value: "unlocked"},
		home.State{ID: "cover.garage", Value: "closed", Attributes: home.Fields{
			f(home.AttrDeviceClass, home.Text("garage")), f(home.AttrSupportedFeatures, n(3)),
		}},
		home.State{ID: "cover.blind", Value: "closed", Attributes: home.Fields{
			f(home.AttrDeviceClass, home.Text("blind")), f(home.AttrSupportedFeatures, n(float64(home.CoverSetPosition|home.CoverOpen))),
			f(home.AttrCurrentPosition, n(0)),
		}},
		home.State{ID: "climate.room", Value: "heat", Attributes: home.Fields{
			f(home.AttrHVACModes, home.Texts("off", "heat")), f(home.AttrMinTemp, n(7)), f(home.AttrMaxTemp, n(35)), f(home.AttrTemperature, n(20)),
			f(home.AttrSupportedFeatures, n(1)),
		}},
		home.State{ID: "scene.film", Value: home.Unknown},
	)
}

// directive returns what Alexa sends.
func directive(endpoint string, ns alexa.Namespace, name, payload string) alexa.Directive {
	return alexa.Directive{
		Header: alexa.Header{
			Namespace: ns, Name: name, MessageID: "asked", CorrelationToken: "token", PayloadVersion: alexa.PayloadVersion,
		},
		Endpoint: alexa.EndpointRef{EndpointID: endpoint},
		Payload:  json.RawMessage(payload),
	}
}

var (
	turnOn     = directive("light#lamp", alexa.PowerController, "TurnOn", `{}`)
	half       = directive("light#lamp", alexa.BrightnessController, "SetBrightness", `{"brightness":50}`)
	brighter   = directive("light#lit", alexa.BrightnessController, "AdjustBrightness", `{"brightnessDelta":25}`)
	colder     = directive("light#lit", alexa.ColorTemperatureController, "IncreaseColorTemperature", `{}`)
	lock       = directive("lock#door", alexa.LockController, "Lock", `{}`)
	film       = directive("scene#film", alexa.SceneController, "Activate", `{}`)
	setPoint   = directive("climate#room", alexa.ThermostatController, "SetTargetTemperature", `{"targetSetpoint":{"value":22,"scale":"CELSIUS"}}`)
	tooWarm    = directive("climate#room", alexa.ThermostatController, "SetTargetTemperature", `{"targetSetpoint":{"value":99,"scale":"CELSIUS"}}`)
	openGarage = instance(directive("cover#garage", alexa.ModeController, "SetMode", `{"mode":"position.open"}`), "cover.position")
	openBlind  = directive("cover#blind", alexa.PowerController, "TurnOn", `{}`)
)

func instance(d alexa.Directive, name string) alexa.Directive {
	d.Header.Instance = name
	return d
}

// whole is how long Alexa's answer may take in the tests, margin what is kept of
// it.
const whole = 7 * time.Second

var (
	margin = action.DefaultPatience().Margin
	soft   = action.DefaultPatience().Effect
)

// outcome is what came of a directive.
type outcome struct {
	answer alexa.Answer
	err    error
	took   time.Duration
}

// handle has a home's directive carried out, in the time of the bubble.
func handle(t *testing.T, h *portstest.MemoryHome, d alexa.Directive, within time.Duration) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	return handleIn(ctx, t, h, d)
}

func handleIn(ctx context.Context, t *testing.T, h ports.Home, d alexa.Directive) outcome {
	t.Helper()
	house, ok := h.(ports.House)
	if !ok {
		house = portstest.NewHome()
	}
	s := control.New(h, house, catalog, ports.WallClock{}, action.DefaultPatience(), capability.House{})
	started := time.Now()
	answer, err := s.Handle(ctx, d)
	o := outcome{answer, err, time.Since(started)}
	if err != nil {
		if _, ok := errors.AsType[*fault.Error](err); !ok {
			t.Errorf("%v is no *fault.Error", err)
		}
		o.answer = alexa.Failure(d, err)
	}
	alexatest.CheckReply(t, d, o.answer)
	return o
}

// property returns the value of an answer's property as JSON, and its
// uncertainty; "" for none.
func (o outcome) property(name string) (value string, uncertainty time.Duration) {
	if o.answer.Context == nil {
		return "", 0
	}
	for _, p := range o.answer.Context.Properties {
		if p.Name == name {
			raw, err := json.Marshal(p.Value)
			if err != nil {
				return err.Error(), 0
			}
			return string(raw), time.Duration(p.UncertaintyInMilliseconds) * time.Millisecond
		}
	}
	return "", 0
}

// errorType returns the type of the error that Alexa gets, "" for none.
func (o outcome) errorType() alexa.ErrorType {
	if o.err == nil {
		return ""
	}
	return alexa.ErrorOf(o.err).Type
}

// journal returns what a home was asked for, a line each.
func journal(h *portstest.MemoryHome) []string {
	var lines []string
	for _, entry := range h.Journal() {
		line := string(entry.Op)
		if entry.Op == portstest.OpCall {
			line += " " + entry.Call.Name()
		}
		lines = append(lines, line)
	}
	return lines
}

// looks returns how often the home was asked for a state.
func looks(h *portstest.MemoryHome) int { return h.Count(portstest.OpState) }

// TestOneRoundTrip wants a command whose effect comes with the reply to cost one
// call, and one whose effect does not one look more.
func TestOneRoundTrip(t *testing.T) {
	for name, test := range map[string]struct {
		directive alexa.Directive
		already   home.State
		want      []string
		property  string
		value     string
	}{
		"turned on":         {directive: turnOn, want: []string{"call light.turn_on"}, property: "powerState", value: `"ON"`},
		"on already":        {directive: turnOn, already: home.State{ID: "light.lamp", Value: home.On}, want: []string{"call light.turn_on", "state"}, property: "powerState", value: `"ON"`},
		"dimmed":            {directive: half, want: []string{"call light.turn_on"}, property: "brightness", value: `50`},
		"made brighter":     {directive: brighter, want: []string{"call light.turn_on"}, property: "brightness", value: `75`},
		"made colder":       {directive: colder, want: []string{"state", "call light.turn_on"}, property: "colorTemperatureInKelvin", value: `3500`},
		"locked":            {directive: lock, want: []string{"call lock.lock"}, property: "lockState", value: `"LOCKED"`},
		"a scene":           {directive: film, want: []string{"call scene.turn_on"}},
		"made warmer":       {directive: setPoint, want: []string{"config", "call climate.set_temperature"}, property: "targetSetpoint", value: `{"value":22,"scale":"CELSIUS"}`},
		"a garage, at once": {directive: openGarage, want: []string{"state", "call cover.open_cover"}, property: "mode", value: `"position.open"`},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := furnished()
				if test.already.ID != "" {
					h.Set(test.already)
				}
				o := handle(t, h, test.directive, whole)
				if o.err != nil {
					t.Fatal(o.err)
				}
				if got := journal(h); !slices.Equal(got, test.want) {
					t.Errorf("the home was asked for %q, want %q", got, test.want)
				}
				if value, uncertainty := o.property(test.property); value != test.value || uncertainty != 0 {
					t.Errorf("%s is %s ± %v, want %s", test.property, value, uncertainty, test.value)
				}
				if o.took != 0 {
					t.Errorf("it took %v of a home that answers at once", o.took)
				}
			})
		})
	}
}

// TestDeadlineOfPreparation is of homes that do not even say what is needed to
// send the command.
func TestDeadlineOfPreparation(t *testing.T) {
	for name, test := range map[string]struct {
		directive alexa.Directive
		op        portstest.Op
	}{
		"the units":        {setPoint, portstest.OpConfig},
		"the state before": {colder, portstest.OpState},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := furnished()
				h.Befall(portstest.Trouble{Op: test.op, After: portstest.Never})
				o := handle(t, h, test.directive, whole)
				if o.errorType() != alexa.BridgeUnreachable || o.took != whole-margin {
					t.Errorf("%v after %v, want BRIDGE_UNREACHABLE after %v", o.err, o.took, whole-margin)
				}
				if n := h.Count(portstest.OpCall); n != 0 {
					t.Errorf("%d calls were made", n)
				}
			})
		})
	}
}

// TestDirectivesThatAreNone is of directives that end before anything is asked
// of the home.
func TestDirectivesThatAreNone(t *testing.T) {
	for name, test := range map[string]struct {
		directive alexa.Directive
		want      alexa.ErrorType
	}{
		"no endpoint":         {directive("", alexa.PowerController, "TurnOn", `{}`), alexa.InvalidDirective},
		"a hostile endpoint":  {directive("light#a/../../config", alexa.PowerController, "TurnOn", `{}`), alexa.NoSuchEndpoint},
		"all endpoints":       {directive("all", alexa.PowerController, "TurnOn", `{}`), alexa.NoSuchEndpoint},
		"an unknown domain":   {directive("spaceship#a", alexa.PowerController, "TurnOn", `{}`), alexa.NoSuchEndpoint},
		"an unknown name":     {directive("light#lamp", alexa.PowerController, "Explode", `{}`), alexa.InvalidDirective},
		"another's interface": {directive("light#lamp", alexa.LockController, "Unlock", `{}`), alexa.InvalidDirective},
		"no payload":          {directive("light#lamp", alexa.BrightnessController, "SetBrightness", ``), alexa.InvalidDirective},
		"a wrong type":        {directive("light#lamp", alexa.BrightnessController, "SetBrightness", `{"brightness":"50"}`), alexa.InvalidDirective},
		"a broken payload":    {directive("light#lamp", alexa.BrightnessController, "SetBrightness", `{"brightness":`), alexa.InvalidDirective},
		"out of range":        {directive("light#lamp", alexa.BrightnessController, "SetBrightness", `{"brightness":101}`), alexa.ValueOutOfRange},
	} {
		t.Run(name, func(t *testing.T) {
			h := furnished()
			o := handle(t, h, test.directive, whole)
			if o.errorType() != test.want {
				t.Errorf("%v, want %s", o.err, test.want)
			}
			if asked := journal(h); len(asked) > 0 {
				t.Errorf("the home was asked for %q", asked)
			}
		})
	}
}

// TestHomeThatPanics wants a mistake in an adapter to be an error of this one
// directive.
func TestHomeThatPanics(t *testing.T) {
	o := handleIn(t.Context(), t, panicking{furnished()}, turnOn)
	if o.errorType() != alexa.InternalError {
		t.Errorf("%v, want INTERNAL_ERROR", o.err)
	}
}

type panicking struct{ *portstest.MemoryHome }

func (panicking) Call(context.Context, home.ServiceCall) ([]home.State, error) {
	panic(fmt.Errorf("a mistake"))
}

package capability_test

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// TestHostile sends every directive with any payload to entities whose state and
// attributes are of any type. There is always a plan or a proper error, and what
// is told is always something that JSON can say.
func TestHostile(t *testing.T) {
	t.Parallel()
	catalog := capability.NewCatalog(capability.Kinds())
	for _, kind := range capability.Kinds() {
		t.Run(kind.Domain, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				view := capability.View{
					State: hostileState(t, kind),
					House: capability.House{
						Temperature: rapid.SampledFrom([]home.Unit{"", home.Celsius, home.Fahrenheit, home.Kelvin, "°X"}).Draw(t, "unit"),
						Locale:      rapid.SampledFrom([]string{"", "en-US", "de-DE", "xx", "-"}).Draw(t, "locale"),
					},
				}
				if endpoint, reason := catalog.Endpoint(view); (endpoint == nil) == (reason == "") {
					t.Fatalf("the endpoint is %v, for the reason %q", endpoint, reason)
				} else if endpoint != nil {
					mustBeJSON(t, endpoint)
				}
				mustBeTold(t, kind, view)
				if d, ok := hostileDirective(t, kind); ok {
					mustPlan(t, catalog, kind, d, view)
				}
			})
		})
	}
}

// mustPlan carries a directive out as far as this package does.
func mustPlan(t *rapid.T, catalog *capability.Catalog, kind capability.Kind, d alexa.Directive, view capability.View) {
	route, err := catalog.Route(view.State.ID, d)
	if err != nil {
		t.Fatalf("a directive of the kind's own has no route: %v", err)
	}
	request := capability.Request{Directive: d, View: view}
	if !route.Action.NeedsState && rapid.Bool().Draw(t, "unread") {
		request.State = home.State{ID: view.State.ID}
	}
	plan, err := route.Action.Plan(request)
	if err != nil {
		mustBeProper(t, err)
		return
	}
	for _, call := range []*home.ServiceCall{&plan.Call, plan.Instead} {
		if call == nil || !plan.Sends() { // what is wanted may hold already
			continue
		}
		aimed := slices.Equal(call.Targets, []home.EntityID{view.State.ID}) ||
			call.Targets == nil && call.Name() == string(view.State.ID) // a script's own service
		if call.Domain == "" || call.Service == "" || !aimed {
			t.Fatalf("the plan makes an improper call: %+v", call)
		}
		for _, field := range call.Data {
			mustBeJSON(t, field.Value.Any())
		}
	}
	if route.Action.Refused != nil {
		request.State = view.State
		if err := route.Action.Refused(request); err != nil {
			mustBeProper(t, err)
		}
	}
	assumed, whole := plan.Assume(view.State)
	if len(plan.Wants) > 0 && whole != plan.Reached(assumed) {
		t.Fatalf("what is assumed is not what is wanted: %+v in %+v", plan.Wants, assumed)
	}
	view.State = assumed
	mustBeTold(t, kind, view)
	if e := route.Action.Success; e != nil {
		mustBeJSON(t, e.Payload(view, plan, alexa.Timestamp(time.Unix(0, 0))))
	}
}

// mustBeTold tells an entity's properties.
func mustBeTold(t *rapid.T, kind capability.Kind, view capability.View) {
	properties := kind.Properties(view, time.Unix(0, 0), 0)
	mustBeJSON(t, properties)
	for _, p := range properties {
		if !view.State.Available() && p.Namespace != alexa.EndpointHealth {
			t.Fatalf("something is told of what is not there: %+v", p)
		}
	}
}

func mustBeProper(t *rapid.T, err error) {
	if _, ok := errors.AsType[*fault.Error](err); !ok {
		t.Fatalf("an improper error: %v", err)
	}
	if e := alexa.ErrorOf(err); e.Type == alexa.InternalError || e.Type == "" || e.Message == "" {
		t.Fatalf("an improper error for Alexa: %+v", e)
	}
}

func mustBeJSON(t *rapid.T, v any) {
	if _, err := json.Marshal(v); err != nil {
		t.Fatalf("%+v is no JSON: %v", v, err)
	}
}

// hostileState draws a state of which nothing can be relied on.
func hostileState(t *rapid.T, kind capability.Kind) home.State {
	s := home.State{ID: home.EntityID(kind.Domain + ".hostile")}
	s.Value = rapid.OneOf(
		rapid.SampledFrom(append([]string{"on", "off", "", "unknown", "unavailable", "open", "closed", "idle", "1", "nan", "-Inf", "1e400"}, []string{"opening", "closing", "locking", "unlocking", "arming"}...)),
		rapid.StringN(0, 8, -1),
	).Draw(t, "state")
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(home.Attributes()), 0, 12, rapid.ID).Draw(t, "attributes") {
		s.Attributes = append(s.Attributes, home.Field{Name: name, Value: hostileValue(t, name)})
	}
	if rapid.Bool().Draw(t, "featured") {
		s.Attributes = s.Attributes.With(home.AttrSupportedFeatures, home.Number(float64(rapid.IntRange(-1, 1<<20).Draw(t, "features"))))
	}
	return s
}

func hostileValue(t *rapid.T, name string) home.Value {
	number := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, -1, 50, 1e308, -1e308, 5e-324, math.NaN(), math.Inf(1)}))
	switch rapid.IntRange(0, 5).Draw(t, "type of "+name) {
	case 0:
		return home.Value{}
	case 1:
		return home.Flag(rapid.Bool().Draw(t, name))
	case 2:
		return home.Text(rapid.StringN(0, 8, -1).Draw(t, name))
	case 3:
		return home.Texts(rapid.SliceOfN(rapid.StringN(0, 4, -1), 0, 5).Draw(t, name)...)
	case 4:
		return home.Numbers(rapid.SliceOfN(number, 0, 4).Draw(t, name)...)
	default:
		return home.Number(number.Draw(t, name))
	}
}

// payloads are payloads of the members that directives have, with values that
// they may have and values that they may not.
var (
	members = []string{
		"mode", "modeDelta", "rangeValue", "rangeValueDelta", "rangeValueDeltaDefault", "brightness", "brightnessDelta",
		"color", "colorTemperatureInKelvin", "targetSetpoint", "lowerSetpoint", "upperSetpoint", "targetSetpointDelta",
		"thermostatMode", "volume", "volumeDefault", "volumeSteps", "volumeStepsDefault", "mute", "input", "channel",
		"channelCount", "deltaPositionMilliseconds", "armState", "authorization", "cameraStreams", "bands",
	}
	values = []string{
		`null`, `true`, `0`, `-1`, `1`, `50`, `1e308`, `-1e308`, `1e-300`, `0.5`, `""`, `"preset_mode.auto"`, `"position.open"`,
		`"mode."`, `"."`, `"HEAT"`, `"HDMI 1"`, `[]`, `{}`, `[1]`, `[{}]`, `{"value":"AUTO"}`, `{"value":21,"scale":"CELSIUS"}`,
		`{"value":1e308,"scale":"FAHRENHEIT"}`, `{"value":"21","scale":7}`, `{"hue":0,"saturation":1,"brightness":1}`,
		`{"hue":null,"saturation":[]}`, `{"number":"7"}`, `{"type":"FOUR_DIGIT_PIN","value":"1234"}`,
	}
)

// hostileDirective draws one of the kind's directives with any payload.
func hostileDirective(t *rapid.T, kind capability.Kind) (alexa.Directive, bool) {
	var all []alexa.Header
	for _, face := range kind.Interfaces {
		for _, name := range slices.Sorted(maps.Keys(face.Directives)) {
			all = append(all, alexa.Header{Namespace: face.Namespace, Name: name, Instance: face.Instance})
		}
	}
	if len(all) == 0 {
		return alexa.Directive{}, false
	}
	d := alexa.Directive{Header: rapid.SampledFrom(all).Draw(t, "directive")}
	switch rapid.IntRange(0, 9).Draw(t, "payload") {
	case 0:
		d.Payload = rapid.SliceOfN(rapid.Byte(), 0, 16).Draw(t, "bytes")
	case 1:
		d.Payload = json.RawMessage(rapid.SampledFrom(values).Draw(t, "value"))
	default:
		payload := map[string]json.RawMessage{}
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(members), 0, 6, rapid.ID).Draw(t, "members") {
			payload[name] = json.RawMessage(rapid.SampledFrom(values).Draw(t, name))
		}
		d.Payload, _ = json.Marshal(payload)
	}
	return d, true
}

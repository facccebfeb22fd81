package homeassistant

import (
	"math"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func TestEncodeCall(t *testing.T) {
	field := func(name string, value home.Value) home.Field { return home.Field{Name: name, Value: value} }
	for name, test := range map[string]struct {
		call home.ServiceCall
		want string
	}{
		"nothing":     {home.ServiceCall{Domain: "homeassistant", Service: "restart"}, `{}`},
		"one target":  {home.CallOn("light.a", "light", "turn_on"), `{"entity_id":"light.a"}`},
		"two targets": {home.ServiceCall{Targets: []home.EntityID{"light.a", "light.b"}}, `{"entity_id":["light.a","light.b"]}`},
		"an area":     {home.ServiceCall{Area: "kitchen"}, `{"area_id":"kitchen"}`},
		"all kinds of values": {
			home.CallOn("light.a", "light", "turn_on", field("brightness_pct", home.Number(42)), field("flash", home.Flag(false)),
				field("hs_color", home.Numbers(345.5, 75)), field("effect", home.Text("\"<\u2028\"")), field("rgb_color", home.List()), field("none", home.Value{})),
			`{"brightness_pct":42,"effect":"\"\u003c\u2028\"","entity_id":"light.a","flash":false,"hs_color":[345.5,75],"none":null,"rgb_color":[]}`,
		},
		"numbers": {
			home.CallOn("a.b", "a", "b", field("x", home.Numbers(0, -0.5, 1e21, 1e-7, math.MaxFloat64, 16777217))),
			`{"entity_id":"a.b","x":[0,-0.5,1e+21,1e-7,1.7976931348623157e+308,16777217]}`,
		},
		"the target is the target": {
			home.CallOn("light.a", "light", "turn_on", field("entity_id", home.Text("all"))), `{"entity_id":"light.a"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := encodeCall(test.call)
			if err != nil || string(got) != test.want {
				t.Errorf("got %s, %v\nwant %s", got, err, test.want)
			}
		})
	}
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if got, err := encodeCall(home.CallOn("a.b", "a", "b", field("x", home.Number(f)))); fault.Of(err) != fault.Invalid {
			t.Errorf("%v is sent as %s, %v", f, got, err)
		}
	}
}

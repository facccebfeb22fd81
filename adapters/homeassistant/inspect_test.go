package homeassistant

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// noted is what an inspector was told.
type noted struct {
	states int
	flaws  []string
}

func (n *noted) looked(_ context.Context, states int, flaws []ports.Flaw) {
	n.states += states
	for _, f := range flaws {
		n.flaws = append(n.flaws, fmt.Sprintf("%.12s: %s %s", f.Entity, f.Member, f.Problem))
	}
}

// TestInspect: what a home says that Home Assistant would not, by level. The states
// themselves are what they are; what is of no entity is left out.
func TestInspect(t *testing.T) {
	const times = `"last_changed":"2026-11-23T05:00:00+00:00","last_updated":"2026-11-23T05:00:01+00:00"`
	state := func(id, value, attributes string) string {
		return `{"entity_id":"` + id + `","state":"` + value + `",` + times + `,"attributes":{` + attributes + `}}`
	}
	for name, c := range map[string]struct {
		state                   string
		standard, comprehensive []string // comprehensive besides
	}{
		"a lamp":            {state("light.a", "on", `"brightness":180,"hs_color":[30,40],"color_temp_kelvin":null,"friendly_name":"A","supported_features":44`), nil, nil},
		"nothing known":     {state("sensor.a", "unknown", ``), nil, nil},
		"an empty text":     {state("input_text.a", "", ``), nil, nil},
		"at the ends":       {state("light.a", "on", `"brightness":255,"percentage":0,"volume_level":1.005`), nil, nil},
		"an odd id":         {state("Light A", "on", ``), []string{"Light A: entity_id is none that Home Assistant would give"}, nil},
		"a long state":      {state("sensor.a", strings.Repeat("é", 256), ``), []string{"sensor.a: state is longer than a state may be"}, nil},
		"as long as it may": {state("sensor.a", strings.Repeat("é", 255), ``), nil, nil},
		"no times":          {`{"entity_id":"light.a","state":"on","attributes":{}}`, []string{"light.a: last_updated is no time"}, nil},
		"times that turn back": {
			`{"entity_id":"light.a","state":"on","last_changed":"2026-11-23T05:00:01Z","last_updated":"2026-11-23T05:00:00Z"}`,
			[]string{"light.a: last_changed is after last_updated"}, nil,
		},
		"out of range": {state("light.a", "on", `"brightness":300,"percentage":-5`), nil, []string{
			"light.a: brightness is not a number of its range", "light.a: percentage is not a number of its range",
		}},
		"other kinds": {state("climate.a", "heat", `"current_temperature":"warm","hvac_modes":"heat","friendly_name":7,"is_volume_muted":1`), nil, []string{
			"climate.a: current_temperature is no number", "climate.a: hvac_modes is no list",
			"climate.a: friendly_name is no text", "climate.a: is_volume_muted is neither true nor false",
		}},
	} {
		for _, level := range []ports.Validation{ports.ValidateBasic, ports.ValidateStandard, ports.ValidateComprehensive} {
			t.Run(name+"/"+level.String(), func(t *testing.T) {
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Content-Type", "application/json")
					if r.URL.Path == "/api/states/light.a" {
						_, _ = w.Write([]byte(c.state))
						return
					}
					_, _ = w.Write([]byte("[" + c.state + "]"))
				}))
				defer server.Close()
				client, err := New(Config{Access: home.Access{URL: server.URL, Token: secret.New("token")}})
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = client.Close() }()
				var n noted
				client.Inspect(level, n.looked)
				entities := 1
				if name == "an odd id" {
					entities = 0
				}
				all, err := client.States(t.Context())
				if err != nil || len(all) != entities {
					t.Fatalf("the states are %v, %v", all, err)
				}
				changed, err := client.Call(t.Context(), home.CallOn("light.a", "light", "turn_on"))
				if err != nil || len(changed) != entities {
					t.Fatalf("changed have %v, %v", changed, err)
				}
				asked := 2
				if entities > 0 && all[0].ID == "light.a" {
					if _, err := client.State(t.Context(), "light.a"); err != nil {
						t.Fatal(err)
					}
					asked = 3
				}
				var want []string
				for range asked {
					if level >= ports.ValidateStandard {
						want = append(want, c.standard...)
					}
					if level >= ports.ValidateComprehensive {
						want = append(want, c.comprehensive...)
					}
				}
				if level == ports.ValidateBasic {
					asked = 0
				}
				if n.states != asked || !slices.Equal(n.flaws, want) {
					t.Errorf("of %d states it has found %q, want %d and %q", n.states, n.flaws, asked, want)
				}
			})
		}
	}
}

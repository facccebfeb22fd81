package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
)

// discoverDemo runs lee discover against the demo house and returns what it
// prints.
func discoverDemo(t *testing.T, env map[string]string, args ...string) (string, error) {
	t.Helper()
	for _, variable := range config.Variables() {
		for _, name := range append([]string{variable.Name}, variable.Aliases...) {
			t.Setenv(name, env[name])
		}
	}
	var out bytes.Buffer
	c := root()
	c.SetArgs(append([]string{"discover"}, args...))
	c.SetOut(&out)
	c.SetErr(&out)
	err := c.ExecuteContext(t.Context())
	return out.String(), err
}

// TestDiscoverByTheStore: what the Parameter Store says of the filter counts as it
// does in the function.
func TestDiscoverByTheStore(t *testing.T) {
	house := demohome.New(demohome.Options{})
	defer house.Close()
	server, err := house.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	newParameterStore(t,
		keptParameter{here + "homeassistant/url", server.URL, "String"},
		keptParameter{here + "homeassistant/token", demohome.DefaultToken, "SecureString"},
		keptParameter{here + "homeassistant/expose", "light.kitchen_lights", "String"})
	for name, c := range map[string]struct {
		env  map[string]string
		args []string
	}{
		"by a variable": {map[string]string{"USE_PARAMETER_STORE": "true"}, nil},
		"by a flag":     {nil, []string{"--region", "eu-west-1"}},
	} {
		out, err := discoverDemo(t, c.env, append(c.args, "--full")...)
		if err != nil || strings.Count(out, `"endpointId"`) != 1 || !strings.Contains(out, `"light#kitchen_lights"`) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
	h, err := openHouse(t.Context(), &account{region: "eu-west-1"})
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	if h.region != "eu-west-1" || h.env["USE_PARAMETER_STORE"] != "true" {
		t.Errorf("a function in %s, with %v, does not find that home", h.region, h.env["USE_PARAMETER_STORE"])
	}
}

func TestDiscover(t *testing.T) {
	for title, c := range map[string]struct {
		env  map[string]string
		args []string
		has  []string // lines, by their words
		not  []string
	}{
		"the list": {
			nil, nil,
			[]string{
				"House the demo house,", "Filter none: all that is not hidden, diagnostic or a setting", "Kitchen", "In no area",
				"Kitchen Lights LIGHT light.kitchen_lights power, brightness, color,", "left out: lee discover --explain says why.",
			},
			[]string{"Left out:", "counter.cups", "Worth knowing"},
		},
		"the reasons": {
			nil, []string{"--explain"},
			[]string{
				"Left out: it is hidden in Home Assistant (1)", "vacuum.demo_vacuum_2_second_floor Demo vacuum 2 second floor",
				"Left out: entities of this domain are not offered to Alexa", "counter.cups Cups", "Left out: it is a setting of its device (1)",
			},
			[]string{"says why"},
		},
		"a filter, names and overrides": {
			map[string]string{
				"HA_EXPOSE": "area:kitchen, ligth, -lock.kitchen_*, light.hall_lamp, light.bed_light", "HA_NAMES": "all",
				"HA_OVERRIDES": "light.hall_lamp: name=Bed Light, category=OTHER",
			},
			[]string{"--explain"},
			[]string{
				"Filter area:kitchen, ligth, -lock.kitchen_*, light.hall_lamp, light.bed_light", "Cooker Lights (the same)",
				"Bed Light OTHER light.hall_lamp power, brightness", "Left out: a rule leaves it out (1)", "lock.kitchen_door Kitchen Door -lock.kitchen_*",
				"Worth knowing", "- HA_EXPOSE has rules about no entity of this home: ligth.", `- Alexa cannot tell apart what is called "Bed Light": light.bed_light,`,
				"Left out: no rule lets it in",
			},
			[]string{"lock.front_door SMARTLOCK"},
		},
		"one that is offered": {
			map[string]string{"HA_NAMES": "all", "HA_EXPOSE": "light"}, []string{"light.kitchen_lights"},
			[]string{
				"light.kitchen_lights is offered", "Name Kitchen Lights (registry)", "Also Cooker Lights, as light#kitchen_lights@",
				"Endpoint light#kitchen_lights, LIGHT", "Alexa.PowerController", "Rule light", "Area Kitchen", "Exposed to Assist",
			},
			[]string{"light.bed_light", "House"},
		},
		"some that are not": {
			nil, []string{"vacuum.*_2_*", "counter.cups", "alarm_control_panel"},
			[]string{
				"vacuum.demo_vacuum_2_second_floor is left out", "Why it is hidden in Home Assistant",
				"Hint a rule that is its id lets it in: HA_EXPOSE='…, vacuum.demo_vacuum_2_second_floor'", "counter.cups is left out",
				"Hint a panel that wants a code is offered when HA_CODES has it",
			},
			[]string{"Endpoint"},
		},
		"a camera at home": {nil, []string{"camera.demo_camera"}, []string{"camera.demo_camera is offered", "Hint what a camera needs to be shown"}, []string{"CameraStream"}},
		"without the Smart Home": {
			map[string]string{"HA_FEATURES": "minimal"}, nil,
			[]string{"Alexa gets 0 of", "- HA_FEATURES is minimal, which leaves out the feature alexa and with it", "HA_FEATURES='minimal,alexa' puts it in."},
			[]string{"LIGHT", "feature scripts", "of this domain"},
		},
		"without the Smart Home, explained": {
			map[string]string{"HA_FEATURE_PRESET": "minimal"}, []string{"--explain"},
			[]string{"Left out: HA_FEATURES leaves out the feature alexa (", "light.kitchen_lights Kitchen Lights", "script.bedtime",
				"HA_FEATURE_PRESET='minimal,alexa' puts it in.", "Left out: entities of this domain are not offered to Alexa (", "counter.cups"},
			[]string{"feature scripts"},
		},
		"a list without scripts": {
			map[string]string{"HA_FEATURES": "alexa, automations"}, []string{"--explain"},
			[]string{"LIGHT", "Left out: HA_FEATURES leaves out the feature scripts (", "Left out: HA_FEATURES leaves out the feature input_helpers (",
				"- HA_FEATURES is core,alexa,automations, which leaves out the feature scripts and with it"},
			[]string{"feature alexa", "feature automations"},
		},
		"without scripts": {
			map[string]string{"HA_FEATURES": "basic"}, []string{"script.*"}, []string{"Why HA_FEATURES leaves out the feature scripts", "Hint HA_FEATURES='basic,scripts' puts the feature in"}, []string{"Endpoint"},
		},
	} {
		t.Run(title, func(t *testing.T) {
			out, err := discoverDemo(t, c.env, c.args...)
			if err != nil {
				t.Fatal(err)
			}
			words := strings.Join(strings.Fields(out), " ")
			for _, has := range c.has {
				if !strings.Contains(words, has) {
					t.Errorf("it does not say %q:\n%s", has, out)
				}
			}
			for _, not := range c.not {
				if strings.Contains(words, not) {
					t.Errorf("it says %q:\n%s", not, out)
				}
			}
			for line := range strings.Lines(out) {
				if utf8.RuneCountInString(line) > longestLine+1 || strings.HasSuffix(line, " \n") {
					t.Errorf("a line is too long, or ends in blanks: %q", line)
				}
			}
		})
	}
}

func TestDiscoverMistakes(t *testing.T) {
	for title, c := range map[string]struct {
		env  map[string]string
		args []string
		want string
	}{
		"no such entity":   {nil, []string{"light.none"}, "the home has no entity light.none"},
		"no entity at all": {nil, []string{"Kitchen Lights"}, `rule 1, "Kitchen Lights", is no domain and no entity id`},
		"a wrong filter":   {map[string]string{"HA_EXPOSE": "light, !x"}, nil, `rule 2, "!x", begins with !`},
		"two forms":        {nil, []string{"--json", "--full"}, "give one"},
	} {
		t.Run(title, func(t *testing.T) {
			if out, err := discoverDemo(t, c.env, c.args...); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("it says %v:\n%s", err, out)
			}
		})
	}
}

// starting returns the environment of a home that is starting: it answers, knows none of
// its entities, and its WebSocket is not there yet.
func starting(t *testing.T) map[string]string {
	t.Helper()
	answers := map[string]string{
		"/api/":       `{"message":"API running."}`,
		"/api/config": `{"version":"2026.11.0","location_name":"Home","components":[],"state":"NOT_RUNNING"}`,
		"/api/states": `[]`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, ok := answers[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return map[string]string{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken}
}

// TestDiscoverStarting: of a home that is starting lee discover says what to do.
func TestDiscoverStarting(t *testing.T) {
	const want = "Home Assistant is still starting, and does not know all of its devices yet. Try again in half a minute."
	if out, err := discoverDemo(t, starting(t)); err == nil || err.Error() != want || out != "" {
		t.Errorf("it says %v:\n%s", err, out)
	}
}

// TestDiscoverJSON wants all entities in one list or the other, and what Alexa is
// told as it takes it.
func TestDiscoverJSON(t *testing.T) {
	out, err := discoverDemo(t, nil, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var told told
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		t.Fatal(err)
	}
	if told.Endpoints != len(told.Devices) || len(told.Devices) < 50 || len(told.LeftOut) == 0 || told.Registries.Known != "over WebSocket" || len(told.Registries.Unknown) > 0 {
		t.Errorf("it reports %d endpoints, %d devices, %d left out, and %+v", told.Endpoints, len(told.Devices), len(told.LeftOut), told.Registries)
	}
	if !slices.ContainsFunc(told.Devices, func(d toldDevice) bool {
		return d.Entity == "light.kitchen_lights" && d.EndpointID == "light#kitchen_lights" && d.Area == "Kitchen" && d.NameFrom == "registry" && slices.Contains(d.Interfaces, "Alexa.PowerController")
	}) {
		t.Errorf("the kitchen's lights are not as they should be:\n%s", out)
	}
	full, err := discoverDemo(t, nil, "--full")
	if err != nil {
		t.Fatal(err)
	}
	answer := `{"event":{"header":{"namespace":"Alexa.Discovery","name":"Discover.Response","payloadVersion":"3","messageId":"1"},"payload":` + full + `}}`
	alexatest.CheckAnswer(t, []byte(answer))
	var payload struct{ Endpoints []json.RawMessage }
	if err := json.Unmarshal([]byte(full), &payload); err != nil || len(payload.Endpoints) != told.Endpoints {
		t.Errorf("Alexa is told of %d endpoints, %v", len(payload.Endpoints), err)
	}
	if some, err := discoverDemo(t, nil, "--full", "light.kitchen_lights"); err != nil || strings.Count(some, "endpointId") != 1 {
		t.Errorf("of one entity Alexa is told %s, %v", some, err)
	}
}

func TestWrapped(t *testing.T) {
	text := strings.Repeat("a word and then ", 20)
	got := wrapped(text, "  - ", "    ")
	for i, line := range strings.Split(got, "\n") {
		if utf8.RuneCountInString(line) > 80 || !strings.HasPrefix(line, []string{"  - ", "    "}[min(i, 1)]) || strings.HasSuffix(line, " ") {
			t.Errorf("line %d is %q", i, line)
		}
	}
	if strings.Join(strings.Fields(strings.TrimPrefix(got, "  - ")), " ") != strings.TrimSpace(text) {
		t.Errorf("words are lost in %q", got)
	}
}

package wiring_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// parameterStore is a Parameter Store behind the address at which AWS's would be.
type parameterStore struct {
	portstest.ParameterStore
	throttles atomic.Bool
	requests  atomic.Int64
}

func (p *parameterStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.requests.Add(1)
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	if p.throttles.Load() {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"__type":"ThrottlingException"}`))
		return
	}
	if strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".PutParameter") {
		var one struct{ Name, Value string }
		if err := json.NewDecoder(r.Body).Decode(&one); err == nil {
			p.Put(ports.Parameter{Name: one.Name, Value: secret.New(one.Value), Type: ports.ParameterString})
		}
		_, _ = w.Write([]byte(`{"Version":1}`))
		return
	}
	list, err := p.Below(r.Context(), "/lee")
	if err != nil {
		return
	}
	page := []map[string]any{}
	for _, one := range list {
		page = append(page, map[string]any{"Name": one.Name, "Value": one.Value.Reveal(), "Type": one.Type.String(), "Version": 1})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"Parameters": page})
}

func (p *parameterStore) put(path, value string) {
	p.Put(ports.Parameter{Name: "/lee/" + path, Value: secret.New(value), Type: ports.ParameterSecureString})
}

// stored returns a Parameter Store and the environment that leads to it, and to
// nothing else.
func stored(t *testing.T) (*parameterStore, env) {
	t.Helper()
	p := &parameterStore{}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	return p, env{
		"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/lee", "AWS_ENDPOINT_URL": server.URL,
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "canary-of-aws",
	}
}

// leadTo has the store say what the environment of a house says.
func (p *parameterStore) leadTo(e env) {
	p.put("homeassistant/url", e["HOME_ASSISTANT_URL"])
	p.put("homeassistant/token", e["HOME_ASSISTANT_TOKEN"])
}

// operate asks for an operation, "config_reload" say, and returns its answer.
func (b *built) operate(t *testing.T, name string) string {
	t.Helper()
	return string(b.invoke(t, []byte(`{"operation":"`+name+`"}`)))
}

// switchOn turns the porch light on and says whether that was done.
func (b *built) switchOn(t *testing.T) (done bool, message string) {
	t.Helper()
	reply := b.ask(t, "Alexa.PowerController.TurnOn", "light#porch_light")
	return reply.Event.Header.Name == alexa.NameResponse, reply.Event.Payload.Message
}

// TestStoreIsReadOnce: URL and token come from the Parameter Store, which is asked
// once, while initialising or when first needed by tier, and closed after it.
func TestStoreIsReadOnce(t *testing.T) {
	for _, c := range []struct {
		tier string
		// asked, connections and requests are those of after a ping.
		asked, connections, requests int64
	}{
		{"minimum", 0, 0, 0},
		{"standard", 1, 1, 0},
		{"maximum", 1, 1, 1},
	} {
		t.Run(c.tier, func(t *testing.T) {
			there, h, connections := counted(t)
			p, e := stored(t)
			p.leadTo(there)
			b := build(t, e.and(env{"CONFIGURATION_TIER": c.tier}), true)
			if reply := read(t, b.invoke(t, []byte(`{"test":"ping"}`))); reply.StatusCode != 200 {
				t.Errorf("ping was answered %+v", reply)
			}
			if n := reaches(connections, c.connections); p.requests.Load() != c.asked || n != c.connections || int64(h.Requests()) != c.requests {
				t.Errorf("after a ping the store has had %d requests, the home %d connections and %d requests, want %d, %d and %d",
					p.requests.Load(), n, h.Requests(), c.asked, c.connections, c.requests)
			}
			for range 3 {
				if done, message := b.switchOn(t); !done {
					t.Errorf("turning on was answered %q", message)
				}
			}
			if p.requests.Load() != 1 || connections.Load() != 1 {
				t.Errorf("after three directives the store has had %d requests, the home %d connections", p.requests.Load(), connections.Load())
			}
			if r := b.parameters.Report(); r.Loads != 1 || r.Failures != 0 || r.Policy != lifecycle.Immediate() {
				t.Errorf("the store: %+v", r)
			}
			if r := b.home.Report(); r.Loads != 1 || r.Failures != 0 || r.Unloads != 0 {
				t.Errorf("the home: %+v", r)
			}
		})
	}
}

// TestNothingOfTheStoreIsTouched where it is not used, whatever is asked for.
func TestNothingOfTheStoreIsTouched(t *testing.T) {
	_, there := house(t)
	p, e := stored(t)
	b := build(t, there.and(e).and(env{"USE_PARAMETER_STORE": "false"}), true)
	if done, message := b.switchOn(t); !done {
		t.Errorf("turning on was answered %q", message)
	}
	b.ask(t, "Alexa.Discovery.Discover", "")
	for _, operation := range []string{"ha_status", "config", "config_reload", "health", "diagnostics"} {
		b.operate(t, operation)
	}
	if r := b.parameters.Report(); p.requests.Load() != 0 || r.Loads != 0 || r.Failures != 0 {
		t.Errorf("the store has had %d requests: %+v", p.requests.Load(), r)
	}
}

// TestChangesTakeEffect: what changes in the Parameter Store takes effect while the
// function runs, setting by setting.
func TestChangesTakeEffect(t *testing.T) {
	_, here := house(t)
	p, e := stored(t)
	p.leadTo(here)
	b := build(t, e, true)
	// change changes a parameter and has the settings read again, as they are every
	// five minutes.
	change := func(path, value string) {
		t.Helper()
		if value == "" {
			p.Delete("/lee/" + path)
		} else {
			p.put(path, value)
		}
		if answer := b.operate(t, "config_reload"); !strings.Contains(answer, `"version":`) {
			t.Fatalf("%s=%s: config_reload was answered %s", path, value, answer)
		}
	}
	refuses := func(message string) {
		t.Helper()
		if done, got := b.switchOn(t); done || got != message {
			t.Errorf("turning on was answered %q, want %q", got, message)
		}
	}
	answers := func() {
		t.Helper()
		if done, message := b.switchOn(t); !done {
			t.Errorf("turning on was answered %q", message)
		}
	}
	answers()

	t.Run("log_level", func(t *testing.T) {
		for level, told := range map[string]bool{"DEBUG": true, "ERROR": false} {
			change("log_level", level)
			before := len(b.log.String())
			answers()
			if got := strings.Contains(b.log.String()[before:], `"message":"crossed"`); got != told {
				t.Errorf("at %s crossings are told: %t", level, got)
			}
		}
		change("log_level", "")
	})
	t.Run("enabled", func(t *testing.T) {
		change("homeassistant/enabled", "false")
		refuses("HOME_ASSISTANT_ENABLED is false.")
		if answer := b.operate(t, "ha_status"); !strings.Contains(answer, "HOME_ASSISTANT_ENABLED is false.") {
			t.Errorf("ha_status was answered %s", answer)
		}
		change("homeassistant/enabled", "")
		answers()
	})
	t.Run("features", func(t *testing.T) {
		for features, want := range map[string]bool{"basic": false, "alexa,scripts": true} {
			change("homeassistant/features", features)
			scripts := slices.ContainsFunc(b.ask(t, "Alexa.Discovery.Discover", "").Event.Payload.Endpoints, func(e alexa.Endpoint) bool {
				return strings.HasPrefix(e.EndpointID, "script#")
			})
			done := b.ask(t, "Alexa.SceneController.Activate", "script#bedtime").Event.Header.Name != alexa.NameErrorResponse
			if scripts != want || done != want {
				t.Errorf("with %s scripts are discovered: %t, and run: %t", features, scripts, done)
			}
		}
		change("homeassistant/features", "core")
		refuses("HA_FEATURES (or HA_FEATURE_PRESET) leaves out the feature alexa, the Smart Home.")
		change("homeassistant/features", "")
	})
	t.Run("locale", func(t *testing.T) {
		for _, locale := range []string{"de-DE", "en-US"} {
			change("homeassistant/locale", locale)
			if found := string(b.invoke(t, discover(t))); !strings.Contains(found, `"locale":"`+locale+`"`) {
				t.Errorf("nothing has a name in %s", locale)
			}
		}
	})
	t.Run("voice_unlock", func(t *testing.T) {
		change("homeassistant/voice_unlock", "false")
		if got := b.ask(t, "Alexa.LockController.Unlock", "lock#front_door").Event.Payload; got.Type != alexa.CloudControlDisabled {
			t.Errorf("unlocking was answered %+v", got)
		}
		change("homeassistant/voice_unlock", "")
		if got := b.ask(t, "Alexa.LockController.Unlock", "lock#front_door").Event.Header.Name; got != alexa.NameResponse {
			t.Errorf("unlocking was answered %s", got)
		}
	})
	t.Run("token", func(*testing.T) {
		change("homeassistant/token", "wrong")
		refuses("Home Assistant does not accept the token in HOME_ASSISTANT_TOKEN.")
		change("homeassistant/token", here["HOME_ASSISTANT_TOKEN"])
		answers()
	})
	t.Run("a mistake", func(t *testing.T) {
		p.put("homeassistant/url", "nowhere")
		if answer := b.operate(t, "config_reload"); !strings.Contains(answer, "hold mistakes") {
			t.Errorf("config_reload was answered %s", answer)
		}
		answers() // what was in force stays
		p.leadTo(here)
	})
	t.Run("rollback", func(t *testing.T) {
		change("homeassistant/enabled", "false")
		b.operate(t, "config_rollback")
		answers()
		change("homeassistant/enabled", "")
	})
	if r := b.home.Report(); r.Failures != 1 { // ha_status, without a home
		t.Errorf("the home: %+v", r)
	}
}

func discover(t *testing.T) []byte {
	t.Helper()
	return directiveFor(t, "Alexa.Discovery.Discover", "")
}

// TestTheHomeMoves: another URL leads to another home at once, though the first one
// has failed until it was left alone; nothing that the first one said is told of the
// second, and the first one's connections are closed.
func TestTheHomeMoves(t *testing.T) {
	first, h1, _ := counted(t)
	second, h2, _ := counted(t)
	p, e := stored(t)
	p.leadTo(first)
	b := build(t, e, true)
	if err := h2.Set("light.porch_light", "on", map[string]any{"friendly_name": "The other porch"}); err != nil {
		t.Fatal(err)
	}
	names := func() (found string) { return string(b.invoke(t, discover(t))) }
	if strings.Contains(names(), "The other porch") {
		t.Error("the second home was discovered before it was there")
	}
	h1.Inject(&demohome.Fault{Drop: demohome.Before})
	for range 3 {
		b.ask(t, "Alexa.ReportState", "light#porch_light")
	}
	if answer := b.operate(t, "diagnostics"); !strings.Contains(answer, `"endpoint":"home","class":"read","state":"open"`) {
		t.Errorf("no breaker is open: %s", answer)
	}
	p.leadTo(second)
	if answer := b.operate(t, "config_reload"); !strings.Contains(answer, `"HOME_ASSISTANT_URL"`) {
		t.Fatalf("config_reload was answered %s", answer)
	}
	asked := h1.Requests()
	if b.home.Loaded() {
		t.Error("what leads to the first home is still there")
	}
	if !strings.Contains(names(), "The other porch") {
		t.Error("the second home was not discovered")
	}
	if done, message := b.switchOn(t); !done || h1.Requests() != asked || h2.Requests() == 0 {
		t.Errorf("turning on was answered %q; the first home had %d more requests, the second %d", message, h1.Requests()-asked, h2.Requests())
	}
	if r := b.home.Report(); r.Loads != 2 || r.Unloaded[lifecycle.ReasonRenewed] != 1 || r.Failures != 0 {
		t.Errorf("%+v", r)
	}
}

// TestStoreThrottles: what is known stays in force; what never was known is told.
func TestStoreThrottles(t *testing.T) {
	_, here := house(t)
	p, e := stored(t)
	p.leadTo(here)
	p.throttles.Store(true)
	b := build(t, e, true)
	const busy = "The Parameter Store asks to be left alone for a moment."
	if done, message := b.switchOn(t); done || message != busy {
		t.Errorf("turning on was answered %q, want %q", message, busy)
	}
	if found := b.ask(t, "Alexa.Discovery.Discover", "").Event.Payload; found.Type != "" || len(found.Endpoints) != 0 {
		t.Errorf("discovery was answered %+v", found)
	}
	asked := p.requests.Load()
	if done, message := b.switchOn(t); done || message != busy || p.requests.Load() != asked {
		t.Errorf("it was asked again at once (%q)", message)
	}
	if reply := read(t, b.invoke(t, []byte(`{"test":"ping"}`))); reply.StatusCode != 200 {
		t.Errorf("ping was answered %+v", reply)
	}

	p.throttles.Store(false)
	b.operate(t, "config_reload")
	if done, message := b.switchOn(t); !done {
		t.Errorf("turning on was answered %q", message)
	}
	p.throttles.Store(true)
	if answer := b.operate(t, "config_reload"); !strings.Contains(answer, busy) {
		t.Errorf("config_reload was answered %s", answer)
	}
	if done, message := b.switchOn(t); !done {
		t.Errorf("the last known settings are gone: turning on was answered %q", message)
	}
}

// TestCodesDoNotShow has codes and other secrets in the Parameter Store, rightly
// and wrongly, and looks for them in every answer and in the log.
func TestCodesDoNotShow(t *testing.T) {
	h, here := house(t)
	p, e := stored(t)
	p.leadTo(here)
	p.put("homeassistant/codes", "lock.front_door=canary-4711, alarm_control_panel.home=canary-4712")
	p.put("operator_secret", "canary-of-operators")
	p.put("log_level", "DEBUG")
	b := build(t, e, true)
	if err := h.Set("lock.front_door", "locked", map[string]any{"code_format": "^canary.*$"}); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, directive := range []string{"Alexa.LockController.Unlock", "Alexa.LockController.Lock", "Alexa.ReportState"} {
		said.Write(b.invoke(t, directiveFor(t, directive, "lock#front_door")))
	}
	said.Write(b.invoke(t, discover(t)))
	for _, operation := range []string{"config", "config_reload", "diagnostics", "health", "surroundings", "ha_discovery"} {
		said.WriteString(b.operate(t, operation))
	}
	p.put("homeassistant/codes", "canary-4713")
	said.WriteString(b.operate(t, "config_reload"))
	p.throttles.Store(true)
	said.WriteString(b.operate(t, "config_reload"))
	for where, text := range map[string]string{"the answers": said.String(), "the log": b.log.String()} {
		if at := strings.Index(text, "canary-"); at >= 0 {
			t.Errorf("%s show a secret: …%s…", where, text[max(at-200, 0):min(at+100, len(text))])
		}
	}
	if strings.Contains(said.String()+b.log.String(), demohome.DefaultToken) {
		t.Error("the home's token shows")
	}
}

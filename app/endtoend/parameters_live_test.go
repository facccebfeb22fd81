//go:build live

package endtoend

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
	"github.com/lambda-execution-engine/lee/adapters/ssm"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/secret"
	stored "github.com/lambda-execution-engine/lee/ports"
)

// parameterStore is a Parameter Store of moto's, behind a proxy that throttles when
// told: moto itself never does.
type parameterStore struct {
	prefix    string
	env       map[string]string
	writer    *ssm.Writer
	throttles atomic.Bool
	requests  atomic.Int64
}

func newParameterStore(t *testing.T) *parameterStore {
	t.Helper()
	to, err := url.Parse(os.Getenv("LEE_MOTO_URL"))
	if err != nil || to.Host == "" {
		t.Fatal("LEE_MOTO_URL is not set: make live sets it")
	}
	p := &parameterStore{prefix: "/lee-" + strings.ToLower(rand.Text())}
	transport := &http.Transport{}
	proxy := &httputil.ReverseProxy{Transport: transport, ErrorLog: log.New(io.Discard, "", 0), Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = r.In.Host // which is what was signed
	}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.requests.Add(1)
		if p.throttles.Load() {
			w.Header().Set("Content-Type", "application/x-amz-json-1.1")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"__type":"ThrottlingException"}`))
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		server.Close()
		transport.CloseIdleConnections()
	})
	config := ssm.Config{Region: "eu-west-1", AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: secret.New("any"), Endpoint: to.String()}
	if p.writer, err = ssm.NewWriter(config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.writer.Close() })
	p.env = map[string]string{
		"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": p.prefix, "AWS_ENDPOINT_URL": server.URL,
		"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "any", "AWS_SESSION_TOKEN": "",
	}
	return p
}

// inRegion has the function run where the parameters are.
func inRegion(c *lambdaapi.Config) { c.Region = "eu-west-1" }

func (p *parameterStore) put(t *testing.T, path, value string) {
	t.Helper()
	err := p.writer.Put(t.Context(), stored.Parameter{Name: p.prefix + "/" + path, Value: secret.New(value), Type: stored.ParameterSecureString}, "")
	if err != nil {
		t.Fatal(err)
	}
}

func (p *parameterStore) leadTo(t *testing.T, h *home) {
	t.Helper()
	p.put(t, "homeassistant/url", h.url)
	p.put(t, "homeassistant/token", h.token)
}

// TestParameterStoreLive has the programs take their settings from a Parameter
// Store of another's making, in every tier, and go on when it throttles.
func TestParameterStoreLive(t *testing.T) {
	for _, tier := range []string{"minimum", "standard", "maximum"} {
		t.Run(tier, func(t *testing.T) {
			h, other := newReal(t), newDemo(t, demohome.Options{})
			p := newParameterStore(t)
			p.leadTo(t, h)
			p.put(t, "homeassistant/codes", "lock.front_door=never-shown-4711")
			p.env["CONFIGURATION_TIER"] = tier
			f := start(t, nil, p.env, inRegion)
			f.secrets = append(f.secrets, h.token, other.token, "never-shown-4711")
			works := func(at *home) {
				t.Helper()
				at.call(t, "light.turn_off", map[string]any{"entity_id": "light.kitchen_lights"})
				if a := f.say(t, "Alexa.PowerController.TurnOn", "light#kitchen_lights"); a.Event.Header.Name != alexa.NameResponse {
					t.Errorf("turning on was answered %s", a.raw)
				}
				if s := at.state(t, "light.kitchen_lights"); s.State != "on" {
					t.Errorf("the light is %q", s.State)
				}
			}
			works(h)
			works(h)
			if n := p.requests.Load(); n != 1 {
				t.Errorf("the store was asked %d times", n)
			}
			operate := func(name string) string {
				return string(f.invoke(t, marshal(map[string]string{"operation": name})).Payload)
			}

			// Throttled: what it said last stays in force.
			p.throttles.Store(true)
			if answer := operate("config_reload"); !strings.Contains(answer, "throttled") {
				t.Errorf("config_reload was answered %s", answer)
			}
			works(h)
			p.throttles.Store(false)

			// Another home.
			p.leadTo(t, other)
			if answer := operate("config_reload"); !strings.Contains(answer, `"HOME_ASSISTANT_URL"`) {
				t.Errorf("config_reload was answered %s", answer)
			}
			asked := h.requests()
			works(other)
			if n := h.requests(); n != asked {
				t.Errorf("the first home was asked %d more times", n-asked)
			}

			// A mistake.
			p.put(t, "homeassistant/url", "nowhere")
			if answer := operate("config_reload"); !strings.Contains(answer, "mistake") {
				t.Errorf("config_reload was answered %s", answer)
			}
			works(other)
			f.output.wait(t, "the Parameter Store cannot be read", "throttled")
			f.output.wait(t, "the running version stays in force", "HOME_ASSISTANT_URL")
		})
	}
}

// TestParameterStoreLateLive: a function that starts while the store throttles
// refuses, and works when the store answers.
func TestParameterStoreLateLive(t *testing.T) {
	h := newReal(t)
	p := newParameterStore(t)
	p.leadTo(t, h)
	p.throttles.Store(true)
	f := start(t, nil, p.env, inRegion)
	f.secrets = append(f.secrets, h.token)
	const busy = "The Parameter Store asks to be left alone for a moment."
	if a := f.say(t, "Alexa.PowerController.TurnOn", "light#kitchen_lights"); a.Event.Payload.Type != alexa.BridgeUnreachable || a.Event.Payload.Message != busy {
		t.Errorf("turning on was answered %s", a.raw)
	}
	p.throttles.Store(false)
	for patience := time.Now().Add(15 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		if a := f.say(t, "Alexa.PowerController.TurnOn", "light#kitchen_lights"); a.Event.Header.Name == alexa.NameResponse {
			return
		} else if time.Now().After(patience) {
			t.Fatalf("turning on was answered %s", a.raw)
		}
	}
}

// TestParameterStoreUnusedLive: where it is not used it is not asked, nor loaded.
func TestParameterStoreUnusedLive(t *testing.T) {
	h := newReal(t)
	p := newParameterStore(t)
	p.env["USE_PARAMETER_STORE"] = "false"
	f := start(t, h, p.env, inRegion)
	f.say(t, "Alexa.ReportState", "light#kitchen_lights")
	var report struct {
		LIGS struct {
			Ports []struct {
				Name  string `json:"name"`
				Loads int    `json:"loads"`
			} `json:"ports"`
		} `json:"ligs"`
	}
	raw := f.invoke(t, marshal(map[string]string{"operation": "lugs"})).Payload
	if err := json.Unmarshal(raw, &report); err != nil {
		t.Fatal(err)
	}
	seen := false
	for _, port := range report.LIGS.Ports {
		seen = seen || port.Name == "parameters"
		if port.Name == "parameters" && port.Loads != 0 {
			t.Errorf("it was loaded: %s", raw)
		}
	}
	if !seen || p.requests.Load() != 0 {
		t.Errorf("it was asked %d times: %s", p.requests.Load(), raw)
	}
}

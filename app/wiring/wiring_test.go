package wiring_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/fx"
	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/wiring"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// built is an engine with what a test looks at beside it.
type built struct {
	*engine.Engine
	home       *lifecycle.Lazy[gateway.HomeAssistant]
	parameters *lifecycle.Lazy[gateway.ParameterStore]
	way        *lifecycle.Lazy[ports.Probe]
	log        *log
}

// log is what the engine logs.
type log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

type env map[string]string

func (e env) environment() setting.Environment {
	return setting.Environment{Lookup: func(name string) (string, bool) {
		value, ok := e[name]
		return value, ok
	}, Open: config.Open}
}

// build puts an engine together as cmd/engine does. Nothing is opened ahead
// unless the test says so.
func build(t *testing.T, e env, open bool) *built {
	t.Helper()
	b := &built{log: &log{}}
	s := wiring.Start{Environment: e.environment(), Began: time.Now(), Log: b.log}
	if open {
		settings, _ := config.FromEnvironment(s.Environment)
		s.Ahead = wiring.OpenAhead(settings)
	}
	app := fx.New(fx.NopLogger, fx.Supply(s), wiring.Module(), fx.Populate(&b.Engine, &b.home, &b.parameters, &b.way))
	if err := app.Err(); err != nil {
		t.Fatal(err)
	}
	s.Ahead.Wait(5 * time.Second)
	t.Cleanup(func() {
		for _, unload := range []func() (bool, error){b.home.Unload, b.parameters.Unload, b.way.Unload} {
			if _, err := unload(); err != nil {
				t.Error(err)
			}
		}
	})
	return b
}

// house returns a demo house that listens, and the environment that leads to it.
func house(t *testing.T) (*demohome.House, env) {
	t.Helper()
	h := demohome.New(demohome.Options{})
	server, err := h.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Close()
		_ = h.Close()
	})
	return h, env{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken}
}

// and returns the environment with more in it.
func (e env) and(more env) env {
	all := env{}
	for _, from := range []env{e, more} {
		for name, value := range from {
			all[name] = value
		}
	}
	return all
}

// answer is what the tests look at.
type answer struct {
	Event struct {
		Header  alexa.Header
		Payload struct {
			Type      alexa.ErrorType
			Message   string
			Endpoints []alexa.Endpoint
		}
	}
	StatusCode int
}

// ask sends a directive, "Alexa.Discovery.Discover" say, and returns an answer
// that Alexa takes.
func (b *built) ask(t *testing.T, directive, endpoint string) answer {
	t.Helper()
	reply := b.invoke(t, directiveFor(t, directive, endpoint))
	alexatest.CheckAnswer(t, reply)
	return read(t, reply)
}

// directiveFor returns the event that a directive is.
func directiveFor(t *testing.T, directive, endpoint string) []byte {
	t.Helper()
	i := strings.LastIndexByte(directive, '.')
	scope := map[string]string{"type": "BearerToken", "token": "token.of.the.account"}
	message := map[string]any{
		"header": map[string]string{
			"namespace": directive[:i], "name": directive[i+1:], "payloadVersion": "3", "messageId": "1", "correlationToken": "c",
		},
		"payload": map[string]any{"scope": scope},
	}
	if endpoint != "" {
		message["payload"] = map[string]any{}
		message["endpoint"] = map[string]any{"endpointId": endpoint, "scope": scope}
	}
	raw, err := json.Marshal(map[string]any{"directive": message})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func (b *built) invoke(t *testing.T, event []byte) []byte {
	t.Helper()
	reply, err := b.Invoke(context.Background(), event)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

func read(t *testing.T, reply []byte) (a answer) {
	t.Helper()
	if err := json.Unmarshal(reply, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestValidate finds out what a part needs and nobody makes.
func TestValidate(t *testing.T) {
	needed := fx.Invoke(func(*engine.Engine) {})
	if err := fx.ValidateApp(fx.Supply(wiring.Start{}), wiring.Module(), needed); err != nil {
		t.Error(err)
	}
	// The test would notice: without what a process knows when it begins nothing
	// can be made.
	if fx.ValidateApp(wiring.Module(), needed) == nil {
		t.Error("wiring without a Start is found valid")
	}
}

func TestBuild(t *testing.T) {
	e, err := wiring.Build(wiring.Start{Environment: env{}.environment(), Log: &log{}})
	if err != nil {
		t.Fatal(err)
	}
	reply, err := e.Invoke(t.Context(), []byte(`{"test":"ping"}`))
	if err != nil || read(t, reply).StatusCode != 200 {
		t.Errorf("%s, %v", reply, err)
	}
}

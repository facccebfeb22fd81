package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/wiring"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// difference is one between the engine and the failsafe that somebody has looked at. A *
// stands for anything.
type difference struct {
	// Case is the case's name, Of what differs: "answer", "properties", "uncertainty",
	// "requests" (those up to the last command), or "looks" (how many questions come after
	// it; "more looks" where these are more of the failsafe's).
	Case string `json:"case"`
	Of   string `json:"of"`
	// Engine and Failsafe are what it is with each of them.
	Engine   string `json:"engine"`
	Failsafe string `json:"failsafe"`
	Reason   string `json:"reason"`

	met bool
}

// covers says whether a difference is this one.
func (d *difference) covers(name, of, engine, failsafe string) bool {
	return like(d.Case, name) && like(d.Of, of) && like(d.Engine, engine) && like(d.Failsafe, failsafe)
}

// like says whether a text is like a pattern, in which * stands for anything.
func like(pattern, text string) bool {
	first, rest, more := strings.Cut(pattern, "*")
	text, ok := strings.CutPrefix(text, first)
	if !ok || !more {
		return ok && text == ""
	}
	for i := range len(text) + 1 {
		if like(rest, text[i:]) {
			return true
		}
	}
	return false
}

// conformance compares engine and failsafe in all cases.
type conformance struct {
	*testing.T
	known []*difference
	// done counts the cases in which something is done or told, all the cases.
	done, all int
}

// TestConformance: the failsafe answers as the engine does, with the same calls and the
// same requests, but for what testdata/conformance/differences.json says. It plays the
// directives of domain/capability, those of app/endtoend with the demo house, and homes
// in trouble, all in the time of a bubble.
func TestConformance(t *testing.T) {
	c := conformance{T: t}
	readJSON(t, "testdata/conformance/differences.json", &c.known)
	for _, d := range c.known {
		if d.Reason == "" {
			t.Errorf("%s, %s: nobody says why", d.Case, d.Of)
		}
	}
	var trouble []scene
	readJSON(t, "testdata/conformance/trouble.json", &trouble)
	for _, s := range slices.Concat(trouble, translated(t)) {
		c.compare(s.Name, s.Env, s.event(t), func(t *testing.T) playhouse { return newStage(t, s) })
	}
	c.furnished()
	if c.done < c.all/2 {
		t.Errorf("of %d cases only %d end well with the engine: most of them compare nothing", c.all, c.done)
	}
	for _, d := range c.known {
		if !d.met {
			t.Errorf("there is no such difference any more: %+v", *d)
		}
	}
}

// playhouse is a home that says what it was asked.
type playhouse interface {
	http.Handler
	played() []string
}

// subject is one of the two.
type subject interface {
	Invoke(ctx context.Context, event []byte) ([]byte, error)
}

// performance is what one of the two has made of an event.
type performance map[string]string

// compare has both answer an event, each before a home of its own.
func (c *conformance) compare(name string, env map[string]string, event []byte, raise func(*testing.T) playhouse) {
	c.Run(name, func(t *testing.T) {
		var both [2]performance
		for i, build := range []func(*testing.T, network, map[string]string) subject{engineAt, failsafeAt} {
			synctest.Test(t, func(t *testing.T) {
				h := raise(t)
				began := time.Now()
				raw, err := build(t, serve(t, h), env).Invoke(t.Context(), event)
				if err != nil {
					t.Fatal(err)
				}
				if took := time.Since(began); took > maxAnswerTime {
					t.Errorf("the answer took %v", took)
				}
				both[i] = performed(t, raw, h.played())
			})
		}
		c.all++
		if !strings.Contains(both[0]["answer"], `"ErrorResponse"`) {
			c.done++
		}
		for _, of := range slices.Sorted(maps.Keys(both[0])) {
			engine, failsafe := both[0][of], both[1][of]
			if of == "looks" && len(engine) <= len(failsafe) && engine < failsafe {
				of = "more looks"
			}
			if engine != failsafe {
				c.differ(t, name, of, engine, failsafe)
			}
		}
	})
}

// differ notes a difference.
func (c *conformance) differ(t *testing.T, name, of, engine, failsafe string) {
	t.Helper()
	for _, d := range c.known {
		if d.covers(name, of, engine, failsafe) {
			d.met = true
			return
		}
	}
	t.Errorf("the %s differ:\nengine   %s\nfailsafe %s", of, engine, failsafe)
}

func failsafeAt(t *testing.T, n network, env map[string]string) subject { return n.at(t, env) }

// engineAt returns the whole engine, whose way to the home leads through the network.
func engineAt(t *testing.T, n network, env map[string]string) subject {
	t.Helper()
	all := map[string]string{"HOME_ASSISTANT_URL": "http://home", "HOME_ASSISTANT_TOKEN": "t"}
	maps.Copy(all, env)
	client, err := homeassistant.New(homeassistant.Config{Access: home.Access{URL: all["HOME_ASSISTANT_URL"], Token: secret.New(all["HOME_ASSISTANT_TOKEN"])}, Dial: n.Dial})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	lazy := lifecycle.NewLazy("home", lifecycle.Conditional(time.Hour), ports.WallClock{}, func(context.Context) (gateway.HomeAssistant, error) { return client, nil }, nil)
	var e *engine.Engine
	app := fx.New(fx.NopLogger, wiring.Module(), fx.Populate(&e),
		fx.Supply(wiring.Start{Log: io.Discard, Environment: setting.Environment{
			Lookup: func(name string) (string, bool) { value, ok := all[name]; return value, ok },
			Open:   config.Open,
		}}),
		fx.Decorate(func(*lifecycle.Lazy[gateway.HomeAssistant]) *lifecycle.Lazy[gateway.HomeAssistant] { return lazy }))
	if err := app.Err(); err != nil {
		t.Fatal(err)
	}
	return e
}

// performed returns what an answer and the requests before it are, without what differs
// each time, and without the words of an error.
func performed(t *testing.T, raw []byte, asked []string) performance {
	t.Helper()
	var answer struct {
		Context struct{ Properties []map[string]any }
		Event   struct {
			Header, Endpoint, Payload map[string]any
		}
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	e := answer.Event
	delete(e.Header, "messageId")
	delete(e.Payload, "message")
	delete(e.Payload, "timestamp")
	uncertain := 0.0
	for _, p := range answer.Context.Properties {
		ms, _ := p["uncertaintyInMilliseconds"].(float64)
		uncertain = max(uncertain, ms)
		delete(p, "uncertaintyInMilliseconds")
		delete(p, "timeOfSample")
	}
	slices.SortFunc(answer.Context.Properties, func(a, b map[string]any) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	requests, looks := split(asked)
	return performance{
		"answer": written(t, e), "properties": written(t, answer.Context.Properties),
		"uncertainty": (time.Duration(uncertain) * time.Millisecond).String(),
		"requests":    strings.Join(requests, "; "), "looks": fmt.Sprint(looks),
	}
}

// split returns the requests up to the last command, and how many questions come after
// it. Without a command there is no order: some are asked at the same time.
func split(asked []string) (requests []string, looks int) {
	last := len(asked)
	for last > 0 && !strings.HasPrefix(asked[last-1], http.MethodPost+" /api/services/") {
		last--
	}
	if last > 0 {
		return asked[:last], len(asked) - last
	}
	for i, a := range asked {
		if path, _, ok := strings.Cut(a, " {"); ok && strings.HasSuffix(path, "/api/template") {
			asked[i] = path
		}
	}
	slices.Sort(asked)
	return asked, 0
}

func written(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// event returns the event that a scene begins with.
func (s *scene) event(t *testing.T) []byte {
	t.Helper()
	i := strings.LastIndexByte(s.Directive, '.')
	if i < 0 {
		t.Fatalf("%s: %q is no directive", s.Name, s.Directive)
	}
	scope := map[string]any{"type": "BearerToken", "token": "alexas"}
	header := map[string]any{"namespace": s.Directive[:i], "name": s.Directive[i+1:], "payloadVersion": "3", "messageId": "m", "correlationToken": "c"}
	if s.Instance != "" {
		header["instance"] = s.Instance
	}
	payload := s.Payload
	if payload == nil {
		payload = json.RawMessage(`{}`)
	}
	directive := map[string]any{"header": header, "payload": payload}
	if s.Entity != "" {
		directive["endpoint"] = map[string]any{"endpointId": strings.Replace(s.Entity, ".", "#", 1), "scope": scope}
	} else if s.Payload == nil {
		directive["payload"] = map[string]any{"scope": scope}
	}
	return []byte(written(t, map[string]any{"directive": directive}))
}

// readJSON reads a file strictly: a misspelt member would test nothing.
func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	file, err := os.Open(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// glob returns the files that a pattern means, at least one.
func glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	return paths
}

package wiring_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/wiring"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/checkup"
)

// TestPortsLoadOnce acquires every lazy port from several sides at once: it loads
// once, and what is behind it works.
func TestPortsLoadOnce(t *testing.T) {
	_, e := house(t)
	_, store := stored(t)
	b := build(t, e.and(store), false)
	// The home's settings come from the Parameter Store, so that goes first.
	for _, port := range []struct {
		report func() lifecycle.PortReport
		use    func() error
	}{
		{b.parameters.Report, func() error {
			lease, err := b.parameters.Acquire(t.Context())
			if err != nil {
				return err
			}
			defer lease.Release()
			_, err = lease.Value().Below(t.Context(), "/lee")
			return err
		}},
		{b.home.Report, func() error {
			lease, err := b.home.Acquire(t.Context())
			if err != nil {
				return err
			}
			defer lease.Release()
			states, err := lease.Value().States(t.Context())
			if err == nil && len(states) == 0 {
				err = fmt.Errorf("the house has no states")
			}
			return err
		}},
		{b.way.Report, func() error {
			lease, err := b.way.Acquire(t.Context())
			if err != nil {
				return err
			}
			defer lease.Release()
			way, err := lease.Value().Probe(t.Context(), false)
			if err == nil && way.Who != checkup.Home {
				err = fmt.Errorf("the way is %+v", way)
			}
			return err
		}},
	} {
		before := port.report()
		t.Run(before.Name, func(t *testing.T) {
			if before.Loaded || before.Loads != 0 {
				t.Errorf("it is loaded before anybody needs it: %+v", before)
			}
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					if err := port.use(); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if after := port.report(); !after.Loaded || after.Loads != 1 || after.Failures != 0 || after.InFlight != 0 {
				t.Errorf("after use: %+v", after)
			}
		})
	}
}

// counted is a demo house that counts the connections made to it.
func counted(t *testing.T) (e env, h *demohome.House, connections *atomic.Int64) {
	t.Helper()
	h = demohome.New(demohome.Options{})
	connections = new(atomic.Int64)
	server := httptest.NewUnstartedServer(h)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(func() {
		server.Close()
		_ = h.Close()
	})
	return env{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken}, h, connections
}

// nobody is the URL of a port on which nothing listens. One that was free a moment ago may
// be another test's by now.
const nobody = "http://127.0.0.1:9"

// reaches waits until a server has accepted as many connections as it must, which
// it may do later than the client thinks, and returns how many it has.
func reaches(connections *atomic.Int64, want int64) int64 {
	for end := time.Now().Add(20 * time.Second); connections.Load() < want && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	return connections.Load()
}

// TestTiersOpen: the minimum tier does nothing before it must, not even a client
// is made for a ping; the others open a connection while they initialise and use it
// for the first request. Standard sends nothing on it before that, maximum loads the
// port and has the home say what it is, which is in the cache then.
func TestTiersOpen(t *testing.T) {
	for _, c := range []struct {
		tier string
		// connections, requests and loads are those of after a ping.
		connections, requests, loads int64
	}{
		{"minimum", 0, 0, 0},
		{"standard", 1, 0, 0},
		{"maximum", 1, 1, 1},
	} {
		t.Run(c.tier, func(t *testing.T) {
			e, h, connections := counted(t)
			b := build(t, e.and(env{"CONFIGURATION_TIER": c.tier}), true)
			if reply := read(t, b.invoke(t, []byte(`{"test":"ping"}`))); reply.StatusCode != 200 {
				t.Errorf("ping was answered %+v", reply)
			}
			if report := b.home.Report(); report.Loads != c.loads || report.Loaded != (c.loads > 0) {
				t.Errorf("after a ping: %+v", report)
			}
			if n := reaches(connections, c.connections); n != c.connections || int64(h.Requests()) != c.requests {
				t.Errorf("after a ping: %d connections and %d requests, want %d and %d", n, h.Requests(), c.connections, c.requests)
			}
			for range 3 {
				if reply := b.ask(t, "Alexa.PowerController.TurnOn", "light#porch_light"); reply.Event.Header.Name != alexa.NameResponse {
					t.Errorf("turning on was answered %+v", reply)
				}
			}
			if n := connections.Load(); n != 1 {
				t.Errorf("after three directives: %d connections, want one", n)
			}
			if report := b.home.Report(); report.Loads != 1 || !report.Loaded {
				t.Errorf("after three directives: %+v", report)
			}
			before := h.Requests()
			if answer := b.operate(t, "ha_status"); !strings.Contains(answer, "connected") {
				t.Errorf("ha_status was answered %s", answer)
			}
			if asked := int64(h.Requests() - before); asked != 1-c.requests {
				t.Errorf("what the home is was asked %d times more", asked)
			}
		})
	}
}

// TestPingBuildsNothing: in the minimum tier a cold start that answers a ping loads no
// port, so there is no HTTP client and none of AWS's, and nothing is asked of the
// cache, which is built when something is kept (adapters/cache); and be it that there
// is a home, a Parameter Store, and metrics are written.
func TestPingBuildsNothing(t *testing.T) {
	there, h, connections := counted(t)
	p, e := stored(t)
	var keeper *lifecycle.Keeper
	var answers *cache.Cache
	var engine *engine.Engine
	var metrics log
	environment := there.and(e).and(env{"CONFIGURATION_TIER": "minimum"}).environment()
	settings, _ := config.FromEnvironment(environment)
	s := wiring.Start{Environment: environment, Began: time.Now(), Metrics: &metrics, Ahead: wiring.OpenAhead(settings)}
	s.Log = &metrics
	if err := fx.New(fx.NopLogger, fx.Supply(s), wiring.Module(), fx.Populate(&keeper, &answers, &engine)).Err(); err != nil {
		t.Fatal(err)
	}
	s.Ahead.Wait(5 * time.Second)
	engine.Ready()
	answer, err := engine.Invoke(t.Context(), []byte(`{"test":"ping"}`))
	if err != nil || !strings.Contains(string(answer), "pong") || !strings.Contains(metrics.String(), `"ResponseTime":`) {
		t.Errorf("answered %s, %v; written: %s", answer, err, &metrics)
	}
	r := keeper.Report()
	if len(r.Ports) < 3 || r.Loads != 0 || r.Failures != 0 || r.Resident != 0 {
		t.Errorf("the ports: %+v", r)
	}
	for _, section := range answers.Report().Sections {
		if section.Hits+section.Misses > 0 || section.Entries > 0 {
			t.Errorf("the cache was asked: %+v", section)
		}
	}
	if connections.Load() != 0 || h.Requests() != 0 || p.requests.Load() != 0 {
		t.Errorf("%d connections and %d requests to the home, %d to the store", connections.Load(), h.Requests(), p.requests.Load())
	}
}

// TestOpenAheadOfNothing: what cannot be opened costs nothing more, and the
// caller that needs it then is told.
func TestOpenAheadOfNothing(t *testing.T) {
	for _, c := range []struct {
		name string
		env  env
		open bool
	}{
		{"a home that is away", env{"HOME_ASSISTANT_URL": nobody, "HOME_ASSISTANT_TOKEN": "t"}, true},
		{"no home", env{}, false},
		{"a home that is away, in the maximum tier", env{"HOME_ASSISTANT_URL": nobody, "HOME_ASSISTANT_TOKEN": "t", "CONFIGURATION_TIER": "maximum"}, true},
		{"a home that is turned off", env{"HOME_ASSISTANT_URL": nobody, "HOME_ASSISTANT_ENABLED": "false"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			settings, _ := config.FromEnvironment(c.env.environment())
			ahead := wiring.OpenAhead(settings)
			if (ahead != nil) != c.open {
				t.Errorf("opened ahead: %t, want %t", ahead != nil, c.open)
			}
			if settings.Tier != config.Maximum { // that waits for Build
				ahead.Wait(time.Minute) // it does not take one
			}
			reply := build(t, c.env, true).ask(t, "Alexa.PowerController.TurnOn", "light#porch_light")
			if reply.Event.Payload.Type != alexa.BridgeUnreachable {
				t.Errorf("answered %+v", reply.Event.Payload)
			}
		})
	}
}

// TestResurrection: what was closed for being idle is there again for the next
// who needs it.
func TestResurrection(t *testing.T) {
	_, e := house(t)
	b := build(t, e, true)
	for n := range 3 {
		if reply := b.ask(t, "Alexa.ReportState", "light#porch_light"); reply.Event.Header.Name != alexa.NameStateReport {
			t.Fatalf("answered %+v", reply.Event)
		}
		if done, err := b.home.Unload(); !done || err != nil {
			t.Fatalf("unloaded: %t, %v", done, err)
		}
		if report := b.home.Report(); report.Loads != int64(n+1) || report.Unloads != int64(n+1) {
			t.Errorf("report %+v", report)
		}
	}
}

// TestDirectivesAreDispatched: every directive of issue and catalog has a handler
// in the table, among them those that are LEE's own.
func TestDirectivesAreDispatched(t *testing.T) {
	_, e := house(t)
	b := build(t, e, false)
	for directive, want := range map[string][]string{
		"Alexa.Discovery.Discover":        {"Discover.Response"},
		"Alexa.ReportState":               {"StateReport", "NO_SUCH_ENDPOINT"},
		"Alexa.Authorization.AcceptGrant": {"AcceptGrant.Response"},
		"Alexa.PowerController.TurnOff":   {"Response", "NO_SUCH_ENDPOINT"},
	} {
		endpoint := ""
		if slices.Contains(want, "NO_SUCH_ENDPOINT") {
			endpoint = "light#porch_light"
		}
		if got := b.ask(t, directive, endpoint).Event.Header.Name; got != want[0] {
			t.Errorf("%s was answered %s, want %s", directive, got, want[0])
		}
		if endpoint != "" {
			if got := b.ask(t, directive, "light#nowhere").Event.Payload.Type; string(got) != want[1] {
				t.Errorf("%s of an endpoint that is not there was answered %s, want %s", directive, got, want[1])
			}
		}
	}
}

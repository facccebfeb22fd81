package gateway_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/breaker"
	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// rig is a gateway with a home behind it.
type rig struct {
	clock   *portstest.Clock
	cache   *cache.Cache
	lazy    *lifecycle.Lazy[gateway.HomeAssistant]
	gateway *gateway.Gateway
	home    gateway.Home
	house   gateway.House
}

type rigOptions struct {
	home       gateway.HomeAssistant
	load       func(context.Context) (gateway.HomeAssistant, error) // in place of home
	reflex     int
	retry      gateway.Retry
	failures   uint32        // that open a breaker; 0 for 3
	open       time.Duration // how long it stays open; 0 for 20 s
	log        *zap.Logger
	bearerOnly bool
	noCache    bool
	clock      *portstest.Clock // nil for one of its own
	policy     lifecycle.Policy
}

func newRig(tb interface{ Helper() }, o rigOptions) *rig {
	tb.Helper()
	r := &rig{clock: o.clock}
	if o.clock == nil {
		r.clock = portstest.NewClock()
	}
	if o.failures == 0 {
		o.failures = 3
	}
	if o.open == 0 {
		o.open = 20 * time.Second
	}
	if o.load == nil {
		o.load = func(context.Context) (gateway.HomeAssistant, error) { return o.home, nil }
	}
	r.cache = cache.New(cache.Settings{Bytes: 1 << 20, Entries: 100, TTL: cache.TTLs(time.Minute)}, r.clock)
	r.lazy = lifecycle.NewLazy("home", o.policy, r.clock, o.load, nil)
	var answers ports.Cache
	if !o.noCache {
		answers = r.cache
	}
	r.gateway = gateway.New(gateway.Options{
		Clock: r.clock, Log: o.log, Retry: o.retry, Cache: answers, ReflexEntries: o.reflex, BearerOnly: o.bearerOnly,
		NewBreaker: func(string, gateway.Class) ports.Breaker {
			return breaker.New(breaker.Settings{Failures: o.failures, Open: o.open}, r.clock)
		},
	})
	port := gateway.NewPort(r.gateway, r.lazy)
	r.home, r.house = gateway.Home{Port: port}, gateway.House{Port: port}
	return r
}

// traced returns a context with a trace of its own, known as id.
func traced(ctx context.Context, id string) context.Context {
	return gateway.WithTrace(ctx, gateway.NewTrace(id))
}

// heatState makes reading a state hot.
func (r *rig) heatState(ctx context.Context, tb testing.TB) {
	tb.Helper()
	for range 100 {
		if _, err := r.home.State(ctx, "light.kitchen"); err != nil {
			tb.Fatal(err)
		}
	}
	r.gateway.Cool(tb.Context())
}

// operation returns the report of an operation.
func (r *rig) operation(t *testing.T, name string) gateway.OperationReport {
	t.Helper()
	for _, report := range r.gateway.Report() {
		if report.Name == name {
			return report
		}
	}
	t.Fatalf("no operation %q", name)
	return gateway.OperationReport{}
}

// breaker returns the report of a breaker.
func (r *rig) breaker(t *testing.T, endpoint string, class gateway.Class) gateway.BreakerReport {
	t.Helper()
	for _, report := range r.gateway.Breakers() {
		if report.Endpoint == endpoint && report.Class == class {
			return report
		}
	}
	t.Fatalf("no breaker of %s %s", endpoint, class)
	return gateway.BreakerReport{}
}

// scripted is a home that does as it is told: each call is answered by the next
// of its errors, the last one repeated. It has no methods but those that a test calls.
type scripted struct {
	gateway.HomeAssistant
	mu     sync.Mutex
	errs   []error
	calls  int
	during func(ctx context.Context) error // in place of errs
}

var _ gateway.HomeAssistant = (*scripted)(nil)

func (s *scripted) answer(ctx context.Context) error {
	ports.Requested(ctx)
	s.mu.Lock()
	n := s.calls
	s.calls++
	errs, during := s.errs, s.during
	s.mu.Unlock()
	switch {
	case during != nil:
		return during(ctx)
	case len(errs) == 0:
		return nil
	default:
		return errs[min(n, len(errs)-1)]
	}
}

func (s *scripted) made() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

func (s *scripted) fail(errs ...error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.errs = errs
}

func (s *scripted) State(ctx context.Context, id home.EntityID) (home.State, error) {
	return home.State{ID: id, Value: home.On}, s.answer(ctx)
}

func (s *scripted) States(ctx context.Context) ([]home.State, error) {
	if err := s.answer(ctx); err != nil {
		return nil, err
	}
	return []home.State{{ID: "light.kitchen", Value: home.On}}, nil
}

func (s *scripted) Call(ctx context.Context, _ home.ServiceCall) ([]home.State, error) {
	return nil, s.answer(ctx)
}

func (s *scripted) Config(ctx context.Context) (home.Config, error) {
	if err := s.answer(ctx); err != nil {
		return home.Config{}, err
	}
	return home.Config{Name: "Home", Temperature: home.Celsius, Components: []string{"light"}}, nil
}

func (s *scripted) Converse(ctx context.Context, said home.Utterance) (home.Reply, error) {
	return home.Reply{Speech: said.Text}, s.answer(ctx)
}

// broken is a home that cannot be reached.
type broken struct{ gateway.HomeAssistant }

func (broken) State(context.Context, home.EntityID) (home.State, error) {
	return home.State{}, fault.New(fault.Unreachable, "The home cannot be reached.")
}

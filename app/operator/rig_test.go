package operator_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/breaker"
	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/doctor"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/domain/batch"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary is every secret here: wherever it shows, one has got out.
const canary = "canary0123456789abcdef"

// rig is a desk with a house behind it.
type rig struct {
	*operator.Desk
	house   *portstest.MemoryHome
	clock   *portstest.Clock
	env     map[string]string
	store   *portstest.ParameterStore
	way     *portstest.MemoryProbe
	volume  *operator.Volume
	gateway *gateway.Gateway
	keeper  *lifecycle.Keeper
	home    gateway.Home
	live    *config.Live
	journal *journal.Journal
	flaws   *telemetry.Flaws
	memory  int64
	table   map[string]operator.Operation
}

// env is what a function usually has.
func usual() map[string]string {
	return map[string]string{"HOME_ASSISTANT_URL": "https://home.example.org:8123", "HOME_ASSISTANT_TOKEN": canary}
}

func newRig(t *testing.T, env map[string]string) *rig {
	t.Helper()
	r := &rig{
		house: portstest.NewHome(
			home.State{ID: "light.a", Value: home.Off},
			home.State{ID: "light.b", Value: home.On, Attributes: home.Fields{{Name: home.AttrBrightness, Value: home.Number(128)}}},
			home.State{ID: "lock.a", Value: "unlocked"},
			home.State{ID: "zone.home", Value: "0"},
		),
		clock: portstest.NewClock(), env: env, store: &portstest.ParameterStore{}, volume: operator.NewVolume(config.Settings{LogLevel: config.LevelInfo}), journal: journal.New(), memory: 20 << 20,
		way: &portstest.MemoryProbe{Way: whole()},
	}
	t.Cleanup(func() {
		if r.way.CloseLooks() > 0 {
			t.Error("an operator's question about the way sent the token")
		}
	})
	r.flaws = telemetry.NewFlaws(ports.ValidateComprehensive)
	answers := cache.New(cache.Settings{Bytes: 1 << 20, Entries: 100, TTL: cache.TTLs(time.Minute)}, r.clock)
	r.gateway = gateway.New(gateway.Options{
		Clock: r.clock, Cache: answers, ReflexEntries: 50,
		NewBreaker: func(string, gateway.Class) ports.Breaker {
			return breaker.New(breaker.Settings{Failures: 3, Open: time.Minute}, r.clock)
		},
	})
	lazy := lifecycle.NewLazy("home", lifecycle.Conditional(30*time.Second), r.clock,
		func(context.Context) (gateway.HomeAssistant, error) { return r.house, nil }, nil)
	wayLazy := lifecycle.NewLazy("way", lifecycle.Immediate(), r.clock, func(context.Context) (ports.Probe, error) { return r.way, nil }, nil)
	r.keeper = lifecycle.NewKeeper(lifecycle.Options{
		Clock: r.clock, Enabled: true, Minimum: 0, Threshold: 100 << 20, Hot: r.gateway.Hot,
		Shrinkers: []lifecycle.Shrinker{answers}, Memory: func() int64 { return r.memory },
	})
	r.keeper.Watch(lazy, wayLazy)
	port := gateway.NewPort(r.gateway, lazy)
	r.home = gateway.Home{Port: port}
	house := gateway.House{Port: port}
	r.live = config.NewLive(config.Options{
		Environment: setting.Environment{Lookup: func(name string) (string, bool) {
			value, ok := r.env[name]
			return value, ok
		}},
		Parameters: r.store, Clock: r.clock,
	})
	r.Desk = operator.New(operator.Parts{
		Clock: r.clock, Log: zap.NewNop(), Home: r.home, House: house, Pulse: house,
		Doctor:     &doctor.Doctor{Probe: gateway.Probe{Port: gateway.NewPort(r.gateway, wayLazy)}},
		Parameters: r.store, Batch: batch.New(r.home), Gateway: r.gateway, Keeper: r.keeper, Cache: answers, Flaws: r.flaws, Live: r.live, Journal: r.journal,
		Volume: r.volume, Environ: func() []string { return []string{"B=" + canary, "A=" + canary, "C"} },
		Discovery: func(context.Context) (*discovery.Service, error) {
			return discovery.New(r.home, gateway.House{Port: port}, gateway.NewRegistry(port), gateway.Cameras{Port: port}, capability.NewCatalog(capability.Kinds()), offer.Terms{}, nil), nil
		},
		Dispatch: func() operator.Dispatch { return operator.Dispatch{Directives: 70, Operations: 16, Routes: 3} },
		Function: operator.Function{Name: "lee", Version: "7", Region: "eu-west-1", Began: r.clock.Now()},
	})
	r.table = map[string]operator.Operation{}
	for _, o := range r.Operations() {
		r.table[o.Name] = o
	}
	return r
}

// between is what happens between two invocations.
func (r *rig) between(t *testing.T) {
	t.Helper()
	r.gateway.Cool(t.Context())
	r.keeper.CarryOut(t.Context())
	r.keeper.Decide(t.Context())
}

// ask asks for an operation and reads the answer into v as a reader of the JSON
// does. No answer holds a secret.
func (r *rig) ask(t *testing.T, event string, v any) error {
	t.Helper()
	var named struct{ Operation string }
	if err := json.Unmarshal([]byte(event), &named); err != nil {
		t.Fatal(err)
	}
	o, ok := r.table[named.Operation]
	if !ok {
		t.Fatalf("there is no operation %q", named.Operation)
	}
	answer, err := o.Answer(t.Context(), json.RawMessage(event))
	if err != nil {
		if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), canary) {
			t.Errorf("a secret is in the error: %v", err)
		}
		return err
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), canary) {
		t.Errorf("a secret is in the answer: %s", raw)
	}
	if text, ok := v.(*string); ok {
		*text = string(raw)
	} else if err := json.Unmarshal(raw, v); err != nil {
		t.Fatal(err)
	}
	return nil
}

// must is ask for what has to go well.
func (r *rig) must(t *testing.T, event string, v any) {
	t.Helper()
	if err := r.ask(t, event, v); err != nil {
		t.Fatalf("%s: %v", event, err)
	}
}

// text returns the answer as it is written.
func (r *rig) text(t *testing.T, event string) string {
	t.Helper()
	var s string
	r.must(t, event, &s)
	return s
}

// keep puts a parameter into the store.
func (r *rig) keep(path, value string) {
	r.store.Put(ports.Parameter{Name: "/lambda-execution-engine/" + path, Value: secret.New(value), Type: ports.ParameterSecureString})
}

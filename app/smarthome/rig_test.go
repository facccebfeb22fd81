package smarthome

import (
	"bytes"
	"context"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/breaker"
	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rig is a Service with a house behind the gateway.
type rig struct {
	*Service
	house *portstest.MemoryHome
	store *portstest.ParameterStore
	live  *config.Live
	clock *portstest.Clock
	log   bytes.Buffer
}

// newRig returns a rig with these variables beside those that lead to the house.
func newRig(t *testing.T, house *portstest.MemoryHome, more map[string]string) *rig {
	t.Helper()
	env := map[string]string{"HOME_ASSISTANT_URL": "https://home.example", "HOME_ASSISTANT_TOKEN": "token"}
	for name, value := range more {
		env[name] = value
	}
	clock := portstest.NewClock()
	r := &rig{house: house, store: &portstest.ParameterStore{}, clock: clock}
	g := gateway.New(gateway.Options{
		Clock: clock, Cache: cache.New(cache.Settings{Bytes: 1 << 20, Entries: 100, TTL: cache.TTLs(time.Minute)}, clock),
		NewBreaker: func(string, gateway.Class) ports.Breaker {
			return breaker.New(breaker.Settings{Failures: 3, Open: time.Minute}, clock)
		},
	})
	port := gateway.NewPort(g, lifecycle.NewLazy("home", lifecycle.Conditional(time.Minute), clock,
		func(context.Context) (gateway.HomeAssistant, error) { return house, nil }, nil))
	r.live = config.NewLive(config.Options{
		Environment: setting.Environment{Lookup: func(name string) (string, bool) { value, ok := env[name]; return value, ok }},
		Parameters:  r.store, Clock: clock,
	})
	r.Service = New(Parts{
		Live: r.live, Home: gateway.Home{Port: port}, House: gateway.House{Port: port}, Registry: gateway.NewRegistry(port),
		Cameras: gateway.Cameras{Port: port}, Gateway: g, Clock: clock, Log: telemetry.NewLog(&r.log, zap.InfoLevel),
	})
	return r
}

// keep puts a parameter into the Parameter Store, where PARAMETER_PREFIX is /p.
func (r *rig) keep(path, value string) {
	r.store.Put(ports.Parameter{Name: "/p/homeassistant/" + path, Value: secret.New(value), Type: ports.ParameterSecureString})
}

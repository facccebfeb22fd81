package wiring

import (
	"context"
	"sync"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/ssm"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// initial is what the environment alone says. It is enough for what does not
// change while the process lives: the tier and its limits, the mode, LUGS. What the
// Parameter Store may say too comes from config.Live.
type initial struct{ *config.Settings } // a pointer, of which fx has less to look at

func newInitial(s Start) initial {
	settings, _ := s.Environment.Settings() // config.Live tells of the mistakes
	return initial{&settings}
}

// follower is told of a change of the settings, with the context of the call that caused
// it.
type follower func(ctx context.Context, before, after config.Settings)

// changes tells followers of each change of the settings. config.Live calls tell;
// it is made before the parts that follow it. changes is safe for concurrent use.
type changes struct {
	mu        sync.Mutex // guards followers, and is not held while they run
	followers []follower
}

func newChanges(v *volume) *changes {
	c := &changes{}
	c.follow(func(_ context.Context, _, after config.Settings) { v.follow(after) })
	return c
}

// follow adds a follower. It is told of every change from the next one on, after
// those that were added before it.
func (c *changes) follow(f follower) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.followers = append(c.followers, f)
}

// tell tells all followers of a change and returns when the last one has returned.
// config.Live has told of the change before by then, so each follower is told of the
// changes in their order.
func (c *changes) tell(ctx context.Context, before, after config.Settings) {
	c.mu.Lock()
	followers := c.followers // follow only appends
	c.mu.Unlock()
	for _, f := range followers {
		f(ctx, before, after)
	}
}

func newLive(s Start, i initial, clock ports.Clock, log *zap.Logger, store ports.Parameters, c *changes) *config.Live {
	watchName(*i.Settings, log, c)
	return config.NewLive(config.Options{
		Environment: s.Environment, Parameters: store, Clock: clock, Log: log, Changed: c.tell,
	})
}

// newParameters returns the Parameter Store, which is closed as soon as an
// event has passed it by: it is minutes to the next reading.
func newParameters(s Start, g *gateway.Gateway, clock ports.Clock) (
	*lifecycle.Lazy[gateway.ParameterStore], ports.Parameters, ports.ParameterKeeper,
) {
	load := func(context.Context) (gateway.ParameterStore, error) {
		store, err := ssm.New(ssm.FromEnvironment(s.Environment.Lookup))
		if err != nil {
			return nil, err
		}
		return store, nil
	}
	lazy := lifecycle.NewLazy("parameters", lifecycle.Immediate(), clock, load, closed[gateway.ParameterStore])
	face := gateway.Parameters{Port: gateway.NewPort(g, lazy)}
	return lazy, face, face
}

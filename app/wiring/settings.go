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

// changes are told of by config.Live, which is made before those who follow it.
type changes struct {
	mu        sync.Mutex
	followers []func(before, after config.Settings)
}

func newChanges(v *volume) *changes {
	c := &changes{}
	c.follow(func(_, after config.Settings) { v.follow(after) })
	return c
}

// follow has f be told of every change of the settings, before whoever caused it
// goes on.
func (c *changes) follow(f func(before, after config.Settings)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.followers = append(c.followers, f)
}

func (c *changes) tell(before, after config.Settings) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range c.followers {
		f(before, after)
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

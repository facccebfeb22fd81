package wiring

import (
	"context"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/ssm"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/ports"
)

// initial is what the environment alone says. It is enough for what does not
// change while the process lives: the tier and its limits, the mode, LUGS. What the
// Parameter Store may say too comes from config.Live.
type initial struct{ *config.Settings } // a pointer, of which fx has less to look at

func newInitial(s Start) initial {
	settings, _ := config.FromEnvironment(s.Environment) // config.Live reports the mistakes
	return initial{&settings}
}

// newChanges returns what tells parts of changes of the settings. The log's volume is
// the first.
func newChanges(v *operator.Volume) *config.Changes {
	c := &config.Changes{}
	c.Follow(func(_ context.Context, _, after config.Settings) { v.Follow(after) })
	return c
}

func newLive(s Start, i initial, clock ports.Clock, log *zap.Logger, store ports.Parameters, c *config.Changes) *config.Live {
	config.WatchName(*i.Settings, log, c)
	return config.NewLive(config.Options{
		Environment: s.Environment, Parameters: store, Clock: clock, Log: log, Changed: c.Tell,
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

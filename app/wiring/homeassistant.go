package wiring

import (
	"context"
	"io"
	"reflect"

	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/adapters/homeprobe"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// sameHome says whether the settings lead to the same home in the same way.
func sameHome(a, b config.Settings) bool {
	return a.HomeEnabled == b.HomeEnabled && reflect.DeepEqual(a.Access, b.Access)
}

// renewing makes the port again when the settings lead to another home than the settings
// that it was made by, or is being made by.
func renewing[P any](lazy *lifecycle.Lazy[P], b *config.Basis, c *config.Changes) *lifecycle.Lazy[P] {
	c.Follow(func(_ context.Context, _, after config.Settings) {
		if b.Outdated(after) {
			_ = lazy.Renew() // what does not close is gone all the same, and counted
		}
	})
	return lazy
}

func newClient(s config.Settings) (*homeassistant.Client, error) {
	return homeassistant.New(homeassistant.Config{Access: s.Access})
}

func newHomeAssistant(
	s Start, i initial, live *config.Live, c *config.Changes, g *gateway.Gateway, clock ports.Clock, looked inspected,
) *lifecycle.Lazy[gateway.HomeAssistant] {
	b := config.NewBasis(live, sameHome)
	load := func(ctx context.Context) (gateway.HomeAssistant, error) {
		settings, err := b.Settings(ctx)
		if err != nil {
			return nil, err
		}
		if err := settings.NoHome(live.Mistaken); err != nil {
			return nil, err
		}
		client, ok := s.Ahead.Take(settings)
		if !ok {
			if client, err = newClient(settings); err != nil {
				return nil, err
			}
		}
		client.Inspect(i.Tier.Limits().Validation, looked)
		return client, nil
	}
	c.Follow(func(_ context.Context, before, after config.Settings) {
		g.Invalidate(ports.SectionDiscovery) // what is offered, and how, is in the settings
		if sameHome(before, after) {
			return
		}
		g.Moved()
		g.SetBearerOnly(after.Access.Token.Empty())
		g.Invalidate(ports.SectionRegistry, ports.SectionDiscovery, ports.SectionConfiguration, ports.SectionHealth, ports.SectionStates)
	})
	return renewing(lifecycle.NewLazy("home", lifecycle.Conditional(i.LUGSIdleTimeout), clock, load, closed[gateway.HomeAssistant]), b, c)
}

// closed closes what a port held.
func closed[P any](held P) error {
	if c, ok := any(held).(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// newFaces returns the faces of what is behind the home's port.
func newFaces(g *gateway.Gateway, lazy *lifecycle.Lazy[gateway.HomeAssistant], c *config.Changes) (
	ports.Home, ports.House, ports.Pulse, ports.Registry, ports.Cameras,
) {
	port := gateway.NewPort(g, lazy)
	registry := gateway.NewRegistry(port)
	c.Follow(func(_ context.Context, before, after config.Settings) {
		if !sameHome(before, after) {
			registry.Forget()
		}
	})
	house := gateway.House{Port: port}
	return gateway.Home{Port: port}, house, house, registry, gateway.Cameras{Port: port}
}

// newProbe returns what looks at the way to the home. It is forgotten as soon as it has
// looked.
func newProbe(live *config.Live, c *config.Changes, g *gateway.Gateway, clock ports.Clock) (*lifecycle.Lazy[ports.Probe], ports.Probe) {
	b := config.NewBasis(live, sameHome)
	load := func(ctx context.Context) (ports.Probe, error) {
		s, err := b.Settings(ctx)
		if err != nil {
			return nil, err
		}
		return homeprobe.New(homeprobe.Config{Access: s.Access, Clock: clock})
	}
	lazy := renewing(lifecycle.NewLazy("way", lifecycle.Immediate(), clock, load, closed[ports.Probe]), b, c)
	return lazy, gateway.Probe{Port: gateway.NewPort(g, lazy)}
}

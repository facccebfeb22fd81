package wiring

import (
	"context"
	"io"
	"reflect"
	"sync/atomic"

	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// clientConfig returns what of the settings the home's client is made of.
func clientConfig(s config.Settings) homeassistant.Config {
	return homeassistant.Config{
		URL:     s.HomeURL,
		Token:   s.HomeToken,
		Headers: s.HomeHeaders,
		TLS:     homeassistant.TLS{Insecure: !s.VerifySSL, CA: s.HomeCA, Cert: s.HomeClientCert, Key: s.HomeClientKey},
		Timeout: s.HomeTimeout,
	}
}

// sameHome says whether the settings lead to the same home in the same way.
func sameHome(a, b config.Settings) bool {
	return a.HomeEnabled == b.HomeEnabled && reflect.DeepEqual(clientConfig(a), clientConfig(b))
}

// homeless returns why there is no home by these settings, a fault.Misconfigured;
// nil when there is one. A token of LEE's own that cannot be used is a reason: with
// the account's in its place a slip of the operator's could unlink the account.
func homeless(live *config.Live, s config.Settings) error {
	switch {
	case s.HomeURL == "":
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not set, or cannot be used.")
	case !s.HomeEnabled:
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_ENABLED is false.")
	case live.Mistaken("HOME_ASSISTANT_TOKEN"):
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_TOKEN cannot be used.")
	default:
		return nil
	}
}

// basis are the settings that what is behind a port is made by.
type basis struct {
	live settingsSource
	// latest are those of the latest load; nil until they are known.
	latest atomic.Pointer[config.Settings]
}

// settingsSource is what a basis needs of config.Live.
type settingsSource interface {
	Settings(ctx context.Context) (config.Settings, error)
	Current() config.Settings
}

// maxSettingsReads is how often settings are read for one load. A second reading is
// needed only where they change within microseconds of the first.
const maxSettingsReads = 5

// settings returns the settings in force to make something by. A change meanwhile
// either finds them in latest, and has another made, or is found here. The error is
// that of config.Live, or a fault.Misconfigured where the settings change each time
// that they are read.
func (b *basis) settings(ctx context.Context) (config.Settings, error) {
	for range maxSettingsReads {
		b.latest.Store(nil)
		s, err := b.live.Settings(ctx)
		if err != nil {
			return s, err
		}
		b.latest.Store(&s)
		if sameHome(s, b.live.Current()) {
			return s, nil
		}
	}
	b.latest.Store(nil)
	return config.Settings{}, fault.New(fault.Misconfigured, "The settings of the home change too fast to connect to it. Let them rest, and try again.")
}

// renewing has the port made anew when the settings lead to another home than
// those that it was made by, or is being made by.
func renewing[P any](lazy *lifecycle.Lazy[P], b *basis, c *changes) *lifecycle.Lazy[P] {
	c.follow(func(_ context.Context, _, after config.Settings) {
		if by := b.latest.Load(); by != nil && !sameHome(*by, after) {
			_ = lazy.Renew() // what does not close is gone all the same, and counted
		}
	})
	return lazy
}

func newHomeAssistant(
	s Start, i initial, live *config.Live, c *changes, g *gateway.Gateway, clock ports.Clock, looked inspected,
) *lifecycle.Lazy[gateway.HomeAssistant] {
	b := &basis{live: live}
	load := func(ctx context.Context) (gateway.HomeAssistant, error) {
		settings, err := b.settings(ctx)
		if err != nil {
			return nil, err
		}
		if err := homeless(live, settings); err != nil {
			return nil, err
		}
		client := s.Ahead.take(settings)
		if client == nil {
			if client, err = homeassistant.New(clientConfig(settings)); err != nil {
				return nil, err
			}
		}
		client.Inspect(i.Tier.Limits().Validation, looked)
		return client, nil
	}
	c.follow(func(_ context.Context, before, after config.Settings) {
		g.Invalidate(ports.SectionDiscovery) // what is offered, and how, is in the settings
		if sameHome(before, after) {
			return
		}
		g.Moved()
		g.SetBearerOnly(after.HomeToken.Empty())
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
func newFaces(g *gateway.Gateway, lazy *lifecycle.Lazy[gateway.HomeAssistant], c *changes) (
	ports.Home, ports.House, ports.Pulse, ports.Registry, ports.Cameras,
) {
	port := gateway.NewPort(g, lazy)
	registry := gateway.NewRegistry(port)
	c.follow(func(_ context.Context, before, after config.Settings) {
		if !sameHome(before, after) {
			registry.Forget()
		}
	})
	house := gateway.House{Port: port}
	return gateway.Home{Port: port}, house, house, registry, gateway.Cameras{Port: port}
}

// newWay returns the way to the home, which is forgotten as soon as it has been
// walked.
func newWay(live *config.Live, c *changes, g *gateway.Gateway, clock ports.Clock) (*lifecycle.Lazy[ports.Way], ports.Way) {
	b := &basis{live: live}
	load := func(ctx context.Context) (ports.Way, error) {
		settings, err := b.settings(ctx)
		if err != nil {
			return nil, err
		}
		way, err := homeassistant.NewWay(clientConfig(settings))
		if err != nil {
			return nil, err
		}
		return way, nil
	}
	lazy := renewing(lifecycle.NewLazy("way", lifecycle.Immediate(), clock, load, closed[ports.Way]), b, c)
	return lazy, gateway.Way{Port: gateway.NewPort(g, lazy)}
}

package wiring

import (
	"context"
	"io"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// Ahead is a client whose connection is opened while the process initialises: on
// Lambda that is when there is a whole CPU. It is handed out once.
type Ahead struct {
	client chan *homeassistant.Client
	opened chan struct{}
}

// OpenAhead begins to open the home's connection. It returns nil when the tier
// does not want that, or when there is no home to open.
func OpenAhead(s config.Settings) *Ahead {
	if !s.Tier.Limits().OpenHome || !s.HomeEnabled || s.HomeURL == "" {
		return nil
	}
	a := &Ahead{client: make(chan *homeassistant.Client, 1), opened: make(chan struct{})}
	go func() {
		defer close(a.opened)
		client, err := newClient(s)
		if err != nil {
			return // whoever loads the port finds it again, and says so
		}
		a.client <- client
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = client.Open(ctx) // a home that is away costs nothing more
	}()
	return a
}

// Wait waits until the connection is open or has failed, but never longer than
// most. It may be called on nil.
func (a *Ahead) Wait(most time.Duration) {
	if a == nil {
		return
	}
	select {
	case <-a.opened:
	case <-time.After(most):
	}
}

// take returns the client, nil when there is none (any more).
func (a *Ahead) take() *homeassistant.Client {
	if a == nil {
		return nil
	}
	select {
	case client := <-a.client:
		return client
	default:
		return nil
	}
}

func newClient(s config.Settings) (*homeassistant.Client, error) {
	return homeassistant.New(homeassistant.Config{
		URL:     s.HomeURL,
		Token:   s.HomeToken,
		Headers: s.HomeHeaders,
		TLS:     homeassistant.TLS{Insecure: !s.VerifySSL, CA: s.HomeCA, Cert: s.HomeClientCert, Key: s.HomeClientKey},
		Timeout: s.HomeTimeout,
	})
}

func newHomeAssistant(s Start, clock ports.Clock) *lifecycle.Lazy[gateway.HomeAssistant] {
	load := func(context.Context) (gateway.HomeAssistant, error) {
		if client := s.Ahead.take(); client != nil {
			return client, nil
		}
		client, err := newClient(s.Settings)
		if err != nil {
			return nil, err
		}
		return client, nil
	}
	unload := func(h gateway.HomeAssistant) error {
		if client, ok := h.(io.Closer); ok {
			return client.Close()
		}
		return nil
	}
	return lifecycle.NewLazy("home", lifecycle.Policy{Grace: s.Settings.LUGSIdleTimeout}, clock, load, unload)
}

func newHomeAssistantPort(g *gateway.Gateway, lazy *lifecycle.Lazy[gateway.HomeAssistant]) *gateway.Port[gateway.HomeAssistant] {
	return gateway.NewPort(g, lazy)
}

func newHome(port *gateway.Port[gateway.HomeAssistant]) ports.Home { return gateway.Home{Port: port} }

func newHouse(port *gateway.Port[gateway.HomeAssistant]) ports.House {
	return gateway.House{Port: port}
}

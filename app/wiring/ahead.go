package wiring

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
)

// Ahead is a client whose connection is opened while the process initialises: on
// Lambda that is when there is a whole CPU. It is handed out once.
type Ahead struct {
	// asks says that the Parameter Store is asked first.
	asks   bool
	client chan aheadClient
	opened chan struct{}
}

type aheadClient struct {
	*homeassistant.Client
	by config.Settings
}

// enough is how long opening ahead may take, the Parameter Store included.
const enough = 5 * time.Second

// OpenAhead begins to open the home's connection, given what the environment says.
// Where the Parameter Store may say something else, it begins when Build has put
// together what asks it. It returns nil when the tier does not want that, when
// there is no home to open, or when LEE is not there to serve it.
func OpenAhead(s config.Settings) *Ahead {
	if !s.Tier.Limits().OpenHome || !s.UseParameterStore && !hasHome(s) || s.Mode != config.ModeNormal {
		return nil
	}
	a := &Ahead{asks: s.UseParameterStore, client: make(chan aheadClient, 1), opened: make(chan struct{})}
	if !a.asks {
		go a.open(func(context.Context) (config.Settings, error) { return s, nil })
	}
	return a
}

func hasHome(s config.Settings) bool { return s.HomeEnabled && s.HomeURL != "" }

// openAhead begins what OpenAhead could not begin yet, when everything that
// follows the settings has been made.
func openAhead(s Start, live *config.Live, _ *engine.Engine) {
	if a := s.Ahead; a != nil && a.asks {
		go a.open(live.Settings)
	}
}

func (a *Ahead) open(settings func(context.Context) (config.Settings, error)) {
	defer close(a.opened)
	ctx, cancel := context.WithTimeout(context.Background(), enough)
	defer cancel()
	s, err := settings(ctx)
	if err != nil || !hasHome(s) {
		return // whoever needs a home finds that again, and says so
	}
	client, err := homeassistant.New(clientConfig(s))
	if err != nil {
		return
	}
	a.client <- aheadClient{client, s}
	_ = client.Open(ctx) // a home that is away costs nothing more
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

// take returns the client, nil when there is none (any more), or none that leads
// to the home of these settings.
func (a *Ahead) take(s config.Settings) *homeassistant.Client {
	if a == nil {
		return nil
	}
	select {
	case client := <-a.client:
		if sameHome(client.by, s) {
			return client.Client
		}
		_ = client.Close()
	default:
	}
	return nil
}

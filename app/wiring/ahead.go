package wiring

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Ahead is what is done while the process initialises and would otherwise be done
// when it is first needed: on Lambda that is when there is a whole CPU. The standard
// tier opens a client's connection, which is handed out once. The maximum tier also
// loads the home's port with it, and has the home say what it is, which fills the
// cache.
type Ahead struct {
	// asks says that the Parameter Store is asked first, loads that the port is
	// loaded.
	asks, loads bool
	client      chan aheadClient
	// opened is closed when the connection is open or could not be, done when there
	// is nothing more to come.
	opened, done chan struct{}
}

type aheadClient struct {
	*homeassistant.Client
	by config.Settings
}

// enough is how long all of it may take, the Parameter Store included.
const enough = 5 * time.Second

// OpenAhead begins to open the home's connection, given what the environment says.
// Where the Parameter Store may say something else, it begins when Build has put
// together what asks it. It returns nil when the tier does not want that, when
// there is no home to open, or when LEE is not there to serve it.
func OpenAhead(s config.Settings) *Ahead {
	limits := s.Tier.Limits()
	if !limits.OpenHome || !s.UseParameterStore && !hasHome(s) || s.Mode != config.ModeNormal {
		return nil
	}
	a := &Ahead{
		asks: s.UseParameterStore, loads: limits.LoadAhead,
		client: make(chan aheadClient, 1), opened: make(chan struct{}), done: make(chan struct{}),
	}
	if !a.asks {
		go func() {
			_ = fault.Guard(func() error {
				a.open(func(context.Context) (config.Settings, error) { return s, nil })
				return nil
			})
			if !a.loads {
				close(a.done)
			}
		}()
	}
	return a
}

func hasHome(s config.Settings) bool { return s.HomeEnabled && s.HomeURL != "" }

// openAhead does what OpenAhead could not do yet, when everything that follows the
// settings has been made.
func openAhead(
	s Start, live *config.Live, k *lifecycle.Keeper, home *lifecycle.Lazy[gateway.HomeAssistant], house ports.House, _ *engine.Engine,
) {
	a := s.Ahead
	if a == nil || !a.asks && !a.loads {
		return
	}
	go func() {
		defer close(a.done)
		_ = fault.Guard(func() error {
			if a.asks {
				a.open(live.Settings)
			}
			if a.loads {
				a.load(live, k, home, house)
			}
			return nil
		})
	}()
}

// open makes a client and opens its connection.
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

// load loads the home's port and has the home say what it is, once its connection is
// open. What fails is tried again by whoever needs it, who says so.
func (a *Ahead) load(live *config.Live, k *lifecycle.Keeper, home *lifecycle.Lazy[gateway.HomeAssistant], house ports.House) {
	<-a.opened
	ctx, cancel := context.WithTimeout(context.Background(), enough)
	defer cancel()
	if s := live.Current(); !hasHome(s) || k.LoadAhead(ctx, home) != nil || s.HomeToken.Empty() {
		return
	}
	_, _ = house.Config(ctx)
}

// Wait waits until everything is done or has failed, but never longer than most. It
// may be called on nil.
func (a *Ahead) Wait(most time.Duration) {
	if a == nil {
		return
	}
	select {
	case <-a.done:
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

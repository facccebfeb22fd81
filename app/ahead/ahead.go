// Package ahead does what can be done while the process initialises and would otherwise
// be done when it is first needed: on Lambda that is when there is a whole CPU.
package ahead

import (
	"context"
	"io"
	"time"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Client is a client of the home.
type Client interface {
	// Open opens the connection. The client works where it cannot.
	Open(ctx context.Context) error
	io.Closer
}

// Opening is what is done ahead. The standard tier opens a client's connection; the
// client is handed out once. The maximum tier also loads the home's port with it, and
// has the home say what it is, which fills the cache. Make one with Begin. An Opening is
// safe for concurrent use, and all its methods may be called on nil.
type Opening[C Client] struct {
	with Maker[C]
	// asks says that the Parameter Store is asked first, loads that the port is
	// loaded.
	asks, loads bool
	client      chan made[C]
	// opened is closed when the connection is open or could not be, done when there
	// is nothing more to come.
	opened, done chan struct{}
}

// Maker makes clients.
type Maker[C Client] struct {
	// New returns a client by the settings.
	New func(config.Settings) (C, error)
	// Same says whether two settings lead to the same home in the same way.
	Same func(a, b config.Settings) bool
}

type made[C Client] struct {
	client C
	by     config.Settings
}

// maxOpening is how long all of it may take, the Parameter Store included.
const maxOpening = 5 * time.Second

// Begin begins to open the home's connection, given what the environment says. Where
// the Parameter Store may say something else, it begins with Finish. It returns nil when
// the tier does not want that, when there is no home to open, or when LEE is not there
// to serve it.
func Begin[C Client](s config.Settings, with Maker[C]) *Opening[C] {
	limits := s.Tier.Limits()
	if !limits.OpenHome || !s.UseParameterStore && !hasHome(s) || s.Mode != config.ModeNormal {
		return nil
	}
	o := &Opening[C]{
		with: with, asks: s.UseParameterStore, loads: limits.LoadAhead,
		client: make(chan made[C], 1), opened: make(chan struct{}), done: make(chan struct{}),
	}
	if !o.asks {
		go func() {
			_ = fault.Guard(func() error {
				o.open(func(context.Context) (config.Settings, error) { return s, nil })
				return nil
			})
			if !o.loads {
				close(o.done)
			}
		}()
	}
	return o
}

func hasHome(s config.Settings) bool { return s.HomeEnabled && s.Access.URL != "" }

// Finish does what Begin could not do yet. It is called once, when everything that
// follows the settings has been made, and returns at once.
func (o *Opening[C]) Finish(live *config.Live, k *lifecycle.Keeper, home *lifecycle.Lazy[gateway.HomeAssistant], house ports.House) {
	if o == nil || !o.asks && !o.loads {
		return
	}
	go func() {
		defer close(o.done)
		_ = fault.Guard(func() error {
			if o.asks {
				o.open(live.Settings)
			}
			if o.loads {
				o.load(live, k, home, house)
			}
			return nil
		})
	}()
}

// open makes a client and opens its connection.
func (o *Opening[C]) open(settings func(context.Context) (config.Settings, error)) {
	defer close(o.opened)
	ctx, cancel := context.WithTimeout(context.Background(), maxOpening)
	defer cancel()
	s, err := settings(ctx)
	if err != nil || !hasHome(s) {
		return // what needs a home finds that again, and says so
	}
	client, err := o.with.New(s)
	if err != nil {
		return
	}
	o.client <- made[C]{client, s}
	_ = client.Open(ctx) // a home that is away costs nothing more
}

// load loads the home's port and has the home say what it is, once its connection is
// open. What fails is tried again when it is needed, and reported then.
func (o *Opening[C]) load(live *config.Live, k *lifecycle.Keeper, home *lifecycle.Lazy[gateway.HomeAssistant], house ports.House) {
	<-o.opened
	ctx, cancel := context.WithTimeout(context.Background(), maxOpening)
	defer cancel()
	if s := live.Current(); !hasHome(s) || k.LoadAhead(ctx, home) != nil || s.Access.Token.Empty() {
		return
	}
	_, _ = house.Config(ctx)
}

// Wait waits until everything is done or has failed, but never longer than most.
func (o *Opening[C]) Wait(most time.Duration) {
	if o == nil {
		return
	}
	select {
	case <-o.done:
	case <-time.After(most):
	}
}

// Take returns the client; ok is false when there is none (any more), or none that leads
// to the home of these settings.
func (o *Opening[C]) Take(s config.Settings) (client C, ok bool) {
	if o == nil {
		return client, false
	}
	select {
	case m := <-o.client:
		if o.with.Same(m.by, s) {
			return m.client, true
		}
		_ = m.client.Close()
	default:
	}
	return client, false
}

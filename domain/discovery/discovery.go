// Package discovery tells Alexa which endpoints a home has.
package discovery

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/ports"
)

// Service answers Discover. It holds no state of its own and is safe for
// concurrent use.
type Service struct {
	home     ports.Home
	house    ports.House
	registry ports.Registry
	cameras  ports.Cameras
	catalog  *capability.Catalog
	terms    offer.Terms
	told     func(context.Context, Report)
}

// New returns a Service that offers the home on these terms. What they say of the
// house is what is known beforehand: its address for streams is asked for where
// there are some. told is told what was found each time, for the log; nil for
// nobody.
func New(
	h ports.Home, house ports.House, r ports.Registry, cameras ports.Cameras, catalog *capability.Catalog, terms offer.Terms,
	told func(context.Context, Report),
) *Service {
	if told == nil {
		told = func(context.Context, Report) {}
	}
	return &Service{h, house, r, cameras, catalog, terms, told}
}

// Payload is the payload of the answer to Discover.
type Payload struct {
	Endpoints []alexa.Endpoint `json:"endpoints"`
}

// Finding is what became of one entity.
type Finding = offer.Finding

// Answer returns the answer to d that lists the endpoints found. With none it is
// what Alexa gets when the home cannot be asked: an empty list loses nothing, an
// error would be shown as a broken skill.
func Answer(d alexa.Directive, findings []Finding) alexa.Answer {
	payload := Payload{offer.Endpoints(findings)}
	return alexa.Reply(d, alexa.Discovery, alexa.NameDiscoverResponse, payload, nil)
}

// Explain looks at every entity of the home and says what it becomes: first those that
// are offered, in their order, then the others. Its error is that of the home's states,
// or a fault.Unreachable while the home is starting: it knows few of its entities then.
// Without its registries a home is discovered all the same.
//
// States and registries are asked for at the same time. The registries are asked for
// the aliases of those entities that are offered, while these are described.
func (s *Service) Explain(ctx context.Context) (Report, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	opened := s.open(ctx)
	states, err := s.home.States(ctx)
	if err != nil {
		cancel()
	}
	asked := <-opened
	defer asked.close()
	if err != nil {
		return Report{}, err
	}
	if s.starting(ctx, asked.registry) {
		return Report{}, fault.Wrap(fault.Unreachable, startingText, home.ErrStarting)
	}
	choice := offer.Choose(s.catalog, s.terms, states, asked.registry)
	named := asked.aliases(ctx, choice.IDs())
	choice.Prepare(s.known(ctx, states))
	registry := <-named
	offered := choice.Describe(registry)
	report := Report{
		Findings: offered.Findings, Endpoints: offered.Endpoints,
		Registry: registry, RegistryError: asked.err, filter: s.terms.Filter,
	}
	s.told(ctx, report)
	return report, nil
}

// startingText is what people are told of a home that is starting.
const startingText = "Home Assistant is still starting, and does not know all of its devices yet. Try again in half a minute."

// starting says whether the home is starting. Over WebSocket it says so beside its
// registries; otherwise it is asked.
func (s *Service) starting(ctx context.Context, r home.Registry) bool {
	if r.Source() == home.SourceWebSocket {
		return r.Phase().Starting()
	}
	config, err := s.house.Config(ctx)
	return err == nil && config.Phase.Starting()
}

// known returns what is known of the house, and asks it for what some of the
// entities need besides, while the registries are still being told. When it does
// not say, cameras are offered without their streams.
func (s *Service) known(ctx context.Context, states []home.State) capability.House {
	house := s.terms.House
	var cameras []home.EntityID
	for i := range states {
		if s.streams(states[i]) {
			cameras = append(cameras, states[i].ID)
		}
	}
	if cameras == nil {
		return house
	}
	config, err := s.house.Config(ctx)
	if err != nil {
		return house
	}
	house.Streams = capability.StreamsAt(config)
	if capability.KeepsSessions(config) {
		ctx, cancel := patience(ctx)
		defer cancel()
		house.Sessions, _ = s.cameras.Negotiable(ctx, cameras)
	}
	return house
}

func (s *Service) streams(state home.State) bool {
	kind := s.catalog.Kind(state.ID.Domain())
	return kind != nil && kind.Streams != nil && kind.Streams(capability.View{State: state})
}

// asking is the registries being asked.
type asking struct {
	session  ports.RegistrySession // nil when they do not answer
	registry home.Registry
	err      error
}

// open begins to ask the registries.
func (s *Service) open(ctx context.Context) <-chan *asking {
	opened := make(chan *asking, 1)
	go func() {
		a := &asking{}
		a.err = fault.Guard(func() (err error) {
			ctx, cancel := patience(ctx)
			defer cancel()
			if a.session, err = s.registry.Registries(ctx); err == nil {
				a.registry = a.session.Registry()
			}
			return err
		})
		opened <- a
	}()
	return opened
}

// aliases begins to ask for the aliases of some entities.
func (a *asking) aliases(ctx context.Context, of []home.EntityID) <-chan home.Registry {
	named := make(chan home.Registry, 1)
	if a.session == nil {
		named <- a.registry
		return named
	}
	go func() {
		r := a.registry
		if err := fault.Guard(func() error {
			ctx, cancel := patience(ctx)
			defer cancel()
			r = a.session.Aliases(ctx, of)
			return nil
		}); err != nil {
			a.err = err
		}
		named <- r
	}()
	return named
}

func (a *asking) close() {
	if a.session != nil {
		a.session.Close()
	}
}

// patience leaves a quarter of the time for an answer without the registries.
func patience(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, time.Until(deadline)*3/4)
}

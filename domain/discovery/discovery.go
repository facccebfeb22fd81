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

// Explain looks at every entity of the home and says what it becomes, and what there
// is to know besides. Its error is that of the home's states: without its registries a
// home is discovered all the same.
//
// Both are asked for at the same time. The registries are asked for the aliases
// of those entities that are offered, which can be said when the states are
// there.
func (s *Service) Explain(ctx context.Context) (Report, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	asked := s.ask(ctx)
	states, err := s.home.States(ctx)
	if err != nil {
		cancel()
		<-asked.done
		return Report{}, err
	}
	asked.states <- states
	house := s.known(ctx, states)
	var ready *offer.Choice
	select { // what is chosen is described while its aliases are told
	case ready = <-asked.chosen:
		ready.Prepare(house)
	case <-asked.done:
	}
	<-asked.done
	choice := asked.choice
	if choice == nil || asked.chosenBy != asked.registry.Source() {
		choice = offer.Choose(s.catalog, s.terms, states, asked.registry)
	}
	if choice != ready {
		choice.Prepare(house)
	}
	offered := choice.Describe(asked.registry)
	report := Report{
		Findings: offered.Findings, Endpoints: offered.Endpoints,
		Registry: asked.registry, RegistryError: asked.err, filter: s.terms.Filter,
	}
	s.told(ctx, report)
	return report, nil
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

// asking is the registries being asked while the states are.
type asking struct {
	// states takes the states when they are there.
	states chan []home.State
	// chosen takes the first choice, at once.
	chosen chan *offer.Choice
	// done is closed when the rest is there.
	done     chan struct{}
	registry home.Registry
	err      error
	// choice was made by what a registry from chosenBy said; nil for none yet.
	choice   *offer.Choice
	chosenBy home.Source
}

// ask begins to ask the registries.
func (s *Service) ask(ctx context.Context) *asking {
	a := &asking{states: make(chan []home.State, 1), chosen: make(chan *offer.Choice, 1), done: make(chan struct{})}
	var states []home.State
	choose := func(r home.Registry) []home.EntityID {
		if states == nil {
			select {
			case states = <-a.states:
			case <-ctx.Done():
				return nil
			}
		}
		a.choice, a.chosenBy = offer.Choose(s.catalog, s.terms, states, r), r.Source()
		select {
		case a.chosen <- a.choice:
		default: // the home has been asked again
		}
		return a.choice.IDs()
	}
	go func() {
		defer close(a.done)
		defer func() {
			if p := recover(); p != nil {
				a.registry, a.choice = home.Registry{}, nil
				a.err = fault.Wrap(fault.Internal, "LEE failed to read the registries.", fault.Panic(p))
			}
		}()
		ctx, cancel := patience(ctx)
		defer cancel()
		a.registry, a.err = s.registry.Registry(ctx, choose)
	}()
	return a
}

// patience leaves a quarter of the time for an answer without the registries.
func patience(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, time.Until(deadline)*3/4)
}

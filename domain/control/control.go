// Package control carries out Alexa's directives: it makes the one service call
// that a directive stands for, waits for its effect, and answers with the state that holds
// afterwards. It also answers Alexa's question for the state of an endpoint.
package control

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/perform"
	"github.com/lambda-execution-engine/lee/ports"
)

// Service carries out directives and reports states. It holds no state of its own and is safe for
// concurrent use.
type Service struct {
	home     ports.Home
	house    ports.House
	catalog  *capability.Catalog
	clock    ports.Clock
	patience action.Patience
	known    capability.House
}

// New returns a Service. What is known of the house beforehand are its locale,
// its codes and what is turned off; its units are asked for where they matter.
func New(h ports.Home, house ports.House, catalog *capability.Catalog, clock ports.Clock, patience action.Patience, known capability.House) *Service {
	return &Service{home: h, house: house, catalog: catalog, clock: clock, patience: patience, known: known}
}

// Handle carries out d and returns Alexa's answer. The context's deadline is
// that of the answer. The error is a *fault.Error; the caller turns it into an
// error response.
func (s *Service) Handle(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	request, route, err := s.prepare(ctx, d)
	if err != nil {
		return alexa.Answer{}, err
	}
	plan, err := route.Action.Plan(request)
	if err != nil {
		return alexa.Answer{}, err
	}
	result := perform.Do(ctx, s.home, action.Order{
		Plan: plan, Targets: []action.Target{{ID: request.ID(), Manner: route.Kind.Manner}}, Patience: s.patience,
	})
	done, err := route.Conclude(request, result)
	if err != nil {
		return alexa.Answer{}, err
	}
	return route.Answer(d, done, s.clock.Now(), time.Since(done.At)), nil
}

// prepare finds out what the directive is for, and reads beforehand what its
// plan cannot do without.
func (s *Service) prepare(ctx context.Context, d alexa.Directive) (capability.Request, capability.Route, error) {
	ctx, cancel := s.before(ctx)
	defer cancel()
	request := capability.Request{
		Directive: d,
		View:      capability.View{House: s.known},
		Now:       s.clock.Now(),
	}
	id, err := capability.EntityOf(d)
	if err != nil {
		return request, capability.Route{}, err
	}
	request.State.ID = id
	route, err := s.catalog.Route(id, d)
	if err != nil {
		return request, route, err
	}
	if route.Kind.Units {
		config, err := s.house.Config(ctx)
		if err != nil {
			return request, route, err
		}
		request.House.Temperature = config.Temperature
	}
	if route.Action.Reads(request) {
		request.State, err = s.home.State(ctx, id)
		if err == nil && !request.State.Available() {
			err = unavailable()
		}
	}
	return request, route, err
}

func unavailable() error {
	return fault.New(fault.Unavailable, "The home cannot reach the device.")
}

// before returns a context that ends a margin before ctx does: what is read
// beforehand leaves time for the answer.
func (s *Service) before(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, deadline.Add(-s.patience.Margin))
}

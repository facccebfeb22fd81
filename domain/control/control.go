// Package control carries out Alexa's directives: it makes the one service call
// that a directive stands for, sees to it that the call has had its effect, and
// answers with the state that holds afterwards.
package control

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Service carries out directives. It holds no state of its own and is safe for
// concurrent use.
type Service struct {
	home     ports.Home
	house    ports.House
	catalog  *capability.Catalog
	clock    ports.Clock
	patience Patience
	known    capability.House
}

// New returns a Service. What is known of the house beforehand are its locale,
// its codes and what is turned off; its units are asked for where they matter.
func New(h ports.Home, house ports.House, catalog *capability.Catalog, clock ports.Clock, patience Patience, known capability.House) *Service {
	return &Service{home: h, house: house, catalog: catalog, clock: clock, patience: patience, known: known}
}

// Handle carries out d and returns Alexa's answer. The context's deadline is
// that of the answer. The error is a *fault.Error; the caller turns it into an
// error response.
func (s *Service) Handle(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	ctx, cancel := s.patience.before(ctx)
	defer cancel()
	request, route, err := s.prepare(ctx, d)
	if err != nil {
		return alexa.Answer{}, err
	}
	plan, err := route.Action.Plan(request)
	if err != nil {
		return alexa.Answer{}, err
	}
	after, err := s.carryOut(ctx, route.Kind, plan, request.ID())
	if err != nil {
		after, err = s.explain(ctx, route, request, plan, err)
	}
	if err != nil {
		return alexa.Answer{}, err
	}
	request.State = after.said
	if !after.Available() {
		return alexa.Answer{}, unavailable()
	}
	// Whether the entity has the interface shows in its state, which is read only
	// now, and says something else of some when they are off. What was done was
	// done all the same.
	if supports := route.Interface.Supports; supports != nil && !after.certain && !supports(request.View) {
		return alexa.Answer{}, fault.New(fault.Unsupported, "The device does not take this directive.")
	}
	request.State = after.State
	return s.answer(d, route.Kind, plan, request.View, time.Since(after.at)), nil
}

// prepare finds out what the directive is for, and reads beforehand what its
// plan cannot do without.
func (s *Service) prepare(ctx context.Context, d alexa.Directive) (capability.Request, capability.Route, error) {
	request := capability.Request{
		Directive: d,
		View:      capability.View{House: s.known},
		Now:       s.clock.Now(),
	}
	if d.Endpoint.EndpointID == "" {
		return request, capability.Route{}, fault.New(fault.Invalid, "The directive names no endpoint.")
	}
	id, ok := capability.EntityID(d.Endpoint.EndpointID)
	if !ok {
		return request, capability.Route{}, fault.New(fault.NotFound, "There is no such endpoint.")
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
	if route.Action.Reads(d) {
		request.State, err = s.home.State(ctx, id)
		if err == nil && !request.State.Available() {
			err = unavailable()
		}
	}
	return request, route, err
}

func (s *Service) answer(d alexa.Directive, kind *capability.Kind, plan capability.Plan, after capability.View, uncertainty time.Duration) alexa.Answer {
	now := s.clock.Now()
	properties := kind.Properties(after, now, uncertainty)
	if e := plan.Event; e != nil {
		return alexa.Reply(d, e.Namespace, e.Name, e.Payload(after, alexa.Timestamp(now)), properties)
	}
	return alexa.Reply(d, alexa.Alexa, alexa.NameResponse, nil, properties)
}

// explain says why the home refused a plan, where the interface knows better
// than the home's own words. That takes the entity's state, which is read now:
// a refusal is rare, and what is done needs no explanation. Where what was asked
// for holds already, nothing went wrong and that state is returned: a panel that
// is disarmed wants a code even to stay so. But what is out of range never holds.
func (s *Service) explain(ctx context.Context, route capability.Route, request capability.Request, plan capability.Plan, err error) (sight, error) {
	kind := fault.Of(err)
	if kind != fault.Refused && kind != fault.Unsupported {
		return sight{}, err
	}
	state, readErr := s.home.State(ctx, request.ID())
	switch {
	case readErr != nil && fault.Of(readErr) == fault.NotFound:
		return sight{}, readErr
	case readErr != nil:
		return sight{}, err
	case !state.Available():
		return sight{}, unavailable()
	}
	request.State = state
	var better error
	if route.Action.Refused != nil {
		better = route.Action.Refused(request)
	}
	switch {
	case plan.Certain(state) && (better == nil || fault.Of(better) != fault.OutOfRange):
		now := seen(state)
		now.certain = true
		return now, nil
	case better != nil:
		return sight{}, better
	default:
		return sight{}, err
	}
}

func unavailable() error {
	return fault.New(fault.Unavailable, "The home cannot reach the device.")
}

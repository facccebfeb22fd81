package main

import (
	"context"
	"log"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// discover lists what the home offers. When the home cannot be asked the list is
// empty, which loses nothing. It is never had from Home Assistant's own integration:
// that knows nothing of HA_EXPOSE.
func (s *service) discover(ctx context.Context, d alexa.Directive) alexa.Answer {
	endpoints, err := s.offered(ctx, d)
	if err != nil {
		log.Printf("[FAILSAFE] %s discovery: %v", requestID(ctx), err)
	}
	payload := struct {
		Endpoints []alexa.Endpoint `json:"endpoints"`
	}{endpoints}
	return alexa.Reply(d, alexa.Discovery, alexa.NameDiscoverResponse, payload, nil)
}

// offered returns what the home offers, never nil.
func (s *service) offered(ctx context.Context, d alexa.Directive) (endpoints []alexa.Endpoint, err error) {
	endpoints = []alexa.Endpoint{}
	if s.broken != nil {
		return endpoints, s.broken
	}
	defer recovered(&err)
	states, err := s.home.states(ctx, d.Token)
	if err != nil {
		return endpoints, err
	}
	var nothing home.Registry // nobody asks for it here
	return offer.Endpoints(offer.Choose(s.catalog, s.terms, states, nothing).Describe(nothing).Findings), nil
}

// errand is a directive for a device on its way.
type errand struct {
	*service
	alexa.Directive
	// sent says that a command may have reached the home.
	sent bool
}

// run answers the directive; a panic in its translation is an error.
func (e *errand) run(ctx context.Context) (answer alexa.Answer, err error) {
	defer recovered(&err)
	if e.Key() == reportState {
		return e.reportState(ctx)
	}
	return e.control(ctx)
}

func (e *errand) reportState(ctx context.Context) (alexa.Answer, error) {
	view, kind, err := e.look(ctx)
	if err != nil {
		return alexa.Answer{}, err
	}
	return alexa.Reply(e.Directive, alexa.Alexa, alexa.NameStateReport, nil, kind.Properties(view, time.Now(), 0)), nil
}

// entity returns the id of the entity that a directive is for.
func entity(d alexa.Directive) (home.EntityID, error) {
	if d.Endpoint.EndpointID == "" {
		return "", fault.New(fault.Invalid, "The directive names no endpoint.")
	}
	id, ok := capability.EntityID(d.Endpoint.EndpointID)
	if !ok {
		return "", fault.New(fault.NotFound, "There is no such endpoint.")
	}
	return id, nil
}

// look returns the entity that a directive is for as it is now.
func (e *errand) look(ctx context.Context) (view capability.View, kind *capability.Kind, err error) {
	id, err := entity(e.Directive)
	if err != nil {
		return view, nil, err
	}
	if kind = e.catalog.Kind(id.Domain()); kind == nil {
		return view, nil, fault.New(fault.NotFound, "There is no such endpoint.")
	}
	view.House = e.terms.House
	if kind.Units {
		if view.House.Temperature, err = e.home.temperature(ctx, e.Token); err != nil {
			return view, nil, err
		}
	}
	view.State, err = e.home.state(ctx, e.Token, id)
	return view, kind, err
}

// control carries a directive out with one plain call, and answers with what the
// home says afterwards.
func (e *errand) control(ctx context.Context) (alexa.Answer, error) {
	id, err := entity(e.Directive)
	if err != nil {
		return alexa.Answer{}, err
	}
	route, err := e.catalog.Route(id, e.Directive)
	if err != nil {
		return alexa.Answer{}, err
	}
	request := capability.Request{Directive: e.Directive, View: capability.View{State: home.State{ID: id}, House: e.terms.House}}
	request.Now = time.Now()
	if route.Action.Reads(e.Directive) || route.Kind.Units {
		if request.View, _, err = e.look(ctx); err != nil {
			return alexa.Answer{}, err
		}
	}
	plan, err := route.Action.Plan(request)
	if err != nil {
		return alexa.Answer{}, err
	}
	if plan, err = e.carryOut(ctx, plan); err != nil {
		return e.explain(ctx, route, request, plan, err)
	}
	if request.State, err = e.home.state(ctx, e.Token, id); err != nil {
		return alexa.Answer{}, unconfirmed(err)
	}
	if request.State.Available() && route.Kind.Outcome(plan, request.State) == capability.Ignored {
		// A lock may report late. One more look is all that is waited for here.
		select {
		case <-time.After(late):
		case <-ctx.Done():
		}
		if request.State, err = e.home.state(ctx, e.Token, id); err != nil {
			return alexa.Answer{}, unconfirmed(err)
		}
	}
	if !request.State.Available() {
		return alexa.Answer{}, fault.New(fault.Unavailable, "The home cannot reach the device.")
	}
	if supports := route.Interface.Supports; supports != nil && !plan.Certain(request.State) && !supports(request.View) {
		// The home takes a colour for a lamp that has none, and does without it.
		return alexa.Answer{}, errUnsupported
	}
	return success(e.Directive, route.Kind, plan, request.View)
}

// unconfirmed is why nobody knows what a command that the home took has done.
func unconfirmed(err error) error {
	if fault.Of(err) == fault.NotFound {
		return err
	}
	return fault.Wrap(fault.Unanswered, "The home took the command and could not be asked for its effect.", err)
}

// explain says why the home refused a plan, where the interface knows better than the
// home, which takes the entity's state. Where that is as was asked for, nothing went
// wrong; but what is out of range never is.
func (e *errand) explain(ctx context.Context, route capability.Route, request capability.Request, plan capability.Plan, err error) (alexa.Answer, error) {
	if fault.Of(err) != fault.Refused {
		return alexa.Answer{}, err
	}
	state, unread := e.home.state(ctx, e.Token, request.ID())
	switch {
	case unread != nil:
		return alexa.Answer{}, err
	case !state.Available():
		return alexa.Answer{}, fault.New(fault.Unavailable, "The home cannot reach the device.")
	}
	request.State = state
	var better error
	if route.Action.Refused != nil {
		better = route.Action.Refused(request)
	}
	switch {
	case plan.Certain(state) && (better == nil || fault.Of(better) != fault.OutOfRange):
		return success(e.Directive, route.Kind, plan, request.View)
	case better != nil:
		return alexa.Answer{}, better
	case route.Interface.Supports != nil && !route.Interface.Supports(request.View):
		return alexa.Answer{}, errUnsupported
	default:
		return alexa.Answer{}, err
	}
}

var errUnsupported = fault.New(fault.Unsupported, "The device does not take this directive.")

// carryOut makes the plan's calls, or those of its other plan where the home says
// that the entity does not support the first. It returns the plan that was
// carried out.
func (e *errand) carryOut(ctx context.Context, plan capability.Plan) (capability.Plan, error) {
	for range max(plan.Times, 1) {
		e.sent = true
		err := e.home.call(ctx, e.Token, plan.Call)
		if fault.Of(err) == fault.Refused && plan.Instead != nil && e.untouched(ctx, plan) {
			return e.carryOut(ctx, plan.Other())
		}
		if err != nil {
			return plan, err
		}
	}
	return plan, nil
}

// untouched says whether the plan's call has had no effect, where that is not certain
// once the home has refused it.
func (e *errand) untouched(ctx context.Context, plan capability.Plan) bool {
	if plan.Before.ID == "" {
		return true
	}
	now, err := e.home.state(ctx, e.Token, plan.Before.ID)
	return err == nil && plan.Untouched(now)
}

// late is for how long a lock that has not followed a command is waited for.
const late = 1500 * time.Millisecond

// success answers with the state after the command. A device that reports late is
// taken at the home's word that the call was done, except where a claim could do
// harm.
func success(d alexa.Directive, kind *capability.Kind, plan capability.Plan, after capability.View) (alexa.Answer, error) {
	switch kind.Outcome(plan, after.State) {
	case capability.Assumed:
		after.State = plan.Assume(after.State)
	case capability.Ignored:
		return alexa.Answer{}, fault.New(fault.Unavailable, "The home took the command, and the device has not followed it.")
	default:
	}
	now := time.Now()
	properties := kind.Properties(after, now, 0)
	if e := plan.Event; e != nil {
		return alexa.Reply(d, e.Namespace, e.Name, e.Payload(after, alexa.Timestamp(now)), properties), nil
	}
	return alexa.Reply(d, alexa.Alexa, alexa.NameResponse, nil, properties), nil
}

package main

import (
	"context"
	"errors"
	"log"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// discover lists what the home offers. When the home cannot be asked the list is
// empty, which loses nothing.
func (f *function) discover(ctx context.Context, d alexa.Directive) alexa.Answer {
	states, err := f.states(ctx, d)
	if err = errors.Join(err, f.unsaid); err != nil {
		log.Printf("[FAILSAFE] %s discovery: %v", requestID(ctx), err)
	}
	var nothing home.Registry // nobody asks for it here
	payload := struct {
		Endpoints []alexa.Endpoint `json:"endpoints"`
	}{offer.Endpoints(offer.Choose(f.catalog, f.terms, states, nothing).Describe(nothing).Findings)}
	return alexa.Reply(d, alexa.Discovery, alexa.NameDiscoverResponse, payload, nil)
}

func (f *function) states(ctx context.Context, d alexa.Directive) ([]home.State, error) {
	if f.broken != nil {
		return nil, f.broken
	}
	return f.home.states(ctx, d.Token)
}

func (f *function) reportState(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	view, kind, err := f.look(ctx, d)
	if err != nil {
		return alexa.Answer{}, err
	}
	return alexa.Reply(d, alexa.Alexa, alexa.NameStateReport, nil, kind.Properties(view, time.Now(), 0)), nil
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
func (f *function) look(ctx context.Context, d alexa.Directive) (view capability.View, kind *capability.Kind, err error) {
	id, err := entity(d)
	if err != nil {
		return view, nil, err
	}
	if kind = f.catalog.Kind(id.Domain()); kind == nil {
		return view, nil, fault.New(fault.NotFound, "There is no such endpoint.")
	}
	if f.broken != nil {
		return view, nil, f.broken
	}
	view.House = f.terms.House
	if kind.Units {
		if view.House.Temperature, err = f.home.temperature(ctx, d.Token); err != nil {
			return view, nil, err
		}
	}
	view.State, err = f.home.state(ctx, d.Token, id)
	return view, kind, err
}

// control carries a directive out with one plain call, and answers with what the
// home says afterwards.
func (f *function) control(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	id, err := entity(d)
	if err != nil {
		return alexa.Answer{}, err
	}
	route, err := f.catalog.Route(id, d)
	if err != nil {
		return alexa.Answer{}, err
	}
	if f.broken != nil {
		return alexa.Answer{}, f.broken
	}
	request := capability.Request{Directive: d, View: capability.View{State: home.State{ID: id}, House: f.terms.House}}
	request.Now = time.Now()
	if route.Action.Reads(d) || route.Kind.Units {
		if request.View, _, err = f.look(ctx, d); err != nil {
			return alexa.Answer{}, err
		}
	}
	plan, err := route.Action.Plan(request)
	if err != nil {
		return alexa.Answer{}, err
	}
	if plan, err = f.carryOut(ctx, d, plan); err != nil {
		return alexa.Answer{}, err
	}
	if request.State, err = f.home.state(ctx, d.Token, id); err != nil {
		return alexa.Answer{}, err
	}
	if request.State.Available() && route.Kind.Outcome(plan, request.State) == capability.Ignored {
		// A lock may report late. One more look is all that is waited for here.
		select {
		case <-time.After(late):
		case <-ctx.Done():
		}
		if request.State, err = f.home.state(ctx, d.Token, id); err != nil {
			return alexa.Answer{}, err
		}
	}
	if !request.State.Available() {
		return alexa.Answer{}, fault.New(fault.Unavailable, "The home cannot reach the device.")
	}
	return success(d, route.Kind, plan, request.View)
}

// carryOut makes the plan's calls, or those of its other plan where the home says
// that the entity does not support the first. It returns the plan that was
// carried out.
func (f *function) carryOut(ctx context.Context, d alexa.Directive, plan capability.Plan) (capability.Plan, error) {
	for range max(plan.Times, 1) {
		err := f.home.call(ctx, d.Token, plan.Call)
		if fault.Of(err) == fault.Refused && plan.Instead != nil {
			return f.carryOut(ctx, d, plan.Other())
		}
		if err != nil {
			return plan, err
		}
	}
	return plan, nil
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

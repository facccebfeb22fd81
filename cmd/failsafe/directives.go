package main

import (
	"context"
	"log"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/domain/perform"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// found is the answer to a discovery.
func found(d alexa.Directive, endpoints []alexa.Endpoint) alexa.Answer {
	payload := struct {
		Endpoints []alexa.Endpoint `json:"endpoints"`
	}{endpoints}
	return alexa.Reply(d, alexa.Discovery, alexa.NameDiscoverResponse, payload, nil)
}

// offered returns what the home offers. It never comes from Home Assistant's own
// integration, which does not know HA_EXPOSE. When the home cannot be asked, the answer is
// empty: Alexa keeps the devices that it knows.
func (s *service) offered(ctx context.Context, bearer secret.Text) ([]alexa.Endpoint, error) {
	if s.broken != nil {
		return nil, s.broken
	}
	// This must come before the states: a home that has started by now may not have when
	// it listed them.
	config, err := s.home.config(ctx, bearer)
	if err == nil && config.phase.Starting() {
		err = home.StillStarting()
	}
	if err != nil {
		return nil, err
	}
	states, leftOut, err := s.home.states(ctx, bearer, func(id home.EntityID) bool { return s.catalog.Kind(id.Domain()) != nil })
	if err != nil {
		return nil, err
	}
	if leftOut > 0 {
		log.Printf("[FAILSAFE] %s discovery: %d entities are left out, there are too many", requestID(ctx), leftOut)
	}
	var nothing home.Registry // the failsafe reads no registry
	endpoints := offer.Endpoints(offer.Choose(s.catalog, s.settings.Terms, states, nothing).Describe(nothing).Findings)
	return endpoints, nil
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
	err = fault.Guard(func() (err error) {
		if e.Key() == alexa.ReportState {
			answer, err = e.reportState(ctx)
			return err
		}
		answer, err = e.control(ctx)
		return err
	})
	return answer, err
}

func (e *errand) reportState(ctx context.Context) (alexa.Answer, error) {
	view, kind, err := e.look(ctx)
	if err != nil {
		return alexa.Answer{}, err
	}
	return alexa.Reply(e.Directive, alexa.Alexa, alexa.NameStateReport, nil, kind.Properties(view, time.Now(), 0)), nil
}

// look returns the entity that a directive is for as it is now.
func (e *errand) look(ctx context.Context) (view capability.View, kind *capability.Kind, err error) {
	id, err := capability.EntityOf(e.Directive)
	if err != nil {
		return view, nil, err
	}
	if kind = e.catalog.Kind(id.Domain()); kind == nil {
		return view, nil, fault.New(fault.NotFound, "There is no such endpoint.")
	}
	view.House = e.settings.Terms.House
	if kind.Units {
		config, err := e.home.config(ctx, e.Token)
		if err != nil {
			return view, nil, err
		}
		view.House.Temperature = config.temperature
	}
	view.State, err = e.State(ctx, id)
	return view, kind, err
}

// control carries a directive out and answers with what the home says afterwards.
func (e *errand) control(ctx context.Context) (alexa.Answer, error) {
	id, err := capability.EntityOf(e.Directive)
	if err != nil {
		return alexa.Answer{}, err
	}
	route, err := e.catalog.Route(id, e.Directive)
	if err != nil {
		return alexa.Answer{}, err
	}
	request := capability.Request{Directive: e.Directive, View: capability.View{State: home.State{ID: id}, House: e.settings.Terms.House}}
	request.Now = time.Now()
	if route.Kind.Units {
		config, err := e.home.config(ctx, e.Token)
		if err != nil {
			return alexa.Answer{}, err
		}
		request.House.Temperature = config.temperature
	}
	if route.Action.Reads(request) {
		request.State, err = e.State(ctx, id)
		if err == nil && !request.State.Available() {
			err = fault.New(fault.Unavailable, "The home cannot reach the device.")
		}
		if err != nil {
			return alexa.Answer{}, err
		}
	}
	plan, err := route.Action.Plan(request)
	if err != nil {
		return alexa.Answer{}, err
	}
	e.sent = plan.Sends()
	result := perform.Do(ctx, e, action.Order{
		Plan: plan, Targets: []action.Target{{ID: id, Manner: route.Kind.Manner}}, Patience: fewLooks,
	})
	done, err := route.Conclude(request, result)
	if err != nil {
		return alexa.Answer{}, err
	}
	now := time.Now()
	return route.Answer(e.Directive, done, now, now.Sub(done.At)), nil
}

// fewLooks is the patience of the failsafe: a device that reports late is taken at the
// home's word at once, and a lock is looked at every 1.5 s.
var fewLooks = action.Patience{
	Reply: 3 * time.Second, Look: 2 * time.Second, Pauses: []time.Duration{1500 * time.Millisecond}, Margin: 150 * time.Millisecond,
}

// State implements perform.Home.
func (e *errand) State(ctx context.Context, id home.EntityID) (home.State, error) {
	return e.home.state(ctx, e.Token, id)
}

// States implements perform.Home.
func (e *errand) States(ctx context.Context) ([]home.State, error) {
	states, _, err := e.home.states(ctx, e.Token, func(home.EntityID) bool { return true })
	return states, err
}

// Call implements perform.Home.
func (e *errand) Call(ctx context.Context, call home.ServiceCall) ([]home.State, error) {
	id, err := capability.EntityOf(e.Directive)
	if err != nil {
		return nil, err
	}
	return e.home.call(ctx, e.Token, call, id)
}

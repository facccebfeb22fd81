package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// function answers invocations. It implements lambda.Handler.
type function struct {
	home    *plainHome
	catalog *capability.Catalog
	terms   offer.Terms
	// unsaid is why the terms are not all that the engine's are; nil when they are.
	unsaid error
	// broken is why the home cannot be spoken to at all; nil when it can.
	broken error
}

func newFunction(getenv func(string) string) *function {
	home, err := newPlainHome(getenv)
	terms, unsaid := newTerms(getenv)
	return &function{home: home, catalog: capability.NewCatalog(capability.Kinds()), terms: terms, unsaid: unsaid, broken: err}
}

// Alexa gives up after eight seconds.
const (
	longest = 7 * time.Second
	margin  = 300 * time.Millisecond
)

// Invoke answers one event; it never fails.
func (f *function) Invoke(ctx context.Context, raw []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	if deadline, ok := ctx.Deadline(); ok {
		var stop context.CancelFunc
		ctx, stop = context.WithDeadline(ctx, deadline.Add(-margin))
		defer stop()
	}
	answer, about, err := f.answer(ctx, raw)
	if err != nil {
		log.Printf("[FAILSAFE] %s %s: %v", requestID(ctx), about, err)
	}
	written, err := json.Marshal(answer)
	if err != nil {
		log.Printf("[FAILSAFE] %s the answer cannot be written: %v", requestID(ctx), err)
		return []byte(`{"error":{"kind":"internal","message":"LEE could not write its answer."}}`), nil
	}
	return written, nil
}

// requestID returns the id that Lambda gave the invocation.
func requestID(ctx context.Context) string {
	lc, _ := lambdacontext.FromContext(ctx)
	if lc == nil {
		return "-"
	}
	return lc.AwsRequestID
}

// answer returns the answer to an event, what the event was about, and the error
// that the answer tells of, nil for none.
func (f *function) answer(ctx context.Context, raw []byte) (answer any, about string, err error) {
	var event struct {
		Directive json.RawMessage `json:"directive"`
		Test      json.RawMessage `json:"test"`
	}
	if json.Unmarshal(raw, &event) != nil {
		return refused("The event is not a JSON object, or it is cut off.")
	}
	switch {
	case string(event.Test) == `"ping"`:
		return map[string]any{"statusCode": 200, "body": "pong (failsafe)"}, "", nil
	case event.Directive == nil:
		return refused("In failsafe mode LEE knows directives and {\"test\":\"ping\"}.")
	}
	d, err := alexa.Parse(event.Directive)
	about = fmt.Sprintf("%.64q %.64q %.96q", d.Header.Namespace, d.Header.Name, d.Endpoint.EndpointID)
	if err != nil {
		return alexa.Failure(d, err), about, err
	}
	answer, err = f.directive(ctx, d)
	if err != nil {
		answer = alexa.Failure(d, err)
	}
	return answer, about, err
}

// directive answers a directive; a panic in its translation is an error.
func (f *function) directive(ctx context.Context, d alexa.Directive) (answer alexa.Answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Wrap(fault.Internal, "LEE failed.", fmt.Errorf("panic: %v", p))
		}
	}()
	if id, ok := capability.EntityID(d.Endpoint.EndpointID); ok && f.terms.Filter.Withholds(id) {
		return answer, fault.New(fault.NotFound, "HA_EXPOSE keeps this device from Alexa.")
	}
	switch d.Key() {
	case alexa.Key{Namespace: alexa.Discovery, Name: "Discover"}:
		return f.discover(ctx, d), nil
	case alexa.Key{Namespace: alexa.Alexa, Name: "ReportState"}:
		return f.reportState(ctx, d)
	case alexa.Key{Namespace: alexa.Authorization, Name: "AcceptGrant"}:
		return answer, &alexa.Error{Namespace: alexa.Authorization, Type: alexa.AcceptGrantFailed, Message: "LEE keeps no grant in failsafe mode."}
	default:
		return f.control(ctx, d)
	}
}

// refused is the outcome of an event that is no directive and that LEE does not
// take.
func refused(why string) (answer any, about string, err error) {
	answer = map[string]any{"error": map[string]string{"kind": fault.Invalid.String(), "message": why}}
	return answer, "event", fault.New(fault.Invalid, why)
}

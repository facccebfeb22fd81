package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// function answers invocations. It implements lambda.Handler.
type function struct {
	home    *plainHome
	catalog *capability.Catalog
	// broken is why the home cannot be spoken to at all; nil when it can.
	broken error
}

func newFunction(getenv func(string) string) *function {
	home, err := newPlainHome(getenv)
	return &function{home: home, catalog: capability.NewCatalog(capability.Kinds()), broken: err}
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
	answer := f.answer(ctx, raw)
	written, err := json.Marshal(answer)
	if err != nil {
		log.Printf("[FAILSAFE] the answer cannot be written: %v", err)
		return []byte(`{"error":{"kind":"internal","message":"LEE could not write its answer."}}`), nil
	}
	return written, nil
}

func (f *function) answer(ctx context.Context, raw []byte) any {
	var event struct {
		Directive json.RawMessage `json:"directive"`
		Test      string          `json:"test"`
	}
	if err := json.Unmarshal(raw, &event); err != nil {
		return refusal("The event is not a JSON object, or it is cut off.")
	}
	switch {
	case event.Test == "ping":
		return map[string]any{"statusCode": 200, "body": "pong (failsafe)"}
	case event.Directive == nil:
		return refusal("In failsafe mode LEE knows directives and {\"test\":\"ping\"}.")
	}
	d, err := alexa.Parse(event.Directive)
	if err != nil {
		return alexa.Failure(d, err)
	}
	answer, err := f.directive(ctx, d)
	if err != nil {
		log.Printf("[FAILSAFE] %.64s.%.64s %.96q: %v", d.Header.Namespace, d.Header.Name, d.Endpoint.EndpointID, err)
		return alexa.Failure(d, err)
	}
	return answer
}

// directive answers a directive; a panic in its translation is an error.
func (f *function) directive(ctx context.Context, d alexa.Directive) (answer alexa.Answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Wrap(fault.Internal, "LEE failed.", fmt.Errorf("panic: %v", p))
		}
	}()
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

func refusal(message string) any {
	return map[string]any{"error": map[string]string{"kind": "invalid", "message": message}}
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// function answers invocations. It answers one at a time, as Lambda hands them to it.
type function struct {
	getenv func(string) string
	// why is why the failsafe was taken.
	why string
	// metrics is where metrics go.
	metrics io.Writer
	// store is the Parameter Store, nil where it is not used, stored why it could not
	// be asked the last time.
	store  *parameterStore
	stored error
	// kept is the service by settings that are all known; nil until then.
	kept *service
}

var _ lambda.Handler = (*function)(nil)

func newFunction(getenv func(string) string, why string, metrics io.Writer) *function {
	return &function{getenv: getenv, why: why, metrics: metrics, store: newParameterStore(getenv)}
}

// Alexa gives up after eight seconds.
const (
	longest = 7 * time.Second
	margin  = 300 * time.Millisecond
)

// Invoke answers one event; it never fails.
func (f *function) Invoke(ctx context.Context, raw []byte) ([]byte, error) {
	began := time.Now()
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
	written, unwritten := json.Marshal(answer)
	if unwritten != nil {
		err = errors.Join(err, unwritten)
		log.Printf("[FAILSAFE] %s the answer cannot be written: %v", requestID(ctx), unwritten)
		written = []byte(`{"error":{"kind":"internal","message":"LEE could not write its answer."}}`)
	}
	f.measure(time.Now(), time.Since(began), err)
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
		Directive      json.RawMessage `json:"directive"`
		Test           json.RawMessage `json:"test"`
		Operation      json.RawMessage `json:"operation"`
		RequestContext json.RawMessage `json:"requestContext"`
		Source         json.RawMessage `json:"source"`
		Request        json.RawMessage `json:"request"`
		Session        json.RawMessage `json:"session"`
	}
	if json.Unmarshal(raw, &event) != nil {
		return refused("The event is not a JSON object, or it is cut off.")
	}
	switch {
	case event.Directive != nil:
		return f.directive(ctx, event.Directive)
	case string(event.Test) == `"ping"`:
		return map[string]any{"statusCode": 200, "body": "pong (failsafe)"}, "", nil
	case string(event.Operation) == `"health"`:
		return f.health(ctx), "health", nil
	case event.Request != nil || event.Session != nil:
		return assistantAway(raw)
	case event.RequestContext != nil:
		return f.request(ctx, raw), "request", nil
	case event.Source != nil: // what keeps the function warm has done so
		return struct{}{}, "", nil
	default:
		return refused(`In failsafe mode LEE knows directives, {"test":"ping"}, {"operation":"health"} and GET /health.`)
	}
}

// directive answers a directive.
func (f *function) directive(ctx context.Context, raw json.RawMessage) (answer any, about string, err error) {
	d, err := alexa.Parse(raw)
	about = fmt.Sprintf("%.64q %.64q %.96q", d.Header.Namespace, d.Header.Name, d.Endpoint.EndpointID)
	if err != nil {
		return alexa.Failure(d, err), about, err
	}
	answer, err = f.service(ctx).answer(ctx, d, raw)
	if err != nil {
		answer = alexa.Failure(d, err)
	}
	return answer, about, err
}

// The directives that are not for a device of some kind.
var (
	discover    = alexa.Key{Namespace: alexa.Discovery, Name: "Discover"}
	reportState = alexa.Key{Namespace: alexa.Alexa, Name: "ReportState"}
	acceptGrant = alexa.Key{Namespace: alexa.Authorization, Name: "AcceptGrant"}
)

// answer answers a directive, or has it answered by Home Assistant itself.
func (s *service) answer(ctx context.Context, d alexa.Directive, raw json.RawMessage) (alexa.Answer, error) {
	switch d.Key() {
	case discover:
		return s.discover(ctx, d), nil
	case acceptGrant:
		return alexa.Answer{}, alexa.Refuse("LEE keeps no grant in failsafe mode.", alexa.Detail{Type: alexa.AcceptGrantFailed})
	}
	if s.broken != nil {
		return alexa.Answer{}, s.broken
	}
	if id, ok := capability.EntityID(d.Endpoint.EndpointID); ok && s.terms.Filter.Withholds(id) {
		return alexa.Answer{}, fault.New(fault.NotFound, "HA_EXPOSE keeps this device from Alexa.")
	}
	e := errand{service: s, Directive: d}
	answer, err := e.run(ctx)
	if err == nil || e.sent || !s.handsOn(d, err) {
		return answer, err
	}
	answer, off, other := s.handOn(ctx, d, raw)
	if off {
		return answer, err
	}
	return answer, other
}

// refused is the outcome of an event that is no directive and that LEE does not
// take.
func refused(why string) (answer any, about string, err error) {
	answer = map[string]any{"error": map[string]string{"kind": fault.Invalid.String(), "message": why}}
	return answer, "event", fault.New(fault.Invalid, why)
}

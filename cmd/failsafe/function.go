package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// function answers invocations. It answers one at a time, as Lambda hands them to it.
type function struct {
	getenv func(string) string
	// why is why the failsafe was taken.
	why string
	// wait tells how long the first event may have been waiting; nil after that event.
	wait *wait
	// metrics is where metrics go.
	metrics io.Writer
	// aws is the client for the Parameter Store.
	aws *http.Client
	// store is what is known of the Parameter Store, stored why it could not be read the
	// last time, nil when it could.
	store  setting.Store
	stored error
	// kept is the service by settings that are all known; nil until then.
	kept *service
}

var _ lambda.Handler = (*function)(nil)

// newFunction returns the function. Its first event may have been waiting since began.
func newFunction(getenv func(string) string, why string, began time.Time, metrics io.Writer) *function {
	return &function{
		getenv: getenv, why: why, metrics: metrics,
		aws:  storeClient(),
		wait: &wait{began: began.Round(0), ready: time.Now().Round(0)},
	}
}

// outcome is what became of an event.
type outcome struct {
	// answer is written as JSON.
	answer any
	// about is what the event was about, for the log.
	about string
	// err is the error that the answer reports, nil for none.
	err error
	// failed makes an answer that reports an error, in the form that the sender of the
	// event understands.
	failed func(error) any
}

// maxAnswerBytes is the largest answer that Lambda takes
// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), in bytes.
const maxAnswerBytes = 6 << 20

// Invoke answers one event; it never fails.
func (f *function) Invoke(ctx context.Context, raw []byte) ([]byte, error) {
	began := time.Now()
	ctx, cancel := context.WithDeadline(ctx, f.deadline(ctx, began))
	defer cancel()
	o := outcome{about: "event", failed: failure}
	written, err := o.write(fault.Guard(func() error {
		f.answer(ctx, raw, &o)
		return nil
	}))
	if err != nil {
		log.Printf("[FAILSAFE] %s %s: %v", requestID(ctx), o.about, err)
	}
	f.measure(time.Now(), time.Since(began), err)
	return written, nil
}

// write returns the answer as JSON and the error that it reports. broken is why there is no
// answer; nil when there is one. It is reported then, and so is an answer that JSON cannot
// write or that is too large.
func (o *outcome) write(broken error) (raw []byte, err error) {
	if broken == nil {
		raw, err = json.Marshal(o.answer)
		switch {
		case err != nil:
			broken = fault.Wrap(fault.Internal, "LEE could not write its answer.", err)
		case len(raw) > maxAnswerBytes:
			broken = fault.Newf(fault.Internal, "The answer has %d bytes, and Lambda takes %d.", len(raw), maxAnswerBytes)
		default:
			return raw, o.err
		}
	}
	raw, _ = json.Marshal(o.failed(broken)) // it holds nothing but texts
	return raw, errors.Join(o.err, broken)
}

// requestID returns the id that Lambda gave the invocation.
func requestID(ctx context.Context) string {
	lc, _ := lambdacontext.FromContext(ctx)
	if lc == nil {
		return "-"
	}
	return lc.AwsRequestID
}

// answer answers an event.
func (f *function) answer(ctx context.Context, raw []byte, o *outcome) {
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
		o.refuse("The event is not a JSON object, or it is cut off.")
		return
	}
	switch {
	case event.Directive != nil:
		f.directive(ctx, event.Directive, o)
	case string(event.Test) == `"ping"`:
		o.answer = map[string]any{"statusCode": 200, "body": "pong (failsafe)"}
	case string(event.Operation) == `"health"`:
		o.answer, o.about = f.health(ctx), "health"
	case event.Request != nil || event.Session != nil:
		assistantAway(raw, o)
	case event.RequestContext != nil:
		o.answer, o.about = f.request(ctx, raw), "request"
	case event.Source != nil: // what keeps the function warm has done so
		o.answer = struct{}{}
	default:
		o.refuse(`In failsafe mode LEE knows directives, {"test":"ping"}, {"operation":"health"} and GET /health.`)
	}
}

// refuse answers an event that is no directive and that LEE does not take.
func (o *outcome) refuse(why string) {
	o.err = fault.New(fault.Invalid, why)
	o.answer = o.failed(o.err)
}

// failure reports an error to the sender of an event that is not a directive.
func failure(err error) any {
	return map[string]any{"error": map[string]string{"kind": fault.Of(err).String(), "message": fault.Text(err)}}
}

// directive answers a directive.
func (f *function) directive(ctx context.Context, raw json.RawMessage, o *outcome) {
	d, err := alexa.Parse(raw)
	o.about = fmt.Sprintf("%.64q %.64q %.96q", d.Header.Namespace, d.Header.Name, d.Endpoint.EndpointID)
	o.failed = func(err error) any { return alexa.Failure(d, err) }
	if d.Key() == alexa.Discover && err == nil {
		o.failed = func(error) any { return found(d, []alexa.Endpoint{}) }
	}
	if err == nil {
		o.answer, err = f.service(ctx).answer(ctx, d)
	}
	if err != nil {
		o.answer, o.err = o.failed(err), err
	}
}

// answer answers a directive, or has it answered by Home Assistant itself.
func (s *service) answer(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	switch d.Key() {
	case alexa.Discover:
		endpoints, err := s.offered(ctx, d.Token)
		return found(d, endpoints), err
	case alexa.AcceptGrant:
		// An error would stop the account from being linked. The failsafe sends no events
		// and needs no grant.
		log.Printf("[FAILSAFE] %s AcceptGrant: the grant is not kept, LEE sends no events in failsafe mode", requestID(ctx))
		return alexa.Reply(d, alexa.Authorization, alexa.NameAcceptGrantResponse, nil, nil), nil
	}
	if s.broken != nil {
		return alexa.Answer{}, s.broken
	}
	if id, ok := capability.EntityID(d.Endpoint.EndpointID); ok && s.settings.Terms.Filter.Withholds(id) {
		return alexa.Answer{}, fault.New(fault.NotFound, "HA_EXPOSE keeps this device from Alexa.")
	}
	e := errand{service: s, Directive: d}
	answer, err := e.run(ctx)
	if err == nil || e.sent || !s.handsOn(d, err) {
		return answer, err
	}
	answer, off, other := s.handOn(ctx, d)
	if off {
		return answer, err
	}
	return answer, other
}

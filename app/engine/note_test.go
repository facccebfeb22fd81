package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// meter keeps what it is told.
type meter struct {
	mu  sync.Mutex
	all []ports.Measurement
}

func (m *meter) Measure(one ports.Measurement) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all = append(m.all, one)
}

// observed returns an engine that is watched. Its directive TurnOn does two things
// and ends with err.
func observed(err error) (*rig, *meter, *journal.Journal) {
	m, j := &meter{}, journal.New()
	r := newRig(engine.Parts{
		Directives: map[alexa.Key]engine.Directive{turnOn: func(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
			_, end := gateway.Span(ctx, "first")
			end(nil)
			_, end = gateway.Span(ctx, "second")
			end(err)
			return alexa.Reply(d, alexa.Alexa, alexa.NameResponse, nil, []alexa.Property{}), err
		}},
		Operations: map[string]engine.Operation{"look": func(context.Context, json.RawMessage) (any, error) { return "seen", nil }},
		Journal:    j, Meter: m,
		Gauge: func(m *ports.Measurement) { m.Loaded, m.Hits = 3, 4 },
	})
	return r, m, j
}

// TestMeasured: every invocation is measured once, the first as a cold start.
func TestMeasured(t *testing.T) {
	r, m, _ := observed(nil)
	for _, event := range []string{`{"test":"ping"}`, event("Alexa.PowerController.TurnOn", "light#kitchen"), `nonsense`} {
		r.invoke(t.Context(), t, event)
	}
	if len(m.all) != 3 {
		t.Fatalf("measured %+v", m.all)
	}
	for i, one := range m.all {
		if one.Correlation != requestID || one.Cold != (i == 0) || one.Failed || one.Loaded != 3 || one.Hits != 4 ||
			one.Took < 0 || time.Since(one.At) > time.Minute {
			t.Errorf("measured %+v", one)
		}
	}
}

// TestFailuresAreCounted: what LEE could not do counts, what nobody can do does
// not.
func TestFailuresAreCounted(t *testing.T) {
	ours := map[fault.Kind]bool{
		fault.Internal: true, fault.Unreachable: true, fault.Unanswered: true, fault.Failed: true, fault.TokenRejected: true,
		fault.NotAllowed: true, fault.Throttled: true, fault.Misconfigured: true, fault.Deadline: true, fault.Open: true,
	}
	for _, kind := range kinds() {
		r, m, j := observed(fault.New(kind, "A sentence."))
		r.invoke(t.Context(), t, event("Alexa.PowerController.TurnOn", "light#kitchen"))
		if m.all[0].Failed != ours[kind] || (j.Summary().Failures == 1) != ours[kind] {
			t.Errorf("%s: measured %+v, counted %+v", kind, m.all[0], j.Summary())
		}
	}
	r, m, _ := observed(alexa.OutOfRange("No.", 0, 100))
	r.invoke(t.Context(), t, event("Alexa.PowerController.TurnOn", "light#kitchen"))
	if m.all[0].Failed {
		t.Error("a value that is out of range counts as a failure")
	}
}

// TestCrumbs: the log of what went wrong tells what came before, that of what went
// well does not.
func TestCrumbs(t *testing.T) {
	for _, err := range []error{nil, fault.Wrap(fault.Unreachable, "Away.", errors.New("cause")), alexa.OutOfRange("No.", 0, 100)} {
		r, _, _ := observed(err)
		r.invoke(t.Context(), t, event("Alexa.PowerController.TurnOn", "light#kitchen"))
		var logged struct {
			MessageID string
			Crumbs    []struct{ Name, Outcome string }
		}
		if err := json.Unmarshal(r.log.Bytes(), &logged); err != nil {
			t.Fatal(err)
		}
		if logged.MessageID != "abc-123" {
			t.Errorf("the message's id is %q", logged.MessageID)
		}
		switch {
		case err == nil && logged.Crumbs != nil:
			t.Errorf("logged %s", &r.log)
		case err != nil && (len(logged.Crumbs) != 2 || logged.Crumbs[0].Name != "first" || logged.Crumbs[1].Outcome == "done"):
			t.Errorf("logged %s", &r.log)
		}
	}
}

// TestJournal: the journal has every invocation with what people were told.
func TestJournal(t *testing.T) {
	r, _, j := observed(fault.Wrap(fault.Unreachable, "The home is away.", errors.New(canaryless)))
	r.invoke(t.Context(), t, `{"operation":"look"}`)
	r.invoke(t.Context(), t, event("Alexa.PowerController.TurnOn", "light#kitchen"))
	last := j.Last()
	if len(last) != 2 || last[1].Event != "operation" || last[1].What != "look" || last[1].Outcome != "done" {
		t.Fatalf("%+v", last)
	}
	failed := j.Failed()
	if len(failed) != 1 || failed[0].What != "Alexa.PowerController.TurnOn" || failed[0].Outcome != "unreachable" ||
		failed[0].Message != "The home is away." || failed[0].Correlation != requestID || !failed[0].Failed {
		t.Errorf("%+v", failed)
	}
	if raw, _ := json.Marshal(journal.Tell(failed[0])); strings.Contains(string(raw), canaryless) {
		t.Errorf("the cause is in what operators are told: %s", raw)
	}
}

// TestTraces: the operation trace reports what was, of one by its correlation,
// and carries an event out to tell all that it does.
func TestTraces(t *testing.T) {
	r, _, _ := observed(nil)
	r.invoke(t.Context(), t, event("Alexa.PowerController.TurnOn", "light#kitchen"))
	answer, _ := r.invoke(t.Context(), t, `{"operation":"trace"}`)
	var traces engine.Traces
	if err := json.Unmarshal(answer, &traces); err != nil || len(traces.Last) != 1 || len(traces.Last[0].Crumbs) != 2 || len(traces.Failed) != 0 {
		t.Errorf("%v: %s", err, answer)
	}
	answer, _ = r.invoke(t.Context(), t, `{"operation":"trace","correlation":"`+requestID+`"}`)
	var one journal.Trace
	if err := json.Unmarshal(answer, &one); err != nil || one.Correlation != requestID {
		t.Errorf("%v: %s", err, answer)
	}
	answer, logged := r.invoke(t.Context(), t, `{"operation":"trace","correlation":"nobody"}`)
	if logged.Outcome != "not found" {
		t.Errorf("%s", answer)
	}
}

// TestTraced: the event's own answer comes with its trace, in which a failure has the
// name of its kind.
func TestTraced(t *testing.T) {
	for want, err := range map[string]error{
		"done": nil, "unreachable": fault.New(fault.Unreachable, "Away."), "out of range": alexa.OutOfRange("No.", 0, 100),
		"not now": alexa.Refuse("Off.", alexa.Detail{Type: alexa.ThermostatIsOff}), "internal": errors.New("no"),
	} {
		r, _, j := observed(err)
		asked := event("Alexa.PowerController.TurnOn", "light#kitchen")
		answer, logged := r.invoke(t.Context(), t, `{"operation":"trace","event":`+asked+`}`)
		var traced engine.Traced
		if err := json.Unmarshal(answer, &traced); err != nil {
			t.Fatalf("%v: %s", err, answer)
		}
		checkReply(t, asked, traced.Answer)
		var names []string
		for _, c := range traced.Trace.Crumbs {
			names = append(names, c.Name)
			if c.Start == nil || c.Took == nil {
				t.Errorf("%s has no times", c.Name)
			}
			if outcome := map[string]string{"answer": want, "second": want}[c.Name]; outcome != "" && c.Outcome != outcome {
				t.Errorf("%s ended with %q, want %q", c.Name, c.Outcome, outcome)
			}
		}
		if got := strings.Join(names, " "); got != "answer first second write" {
			t.Errorf("the crumbs are %s", got)
		}
		if traced.Trace.Outcome != want {
			t.Errorf("the outcome is %s, want %s", traced.Trace.Outcome, want)
		}
		if logged.Outcome != "done" || j.Summary().Invocations != 1 {
			t.Errorf("logged %+v, counted %+v", logged, j.Summary())
		}
	}
}

func TestTraceMistakes(t *testing.T) {
	r, _, _ := observed(nil)
	for event, want := range map[string]string{
		`{"operation":"trace","correlation":5}`:                                            "The operation trace takes a text",
		`{"operation":"trace","event":{"operation":"trace"}}`:                              `"answer":{"last":[`,
		`{"operation":"trace","event":{"operation":"trace","event":{"test":"ping"}}}`:      "A trace of a trace is not to be had.",
		`{"operation":"trace","event":[1]}`:                                                "The event is not a JSON object.",
		`{"operation":"trace","event":"{\"operation\":\"trace\"}"}`:                        "The event is not a JSON object.",
		`{"operation":"trace","event":{"test":"ping"}}`:                                    `"body":"pong"`,
		`{"operation":"trace","event":{"operation":"\u0074race","event":{"test":"ping"}}}`: "A trace of a trace is not to be had.",
	} {
		if answer, _ := r.invoke(t.Context(), t, event); !strings.Contains(string(answer), want) {
			t.Errorf("%s: answered %s, want %q", event, answer, want)
		}
	}
}

package action_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// drawOrder draws an order of any shape.
func drawOrder(t *rapid.T) action.Order {
	o := action.Order{Patience: patience, Deadline: begun.Add(time.Duration(rapid.IntRange(-1, 8000).Draw(t, "within")) * ms)}
	o.Patience.Effect = rapid.SampledFrom([]time.Duration{0, 1500 * ms}).Draw(t, "effect")
	o.ReplyDecides = rapid.Bool().Draw(t, "reply decides")
	for i := range rapid.IntRange(0, 6).Draw(t, "targets") {
		care := rapid.SampledFrom([]action.Care{action.Trusting, action.Patient, action.Strict}).Draw(t, "care")
		o.Targets = append(o.Targets, action.Target{
			ID: home.EntityID(fmt.Sprintf("lock.%d", i)), Manner: action.Manner{Care: func(home.State) action.Care { return care }, Stuck: []string{"jammed"}},
			Leaves: rapid.Bool().Draw(t, "leaves too"),
		})
	}
	o.Plan = action.Plan{Call: call, Leaves: rapid.Bool().Draw(t, "leaves")}
	if rapid.Bool().Draw(t, "wants") {
		want := action.StateIs("locked", "locking")
		want.Against = "unlocking"
		o.Plan.Wants = []action.Want{want}
	}
	for range rapid.IntRange(0, 3).Draw(t, "more") {
		o.Plan.More = append(o.Plan.More, call)
	}
	if len(o.Plan.More) == 0 && rapid.Bool().Draw(t, "instead") {
		o.Plan.Instead = &second
	}
	if rapid.Bool().Draw(t, "then") {
		o.Plan.Then = func(s home.State) (home.ServiceCall, bool) { return third, s.Value == "eco" }
	}
	return o
}

// drawEvent draws what may follow a step.
func drawEvent(t *rapid.T, o action.Order, step action.Step, pending bool) (e action.Event, after time.Duration) {
	states := func() []home.State {
		var all []home.State
		for _, target := range o.Targets {
			if rapid.IntRange(0, 3).Draw(t, "tells") > 0 {
				value := rapid.SampledFrom([]string{"locked", "unlocked", "locking", "unlocking", "jammed", "unavailable", "unknown", "eco"}).Draw(t, "value")
				updated := time.Duration(rapid.IntRange(-1000, 8000).Draw(t, "updated")) * ms
				all = append(all, home.State{ID: target.ID, Value: value, Updated: begun.Add(updated)})
			}
		}
		return all
	}
	oops := func() error {
		if rapid.IntRange(0, 3).Draw(t, "fails") > 0 {
			return nil
		}
		return fault.New(rapid.SampledFrom([]fault.Kind{
			fault.Unreachable, fault.Unanswered, fault.Refused, fault.Unsupported, fault.Failed, fault.NotAllowed, fault.Open, fault.Deadline,
		}).Draw(t, "kind"), "It failed.")
	}
	within := time.Duration(rapid.IntRange(0, int(max(step.For/ms, 0))).Draw(t, "after")) * ms
	if step.Do == action.Look {
		e = action.Event{Kind: action.Saw, Err: oops()}
		if e.Err == nil {
			e.States = states()
			for _, target := range o.Targets {
				if !slices.ContainsFunc(e.States, func(s home.State) bool { return s.ID == target.ID }) {
					e.Missing = append(e.Missing, target.ID)
				}
			}
		}
		return e, within
	}
	if pending && rapid.Bool().Draw(t, "replies") {
		if e = (action.Event{Kind: action.Replied, Err: oops()}); e.Err == nil {
			e.States = states()
		}
		return e, within
	}
	return action.Event{}, max(step.For, 0)
}

// TestModel lets anything happen on a course and holds it to its promises: a call is
// sent once at most and in its turn, one at a time and never after the deadline; the
// course ends in time; and nothing is claimed that a state did not show, except of
// devices that are trusted, when the home took every call.
func TestModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := drawOrder(t)
		now := begun
		c, step := action.Begin(o, now)
		var sent []string
		pending, failed := false, false
		last := map[home.EntityID]home.State{}
		for n := 0; step.Do != action.Stop; n++ {
			if n > 200 {
				t.Fatal("the course does not end")
			}
			switch step.Do {
			case action.Send:
				if pending || !now.Before(o.Deadline) {
					t.Fatalf("a call is sent while one is under way (%v), or %v after the deadline", pending, now.Sub(o.Deadline))
				}
				sent, pending = append(sent, step.Call.Service), true
			case action.Cancel:
				if !pending {
					t.Fatal("nothing is under way that could be cancelled")
				}
			case action.Wait, action.Look:
			default:
				t.Fatalf("step %+v", step)
			}
			limit := o.Deadline
			if step.Do == action.Cancel {
				limit = limit.Add(patience.Margin)
			}
			if now.Add(step.For).After(limit) || step.Do == action.Look && !now.Before(limit) {
				t.Fatalf("a step of %v that begins %v before the deadline: %+v", step.For, o.Deadline.Sub(now), step)
			}
			e, after := drawEvent(t, o, step, pending)
			now = now.Add(after)
			e.At = now
			for _, s := range e.States {
				last[s.ID] = s
			}
			if e.Kind == action.Replied {
				pending = false
				failed = failed || e.Err != nil
			}
			step = c.Next(e)
		}
		checkSent(t, o.Plan, sent)
		result := c.Result()
		for i, outcome := range result.Outcomes {
			said := last[o.Targets[i].ID]
			if outcome.Said.Value != said.Value {
				t.Fatalf("it was said to be %q last, and the outcome has %q", said.Value, outcome.Said.Value)
			}
			care := o.Targets[i].Manner.Care(said)
			if outcome.Verdict == action.Assumed && (care != action.Trusting || result.Err != nil) {
				t.Fatalf("it is assumed with care %d after %v", care, result.Err)
			}
			if outcome.Verdict == action.Left && (!o.Plan.Leaves && !o.Targets[i].Leaves || result.Err != nil) {
				t.Fatalf("it has left, though the plan says that it stays, or after %v", result.Err)
			}
			if outcome.Verdict == action.Unconfirmed && (care != action.Patient || result.Plan.Contradicted(said)) {
				t.Fatalf("%q is taken for unconfirmed with care %d", said.Value, care)
			}
			if outcome.Verdict == action.Shown && len(result.Plan.Wants) > 0 && !result.Plan.Reached(said) {
				t.Fatalf("%q is taken for what was wanted", said.Value)
			}
			if outcome.Verdict != action.Assumed && outcome.Verdict != action.Left && outcome.State.Value != said.Value {
				t.Fatalf("%q may be reported of what was said to be %q", outcome.State.Value, said.Value)
			}
		}
		if result.Sent != len(sent) || result.Made > len(result.Plan.More)+1 {
			t.Fatalf("%d calls were sent, and %d of them and %d made are told", len(sent), result.Sent, result.Made)
		}
		if !failed && result.Err == nil && result.Made < len(result.Plan.More) { // the last may show without a reply
			t.Fatalf("%d calls of %d were made, and it is no error", result.Made, len(result.Plan.More)+1)
		}
	})
}

// checkSent wants the calls in their turn, each once at most.
func checkSent(t *rapid.T, p action.Plan, sent []string) {
	allowed := []string{p.Call.Service}
	for _, more := range p.More {
		allowed = append(allowed, more.Service)
	}
	if slices.Contains(sent, second.Service) {
		allowed = append([]string{p.Call.Service}, second.Service)
	}
	if p.Then != nil {
		allowed = append(allowed, third.Service)
	}
	if len(sent) > len(allowed) || !slices.Equal(sent, allowed[:len(sent)]) {
		t.Fatalf("sent was %q, allowed is %q", sent, allowed)
	}
}

package action_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

const ms = time.Millisecond

var (
	patience = action.Patience{Reply: 1500 * ms, Effect: 1500 * ms, Look: 1500 * ms, Pauses: []time.Duration{100 * ms, 400 * ms}, Margin: 100 * ms}
	call     = home.CallOn("lock.door", "lock", "lock")
	second   = home.CallOn("lock.door", "lock", "second")
	third    = home.CallOn("lock.door", "lock", "third")
	wanted   = []action.Want{action.StateIs("locked")}
	strict   = action.Manner{Care: func(home.State) action.Care { return action.Strict }, Stuck: []string{"jammed"}}
	patient  = action.Manner{Care: func(home.State) action.Care { return action.Patient }, Stuck: []string{"jammed"}}
)

// course is a scripted course: what follows each step, and what is done in turn.
type course struct {
	name    string
	plan    action.Plan
	manner  action.Manner
	within  time.Duration // 7 s when it is 0
	follows []follow
	// steps are the steps that are wanted, in turn, with the time that they may take.
	steps   string
	verdict action.Verdict
	value   string // the state that may be reported
	err     fault.Kind
	failed  bool          // Result.Err is an error of the kind err
	at      time.Duration // since when it is not confirmed
	says    string        // what people read of the error; "" for anything
	cause   bool          // the outcome has a cause
}

// follow is what follows a step after a time.
type follow struct {
	after time.Duration
	action.Event
}

func replied(after time.Duration, values ...string) follow {
	return follow{after, action.Event{Kind: action.Replied, States: states(values...)}}
}

func fails(after time.Duration, kind fault.Kind) follow {
	return follow{after, action.Event{Kind: action.Replied, Err: fault.New(kind, "It failed.")}}
}

func saw(after time.Duration, values ...string) follow {
	return follow{after, action.Event{Kind: action.Saw, States: states(values...)}}
}

func blind(after time.Duration, kind fault.Kind) follow {
	return follow{after, action.Event{Kind: action.Saw, Err: fault.New(kind, "It cannot be seen.")}}
}

func missing() follow {
	return follow{0, action.Event{Kind: action.Saw, Missing: []home.EntityID{"lock.door"}}}
}

func silent(after time.Duration) follow { return follow{after, action.Event{}} }

func states(values ...string) []home.State {
	var all []home.State
	for _, value := range values {
		all = append(all, home.State{ID: "lock.door", Value: value})
	}
	return all
}

var begun = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// touched is a state that changed at a time.
func touched(value string, at time.Duration) follow {
	return follow{0, action.Event{Kind: action.Saw, States: []home.State{{ID: "lock.door", Value: value, Updated: begun.Add(at)}}}}
}

// clocked is a state that changed at a time, told with a clock that is wrong.
func clocked(ahead, at time.Duration) follow {
	state := home.State{ID: "lock.door", Value: "on", Updated: begun.Add(ahead + at), Told: begun.Add(ahead + 1500*ms).Truncate(time.Second)}
	return follow{0, action.Event{Kind: action.Saw, States: []home.State{state}}}
}

// assumed is a state that the home only assumes.
func assumed(value string) follow {
	state := home.State{ID: "lock.door", Value: value, Attributes: home.Fields{{Name: home.AttrAssumedState, Value: home.Flag(true)}}}
	return follow{0, action.Event{Kind: action.Saw, States: []home.State{state}}}
}

func with(p action.Plan, change func(*action.Plan)) action.Plan {
	change(&p)
	return p
}

var plain = action.Plan{Call: call, Wants: wanted}

var courses = []course{
	{name: "the reply shows it", plan: plain, follows: []follow{replied(0, "locked")}, steps: "send lock 1.5s", verdict: action.Shown, value: "locked"},
	{name: "the last state of a reply counts", plan: plain, follows: []follow{replied(0, "locked", "unlocked", "locked")}, steps: "send lock 1.5s", verdict: action.Shown, value: "locked"},
	{name: "the reply says nothing, a look shows it", plan: plain, follows: []follow{replied(0), saw(0, "locked")}, steps: "send lock 1.5s, look 1.5s", verdict: action.Shown, value: "locked"},
	{name: "it reports late", plan: plain, follows: []follow{replied(0), saw(0, "unlocked"), silent(100 * ms), saw(0, "locked")}, steps: "send lock 1.5s, look 1.5s, wait 100ms, look 1.5s", verdict: action.Shown, value: "locked"},
	{name: "it reports too late and is trusted", plan: plain, follows: []follow{replied(0), saw(0, "unlocked"), silent(1500 * ms), saw(0, "unlocked")}, steps: "send lock 1.5s, look 1.5s, wait 100ms, look 1.5s", verdict: action.Assumed, value: "locked"},
	{name: "a lock is waited for until the deadline", plan: plain, manner: strict, follows: []follow{replied(0, "unlocked"), silent(6900 * ms), saw(0, "unlocked")}, steps: "send lock 1.5s, wait 100ms, look 100ms", verdict: action.Ignored, value: "unlocked"},
	{name: "a lock that turns until the deadline is not locked", plan: plain, manner: strict, follows: []follow{replied(0, "locking"), silent(6900 * ms), saw(0, "locking")}, steps: "send lock 1.5s, wait 100ms, look 100ms", verdict: action.Ignored, value: "locking"},
	{name: "a lock that jams says so", plan: plain, manner: strict, follows: []follow{replied(0, "jammed"), silent(1500 * ms), saw(0, "jammed")}, steps: "send lock 1.5s, wait 100ms, look 1.5s", verdict: action.Stuck, value: "jammed", at: 1500 * ms},
	{name: "a lock is looked at again after a look that failed", plan: plain, manner: strict, follows: []follow{replied(0), blind(0, fault.Unreachable), silent(100 * ms), saw(0, "locked")}, steps: "send lock 1.5s, look 1.5s, wait 100ms, look 1.5s", verdict: action.Shown, value: "locked", at: 100 * ms},
	{name: "a lock that cannot be seen is unknown", plan: plain, manner: strict, follows: []follow{replied(0, "unlocked"), silent(100 * ms), blind(0, fault.NotAllowed)}, steps: "send lock 1.5s, wait 100ms, look 1.5s", verdict: action.Unknown, value: "unlocked", cause: true},
	{name: "a garage that says nothing is not claimed", plan: plain, manner: patient, follows: []follow{replied(0, "unlocked"), silent(6900 * ms), saw(0, "unlocked")}, steps: "send lock 1.5s, wait 100ms, look 100ms", verdict: action.Unconfirmed, value: "unlocked", at: 6900 * ms},
	{name: "a garage that goes the other way failed", plan: with(plain, func(p *action.Plan) { p.Wants = []action.Want{against("locked", "opening")} }), manner: patient, follows: []follow{replied(0, "opening"), silent(6900 * ms), saw(0, "opening")}, steps: "send lock 1.5s, wait 100ms, look 100ms", verdict: action.Ignored, value: "opening"},
	{name: "a look that fails after the reply", plan: plain, follows: []follow{replied(0), blind(0, fault.Unreachable)}, steps: "send lock 1.5s, look 1.5s", verdict: action.Unknown, cause: true},
	{name: "a second look that fails", plan: plain, follows: []follow{replied(0), saw(0, "unlocked"), silent(100 * ms), blind(0, fault.Unreachable)}, steps: "send lock 1.5s, look 1.5s, wait 100ms, look 1.5s", verdict: action.Assumed, value: "locked"},
	{name: "gone", plan: plain, follows: []follow{replied(0), missing()}, steps: "send lock 1.5s, look 1.5s", verdict: action.Gone},
	{name: "away", plan: plain, follows: []follow{replied(0, "unavailable")}, steps: "send lock 1.5s", verdict: action.Away, value: "unavailable"},

	{name: "no reply, and a look shows it", plan: plain, follows: []follow{silent(1500 * ms), saw(0, "locked")}, steps: "send lock 1.5s, look 1.5s", verdict: action.Shown, value: "locked", at: 1500 * ms},
	{name: "no reply and no effect", plan: plain, follows: []follow{silent(1500 * ms), saw(0, "unlocked"), silent(5500 * ms), silent(50 * ms)}, steps: "send lock 1.5s, look 1.5s, wait 100ms, cancel 50ms", verdict: action.Unknown, value: "unlocked", failed: true, err: fault.Unanswered, says: "The home did not say in time whether it was done."},
	{name: "what is cancelled says that it was not sent", plan: plain, follows: []follow{silent(1500 * ms), blind(5500*ms, fault.Unreachable), fails(0, fault.Unreachable)}, steps: "send lock 1.5s, look 1.5s, cancel 50ms", verdict: action.Unknown, failed: true, err: fault.Unreachable},
	{name: "what is cancelled was done", plan: plain, follows: []follow{silent(1500 * ms), blind(5500*ms, fault.Unreachable), replied(0, "locked")}, steps: "send lock 1.5s, look 1.5s, cancel 50ms", verdict: action.Shown, value: "locked", at: 7 * time.Second},
	{name: "a reply that comes while it is watched", plan: plain, follows: []follow{silent(1500 * ms), saw(0, "unlocked"), replied(50*ms, "locked")}, steps: "send lock 1.5s, look 1.5s, wait 100ms", verdict: action.Shown, value: "locked", at: 1550 * ms},
	{name: "broken off, and a look shows it", plan: plain, follows: []follow{fails(0, fault.Unanswered), saw(0, "locked")}, steps: "send lock 1.5s, look 1.5s", verdict: action.Shown, value: "locked"},
	{name: "the home is away", plan: plain, follows: []follow{fails(0, fault.Unreachable)}, steps: "send lock 1.5s", verdict: action.Unknown, failed: true, err: fault.Unreachable},
	{name: "too late to begin", plan: plain, within: -1, steps: "", verdict: action.Unknown, failed: true, err: fault.Deadline},
	{name: "broken off at the deadline", plan: plain, within: time.Second, follows: []follow{fails(time.Second, fault.Unanswered)}, steps: "send lock 1s", verdict: action.Unknown, failed: true, err: fault.Unanswered},
	{name: "refused at the deadline", plan: plain, within: time.Second, follows: []follow{fails(time.Second, fault.Refused)}, steps: "send lock 1s", verdict: action.Unknown, failed: true, err: fault.Refused, says: "It failed."},
	{name: "the deadline is nearer than the next look", plan: plain, within: time.Second, follows: []follow{replied(850*ms, "unlocked"), silent(100 * ms), saw(0, "unlocked"), silent(50 * ms)}, steps: "send lock 1s, wait 100ms, look 50ms, wait 50ms", verdict: action.Assumed, value: "locked"},
	{name: "what was looked for until the deadline is not looked at then", plan: plain, manner: strict, within: time.Second, follows: []follow{replied(0, "unlocked"), silent(time.Second)}, steps: "send lock 1s, wait 100ms", verdict: action.Ignored, value: "unlocked"},
	{name: "a reply to what is watched begins the pauses from the start", plan: plain, manner: strict, follows: []follow{silent(1500 * ms), saw(0, "unlocked"), silent(100 * ms), saw(0, "unlocked"), replied(50*ms, "unlocked"), silent(100 * ms), saw(0, "locked")}, steps: "send lock 1.5s, look 1.5s, wait 100ms, look 1.5s, wait 400ms, wait 100ms, look 1.5s", verdict: action.Shown, value: "locked"},
	{name: "a look that fails while it is watched says nothing of the next one", plan: plain, follows: []follow{silent(1500 * ms), blind(0, fault.Unreachable), replied(0), saw(0, "locked")}, steps: "send lock 1.5s, look 1.5s, wait 100ms, look 1.5s", verdict: action.Shown, value: "locked"},
	{name: "a lock whose state is assumed is not waited for", plan: plain, manner: strict, follows: []follow{replied(0), assumed("unlocked"), silent(1500 * ms), assumed("unlocked")}, steps: "send lock 1.5s, look 1.5s, wait 100ms, look 1.5s", verdict: action.Unconfirmed, value: "unlocked"},

	{name: "refused", plan: plain, follows: []follow{fails(0, fault.Refused), saw(0, "unlocked")}, steps: "send lock 1.5s, look 1.5s", verdict: action.Unknown, value: "unlocked", failed: true, err: fault.Refused},
	{name: "refused what holds already", plan: plain, follows: []follow{fails(0, fault.Refused), saw(0, "locked")}, steps: "send lock 1.5s, look 1.5s", verdict: action.Shown, value: "locked", failed: true, err: fault.Refused},
	{name: "refused is no reason for the other call", plan: with(plain, func(p *action.Plan) { p.Instead = &second }), follows: []follow{fails(0, fault.Refused), saw(0, "unlocked")}, steps: "send lock 1.5s, look 1.5s", verdict: action.Unknown, value: "unlocked", failed: true, err: fault.Refused},
	{name: "not supported, and the other call", plan: with(plain, func(p *action.Plan) { p.Instead = &second }), follows: []follow{fails(0, fault.Unsupported), replied(0, "locked")}, steps: "send lock 1.5s, send second 1.5s", verdict: action.Shown, value: "locked"},
	{name: "the other call is not supported either", plan: with(plain, func(p *action.Plan) { p.Instead = &second }), follows: []follow{fails(0, fault.Unsupported), fails(0, fault.Unsupported), saw(0, "unlocked")}, steps: "send lock 1.5s, send second 1.5s, look 1.5s", verdict: action.Unknown, value: "unlocked", failed: true, err: fault.Unsupported},
	{name: "perhaps half-way, and untouched", plan: half, follows: []follow{fails(0, fault.Unsupported), touched("unlocked", -time.Hour), replied(0, "locked")}, steps: "send lock 1.5s, look 1.5s, send second 1.5s", verdict: action.Shown, value: "locked"},
	{name: "half-way", plan: half, follows: []follow{fails(0, fault.Unsupported), touched("unlocked", time.Second)}, steps: "send lock 1.5s, look 1.5s", verdict: action.Unknown, value: "unlocked", failed: true, err: fault.Failed},
	{name: "perhaps half-way, and nobody can say", plan: half, follows: []follow{fails(0, fault.Unsupported), blind(0, fault.Unreachable)}, steps: "send lock 1.5s, look 1.5s", verdict: action.Unknown, failed: true, err: fault.Unanswered},
	{name: "perhaps half-way, and gone", plan: half, follows: []follow{fails(0, fault.Unsupported), missing()}, steps: "send lock 1.5s, look 1.5s", verdict: action.Gone},
	{name: "untouched, and too late", plan: half, within: time.Second, follows: []follow{fails(0, fault.Unsupported), {time.Second, touched("unlocked", -time.Hour).Event}}, steps: "send lock 1s, look 1s", verdict: action.Unknown, value: "unlocked", failed: true, err: fault.Deadline},
	{name: "not supported, and too late for the other call", plan: with(plain, func(p *action.Plan) { p.Instead = &second }), within: time.Second, follows: []follow{fails(time.Second, fault.Unsupported)}, steps: "send lock 1s", verdict: action.Unknown, failed: true, err: fault.Unsupported},
	{name: "no other call for a later step", plan: with(plain, func(p *action.Plan) { p.Instead, p.More = &second, []home.ServiceCall{third} }), follows: []follow{replied(0), fails(0, fault.Unsupported), saw(0, "unlocked")}, steps: "send lock 1.5s, send third 1.5s, look 1.5s", verdict: action.Unknown, value: "unlocked", failed: true, err: fault.Unsupported, says: "The home did 1 of 2 steps."},

	{name: "three steps", plan: steps, follows: []follow{replied(0), replied(0), replied(0, "unlocked")}, steps: "send lock 1.5s, send second 1.5s, send third 1.5s", verdict: action.Shown, value: "unlocked"},
	{name: "a slow step is waited for", plan: steps, follows: []follow{silent(1500 * ms), replied(time.Second), replied(0), replied(0, "unlocked")}, steps: "send lock 1.5s, wait 5.5s, send second 1.5s, send third 1.5s", verdict: action.Shown, value: "unlocked", at: 2500 * ms},
	{name: "steps that are cut off are not done", plan: steps, follows: []follow{replied(time.Second), silent(1500 * ms), silent(4500 * ms), silent(50 * ms)}, steps: "send lock 1.5s, send second 1.5s, wait 4.5s, cancel 50ms", verdict: action.Unknown, failed: true, err: fault.Unanswered, says: "The home did 1 of 3 steps."},
	{name: "a step is not sent after the deadline", plan: steps, follows: []follow{replied(7 * time.Second)}, steps: "send lock 1.5s", verdict: action.Unknown, failed: true, err: fault.Unanswered},
	{name: "a step that fails", plan: steps, follows: []follow{replied(0), fails(0, fault.Failed)}, steps: "send lock 1.5s, send second 1.5s", verdict: action.Unknown, failed: true, err: fault.Failed, says: "The home did 1 of 3 steps."},
	{name: "no reply to a step in the middle", plan: steps, follows: []follow{replied(0), fails(0, fault.Unanswered)}, steps: "send lock 1.5s, send second 1.5s", verdict: action.Unknown, failed: true, err: fault.Unanswered},

	{name: "time counts from the last step", plan: with(plain, func(p *action.Plan) { p.More = []home.ServiceCall{second} }), follows: []follow{replied(1400 * ms), replied(0, "unlocked"), silent(1500 * ms), saw(0, "unlocked")}, steps: "send lock 1.5s, send second 1.5s, wait 100ms, look 1.5s", verdict: action.Assumed, value: "locked", at: 1400 * ms},
	{name: "what a step's reply told counts", manner: strict, plan: action.Plan{Call: call, More: []home.ServiceCall{second}}, follows: []follow{replied(0, "on"), silent(1500 * ms), saw(0, "on"), replied(0)}, steps: "send lock 1.5s, send second 1.5s, look 1.5s, wait 100ms", verdict: action.Shown, value: "on"},

	{name: "nothing to do", plan: action.Plan{State: home.State{ID: "lock.door", Value: "locked"}, Wants: wanted}, steps: "", verdict: action.Shown, value: "locked"},
	{name: "a further call that the state asks for", plan: further, follows: []follow{replied(0, "eco"), replied(0, "locked")}, steps: "send lock 1.5s, send second 1.5s", verdict: action.Shown, value: "locked"},
	{name: "a further call is made once", plan: further, manner: strict, follows: []follow{replied(0, "eco"), replied(0, "eco"), silent(6900 * ms), saw(0, "eco")}, steps: "send lock 1.5s, send second 1.5s, wait 100ms, look 100ms", verdict: action.Ignored, value: "eco"},
	{name: "a further call that fails", plan: further, follows: []follow{replied(0, "eco"), fails(0, fault.Refused), silent(1500 * ms), saw(0, "eco")}, steps: "send lock 1.5s, send second 1.5s, wait 100ms, look 1.5s", verdict: action.Assumed, value: "locked"},
	{name: "no further call after the deadline", plan: further, follows: []follow{replied(7*time.Second, "eco")}, steps: "send lock 1.5s", verdict: action.Assumed, value: "locked"},
	{name: "no further call on what is away", plan: with(further, func(p *action.Plan) { p.Then = func(home.State) (home.ServiceCall, bool) { return second, true } }), follows: []follow{replied(0, "unavailable")}, steps: "send lock 1.5s", verdict: action.Away, value: "unavailable"},
	{name: "a further call without a reply is watched", plan: further, follows: []follow{replied(0, "unlocked"), silent(100 * ms), saw(0, "eco"), silent(1500 * ms), saw(0, "eco"), silent(100 * ms), saw(0, "locked")}, steps: "send lock 1.5s, wait 100ms, look 1.5s, send second 1.5s, look 1.5s, wait 100ms, look 1.5s", verdict: action.Shown, value: "locked"},
	{name: "no further call", plan: further, follows: []follow{replied(0, "locked")}, steps: "send lock 1.5s", verdict: action.Shown, value: "locked"},

	{name: "nothing is wanted, and it changes later", plan: nothing, follows: []follow{replied(0), touched("on", -time.Hour), silent(100 * ms), touched("on", -time.Hour), silent(400 * ms), touched("on", ms)}, steps: "send lock 1.5s, look 1.5s, wait 100ms, look 1.5s, wait 400ms, look 1.5s", verdict: action.Shown, value: "on"},
	{name: "nothing is wanted, no reply, and it changes", plan: nothing, follows: []follow{silent(1500 * ms), touched("on", -time.Hour), silent(100 * ms), touched("on", 1600*ms)}, steps: "send lock 1.5s, look 1.5s, wait 100ms, look 1.5s", verdict: action.Shown, value: "on"},
	{name: "nothing is wanted, no reply, and it has changed", plan: nothing, follows: []follow{silent(1500 * ms), touched("on", time.Second)}, steps: "send lock 1.5s, look 1.5s", verdict: action.Shown, value: "on"},
	{name: "nothing is wanted, no reply, and it goes away", plan: nothing, follows: []follow{silent(1500 * ms), touched("unavailable", time.Second), silent(5500 * ms), silent(50 * ms)}, steps: "send lock 1.5s, look 1.5s, wait 100ms, cancel 50ms", verdict: action.Away, value: "unavailable", failed: true, err: fault.Unanswered},
	{name: "no reply, and it is under way", plan: with(nothing, func(p *action.Plan) { p.Begun = []action.Want{action.StateIs("on")} }), follows: []follow{silent(1500 * ms), touched("on", -time.Hour)}, steps: "send lock 1.5s, look 1.5s", verdict: action.Shown, value: "on"},
	{name: "the home's clock is ahead, and it has changed", plan: nothing, follows: []follow{silent(1500 * ms), clocked(time.Hour, time.Second)}, steps: "send lock 1.5s, look 1.5s", verdict: action.Shown, value: "on"},
	{name: "the home's clock is ahead, and it is as it was", plan: nothing, follows: []follow{silent(1500 * ms), clocked(time.Hour, -time.Minute), silent(5500 * ms), silent(50 * ms)}, steps: "send lock 1.5s, look 1.5s, wait 100ms, cancel 50ms", verdict: action.Shown, value: "on", failed: true, err: fault.Unanswered},
	{name: "the home's clock is behind, and it has changed", plan: nothing, follows: []follow{silent(1500 * ms), clocked(-time.Hour, time.Second)}, steps: "send lock 1.5s, look 1.5s", verdict: action.Shown, value: "on"},

	{name: "it leaves in the reply", plan: leaves, follows: []follow{replied(0, "unavailable")}, steps: "send lock 1.5s", verdict: action.Left, value: "off"},
	{name: "it leaves later", plan: leaves, follows: []follow{replied(0), saw(0, "on"), silent(100 * ms), saw(0, "unavailable")}, steps: "send lock 1.5s, look 1.5s, wait 100ms, look 1.5s", verdict: action.Left, value: "off"},
	{name: "it leaves before the first look", plan: leaves, follows: []follow{replied(0), touched("unavailable", ms)}, steps: "send lock 1.5s, look 1.5s", verdict: action.Left, value: "off"},
	{name: "it was away before", plan: leaves, follows: []follow{replied(0), touched("unavailable", -time.Hour)}, steps: "send lock 1.5s, look 1.5s", verdict: action.Away, value: "unavailable"},
}

var (
	steps   = action.Plan{Call: call, More: []home.ServiceCall{second, third}}
	half    = action.Plan{Call: call, Instead: &second, Half: true, Wants: wanted, State: home.State{ID: "lock.door", Value: "unlocked", Updated: begun.Add(-time.Hour)}}
	leaves  = action.Plan{Call: call, Wants: []action.Want{action.StateIs("off")}, Leaves: true}
	further = action.Plan{Call: call, Wants: wanted, Then: func(s home.State) (home.ServiceCall, bool) { return second, s.Value == "eco" }}
)

func against(value, other string) action.Want {
	want := action.StateIs(value)
	want.Against = other
	return want
}

// TestCourses carries out scripted courses step by step.
func TestCourses(t *testing.T) {
	t.Parallel()
	for _, test := range courses {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result, done, sent := test.run()
			if got := strings.Join(done, ", "); got != test.steps {
				t.Errorf("the steps are\n\t%s, should be\n\t%s", got, test.steps)
			}
			o := result.Outcomes[0]
			if o.Verdict != test.verdict || o.State.Value != test.value {
				t.Errorf("the verdict is %d on %q, should be %d on %q", o.Verdict, o.State.Value, test.verdict, test.value)
			}
			if failed := result.Err != nil; failed != test.failed || failed && fault.Of(result.Err) != test.err {
				t.Errorf("the error is %v, should be of kind %v (%v)", result.Err, test.err, test.failed)
			}
			if text := fault.Text(result.Err); test.says != "" && text != test.says {
				t.Errorf("people read %q, should %q", text, test.says)
			}
			at, known := test.at, test.at != 0
			if o.Verdict == action.Assumed || o.Verdict == action.Left {
				at, known = sent, true
			}
			if known && o.At.Sub(begun) != at {
				t.Errorf("it is unconfirmed since %v, should be %v", o.At.Sub(begun), at)
			}
			if blinded := o.Cause != nil; blinded != test.cause {
				t.Errorf("its cause is %v", o.Cause)
			}
			if o.Verdict == action.Shown && !o.Whole {
				t.Error("what is shown is not whole")
			}
			if other := test.plan.Instead; other != nil && slices.ContainsFunc(done, func(step string) bool { return strings.HasPrefix(step, "send "+other.Service) }) &&
				result.Plan.Call.Service != other.Service {
				t.Errorf("the plan that was carried out is said to call %s", result.Plan.Call.Service)
			}
		})
	}
}

// run carries the course out as its script says, and returns the steps and when the
// last call was sent.
func (c course) run() (result action.Result, done []string, sent time.Duration) {
	within := c.within
	if within == 0 {
		within = 7 * time.Second
	}
	now := begun
	running, step := action.Begin(action.Order{
		Plan: c.plan, Targets: []action.Target{{ID: "lock.door", Manner: c.manner}}, Patience: patience, Deadline: begun.Add(within),
	}, now)
	for i := 0; step.Do != action.Stop && i < 20; i++ {
		done = append(done, describe(step))
		if step.Do == action.Send {
			sent = now.Sub(begun)
		}
		next := silent(step.For)
		if i < len(c.follows) {
			next = c.follows[i]
		}
		now = now.Add(next.after)
		next.At = now
		step = running.Next(next.Event)
	}
	return running.Result(), done, sent
}

func describe(s action.Step) string {
	switch s.Do {
	case action.Send:
		return fmt.Sprintf("send %s %v", s.Call.Service, s.For)
	case action.Wait:
		return fmt.Sprintf("wait %v", s.For)
	case action.Look:
		return fmt.Sprintf("look %v", s.For)
	default:
		return fmt.Sprintf("cancel %v", s.For)
	}
}

// TestCertain is of states that show what was wanted, and of those that only do not
// contradict it.
func TestCertain(t *testing.T) {
	t.Parallel()
	position := action.NumberIs("current_position", 0, 5)
	position.Given = "current_position"
	at := home.Fields{{Name: "current_position", Value: home.Number(3)}}
	for name, c := range map[string]struct {
		wants   []action.Want
		state   home.State
		certain bool
	}{
		"it shows":              {[]action.Want{position}, home.State{ID: "lock.door", Value: "closed", Attributes: at}, true},
		"it has no position":    {[]action.Want{position}, home.State{ID: "lock.door", Value: "closed"}, false},
		"nothing can be wanted": {nil, home.State{ID: "lock.door", Value: "closed"}, false},
	} {
		running, _ := action.Begin(action.Order{Plan: action.Plan{Call: call, Wants: c.wants}, Targets: []action.Target{{ID: "lock.door"}}, Deadline: begun.Add(time.Second)}, begun)
		running.Next(action.Event{Kind: action.Replied, At: begun, States: []home.State{c.state}})
		if o := running.Result().Outcomes[0]; o.Verdict != action.Shown || o.Certain != c.certain || !o.Whole {
			t.Errorf("%s: the outcome is %+v", name, o)
		}
	}
}

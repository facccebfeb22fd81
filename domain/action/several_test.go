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

// several is a scripted course for several entities, or for none.
type several struct {
	name string
	plan action.Plan
	// targets are the entities, each with its care after it: "a" is trusted, "b!" is
	// strict, "c?" is patient. "d>" is trusted and may leave the network.
	targets string
	decides bool          // ReplyDecides
	effect  time.Duration // Patience.Effect; 1.5 s when it is 0, none when it is negative
	follows []follow
	// steps are the steps that are wanted, in turn: a look with what is looked at.
	steps string
	// told is what is told of each entity: its verdict and the state to report.
	told string
	// sent and made are how many calls were sent and carried out.
	sent, made int
	err        fault.Kind
	failed     bool
}

// of are states in words: "a locked b unlocked".
func of(words string) []home.State {
	var all []home.State
	fields := strings.Fields(words)
	for i := 0; i < len(fields); i += 2 {
		all = append(all, home.State{ID: home.EntityID("lock." + fields[i]), Value: fields[i+1]})
	}
	return all
}

func answers(after time.Duration, words string) follow {
	return follow{after, action.Event{Kind: action.Replied, States: of(words)}}
}

// shows is a look that shows some states, and that some entities are missing.
func shows(after time.Duration, words string, missing ...string) follow {
	e := action.Event{Kind: action.Saw, States: of(words)}
	for _, name := range missing {
		e.Missing = append(e.Missing, home.EntityID("lock."+name))
	}
	return follow{after, e}
}

// breaks is a look that shows some states and fails then.
func breaks(words string, kind fault.Kind) follow {
	return follow{0, action.Event{Kind: action.Saw, States: of(words), Err: fault.New(kind, "It failed.")}}
}

var verdicts = [...]string{
	action.Unknown: "unknown", action.Shown: "shown", action.Assumed: "assumed", action.Left: "left", action.Unconfirmed: "unconfirmed",
	action.Stuck: "stuck", action.Ignored: "ignored", action.Away: "away", action.Gone: "gone",
}

var (
	nothing = action.Plan{Call: call}
	other   = with(plain, func(p *action.Plan) { p.Instead = &second })
)

var severals = []several{
	{name: "the reply shows all", plan: plain, targets: "a b", follows: []follow{answers(0, "a locked b locked")}, steps: "send lock", told: "a shown locked, b shown locked", sent: 1, made: 1},
	{name: "the rest is looked at", plan: plain, targets: "a b c", follows: []follow{answers(0, "b locked"), shows(0, "a locked c locked")}, steps: "send lock, look a c", told: "a shown locked, b shown locked, c shown locked", sent: 1, made: 1},
	{name: "what is late and what is unseen are looked at together", plan: plain, targets: "a b c", follows: []follow{answers(0, "a unlocked b locked"), shows(0, "a locked c locked")}, steps: "send lock, look a c", told: "a shown locked, b shown locked, c shown locked", sent: 1, made: 1},
	{name: "what is late is given time first", plan: plain, targets: "a b", follows: []follow{answers(0, "a unlocked b locked"), silent(100 * ms), shows(0, "a locked")}, steps: "send lock, wait 100ms, look a", told: "a shown locked, b shown locked", sent: 1, made: 1},
	{name: "what has been seen is not looked at again", plan: plain, targets: "a b", follows: []follow{answers(0, ""), shows(0, "a locked b unlocked"), silent(100 * ms), shows(0, "b unlocked"), silent(400 * ms), shows(0, "b locked")}, steps: "send lock, look a b, wait 100ms, look b, wait 400ms, look b", told: "a shown locked, b shown locked", sent: 1, made: 1},
	{name: "one that stays behind", plan: plain, targets: "a b", follows: []follow{answers(0, "a locked b unlocked"), silent(1500 * ms), shows(0, "b unlocked")}, steps: "send lock, wait 100ms, look b", told: "a shown locked, b assumed locked", sent: 1, made: 1},
	{name: "many", plan: plain, targets: "a b c d e f", follows: []follow{answers(0, "f locked"), shows(0, "a locked b locked c locked d locked e locked")}, steps: "send lock, look a b c d e", told: "a shown locked, b shown locked, c shown locked, d shown locked, e shown locked, f shown locked", sent: 1, made: 1},
	{name: "one is missing", plan: plain, targets: "a b", follows: []follow{answers(0, ""), shows(0, "a unlocked", "b"), silent(100 * ms), shows(0, "a locked")}, steps: "send lock, look a b, wait 100ms, look a", told: "a shown locked, b gone ", sent: 1, made: 1},
	{name: "one is away", plan: plain, targets: "a b", follows: []follow{answers(0, "a unavailable b locked")}, steps: "send lock", told: "a away unavailable, b shown locked", sent: 1, made: 1},
	{name: "states of others", plan: plain, targets: "a", follows: []follow{answers(0, "x unlocked a locked y on")}, steps: "send lock", told: "a shown locked", sent: 1, made: 1},

	{name: "it failed at one of them", plan: plain, targets: "a b", follows: []follow{fails(0, fault.Failed), shows(0, "a locked b unlocked")}, steps: "send lock, look a b", told: "a shown locked, b unknown unlocked", sent: 1, failed: true, err: fault.Failed},
	{name: "it was refused at one of them", plan: plain, targets: "a b", follows: []follow{fails(0, fault.Refused), shows(0, "a locked b unlocked")}, steps: "send lock, look a b", told: "a shown locked, b unknown unlocked", sent: 1, failed: true, err: fault.Refused},
	{name: "it failed, and one is missing and one away", plan: plain, targets: "a b c", follows: []follow{fails(0, fault.Failed), shows(0, "a locked c unavailable", "b")}, steps: "send lock, look a b c", told: "a shown locked, b gone , c away unavailable", sent: 1, failed: true, err: fault.Failed},
	{name: "it failed, and nobody can say where", plan: plain, targets: "a b", follows: []follow{fails(0, fault.Failed), breaks("a locked", fault.Unreachable)}, steps: "send lock, look a b", told: "a shown locked, b unknown ", sent: 1, failed: true, err: fault.Failed},
	{name: "it failed at the second step", plan: with(plain, func(p *action.Plan) { p.More = []home.ServiceCall{second} }), targets: "a b", follows: []follow{answers(0, "a locked"), fails(0, fault.Failed), shows(0, "a locked b unlocked")}, steps: "send lock, send second, look a b", told: "a shown locked, b unknown unlocked", sent: 2, made: 1, failed: true, err: fault.Failed},
	{name: "the home is away", plan: plain, targets: "a b", follows: []follow{fails(0, fault.Unreachable)}, steps: "send lock", told: "a unknown , b unknown ", sent: 1, failed: true, err: fault.Unreachable},
	{name: "one left when it failed", plan: plain, targets: "a d>", follows: []follow{silent(1500 * ms), shows(0, "a unlocked d unlocked"), fails(50*ms, fault.Failed), shows(0, "a locked d unavailable")}, steps: "send lock, look a d, wait 100ms, look a d", told: "a shown locked, d away unavailable", sent: 1, failed: true, err: fault.Failed},

	{name: "the strict one has all the time, the trusted one shares it", plan: plain, targets: "a b!", follows: []follow{answers(0, "a unlocked b unlocked"), silent(2 * time.Second), shows(0, "a unlocked b unlocked"), silent(3 * time.Second), shows(0, "a locked b locked")}, steps: "send lock, wait 100ms, look a b, wait 400ms, look a b", told: "a shown locked, b shown locked", sent: 1, made: 1},
	{name: "the trusted one is not waited for when the strict one is done", plan: plain, targets: "a b!", follows: []follow{answers(0, "a unlocked b unlocked"), silent(2 * time.Second), shows(0, "a unlocked b locked")}, steps: "send lock, wait 100ms, look a b", told: "a assumed locked, b shown locked", sent: 1, made: 1},
	{name: "the time is up for all kinds", plan: plain, targets: "a b! c?", follows: []follow{answers(0, "a unlocked b unlocked c unlocked"), silent(6900 * ms), shows(0, "a unlocked b unlocked c unlocked")}, steps: "send lock, wait 100ms, look a b c", told: "a assumed locked, b ignored unlocked, c unconfirmed unlocked", sent: 1, made: 1},
	{name: "the strict one comes first", plan: plain, targets: "b! a", follows: []follow{answers(0, "a unlocked b unlocked"), silent(2 * time.Second), shows(0, "a unlocked b unlocked"), silent(3 * time.Second), shows(0, "a locked b locked")}, steps: "send lock, wait 100ms, look b a, wait 400ms, look b a", told: "b shown locked, a shown locked", sent: 1, made: 1},
	{name: "the unseen one comes first", plan: plain, targets: "a b", follows: []follow{answers(0, "b unlocked"), shows(0, "a locked b locked")}, steps: "send lock, look a b", told: "a shown locked, b shown locked", sent: 1, made: 1},
	{name: "one is stuck", plan: plain, targets: "b! c!", follows: []follow{answers(0, "b jammed c locked"), silent(1500 * ms), shows(0, "b jammed")}, steps: "send lock, wait 100ms, look b", told: "b stuck jammed, c shown locked", sent: 1, made: 1},
	{name: "a look that fails: the strict one is looked at again", plan: plain, targets: "a b!", follows: []follow{answers(0, ""), blind(0, fault.Unreachable), silent(100 * ms), shows(0, "b locked")}, steps: "send lock, look a b, wait 100ms, look b", told: "a unknown , b shown locked", sent: 1, made: 1},
	{name: "a look that fails half-way", plan: plain, targets: "a b", follows: []follow{answers(0, ""), breaks("a locked", fault.Unreachable)}, steps: "send lock, look a b", told: "a shown locked, b unknown ", sent: 1, made: 1},
	{name: "one may leave, the other may not", plan: plain, targets: "a d>", follows: []follow{answers(0, "a unavailable d unavailable")}, steps: "send lock", told: "a away unavailable, d left off", sent: 1, made: 1},

	{name: "no reply, and all show it", plan: plain, targets: "a b", follows: []follow{silent(1500 * ms), shows(0, "a locked b unlocked"), silent(100 * ms), shows(0, "a locked b locked")}, steps: "send lock, look a b, wait 100ms, look a b", told: "a shown locked, b shown locked", sent: 1},
	{name: "no reply, and the last one shows it", plan: plain, targets: "a b", follows: []follow{silent(1500 * ms), shows(0, "a unlocked b locked"), silent(100 * ms), shows(0, "a locked b locked")}, steps: "send lock, look a b, wait 100ms, look a b", told: "a shown locked, b shown locked", sent: 1},
	{name: "no reply, and one is missing", plan: plain, targets: "a b", follows: []follow{silent(1500 * ms), shows(0, "a locked", "b")}, steps: "send lock, look a b", told: "a shown locked, b gone ", sent: 1},
	{name: "no reply, and one is away", plan: plain, targets: "a b", follows: []follow{silent(1500 * ms), shows(0, "a locked b unavailable"), silent(5500 * ms), silent(50 * ms)}, steps: "send lock, look a b, wait 100ms, cancel", told: "a shown locked, b away unavailable", sent: 1, failed: true, err: fault.Unanswered},
	{name: "broken off, and one shows it", plan: plain, targets: "a b", follows: []follow{fails(0, fault.Unanswered), shows(0, "a locked b unlocked"), silent(7 * time.Second)}, steps: "send lock, look a b, wait 100ms", told: "a shown locked, b unknown unlocked", sent: 1, failed: true, err: fault.Unanswered},

	{name: "the other call is for all", plan: other, targets: "a b", follows: []follow{fails(0, fault.Unsupported), answers(0, "a locked b locked")}, steps: "send lock, send second", told: "a shown locked, b shown locked", sent: 2, made: 1},
	{name: "perhaps half-way, and no other call for several", plan: half, targets: "a b", follows: []follow{fails(0, fault.Unsupported), shows(0, "a unlocked b unlocked")}, steps: "send lock, look a b", told: "a unknown unlocked, b unknown unlocked", sent: 1, failed: true, err: fault.Unsupported},
	{name: "no further call for several", plan: further, targets: "a b", follows: []follow{answers(0, "a eco b eco"), silent(1500 * ms), shows(0, "a eco b eco")}, steps: "send lock, wait 100ms, look a b", told: "a assumed locked, b assumed locked", sent: 1, made: 1},

	{name: "nothing is wanted, and the reply tells all", plan: nothing, targets: "a b", follows: []follow{answers(0, "a locked b on")}, steps: "send lock", told: "a shown locked, b shown on", sent: 1, made: 1},
	{name: "nothing is wanted, and one look decides", plan: nothing, targets: "a b c", effect: -1, follows: []follow{answers(0, "a locked"), shows(0, "b on", "c")}, steps: "send lock, look b c", told: "a shown locked, b shown on, c gone ", sent: 1, made: 1},

	{name: "the reply decides, and comes", plan: nothing, targets: "a b", decides: true, effect: -1, follows: []follow{silent(1500 * ms), answers(time.Second, "a on"), shows(0, "b on")}, steps: "send lock, wait 5.5s, look b", told: "a shown on, b shown on", sent: 1, made: 1},
	{name: "the reply decides, and does not come", plan: nothing, targets: "a b", decides: true, follows: []follow{silent(1500 * ms), silent(5500 * ms), silent(50 * ms)}, steps: "send lock, wait 5.5s, cancel", told: "a unknown , b unknown ", sent: 1, failed: true, err: fault.Unanswered},
	{name: "the reply decides, and is broken off", plan: plain, targets: "a b", decides: true, follows: []follow{fails(0, fault.Unanswered)}, steps: "send lock", told: "a unknown , b unknown ", sent: 1, failed: true, err: fault.Unanswered},
	{name: "the reply decides, and says no", plan: plain, targets: "a b", decides: true, follows: []follow{fails(0, fault.Failed)}, steps: "send lock", told: "a unknown , b unknown ", sent: 1, failed: true, err: fault.Failed},
	{name: "the reply decides, and cannot say how far it went", plan: half, targets: "a", decides: true, follows: []follow{fails(0, fault.Unsupported)}, steps: "send lock", told: "a unknown ", sent: 1, failed: true, err: fault.Unsupported},

	{name: "on nothing", plan: plain, follows: []follow{answers(0, "x on")}, steps: "send lock", sent: 1, made: 1},
	{name: "on nothing, in steps", plan: steps, follows: []follow{answers(0, "x on"), answers(0, ""), answers(0, "y on")}, steps: "send lock, send second, send third", sent: 3, made: 3},
	{name: "on nothing, and no reply", plan: plain, follows: []follow{silent(1500 * ms), silent(5500 * ms), silent(50 * ms)}, steps: "send lock, wait 5.5s, cancel", sent: 1, failed: true, err: fault.Unanswered},
	{name: "on nothing, broken off", plan: plain, follows: []follow{fails(0, fault.Unanswered)}, steps: "send lock", sent: 1, failed: true, err: fault.Unanswered},
	{name: "on nothing, refused", plan: plain, follows: []follow{fails(0, fault.Refused)}, steps: "send lock", sent: 1, failed: true, err: fault.Refused},
	{name: "on nothing, and the other call", plan: other, follows: []follow{fails(0, fault.Unsupported), answers(0, "")}, steps: "send lock, send second", sent: 2, made: 1},
	{name: "on nothing, perhaps half-way", plan: half, follows: []follow{fails(0, fault.Unsupported)}, steps: "send lock", sent: 1, failed: true, err: fault.Unsupported},
	{name: "on nothing, without a further call", plan: further, follows: []follow{answers(0, "")}, steps: "send lock", sent: 1, made: 1},
}

// TestSeveral carries out scripted courses for several entities, and for none.
func TestSeveral(t *testing.T) {
	t.Parallel()
	for _, test := range severals {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result, done := test.run()
			if got := strings.Join(done, ", "); got != test.steps {
				t.Errorf("the steps are\n\t%s, should be\n\t%s", got, test.steps)
			}
			var told []string
			for _, o := range result.Outcomes {
				if o.Cause != nil && o.Verdict == action.Shown {
					t.Errorf("%s is shown, and has a cause: %v", o.ID, o.Cause)
				}
				told = append(told, fmt.Sprintf("%s %s %s", o.ID.Object(), verdicts[o.Verdict], o.State.Value))
			}
			if got := strings.Join(told, ", "); got != test.told {
				t.Errorf("it tells\n\t%s, should\n\t%s", got, test.told)
			}
			if failed := result.Err != nil; failed != test.failed || failed && fault.Of(result.Err) != test.err {
				t.Errorf("the error is %v, should be of kind %v (%v)", result.Err, test.err, test.failed)
			}
			if result.Sent != test.sent || result.Made != test.made {
				t.Errorf("%d calls were sent and %d made, should be %d and %d", result.Sent, result.Made, test.sent, test.made)
			}
			var changed []home.State
			for _, f := range test.follows {
				if f.Kind == action.Replied {
					changed = append(changed, f.States...)
				}
			}
			same := func(a, b home.State) bool { return a.ID == b.ID && a.Value == b.Value }
			if !slices.EqualFunc(result.Changed, changed, same) {
				t.Errorf("it says that %v changed, should be %v", result.Changed, changed)
			}
		})
	}
}

// run carries the course out as its script says, and returns the steps.
func (s several) run() (action.Result, []string) {
	o := action.Order{Plan: s.plan, Patience: patience, Deadline: begun.Add(7 * time.Second), ReplyDecides: s.decides}
	if s.effect != 0 {
		o.Patience.Effect = max(s.effect, 0)
	}
	for name := range strings.FieldsSeq(s.targets) {
		target := action.Target{ID: home.EntityID("lock." + name[:1])}
		switch name[1:] {
		case "!":
			target.Manner = strict
		case "?":
			target.Manner = patient
		case ">":
			target.Leaves = true
		}
		o.Targets = append(o.Targets, target)
	}
	now := begun
	running, step := action.Begin(o, now)
	var done []string
	for i := 0; step.Do != action.Stop && i < 20; i++ {
		done = append(done, brief(step))
		next := silent(step.For)
		if i < len(s.follows) {
			next = s.follows[i]
		}
		now = now.Add(next.after)
		next.At = now
		step = running.Next(next.Event)
	}
	return running.Result(), done
}

func brief(s action.Step) string {
	switch s.Do {
	case action.Send:
		return "send " + s.Call.Service
	case action.Wait:
		return fmt.Sprintf("wait %v", s.For)
	case action.Look:
		words := "look"
		for _, id := range s.Look {
			words += " " + id.Object()
		}
		return words
	default:
		return "cancel"
	}
}

package assistant

import (
	"context"
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
)

// The states of a timer (https://www.home-assistant.io/integrations/timer/).
const (
	timerActive = "active"
	timerPaused = "paused"
	timerIdle   = "idle"
)

// pickTimer picks a timer. Where none is named it is the only one that is in one of
// the states, of which there may be none.
func (t *turn) pickTimer(ctx context.Context, states ...string) (d directory, timer home.State, otherwise reply, ok bool, err error) {
	d, err = t.look(ctx)
	if err != nil {
		return d, timer, otherwise, false, err
	}
	timers := d.of("timer")
	p := picking{slot: intent.SlotTimer, which: phrase.AskTimer, none: phrase.NoTimers}
	if t.slots[intent.SlotTimer].Empty() && len(timers) > 0 {
		suited := slices.DeleteFunc(slices.Clone(timers), func(timer home.State) bool { return !slices.Contains(states, timer.Value) })
		switch len(suited) {
		case 0:
			return d, timer, t.tell(phrase.NoTimerRuns), false, nil
		case 1:
			return d, suited[0], reply{}, true, nil
		default:
			return d, timer, t.askWhich(p.slot, d.things(suited)), false, nil
		}
	}
	timer, otherwise, ok = t.pickEntity(d, timers, p)
	if ok && !timer.Available() {
		return d, timer, t.tell(phrase.Unreachable, "thing", d.name(timer)), false, nil
	}
	return d, timer, otherwise, ok, nil
}

// startTimer starts a timer, for as long as was said or else as it is set to. One
// that runs is started again.
func (t *turn) startTimer(ctx context.Context) (reply, error) {
	d, timer, otherwise, ok, err := t.pickTimer(ctx, timerIdle, timerPaused, timerActive)
	if !ok || err != nil {
		return otherwise, err
	}
	name := d.name(timer)
	set := clockTime(timer.Text(home.AttrDuration))
	var data []home.Field
	if heard := t.slots[intent.SlotDuration]; !heard.Empty() {
		if set, ok = duration(t.language, heard.Text); !ok {
			return t.tell(phrase.BadDuration), nil
		}
		data = append(data, home.Field{Name: home.AttrDuration, Value: home.Text(asClockTime(set))})
	}
	if set == 0 {
		return t.ask(intent.SlotDuration, nil, phrase.AskDuration, "thing", name), nil
	}
	call := home.CallOn(timer.ID, "timer", "start", data...)
	return t.bring(ctx, call, action.StateIs(timerActive), name, func(now home.State) string {
		return t.say(phrase.TimerStarted, "thing", name, "duration", t.language.Duration(t.runs(now, set)))
	})
}

// runs returns how long a timer runs that was just started: as long as it was set to,
// unless the home says something else. A timer that was paused goes on with what was left.
func (t *turn) runs(now home.State, set time.Duration) time.Duration {
	const slack = 2 * time.Second // the home began to count before its answer was here
	if left := t.left(now); now.Text(home.AttrFinishesAt) != "" && (left-set).Abs() > slack {
		return left
	}
	return set
}

// cancelTimer cancels a timer.
func (t *turn) cancelTimer(ctx context.Context) (reply, error) {
	d, timer, otherwise, ok, err := t.pickTimer(ctx, timerActive, timerPaused)
	switch name := d.name(timer); {
	case !ok || err != nil:
		return otherwise, err
	case timer.Value == timerIdle:
		return t.tell(phrase.TimerIdle, "thing", name), nil
	default:
		return t.set(ctx, home.CallOn(timer.ID, "timer", "cancel"), action.StateIs(timerIdle), name, t.say(phrase.TimerCancelled, "thing", name))
	}
}

// pauseTimer pauses a timer.
func (t *turn) pauseTimer(ctx context.Context) (reply, error) {
	d, timer, otherwise, ok, err := t.pickTimer(ctx, timerActive)
	switch name := d.name(timer); {
	case !ok || err != nil:
		return otherwise, err
	case timer.Value != timerActive:
		return t.tellTimer(name, timer), nil
	default:
		return t.bring(ctx, home.CallOn(timer.ID, "timer", "pause"), action.StateIs(timerPaused), name, t.withLeft(phrase.TimerPaused, name))
	}
}

// resumeTimer goes on with a timer that is paused.
func (t *turn) resumeTimer(ctx context.Context) (reply, error) {
	d, timer, otherwise, ok, err := t.pickTimer(ctx, timerPaused)
	switch name := d.name(timer); {
	case !ok || err != nil:
		return otherwise, err
	case timer.Value != timerPaused:
		return t.tellTimer(name, timer), nil
	default:
		return t.bring(ctx, home.CallOn(timer.ID, "timer", "start"), action.StateIs(timerActive), name, t.withLeft(phrase.TimerResumed, name))
	}
}

// timerLeft tells how long a timer still runs.
func (t *turn) timerLeft(ctx context.Context) (reply, error) {
	d, timer, otherwise, ok, err := t.pickTimer(ctx, timerActive, timerPaused)
	if !ok || err != nil {
		return otherwise, err
	}
	return t.tellTimer(d.name(timer), timer), nil
}

// tellTimer tells what a timer does.
func (t *turn) tellTimer(name string, timer home.State) reply {
	switch timer.Value {
	case timerActive:
		return t.reply(t.withLeft(phrase.TimerHas, name)(timer))
	case timerPaused:
		return t.reply(t.withLeft(phrase.TimerIsPaused, name)(timer))
	default:
		return t.tell(phrase.TimerIdle, "thing", name)
	}
}

// withLeft returns what says a phrase about a timer and how long it still runs.
func (t *turn) withLeft(p phrase.Phrase, name string) func(home.State) string {
	return func(now home.State) string {
		return t.say(p, "thing", name, "duration", t.language.Duration(t.left(now)))
	}
}

// left returns how long a timer still runs. What an active one says of that is from
// when it was started; it also says when it ends.
func (t *turn) left(timer home.State) time.Duration {
	if timer.Value == timerActive {
		if ends, err := time.Parse(time.RFC3339, timer.Text(home.AttrFinishesAt)); err == nil {
			return max(0, ends.Sub(t.parts.Clock.Now()))
		}
	}
	return clockTime(timer.Text(home.AttrRemaining))
}

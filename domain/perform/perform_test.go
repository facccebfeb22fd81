package perform_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/perform"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// lamps are how many lamps the house has.
const lamps = 9

// house is a house of lamps that are off, light.0 to light.8.
func house() *portstest.MemoryHome {
	var states []home.State
	for i := range lamps {
		states = append(states, home.State{ID: lamp(i), Value: home.Off})
	}
	return portstest.NewHome(states...)
}

func lamp(n int) home.EntityID { return home.EntityID(fmt.Sprintf("light.%d", n)) }

var patience = action.Patience{
	Reply: time.Second, Effect: time.Second, Look: time.Second, Pauses: []time.Duration{100 * time.Millisecond}, Margin: 100 * time.Millisecond,
}

// turn is the order to turn lamps on or off.
func turn(value string, numbers ...int) action.Order {
	o := action.Order{
		Plan:     action.Plan{Call: home.ServiceCall{Domain: "light", Service: "turn_" + value}, Wants: []action.Want{action.StateIs(value)}},
		Patience: patience,
	}
	for _, n := range numbers {
		o.Targets = append(o.Targets, action.Target{ID: lamp(n)})
		o.Plan.Call.Targets = append(o.Plan.Call.Targets, lamp(n))
	}
	return o
}

// asked are the operations that the home was asked for, in their order: "call>state".
func asked(h *portstest.MemoryHome) string {
	var words []string
	for _, entry := range h.Journal() {
		words = append(words, string(entry.Op))
	}
	return strings.Join(words, ">")
}

// told writes a result in a few words: "light.0 on 1" is the verdict 1 on a state.
func told(r action.Result) string {
	var words []string
	for _, o := range r.Outcomes {
		words = append(words, fmt.Sprintf("%s %s %d", o.ID, o.State.Value, o.Verdict))
	}
	if r.Err != nil {
		words = append(words, "!"+fault.Of(r.Err).String())
	}
	return strings.Join(words, ", ")
}

func TestDo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		order  action.Order
		before func(*portstest.MemoryHome)
		asked  string
		told   string
		took   time.Duration
	}{
		"the reply tells it": {turn(home.On, 0), nil, "call", "light.0 on 1", 0},
		"nothing changed":    {turn(home.Off, 0), nil, "call>state", "light.0 off 1", 0},
		"few that say nothing": {
			turn(home.Off, 0, 1, 2, 3), nil, "call>state>state>state>state", "light.0 off 1, light.1 off 1, light.2 off 1, light.3 off 1", 0,
		},
		"many that say nothing": {
			turn(home.Off, 0, 1, 2, 3, 4), nil, "call>states", "light.0 off 1, light.1 off 1, light.2 off 1, light.3 off 1, light.4 off 1", 0,
		},
		"many of which one is not there": {
			turn(home.Off, 0, 1, 2, 3, 17), nil, "call>states", "light.0 off 1, light.1 off 1, light.2 off 1, light.3 off 1, light.17  8", 0,
		},
		"one that is not there": {turn(home.On, 17), nil, "call>state", "light.17  8", 0},
		"one that reports late": {
			turn(home.On, 0, 1), func(h *portstest.MemoryHome) { h.Late(lamp(1), 150*time.Millisecond) },
			"call>state>state>state", "light.0 on 1, light.1 on 1", 200 * time.Millisecond,
		},
		"a look that fails": {
			turn(home.Off, 0), func(h *portstest.MemoryHome) {
				h.Befall(portstest.Trouble{Op: portstest.OpState, Err: fault.New(fault.Unreachable, "No.")})
			}, "call>state", "light.0  0", 0,
		},
		"a reply that never comes": {
			turn(home.On, 0), func(h *portstest.MemoryHome) {
				h.Befall(portstest.Trouble{Op: portstest.OpCall, After: portstest.Never, Undone: true})
				h.Befall(slices.Repeat([]portstest.Trouble{{Op: portstest.OpState, After: portstest.Never}}, 9)...)
			}, "call>state>state>state>state>state>state", "light.0  0, !unanswered", 6900 * time.Millisecond,
		},
		"a command on nothing": {action.Order{Plan: action.Plan{Call: home.ServiceCall{Domain: "script", Service: "reload"}}}, nil, "call", "!unsupported", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
				defer cancel()
				h, began := house(), time.Now()
				if test.before != nil {
					test.before(h)
				}
				if got := told(perform.Do(ctx, h, test.order)); got != test.told {
					t.Errorf("it tells %q, should %q", got, test.told)
				}
				if got := asked(h); got != test.asked {
					t.Errorf("the home was asked %q, should %q", got, test.asked)
				}
				if took := time.Since(began); took != test.took {
					t.Errorf("it took %v, should %v", took, test.took)
				}
			})
		})
	}
}

// TestEnded wants nothing to go on when nobody waits any more.
func TestEnded(t *testing.T) {
	t.Parallel()
	hangs := portstest.Trouble{After: portstest.Never, Undone: true}
	for name, test := range map[string]struct {
		after time.Duration
		calls int
		told  string
	}{
		"before it begins":              {0, 0, "light.0  0, !deadline"},
		"while the reply is waited for": {500 * time.Millisecond, 1, "light.0  0, !unanswered"},
		"while it is watched":           {1500 * time.Millisecond, 1, "light.0  0, !unanswered"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				h, began := house(), time.Now()
				h.Befall(slices.Repeat([]portstest.Trouble{hangs}, 9)...)
				if test.after == 0 {
					cancel()
				} else {
					defer time.AfterFunc(test.after, cancel).Stop()
				}
				if got := told(perform.Do(ctx, h, turn(home.On, 0))); got != test.told {
					t.Errorf("it tells %q, should %q", got, test.told)
				}
				if took := time.Since(began); took > test.after+patience.Margin {
					t.Errorf("it took %v", took)
				}
				if got := h.Count(portstest.OpCall); got != test.calls {
					t.Errorf("%d calls were made, should %d", got, test.calls)
				}
			})
		})
	}
}

// broken is a home that panics when it is called.
type broken struct{ *portstest.MemoryHome }

func (b broken) Call(ctx context.Context, call home.ServiceCall) ([]home.State, error) {
	if slices.Contains(call.Targets, lamp(3)) {
		panic("at the disco")
	}
	return b.MemoryHome.Call(ctx, call)
}

// TestPanic wants a panic to be the error of the order that it befell.
func TestPanic(t *testing.T) {
	t.Parallel()
	careless := turn(home.Off, 1)
	careless.Targets[0].Manner.Care = func(home.State) action.Care { panic("at the disco") }
	results := perform.Together(t.Context(), broken{house()}, []action.Order{turn(home.On, 0), turn(home.On, 3), careless, turn(home.On, 2)}, 2)
	want := []string{"light.0 on 1", "light.3  0, !internal", "light.1  0, !internal", "light.2 on 1"}
	for i, r := range results {
		if got := told(r); got != want[i] {
			t.Errorf("order %d tells %q, should %q", i, got, want[i])
		}
	}
	if got := told(perform.Do(t.Context(), broken{house()}, turn(home.On, 3))); got != want[1] {
		t.Errorf("by itself it tells %q, should %q", got, want[1])
	}
}

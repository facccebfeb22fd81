package perform_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/perform"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestTogether(t *testing.T) {
	t.Parallel()
	slow := func(h *portstest.MemoryHome) {
		h.Befall(portstest.Trouble{Op: portstest.OpCall, After: 900 * time.Millisecond}, portstest.Trouble{Op: portstest.OpCall, After: 500 * time.Millisecond})
	}
	none := func(*portstest.MemoryHome) {}
	for name, test := range map[string]struct {
		orders []action.Order
		atOnce int
		before func(*portstest.MemoryHome)
		asked  string
		told   []string
		took   time.Duration
	}{
		"none":                 {nil, 2, none, "", nil, 0},
		"replies that tell it": {[]action.Order{turn(home.On, 0), turn(home.On, 1)}, 2, none, "call>call", []string{"light.0 on 1", "light.1 on 1"}, 0},
		"a single look":        {[]action.Order{turn(home.On, 0), turn(home.Off, 1)}, 2, none, "call>call>state", []string{"light.0 on 1", "light.1 off 1"}, 0},
		"looks in one": {
			[]action.Order{turn(home.Off, 0), turn(home.Off, 1, 17), turn(home.Off, 2)}, 2, none,
			"call>call>call>states", []string{"light.0 off 1", "light.1 off 1, light.17  8", "light.2 off 1"}, 0,
		},
		"a look waits for all": {
			[]action.Order{turn(home.Off, 0), turn(home.Off, 1)}, 2, slow, "call>call>states", []string{"light.0 off 1", "light.1 off 1"}, 900 * time.Millisecond,
		},
		"one after the other": {
			[]action.Order{turn(home.On, 0), turn(home.Off, 1)}, 1, slow, "call>call>state", []string{"light.0 on 1", "light.1 off 1"}, 1400 * time.Millisecond,
		},
		"further looks": {
			[]action.Order{turn(home.On, 0), turn(home.On, 1), turn(home.On, 2)}, 2, func(h *portstest.MemoryHome) {
				h.Late(lamp(0), 150*time.Millisecond)
				h.Late(lamp(1), 50*time.Millisecond)
			}, "call>call>call>states>states>state", []string{"light.0 on 1", "light.1 on 1", "light.2 on 1"}, 200 * time.Millisecond,
		},
		"a look that fails": {
			[]action.Order{turn(home.Off, 0), turn(home.Off, 1), turn(home.On, 2)}, 2, func(h *portstest.MemoryHome) {
				h.Befall(portstest.Trouble{Op: portstest.OpStates, Err: fault.New(fault.Unreachable, "No.")})
			}, "call>call>call>states", []string{"light.0  0", "light.1  0", "light.2 on 1"}, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
				defer cancel()
				h, began := house(), time.Now()
				test.before(h)
				var got []string
				for _, r := range perform.Together(ctx, h, test.orders, test.atOnce) {
					got = append(got, told(r))
				}
				if !slices.Equal(got, test.told) {
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

// TestTogetherEnded wants nothing to begin when nobody waits any more.
func TestTogetherEnded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		h := house()
		h.Befall(portstest.Trouble{Op: portstest.OpCall, After: portstest.Never})
		orders := []action.Order{turn(home.On, 0), turn(home.On, 1)}
		orders[0].ReplyDecides = true
		results := perform.Together(ctx, h, orders, 1)
		for i, want := range []string{"light.0  0, !unanswered", "light.1  0, !deadline"} {
			if got := told(results[i]); got != want {
				t.Errorf("order %d tells %q, should %q", i, got, want)
			}
		}
		if got := asked(h); got != "call" {
			t.Errorf("the home was asked %q", got)
		}
	})
}

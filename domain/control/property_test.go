package control_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// misfortune is what befalls one directive, at random.
type misfortune struct {
	directive   alexa.Directive
	within      time.Duration
	late, takes time.Duration
	jams        bool
	troubles    []portstest.Trouble
}

func drawMisfortune(t *rapid.T) misfortune {
	upTo := func(most time.Duration) *rapid.Generator[time.Duration] {
		return rapid.Map(rapid.IntRange(0, int(most/time.Millisecond)), func(n int) time.Duration { return time.Duration(n) * time.Millisecond })
	}
	m := misfortune{
		directive: rapid.SampledFrom([]alexa.Directive{turnOn, half, brighter, lock, openGarage}).Draw(t, "directive"),
		within:    upTo(8*time.Second).Draw(t, "within"),
		late:      upTo(9*time.Second).Draw(t, "late"),
		takes:     upTo(9*time.Second).Draw(t, "takes"),
		jams:      rapid.Bool().Draw(t, "jams"),
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "troubles") {
		trouble := portstest.Trouble{
			Op:     rapid.SampledFrom([]portstest.Op{portstest.OpCall, portstest.OpState}).Draw(t, fmt.Sprint("op ", i)),
			After:  rapid.OneOf(upTo(4*time.Second), rapid.Just(portstest.Never)).Draw(t, fmt.Sprint("after ", i)),
			Undone: rapid.Bool().Draw(t, fmt.Sprint("undone ", i)),
		}
		if rapid.Bool().Draw(t, fmt.Sprint("fails ", i)) {
			trouble.Err = dropped
		}
		m.troubles = append(m.troubles, trouble)
	}
	return m
}

// guarded are properties that must not claim what the house does not say, with
// the values that the house's states stand for.
var guarded = map[string]map[string]string{
	"lockState": {"unlocked": `"UNLOCKED"`, "locking": `"UNLOCKED"`, "locked": `"LOCKED"`, "jammed": `"JAMMED"`},
	"mode":      {"closed": `"position.closed"`, "opening": "", "open": `"position.open"`},
}

// witness remembers what a home has said of each entity last, and when. It is safe for
// concurrent use: a command may be on its way while a state is asked for.
type witness struct {
	*portstest.MemoryHome
	mu   sync.Mutex
	said map[home.EntityID]home.State
	at   map[home.EntityID]time.Time
}

func (w *witness) hears(states ...home.State) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, state := range states {
		w.said[state.ID], w.at[state.ID] = state, time.Now()
	}
}

// State implements ports.Home.
func (w *witness) State(ctx context.Context, id home.EntityID) (home.State, error) {
	state, err := w.MemoryHome.State(ctx, id)
	if err == nil {
		w.hears(state)
	}
	return state, err
}

// Call implements ports.Home.
func (w *witness) Call(ctx context.Context, call home.ServiceCall) ([]home.State, error) {
	changed, err := w.MemoryHome.Call(ctx, call)
	w.hears(changed...)
	return changed, err
}

// TestTruth wants, whatever befalls a command, that it was sent once at most, that
// the answer comes before its deadline, and that of a lock or a garage door it
// claims nothing but what the house has said last, as old as that is.
func TestTruth(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := drawMisfortune(rt)
		synctest.Test(t, func(t *testing.T) {
			h := &witness{MemoryHome: furnished(), said: map[home.EntityID]home.State{}, at: map[home.EntityID]time.Time{}}
			for _, id := range []home.EntityID{"light.lamp", "light.lit", "lock.door", "cover.garage"} {
				h.Late(id, m.late)
				h.Travels(id, m.takes)
			}
			if m.jams {
				h.Jams("lock.door")
			}
			h.Befall(m.troubles...)
			ctx, cancel := context.WithTimeout(t.Context(), m.within)
			defer cancel()
			o := handleIn(ctx, t, h, m.directive)
			if n := h.Count(portstest.OpCall); n > 1 {
				rt.Errorf("the command was sent %d times", n)
			}
			if o.took > m.within {
				rt.Errorf("the answer took %v of %v", o.took, m.within)
			}
			synctest.Wait()
			for id, property := range map[home.EntityID]string{"lock.door": "lockState", "cover.garage": "mode"} {
				value, uncertainty := o.property(property)
				if value == "" {
					continue
				}
				if value != guarded[property][h.said[id].Value] || uncertainty != time.Since(h.at[id]) {
					rt.Errorf("%s is told as %s ± %v, and the house said %s %v ago",
						property, value, uncertainty, h.said[id].Value, time.Since(h.at[id]))
				}
			}
		})
	})
}

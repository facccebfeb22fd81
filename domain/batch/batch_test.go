package batch_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/domain/batch"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func house() *portstest.MemoryHome {
	return portstest.NewHome(
		home.State{ID: "light.a", Value: home.Off},
		home.State{ID: "light.b", Value: home.Off},
		home.State{ID: "light.c", Value: home.On},
		home.State{ID: "light.away", Value: home.Unavailable},
		home.State{ID: "switch.a", Value: home.Off},
		home.State{ID: "lock.a", Value: "unlocked"},
	)
}

// shown writes a result in a few words: "light.a on, !not found".
func shown(r batch.Result) string {
	var words []string
	for _, state := range r.States {
		words = append(words, string(state.ID)+" "+state.Value)
	}
	if r.Err != nil {
		words = append(words, "!"+fault.Of(r.Err).String())
	}
	return strings.Join(words, ", ")
}

func all(results []batch.Result) []string {
	texts := make([]string, len(results))
	for i, r := range results {
		texts[i] = shown(r)
	}
	return texts
}

func TestStates(t *testing.T) {
	for _, c := range []struct {
		name  string
		ids   []home.EntityID
		want  []string
		asked portstest.Op
	}{
		{"one", []home.EntityID{"light.c"}, []string{"light.c on"}, portstest.OpState},
		{"one that is not there", []home.EntityID{"light.x"}, []string{"!not found"}, portstest.OpState},
		{
			"many", []home.EntityID{"switch.a", "light.x", "light.c", "light.away"},
			[]string{"switch.a off", "!not found", "light.c on", "light.away unavailable"}, portstest.OpStates,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := house()
			results, err := batch.New(h).States(t.Context(), c.ids)
			if err != nil {
				t.Fatal(err)
			}
			if got := all(results); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if journal := h.Journal(); len(journal) != 1 || journal[0].Op != c.asked {
				t.Errorf("the home was asked %+v, want one %s", journal, c.asked)
			}
		})
	}
}

func TestStatesOfAHomeThatIsAway(t *testing.T) {
	for _, ids := range [][]home.EntityID{{"light.a"}, {"light.a", "light.b"}} {
		h := house()
		h.SetAway(true)
		if _, err := batch.New(h).States(t.Context(), ids); fault.Of(err) != fault.Unreachable {
			t.Errorf("%d states: %v, want unreachable", len(ids), err)
		}
	}
}

// call is a call in a few words: "light.turn_on light.a light.b", with an area as
// "@kitchen" and a field as "brightness=5".
func call(text string) home.ServiceCall {
	words := strings.Fields(text)
	var c home.ServiceCall
	c.Domain, c.Service, _ = strings.Cut(words[0], ".")
	for _, word := range words[1:] {
		if area, ok := strings.CutPrefix(word, "@"); ok {
			c.Area = area
		} else if name, value, ok := strings.Cut(word, "="); ok {
			c.Data = append(c.Data, home.Field{Name: name, Value: home.Text(value)})
		} else {
			c.Targets = append(c.Targets, home.EntityID(word))
		}
	}
	return c
}

func calls(texts ...string) []home.ServiceCall {
	list := make([]home.ServiceCall, len(texts))
	for i, text := range texts {
		list[i] = call(text)
	}
	return list
}

// sent returns the calls that a home got, in the form of call, sorted.
func sent(h *portstest.MemoryHome) []string {
	var texts []string
	for _, entry := range h.Journal() {
		if entry.Op != portstest.OpCall {
			continue
		}
		text := entry.Call.Name()
		for _, id := range entry.Call.Targets {
			text += " " + string(id)
		}
		if entry.Call.Area != "" {
			text += " @" + entry.Call.Area
		}
		for _, field := range entry.Call.Data {
			text += " " + field.Name + "=" + field.Value.String()
		}
		texts = append(texts, text)
	}
	slices.Sort(texts)
	return texts
}

func TestCalls(t *testing.T) {
	for _, c := range []struct {
		name  string
		calls []string
		sent  []string
		want  []string
		looks int
	}{
		{
			"the same service goes as one", []string{"light.turn_on light.a", "light.turn_on light.b"},
			[]string{"light.turn_on light.a light.b"}, []string{"light.a on", "light.b on"}, 0,
		},
		{
			"another service goes beside it", []string{"light.turn_on light.a", "lock.lock lock.a", "light.turn_on light.b"},
			[]string{"light.turn_on light.a light.b", "lock.lock lock.a"}, []string{"light.a on", "lock.a locked", "light.b on"}, 0,
		},
		{
			"other data too", []string{"light.turn_on light.a x=1 y=2", "light.turn_on light.b y=2", "light.turn_on light.c y=2 x=1"},
			[]string{"light.turn_on light.a light.c x=1 y=2", "light.turn_on light.b y=2"}, []string{"light.a on", "light.b on", "light.c on"}, 1,
		},
		{
			"nothing had to change", []string{"light.turn_on light.c"},
			[]string{"light.turn_on light.c"}, []string{"light.c on"}, 1,
		},
		{
			"nothing had to change in several calls", []string{"light.turn_on light.c", "switch.turn_off switch.a", "light.turn_off light.a light.b"},
			[]string{"light.turn_off light.a light.b", "light.turn_on light.c", "switch.turn_off switch.a"}, []string{"light.c on", "switch.a off", "light.a off, light.b off"}, 1,
		},
		{
			"one that is not there", []string{"light.turn_on light.a light.x light.b", "light.turn_on light.y"},
			[]string{"light.turn_on light.a light.x light.b light.y"}, []string{"light.a on, light.b on, !not found", "!not found"}, 1,
		},
		{
			"one that is away", []string{"light.turn_on light.away", "light.turn_on light.a"},
			[]string{"light.turn_on light.away light.a"}, []string{"light.away unavailable, !unavailable", "light.a on"}, 1,
		},
		{
			"a service that there is not", []string{"light.explode light.a", "light.turn_on light.b"},
			[]string{"light.explode light.a", "light.turn_on light.b"}, []string{"!unsupported", "light.b on"}, 0,
		},
		{
			"what failed is not looked at", []string{"light.explode light.a light.b", "switch.turn_on switch.a"},
			[]string{"light.explode light.a light.b", "switch.turn_on switch.a"}, []string{"!unsupported", "switch.a on"}, 0,
		},
		{
			"areas go by themselves", []string{"light.turn_off @hall", "light.turn_off @kitchen", "light.turn_off light.c"},
			[]string{"light.turn_off @hall", "light.turn_off @kitchen", "light.turn_off light.c"}, []string{"", "", "light.c off"}, 0,
		},
		{
			"the same without a target, with other data", []string{"script.turn_on x=1", "script.turn_on x=2"},
			[]string{"script.turn_on x=1", "script.turn_on x=2"}, []string{"", ""}, 0,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := house()
			results, n, err := batch.New(h).Calls(t.Context(), calls(c.calls...))
			if err != nil {
				t.Fatal(err)
			}
			if got := sent(h); !slices.Equal(got, c.sent) || n != len(got) {
				t.Errorf("the home got %q (%d are told), want %q", got, n, c.sent)
			}
			if got := all(results); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if looks := h.Count(portstest.OpStates) + h.Count(portstest.OpState); looks != c.looks {
				t.Errorf("the home was looked at %d times, want %d", looks, c.looks)
			}
		})
	}
}

// TestNeverTwice: whatever becomes of a command, it is sent once.
func TestNeverTwice(t *testing.T) {
	for name, trouble := range map[string]portstest.Trouble{
		"unreachable": {Op: portstest.OpCall, Err: fault.New(fault.Unreachable, "No."), Undone: true},
		"unanswered":  {Op: portstest.OpCall, Err: &fault.Error{Kind: fault.Unanswered, Text: "Who knows.", Sent: true}},
		"refused":     {Op: portstest.OpCall, Err: &fault.Error{Kind: fault.Refused, Text: "No.", Sent: true}, Undone: true},
	} {
		t.Run(name, func(t *testing.T) {
			h := house()
			h.Befall(trouble)
			results, n, err := batch.New(h).Calls(t.Context(), calls("light.turn_on light.a", "light.turn_on light.b"))
			if err != nil || n != 1 || len(sent(h)) != 1 {
				t.Fatalf("sent %q (%d are told), %v", sent(h), n, err)
			}
			for i, r := range results {
				if fault.Of(r.Err) != fault.Of(trouble.Err) {
					t.Errorf("item %d: %v, want %v", i, r.Err, trouble.Err)
				}
			}
		})
	}
}

// TestUnconfirmed: the command was taken and its effect cannot be looked at.
func TestUnconfirmed(t *testing.T) {
	for _, c := range []struct {
		calls, want []string
		look        portstest.Op
	}{
		{[]string{"light.turn_on light.c", "light.turn_on light.a"}, []string{"!unanswered", "light.a on"}, portstest.OpState},
		{[]string{"light.turn_on light.c", "switch.turn_off switch.a"}, []string{"!unanswered", "!unanswered"}, portstest.OpStates},
	} {
		h := house()
		h.Befall(portstest.Trouble{Op: c.look, Err: fault.New(fault.Unreachable, "Gone.")})
		results, _, err := batch.New(h).Calls(t.Context(), calls(c.calls...))
		if err != nil {
			t.Fatal(err)
		}
		if got := all(results); !slices.Equal(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if h.Count(c.look) != 1 || h.Count(portstest.OpState)+h.Count(portstest.OpStates) != 1 {
			t.Errorf("the home was asked %+v", h.Journal())
		}
	}
}

// broken is a home that panics when it is told to lock.
type broken struct{ *portstest.MemoryHome }

func (b broken) Call(ctx context.Context, call home.ServiceCall) ([]home.State, error) {
	if call.Domain == "lock" {
		panic("at the disco")
	}
	return b.MemoryHome.Call(ctx, call)
}

// TestPanic: a call that panics ends neither the process nor the others.
func TestPanic(t *testing.T) {
	results, n, err := batch.New(broken{house()}).Calls(t.Context(), calls("light.turn_on light.a", "lock.lock lock.a", "switch.turn_on switch.a"))
	if err != nil || n != 3 {
		t.Fatalf("%d sent, %v", n, err)
	}
	if want, got := []string{"light.a on", "!internal", "switch.a on"}, all(results); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// busy is a home whose calls take a second, which counts how many are under way.
type busy struct {
	ports.Home
	now, most atomic.Int64
	calls     atomic.Int64
}

func (b *busy) Call(ctx context.Context, _ home.ServiceCall) ([]home.State, error) {
	n := b.now.Add(1)
	defer b.now.Add(-1)
	b.calls.Add(1)
	for most := b.most.Load(); n > most && !b.most.CompareAndSwap(most, n); most = b.most.Load() {
	}
	select {
	case <-time.After(time.Second):
		return nil, nil
	case <-ctx.Done():
		return nil, &fault.Error{Kind: fault.Unanswered, Sent: true, Cause: ctx.Err()}
	}
}

func manyServices(n int) (list []home.ServiceCall) {
	for i := range n {
		list = append(list, home.ServiceCall{Domain: "script", Service: "s" + strconv.Itoa(i)})
	}
	return list
}

// TestTogether: calls go side by side, but never more than a few.
func TestTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, started := &busy{}, time.Now()
		if _, n, err := batch.New(b).Calls(t.Context(), manyServices(10)); err != nil || n != 10 {
			t.Fatalf("%d sent, %v", n, err)
		}
		if b.most.Load() != 4 || time.Since(started) != 3*time.Second {
			t.Errorf("%d were under way at once, and it took %s; want 4 and 3s", b.most.Load(), time.Since(started))
		}
	})
}

// TestOutOfTime: what has not begun when the time is up is not sent, and says so.
func TestOutOfTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		b := &busy{}
		results, n, err := batch.New(b).Calls(ctx, manyServices(10))
		if err != nil || n != 8 || b.calls.Load() != 8 {
			t.Fatalf("%d told, %d sent, %v; want 8", n, b.calls.Load(), err)
		}
		want := slices.Concat(slices.Repeat([]string{""}, 4), slices.Repeat([]string{"!unanswered"}, 4), slices.Repeat([]string{"!deadline"}, 2))
		if got := all(results); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

package portstest

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// MemoryHome is a home in memory. It carries out the common services of lights,
// switches, locks, covers, climate devices, scenes and scripts, and can be made
// to misbehave as real devices and real networks do. It goes by time.Now and
// starts no goroutines, so in a synctest bubble its time is the bubble's. Make
// one with NewHome. It is safe for concurrent use.
type MemoryHome struct {
	mu       sync.Mutex
	order    []home.EntityID
	things   map[home.EntityID]*thing
	config   home.Config
	registry *home.Registry // nil for none of its own
	journal  []Entry
	troubles []Trouble
	away     bool
	ahead    time.Duration
}

var (
	_ ports.Home  = (*MemoryHome)(nil)
	_ ports.House = (*MemoryHome)(nil)
)

// thing is an entity and what its device has still to report.
type thing struct {
	state  home.State
	coming []home.State // by the time of Updated
	late   time.Duration
	travel time.Duration
	jams   bool
}

// NewHome returns a home with entities in these states. Their times are set to
// now where they have none.
func NewHome(states ...home.State) *MemoryHome {
	h := &MemoryHome{
		things: make(map[home.EntityID]*thing, len(states)),
		config: home.Config{
			Version: "2026.11.0", Name: "Home", Temperature: home.Celsius, TimeZone: "UTC",
			Country: "GB", Language: "en", Components: []string{"api", "light"},
		},
	}
	for _, state := range states {
		h.Set(state)
	}
	return h
}

// Set makes an entity be in a state, as if its device had reported it, and puts
// it into the home if it is not there.
func (h *MemoryHome) Set(state home.State) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	if state.Updated.IsZero() {
		state.Changed, state.Updated = now, now
	}
	if t, ok := h.things[state.ID]; ok {
		t.state, t.coming = state, nil
		return
	}
	h.things[state.ID] = &thing{state: state}
	h.order = append(h.order, state.ID)
}

// SetConfig makes the home say something else of itself.
func (h *MemoryHome) SetConfig(config home.Config) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.config = config
}

// Ahead makes the home's clock go wrong: by so much it is ahead of time.Now.
func (h *MemoryHome) Ahead(by time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ahead = by
}

// clocked returns a state with the times that the home's clock shows. mu must be
// held.
func (h *MemoryHome) clocked(state home.State) home.State {
	state.Changed, state.Updated = state.Changed.Add(h.ahead), state.Updated.Add(h.ahead)
	return state
}

// Remove takes an entity out of the home.
func (h *MemoryHome) Remove(id home.EntityID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.things, id)
	h.order = slices.DeleteFunc(h.order, func(other home.EntityID) bool { return other == id })
}

// Late makes a device report what a call did to it only so long after, as most
// radio devices do. It must be in the home.
func (h *MemoryHome) Late(id home.EntityID, by time.Duration) { h.device(id).late = by }

// Travels makes a lock or a cover be on its way for so long before it is where
// it was sent. It must be in the home.
func (h *MemoryHome) Travels(id home.EntityID, takes time.Duration) { h.device(id).travel = takes }

// Jams makes a lock jam instead of lock. It must be in the home.
func (h *MemoryHome) Jams(id home.EntityID) { h.device(id).jams = true }

func (h *MemoryHome) device(id home.EntityID) *thing {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.things[id]
}

// Now returns what the home says of an entity now, for a test to compare with: it
// is not in the journal, and no trouble befalls it. It is the zero State when
// there is none of that id.
func (h *MemoryHome) Now(id home.EntityID) home.State {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t, ok := h.things[id]; ok {
		return t.now()
	}
	return home.State{}
}

// State implements ports.Home.
func (h *MemoryHome) State(ctx context.Context, id home.EntityID) (home.State, error) {
	if err := h.enter(ctx, Entry{Op: OpState, ID: id}, nil); err != nil {
		return home.State{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	t, ok := h.things[id]
	if !ok {
		return home.State{}, fault.New(fault.NotFound, "There is no such entity.")
	}
	state := h.clocked(t.now())
	state.Told = time.Now().Add(h.ahead).Truncate(time.Second)
	return state, nil
}

// States implements ports.Home.
func (h *MemoryHome) States(ctx context.Context) ([]home.State, error) {
	if err := h.enter(ctx, Entry{Op: OpStates}, nil); err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	states := make([]home.State, 0, len(h.order))
	for _, id := range h.order {
		states = append(states, h.clocked(h.things[id].now()))
	}
	return states, nil
}

// Call implements ports.Home.
func (h *MemoryHome) Call(ctx context.Context, call home.ServiceCall) (changed []home.State, err error) {
	var refused error
	err = h.enter(ctx, Entry{Op: OpCall, Call: call}, func() {
		changed, refused = h.apply(call)
		for i := range changed {
			changed[i] = h.clocked(changed[i])
		}
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// Config implements ports.House.
func (h *MemoryHome) Config(ctx context.Context) (home.Config, error) {
	if err := h.enter(ctx, Entry{Op: OpConfig}, nil); err != nil {
		return home.Config{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	config := h.config
	config.Components = slices.Clone(config.Components)
	return config, nil
}

// now returns the state that the device has reported by now.
func (t *thing) now() home.State {
	now := time.Now()
	for len(t.coming) > 0 && !t.coming[0].Updated.After(now) {
		t.state, t.coming = t.coming[0], t.coming[1:]
	}
	return t.state
}

// become has the device report new states, the second and later ones each after
// the travel's time, and returns those that it reports at once.
func (t *thing) become(states ...home.State) (reported []home.State) {
	at := time.Now()
	before := t.now()
	t.coming = nil
	for i, state := range states {
		state.Updated = at.Add(t.late + time.Duration(i)*t.travel)
		state.Changed = before.Changed
		if state.Value != before.Value {
			state.Changed = state.Updated
		}
		if same(before, state) {
			continue
		}
		before = state
		t.coming = append(t.coming, state)
		if !state.Updated.After(at) {
			reported = append(reported, state)
		}
	}
	return reported
}

// same says whether two states differ in nothing but their times.
func same(a, b home.State) bool {
	return a.Value == b.Value && len(a.Attributes) == len(b.Attributes) &&
		!slices.ContainsFunc(a.Attributes, func(f home.Field) bool { return !f.Value.Equal(b.Attributes.Get(f.Name), 0) })
}

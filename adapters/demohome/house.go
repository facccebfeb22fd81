package demohome

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// House is the house. It is an http.Handler, for any server or httptest; Listen
// and ListenTLS start one. A House must be closed. All its methods are safe for
// concurrent use.
type House struct {
	options Options
	kinds   map[string]kind
	// services has every service by its name, "light.turn_on".
	services map[string]service
	commands map[string]command
	registry registry
	lens     lens
	door     http.Handler
	requests atomic.Int64

	mu       sync.Mutex
	entities map[string]*entity
	order    []string          // of entities, as they are listed
	body     []byte            // of all states; nil when one has changed since
	lists    map[string][]byte // of the registries, by the command; nil when they may have changed since
	watchers []*watcher
	calls    []Call
	faults   []*Fault
	guard    guard
	news     news

	closing chan struct{}  // closed by Close
	busy    sync.WaitGroup // calls, timers and sockets under way
	timers  map[*timer]struct{}
	sockets map[*socket]context.CancelFunc
	closed  bool
}

var _ http.Handler = (*House)(nil)

// New returns a house with the things in house/ in it. Entities that
// options.Late names and that the house does not have are ignored.
func New(options Options) *House {
	h := &House{
		options:  options.withDefaults(),
		kinds:    kinds(),
		services: map[string]service{},
		commands: commands(),
		lens:     newLens(),
		entities: map[string]*entity{},
		guard:    newGuard(),
		news:     news{calls: map[string]*Event{}},
		closing:  make(chan struct{}),
		timers:   map[*timer]struct{}{},
		sockets:  map[*socket]context.CancelFunc{},
	}
	for domain, k := range h.kinds {
		for name, s := range k.services {
			h.services[domain+"."+name] = s
		}
	}
	h.registry = newRegistry()
	h.door = h.routes()
	h.mu.Lock()
	defer h.unlock()
	for _, r := range furniture() {
		h.furnish(r)
	}
	for id, late := range options.Late {
		if e, ok := h.entities[id]; ok {
			e.late = late
		}
	}
	for _, id := range h.order {
		h.regroup(h.entities[id])
	}
	h.news.events = nil // nobody has done anything yet
	return h
}

// Close ends everything that is under way in the house and returns when it has
// ended. Requests that a fault holds are let go. The house still shows its states,
// but calls no services and keeps no WebSocket any more.
func (h *House) Close() error {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return nil
	}
	h.closed = true
	close(h.closing)
	for _, cancel := range h.sockets {
		cancel()
	}
	for t := range h.timers {
		h.stop(t)
	}
	h.unlock()
	h.busy.Wait()
	return nil
}

// State returns what the house says of an entity now, or false if it has none
// of that name.
func (h *House) State(id string) (State, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e, ok := h.entities[id]
	if !ok {
		return State{}, false
	}
	return *e.shown, true
}

// States returns what the house says of every entity, in the order of GET
// /api/states.
func (h *House) States() []State {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]State, len(h.order))
	for i, id := range h.order {
		out[i] = *h.entities[id].shown
	}
	return out
}

// Set makes an entity say that it is in a state with exactly these attributes,
// as if the device had reported it, and puts it into the house if it is not
// there. Nil attributes leave those that it has; "unavailable" takes the device
// out of reach, so that calls do nothing to it. Values of other types than
// State's are taken as encoding/json would write them. It fails if id has not
// the form of an entity's.
func (h *House) Set(id, state string, attributes map[string]any) error {
	if !validID(id) {
		return fmt.Errorf("demohome: %q is not an entity id", id)
	}
	h.mu.Lock()
	defer h.unlock()
	h.set(id, state, attributes, h.newContext(""))
	return nil
}

func (h *House) set(id, state string, attributes map[string]any, ctx Context) *State {
	e, ok := h.entities[id]
	if !ok {
		e = newEntity(record{ID: id, State: state, Attributes: plain(attributes)})
		h.add(e, maps.Clone(e.attrs), ctx)
		h.tell(change{entity: id, new: e.shown, at: e.shown.LastChanged, context: ctx})
		return e.shown
	}
	e.cancel()
	h.lists = nil // its name is one of its attributes
	e.state = state
	h.blame(e, ctx)
	if attributes == nil {
		h.publish(e, state, e.view(h.kinds[e.domain]))
		return e.shown
	}
	e.attrs = plain(attributes)
	h.publish(e, state, maps.Clone(e.attrs))
	return e.shown
}

// Remove takes an entity out of the house. It reports whether it was there.
func (h *House) Remove(id string) bool {
	h.mu.Lock()
	defer h.unlock()
	e, ok := h.entities[id]
	if !ok {
		return false
	}
	e.cancel()
	delete(h.entities, id)
	h.order = slices.DeleteFunc(h.order, func(other string) bool { return other == id })
	h.body, h.lists = nil, nil
	h.tell(change{entity: id, old: e.shown, at: h.now(), context: h.newContext("")})
	return true
}

// Requests returns how many HTTP requests have come to the house, whatever
// became of them.
func (h *House) Requests() int { return int(h.requests.Load()) }

// add puts an entity into the house without telling anybody.
func (h *House) add(e *entity, attributes map[string]any, ctx Context) {
	now := h.now()
	e.shown = newState(State{
		EntityID: e.ID, State: e.state, Attributes: attributes,
		LastChanged: now, LastUpdated: now, LastReported: now, Context: ctx,
	})
	h.entities[e.ID] = e
	h.order = append(h.order, e.ID)
	h.body, h.lists = nil, nil
}

// furnish puts the thing of a record into the house.
func (h *House) furnish(r record) {
	e := newEntity(r)
	h.add(e, e.view(h.kinds[e.domain]), h.newContext(""))
}

func (h *House) now() time.Time { return h.options.Clock().UTC() }

func (h *House) newContext(user string) Context {
	return Context{ID: ulid(h.now()), UserID: user}
}

// seconds returns how long n seconds of the house last.
func (h *House) seconds(n float64) time.Duration {
	return time.Duration(n * float64(h.options.Second))
}

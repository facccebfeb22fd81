package demohome

import (
	"maps"
	"slices"
	"strings"
	"time"
)

const (
	unavailable = "unavailable"
	unknown     = "unknown"
)

// A record is an entity as the files in house/ describe it. Its attributes are
// all that the device knows, also what it does not tell while it is off.
type record struct {
	ID         string         `json:"id"`
	State      string         `json:"state"`
	Attributes map[string]any `json:"attributes"`

	// Of the registries. An entity with a device has that device's area and no
	// name of its own.
	Area     string   `json:"area"`
	Device   string   `json:"device"`
	Platform string   `json:"platform"`
	Category string   `json:"category"`
	Hidden   bool     `json:"hidden"`
	Labels   []string `json:"labels"`
	Aliases  []string `json:"aliases"`

	// LateMS is how many milliseconds late the device reports a change.
	LateMS int `json:"late_ms"`
	// Travel is how many seconds a cover without a position is on its way.
	Travel int `json:"travel"`
	// Fahrenheit is true of a climate device that reckons in it. What it shows
	// is in the house's unit; its refusals are not.
	Fahrenheit bool `json:"fahrenheit"`
	// Jams is true of a lock that does not close.
	Jams bool `json:"jams"`
	// Actions are what a scene, a script or an automation does.
	Actions []action `json:"actions"`
}

// An entity is one thing in the house: what it is now, and what it said last.
// The two differ while a late device has not reported yet.
type entity struct {
	record
	domain string
	state  string
	// attrs are all that the device knows. Lists and objects in it are
	// replaced, never written to, since states that are out share them.
	attrs map[string]any
	shown *State
	late  time.Duration
	// unsaid is what a late device is about to report, the oldest first.
	unsaid []func()
	// context is what last acted on the entity; what it reports before
	// contextUntil is put down to that.
	context      Context
	contextUntil time.Time
	// cancel ends what is under way: a move, a countdown. Never nil.
	cancel func()
	// lastDown is true of a cover that moved down last.
	lastDown bool
}

func newEntity(r record) *entity {
	return &entity{
		record: r,
		domain: domainOf(r.ID),
		state:  r.State,
		attrs:  maps.Clone(r.Attributes),
		late:   time.Duration(r.LateMS) * time.Millisecond,
		cancel: func() {},
	}
}

// view returns the attributes that the entity shows in its present state.
func (e *entity) view(k kind) map[string]any {
	shown := maps.Clone(e.attrs)
	if e.state == unavailable {
		for _, name := range k.live {
			delete(shown, name)
		}
		return shown
	}
	if k.show != nil {
		k.show(e, shown)
	}
	return shown
}

// has tells whether the device's features include all bits of a mask.
func (e *entity) has(features int) bool {
	own, _ := e.attrs["supported_features"].(int)
	return own&features == features
}

func (e *entity) set(name string, v any) { e.attrs[name] = v }

func (e *entity) text(name string) string { s, _ := e.attrs[name].(string); return s }

func (e *entity) number(name string) float64 { return number(e.attrs[name]) }

func (e *entity) int(name string) int { return int(number(e.attrs[name])) }

// offers tells whether a list attribute has a value.
func (e *entity) offers(list, value string) bool { return slices.Contains(words(e.attrs[list]), value) }

func domainOf(id string) string { d, _, _ := strings.Cut(id, "."); return d }

func objectOf(id string) string { _, o, _ := strings.Cut(id, "."); return o }

// validID tells whether s has the form of an entity id.
func validID(s string) bool {
	domain, object, ok := strings.Cut(s, ".")
	return ok && slug(domain) && slug(object) && !strings.Contains(s, "__")
}

func slug(s string) bool {
	if s == "" || s[0] == '_' || s[len(s)-1] == '_' {
		return false
	}
	for _, r := range s {
		if r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

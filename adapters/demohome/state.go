package demohome

import (
	"maps"
	"sync"
	"time"
)

// State is what the house says of an entity at one moment. It never changes
// once it is out, and may be shared; its Attributes must not be written to.
type State struct {
	// EntityID is "light.kitchen_lights".
	EntityID string
	// State is the entity's state: "on", "unavailable", "21.5".
	State string
	// Attributes are by Home Assistant's names. Their values are nil, bool,
	// int, float64, string, []any or map[string]any.
	Attributes map[string]any
	// LastChanged is when State changed, LastUpdated when State or an attribute
	// did, LastReported when the entity last said anything, new or not.
	LastChanged, LastUpdated, LastReported time.Time
	// Context says what caused it.
	Context Context

	json func() []byte
}

// Context is the cause of a change: the call that a user made, or the chain of
// an automation's doing.
type Context struct {
	// ID is a ULID.
	ID string
	// ParentID is the context that this one sprang from, "" for none.
	ParentID string
	// UserID is who called, "" when nobody did.
	UserID string
}

// JSON returns the state as Home Assistant writes it. The bytes are shared: they
// must not be written to.
func (s *State) JSON() []byte { return s.json() }

// newState returns a state whose JSON is made once, when first asked for.
func newState(s State) *State {
	s.json = sync.OnceValue(func() []byte { return s.appendJSON(nil) })
	return &s
}

func (s *State) appendJSON(b []byte) []byte {
	b = appendString(append(b, `{"entity_id":`...), s.EntityID)
	b = appendString(append(b, `,"state":`...), s.State)
	b = appendObject(append(b, `,"attributes":`...), s.Attributes)
	b = appendString(append(b, `,"last_changed":`...), timestamp(s.LastChanged))
	b = appendString(append(b, `,"last_reported":`...), timestamp(s.LastReported))
	b = appendString(append(b, `,"last_updated":`...), timestamp(s.LastUpdated))
	b = s.Context.appendJSON(append(b, `,"context":`...))
	return append(b, '}')
}

func (c Context) appendJSON(b []byte) []byte {
	b = appendString(append(b, `{"id":`...), c.ID)
	b = appendMaybe(append(b, `,"parent_id":`...), c.ParentID)
	b = appendMaybe(append(b, `,"user_id":`...), c.UserID)
	return append(b, '}')
}

func appendMaybe(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendString(b, s)
}

// saysTheSame tells whether two states differ in nothing but their times.
func (s *State) saysTheSame(state string, attributes map[string]any) bool {
	return s.State == state && maps.EqualFunc(s.Attributes, attributes, same)
}

// timestamp writes t as Python's isoformat does: the microseconds are left out
// when they are zero.
func timestamp(t time.Time) string {
	t = t.UTC().Truncate(time.Microsecond)
	if t.Nanosecond() == 0 {
		return t.Format("2006-01-02T15:04:05+00:00")
	}
	return t.Format("2006-01-02T15:04:05.000000+00:00")
}

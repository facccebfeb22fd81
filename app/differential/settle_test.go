//go:build live

package differential

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// volatile are attributes that change by themselves, or tell when something was.
var volatile = map[string]bool{
	"media_position_updated_at": true, "entity_picture": true, "entity_picture_local": true, "access_token": true,
	"last_triggered": true, "finishes_at": true, "remaining": true, "last_changed": true, "next_event": true, "editable": true,
	"restored": true, "context": true, "icon": true, "last_transition": true,
}

// moving are states of things on their way, travelling the domains of those.
var (
	moving     = []string{"opening", "closing", "locking", "unlocking", "arming", "disarming", "pending"}
	travelling = []string{"alarm_control_panel", "cover", "lock", "valve"}
)

// features returns what of a state is compared, by names: "state" and the
// attributes. A state that is a time counts as a time.
func (s state) features() map[string]any {
	all := map[string]any{"state": s.Value}
	if _, err := time.Parse(time.RFC3339, s.Value); err == nil {
		all["state"] = "a time"
	}
	for name, value := range s.Attributes {
		if !volatile[name] && value != nil && (name != "media_position" || s.Value != "playing") {
			all[name] = value
		}
	}
	return all
}

func (s state) same(other state) bool { return reflect.DeepEqual(s.features(), other.features()) }

// settle returns when nothing happens to the entities any more, and nothing has
// for as long as lateness says: some services of Home Assistant's own go on after
// the answer. Of what moves it waits for the end when patient says so.
func (h *house) settle(ids []string, lateness time.Duration, patient bool) error {
	const quiet = 12 * time.Millisecond
	if err := h.catchUp(); err != nil {
		return err
	}
	calm := max(quiet, lateness)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
		before := h.happened(ids)
		time.Sleep(calm)
		calm = quiet
		if err := h.catchUp(); err != nil {
			return err
		}
		if h.happened(ids) == before && (!patient || !h.moves(ids)) {
			return nil
		}
	}
	return fmt.Errorf("%v did not come to rest", ids)
}

// moves says whether one of the entities is on its way: its state says so, and
// it has said something lately.
func (h *house) moves(ids []string) bool {
	const stride = 2500 * time.Millisecond
	return slices.ContainsFunc(ids, func(id string) bool {
		domain, _ := cut(id)
		return slices.Contains(travelling, domain) && slices.Contains(moving, h.of(id).Value) && time.Since(h.lately(id)) < stride
	})
}

// setting is a state of some entities from which directives are sent.
type setting struct {
	// name tells it from the other settings of the same entities.
	name   string
	states map[string]state
}

// remember makes a setting of how the entities are now, with all that they
// remember and do not show.
func (h *house) remember(name string, ids []string) (setting, error) {
	s := setting{name, map[string]state{}}
	for _, id := range ids {
		s.states[id] = h.of(id)
	}
	return s, h.call("odd.remember", map[string]any{"entity_id": ids, "as": name})
}

// restore brings the entities back to a setting.
func (h *house) restore(s setting) error {
	var complaints []error
	for range 3 {
		ids, others := []string{}, []error{}
		for id, want := range s.states {
			domain, _ := cut(id)
			switch put, special := putting[domain]; {
			case !special:
				ids = append(ids, id)
			case !want.same(h.of(id)):
				others = append(others, put(h, want))
			}
		}
		if err := h.call("odd.restore", map[string]any{"entity_id": ids, "as": s.name}); err != nil {
			return err
		}
		if err := h.settle(ids, 0, true); err != nil {
			return err
		}
		complaints = others
		for id, want := range s.states {
			if is := h.of(id); !want.same(is) {
				complaints = append(complaints, fmt.Errorf("%s is %v, should be %v", id, is.features(), want.features()))
			}
		}
		if len(complaints) == 0 || errors.Join(complaints...) == nil {
			return nil
		}
	}
	return errors.Join(complaints...)
}

// putting brings entities of some domains to a state: what these do goes on
// outside of them.
var putting = map[string]func(*house, state) error{
	"alert":        scene,
	"automation":   scene,
	"button":       leave,
	"event":        leave,
	"input_button": leave,
	"scene":        leave,
	"script": func(h *house, s state) error {
		return h.call("script.turn_"+s.Value, map[string]any{"entity_id": s.ID})
	},
	"timer": scene,
}

// leave leaves an entity as it is: it has a state only once.
func leave(*house, state) error { return nil }

// scene brings an entity to a state as a scene would.
func scene(h *house, s state) error {
	return h.call("scene.apply", map[string]any{"entities": map[string]any{s.ID: s.Value}})
}

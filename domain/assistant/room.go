package assistant

import (
	"cmp"
	"context"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// area returns the area or the floor that was spoken of or, where none was, the area in
// which the Echo stands. If that is not clear, ok is false and the reply asks or says so.
func (t *turn) area(ctx context.Context, d directory) (area spoken.Thing, otherwise reply, ok bool, err error) {
	if heard := t.slots[intent.SlotArea]; !heard.Empty() {
		area, otherwise, ok = t.pickPlace(d.places())
		return area, otherwise, ok, nil
	}
	return t.here(ctx, d)
}

// pickPlace picks which of some places was spoken of.
func (t *turn) pickPlace(places []spoken.Thing) (place spoken.Thing, otherwise reply, ok bool) {
	if heard := t.slots[intent.SlotArea]; !heard.Empty() && t.spokenOf(places).None() && len(places) > 0 {
		return place, t.noSuch(heard.Text), false
	}
	return t.pick(picking{slot: intent.SlotArea, things: places, which: phrase.AskArea, none: phrase.NoAreas})
}

// spokenOf returns which of some places were spoken of. One with a name that is only a
// part of what was said is another place: the kitchen garden is not in the kitchen.
func (t *turn) spokenOf(places []spoken.Thing) spoken.Result {
	found := spoken.Find(t.language.Tag(), t.slots[intent.SlotArea], places)
	if found.Beside() {
		return spoken.Result{}
	}
	return found
}

// here returns the area in which the Echo stands, as area does.
func (t *turn) here(ctx context.Context, d directory) (area spoken.Thing, otherwise reply, ok bool, err error) {
	if t.request.DeviceID == "" {
		return area, t.tell(phrase.RoomNoDevice), false, nil
	}
	room, err := t.parts.Rooms.Room(ctx, t.request.DeviceID)
	if err != nil {
		return area, reply{}, false, err
	}
	areas := d.areas()
	i := slices.IndexFunc(areas, func(area spoken.Thing) bool { return area.ID == room })
	switch {
	case room == "":
		return area, t.askRoom(phrase.RoomUnknown), false, nil
	case i < 0:
		return area, t.askRoom(phrase.RoomGone), false, nil
	default:
		return areas[i], reply{}, true, nil
	}
}

// askRoom asks in which room the Echo stands. What was to be done there is done when
// that is known.
func (t *turn) askRoom(p phrase.Phrase) reply {
	text := t.say(p)
	return t.asked(&question{Text: text, Intent: intent.ThisIs, Slot: intent.SlotArea, Then: t.intent})
}

// thisIs notes in which area the Echo stands.
func (t *turn) thisIs(ctx context.Context) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	if rooms := t.roomsOf(d); len(rooms) > 0 {
		return t.keepThen(t.askWhich(intent.SlotArea, rooms)), nil
	}
	area, otherwise, ok := t.pickPlace(d.areas())
	switch {
	case !ok:
		return t.keepThen(otherwise), nil
	case t.request.DeviceID == "":
		return t.tell(phrase.RoomNoDevice), nil
	}
	lasting, err := t.parts.Rooms.Keep(ctx, t.request.DeviceID, area.ID)
	kept := phrase.RoomKept
	switch {
	case err != nil:
		kept = phrase.RoomNotRemembered
	case !lasting:
		kept = phrase.RoomKeptForNow
	}
	r := t.tell(kept, "area", area.Name())
	r.err = err
	return t.withRoom(ctx, area, r)
}

// keepThen returns a reply whose question, if it asks one, keeps what is to be done once
// the room is known.
func (t *turn) keepThen(r reply) reply {
	if q := t.session.Question; q != nil && r.question != nil {
		r.question.Then = q.Then
	}
	return r
}

// roomsOf returns the areas of a floor that was spoken of, where no area was.
func (t *turn) roomsOf(d directory) []spoken.Thing {
	areas := d.areas()
	floor, ok := t.spokenOf(d.places()).One()
	if !ok || slices.ContainsFunc(areas, func(area spoken.Thing) bool { return area.ID == floor.ID }) {
		return nil
	}
	return slices.DeleteFunc(areas, func(area spoken.Thing) bool {
		return !slices.ContainsFunc(d.states, func(state home.State) bool {
			on, placed := d.registry.FloorOf(state.ID)
			return placed && intent.FloorID(on.ID) == floor.ID && d.registry.Entry(state.ID).Area == area.ID
		})
	})
}

// withRoom does what was to be done in a room that nobody knew yet, and tells both.
func (t *turn) withRoom(ctx context.Context, area spoken.Thing, told reply) (reply, error) {
	q := t.session.Question
	if q == nil {
		return told, nil
	}
	c, ok := areaCommands[q.Then]
	if !ok {
		return told, nil
	}
	t.intent, t.slots = q.Then, map[string]spoken.Heard{intent.SlotArea: area.Heard()}
	r, err := t.switchArea(ctx, c)
	if err != nil {
		r = t.reply(t.went(err))
	}
	r.text = join(told.text, r.text)
	r.err = cmp.Or(err, r.err, told.err)
	return r, nil
}

// whereAmI tells in which area the Echo stands.
func (t *turn) whereAmI(ctx context.Context) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	area, otherwise, ok, err := t.here(ctx, d)
	if !ok || err != nil {
		return otherwise, err
	}
	return t.tell(phrase.RoomIs, "area", area.Name()), nil
}

// standing are the domains of entities that stand where they are, those that hear
// first.
var standing = []string{"assist_satellite", "media_player", "light", "switch", "fan", "climate", "cover", "sensor", "binary_sensor"}

// satellite returns an entity that stands where the Echo does, and its device, for
// the home to know which room "the light" is in; "" when nobody knows. Not knowing
// it, for whatever reason, keeps nobody from asking.
func (t *turn) satellite(ctx context.Context) (id home.EntityID, device string) {
	if t.request.DeviceID == "" {
		return "", ""
	}
	room, err := t.parts.Rooms.Room(ctx, t.request.DeviceID)
	if err != nil || room == "" {
		return "", ""
	}
	d, err := t.look(ctx)
	if err != nil {
		return "", ""
	}
	here := d.in(room, standing...)
	if len(here) == 0 {
		return "", ""
	}
	rank := func(state home.State) int { return slices.Index(standing, state.ID.Domain()) }
	id = slices.MinFunc(here, func(a, b home.State) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.ID, b.ID))
	}).ID
	return id, d.registry.Entry(id).Device
}

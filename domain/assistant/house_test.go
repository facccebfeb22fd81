package assistant_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// house is a home with a few things of each kind that can be spoken of.
type house struct {
	mu     sync.Mutex
	states []home.State
	calls  []string
	reads  int
	// befalls is what becomes of the next calls of a service, by its name.
	befalls map[string]func(context.Context) error
	// away is what every question fails with, nil for none; registries what those for
	// the registries do.
	away, registries error
	registered       int
	// ignores is an entity that does not follow, crowd what is in the living room
	// besides.
	ignores home.EntityID
	crowd   []home.EntityID
	// lacks is what the registries do not say.
	lacks home.Part
}

var (
	_ ports.Home     = (*house)(nil)
	_ ports.Registry = (*house)(nil)
)

func attributes(pairs ...any) home.Fields {
	var fields home.Fields
	for i := 0; i < len(pairs); i += 2 {
		name := fmt.Sprint(pairs[i])
		switch v := pairs[i+1].(type) {
		case string:
			fields = append(fields, home.Field{Name: name, Value: home.Text(v)})
		case []string:
			fields = append(fields, home.Field{Name: name, Value: home.Texts(v...)})
		case int:
			fields = append(fields, home.Field{Name: name, Value: home.Number(float64(v))})
		}
	}
	return fields
}

func newHouse() *house {
	named := func(id home.EntityID, value, name string, more ...any) home.State {
		return home.State{ID: id, Value: value, Attributes: attributes(append([]any{home.AttrFriendlyName, name}, more...)...)}
	}
	return &house{befalls: map[string]func(context.Context) error{}, ignores: "light.stubborn", states: []home.State{
		named("light.kitchen", home.On, "Kitchen Lights"),
		named("light.counter", home.Off, "Counter Light"),
		named("light.secret", home.On, "Secret Light"), // hidden
		named("switch.kettle", home.On, "Kettle"),
		named("lock.back_door", "unlocked", "Back Door"),
		named("cover.garage", "open", "Garage", home.AttrDeviceClass, "garage"),
		named("light.sofa", home.On, "Sofa Lamp"),
		named("light.stubborn", home.On, "Stubborn Lamp"), // does not follow
		named("light.attic", home.Unavailable, "Attic Lamp"),
		named("media_player.radio", "playing", "Radio", home.AttrSupportedFeatures, int(home.MediaTurnOff)),
		named("media_player.dumb", "playing", "Dumb Player"), // cannot be turned off
		named("automation.welcome_home", home.On, "Welcome Home"),
		named("automation.good_morning", home.On, "Good Morning"),
		named("automation.broken", home.Unavailable, "Old Routine"),
		named("script.bedtime", home.Off, "Bedtime"),
		named("script.movie_night", home.Off, "Movie Night"),
		named("script.movie_time", home.Off, "Movie Time"),
		named("script.slow", home.Off, "Slow Roast"),
		named("script.broken", home.Off, "Broken Toy"),
		named("input_boolean.guest_mode", home.Off, "Guest Mode"),
		named("input_button.bell", "2026-11-01T00:00:00+00:00", "Dinner Bell"),
		named("input_number.target", "5", "Target Level", home.AttrMin, 0, home.AttrMax, 10),
		named("input_select.mood", "Home", "House Mood", home.AttrOptions, []string{"Home", "Away", "Party Time", "Party Night"}),
		named("input_text.note", "", "Door Note", home.AttrMin, 0, home.AttrMax, 12),
		named("timer.pasta", "idle", "Pasta", home.AttrDuration, "0:05:00"),
		named("timer.laundry", "idle", "Laundry", home.AttrDuration, "0:00:00"),
		named("notify.phone", home.Unknown, "Phone"),
	}}
}

// Registries implements ports.Registry.
func (h *house) Registries(ctx context.Context) (ports.RegistrySession, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.registered++
	if h.registries != nil {
		return nil, h.registries
	}
	in := func(area string, ids ...home.EntityID) (entries []home.Entry) {
		for _, id := range ids {
			entries = append(entries, home.Entry{ID: id, Area: area, Device: "device of " + id.Object(), Hidden: id == "light.secret"})
		}
		return entries
	}
	entries := slices.Concat(
		in("kitchen", "light.kitchen", "light.counter", "light.secret", "switch.kettle", "lock.back_door", "cover.garage", "input_boolean.guest_mode"),
		in("living_room", "light.sofa", "media_player.radio", "media_player.dumb"), in("living_room", h.crowd...),
		in("attic", "light.attic"),
		in("study", "light.stubborn"),
		in("cellar", "lock.back_cellar"),
		in("garage", "cover.garage"),
	)
	r := home.NewRegistry(home.SourceWebSocket, home.AllParts&^h.lacks, entries, []home.Area{
		{ID: "kitchen", Name: "Kitchen", Floor: "ground", Aliases: []string{"Galley", "Küche"}},
		{ID: "living_room", Name: "Living Room", Floor: "ground", Aliases: []string{"Wohnzimmer"}},
		{ID: "attic", Name: "Attic", Floor: "upper"}, {ID: "study", Name: "Study", Floor: "upper"},
		{ID: "garage", Name: "Garage", Floor: "yard"}, {ID: "cellar", Name: "Cellar", Floor: "basement"},
	}, nil)
	if h.lacks&home.PartFloors == 0 {
		r = r.WithFloors([]home.Floor{
			{ID: "ground", Name: "Ground Floor", Aliases: []string{"Downstairs", "Erdgeschoss"}},
			{ID: "upper", Name: "Upper Floor", Aliases: []string{"Upstairs", "oben", "premier niveau", "planta alta", "primo piano"}},
			{ID: "yard", Name: "Garage", Aliases: []string{"Yard"}}, // and an area is called so
			{ID: "basement", Name: "Basement"},                      // of which nobody sees anything
		})
	}
	told := portstest.NewHome()
	told.SetRegistry(r.WithAliases(map[home.EntityID][]string{"script.bedtime": {"Bedtime", "Gute Nacht"}}))
	return told.Registries(ctx)
}

// States implements ports.Home.
func (h *house) States(context.Context) ([]home.State, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.states), h.away
}

// State implements ports.Home.
func (h *house) State(_ context.Context, id home.EntityID) (home.State, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.reads++
	if at := h.at(id); at != nil && h.away == nil {
		return *at, nil
	}
	if h.away != nil {
		return home.State{}, h.away
	}
	return home.State{}, fault.New(fault.NotFound, "There is no such entity.")
}

func (h *house) at(id home.EntityID) *home.State {
	i := slices.IndexFunc(h.states, func(s home.State) bool { return s.ID == id })
	if i < 0 {
		return nil
	}
	return &h.states[i]
}

// befall makes something become of the calls of a service instead of what usually
// does; wait and err say what.
func (h *house) befall(service string, wait time.Duration, err error) {
	h.befalls[service] = func(ctx context.Context) error {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
			return err
		case <-ctx.Done():
			return &fault.Error{Kind: fault.Unanswered, Text: "The home did not answer.", Cause: ctx.Err(), Sent: true}
		}
	}
}

// Call implements ports.Home.
func (h *house) Call(ctx context.Context, call home.ServiceCall) ([]home.State, error) {
	h.mu.Lock()
	line := call.Name()
	for _, id := range call.Targets {
		line += " " + string(id)
	}
	for _, field := range call.Data {
		line += " " + field.Name + "=" + field.Value.String()
	}
	h.calls = append(h.calls, line)
	befalls, away := h.befalls[call.Name()], h.away
	h.mu.Unlock()
	if away != nil {
		return nil, away
	}
	if befalls != nil {
		if err := befalls(ctx); err != nil {
			return nil, err
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	var changed []home.State
	for _, id := range call.Targets {
		state := h.at(id)
		if state == nil || state.Value == home.Unavailable || id == h.ignores {
			continue
		}
		if value := becomes(call); value != state.Value {
			state.Value = value
			changed = append(changed, *state)
		}
	}
	return changed, nil
}

// becomes returns the state that a call leads to.
func becomes(call home.ServiceCall) string {
	for _, name := range []string{"value", "option"} {
		if v := call.Data.Get(name); !v.IsZero() {
			return v.String()
		}
	}
	switch call.Name() {
	case "timer.start":
		return "active"
	case "timer.pause":
		return "paused"
	case "timer.cancel":
		return "idle"
	case "input_button.press", "notify.send_message":
		return time.Now().Format(time.RFC3339Nano)
	default:
		return strings.TrimPrefix(call.Service, "turn_")
	}
}

// take returns the calls since the last time.
func (h *house) take() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	calls := h.calls
	h.calls = nil
	return calls
}

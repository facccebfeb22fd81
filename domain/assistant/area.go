package assistant

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
)

// areaCommand is something that is done with what is in an area.
type areaCommand struct {
	service string
	// domains are those that are switched, and what an entity of each must be able
	// to do.
	domains map[string]home.Feature
	// reached says whether a state is what was wanted.
	reached func(home.State) bool
	// done is said when all of it is, nothing when there is nothing to switch.
	done, nothing phrase.Phrase
}

// Features of sirens (components/siren).
const (
	sirenTurnOn  home.Feature = 1
	sirenTurnOff home.Feature = 2
)

// What is switched with an area. Locks, alarms, doors, gates, blinds, heating and
// vacuums are not, whatever is said: nobody means all of those by "everything".
// Helpers, scripts and scenes are no devices.
var (
	everythingOn = areaCommand{
		service: "turn_on", reached: isOn, done: phrase.AreaIsOn, nothing: phrase.NothingIn,
		domains: map[string]home.Feature{"light": 0, "switch": 0, "fan": home.FanTurnOn},
	}
	everythingOff = areaCommand{
		service: "turn_off", reached: isOff, done: phrase.AreaIsOff, nothing: phrase.NothingIn,
		domains: map[string]home.Feature{
			"light": 0, "switch": 0, "fan": home.FanTurnOff, "media_player": home.MediaTurnOff, "humidifier": 0, "siren": sirenTurnOff,
		},
	}
	allLightsOn = areaCommand{
		service: "turn_on", reached: isOn, done: phrase.LightsAreOn, nothing: phrase.NoLightsIn, domains: map[string]home.Feature{"light": 0},
	}
	allLightsOff = areaCommand{
		service: "turn_off", reached: isOff, done: phrase.LightsAreOff, nothing: phrase.NoLightsIn, domains: map[string]home.Feature{"light": 0},
	}
)

func isOn(now home.State) bool  { return now.Available() && !isOff(now) && now.Value != home.Unknown }
func isOff(now home.State) bool { return now.Value == home.Off || now.Value == "standby" }

// areaCommands are what is done with an area, by the intents' names.
var areaCommands = map[string]areaCommand{
	intent.AreaOn: everythingOn, intent.AreaOff: everythingOff, intent.LightsOn: allLightsOn, intent.LightsOff: allLightsOff,
}

// switchAsked does with an area what was asked for.
func (t *turn) switchAsked(ctx context.Context) (reply, error) {
	return t.switchArea(ctx, areaCommands[t.intent])
}

// switchArea switches what is in an area, in one call. It names the entities and
// not the area: a call for the area would also reach those that are hidden, that
// the filter leaves out and that must not be switched by the way.
func (t *turn) switchArea(ctx context.Context, c areaCommand) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	if heard := t.slots[intent.SlotArea]; c.lights() && !heard.Empty() && t.places(d).None() {
		return t.switchLight(ctx, d, c)
	}
	area, otherwise, ok, err := t.area(ctx, d)
	if !ok || err != nil {
		return otherwise, err
	}
	var targets, away []home.State
	for domain, feature := range c.domains {
		for _, state := range d.in(area.ID, domain) {
			switch {
			case !state.Available():
				away = append(away, state)
			case feature == 0 || state.Has(feature):
				targets = append(targets, state)
			}
		}
	}
	switch {
	case len(targets) == 0 && len(away) == 0:
		return t.tell(c.nothing, "area", area.Name()), nil
	case len(targets) == 0:
		return t.tell(phrase.NotReached, "list", t.names(d, away)), nil
	}
	call, w := c.on(targets)
	after, err := t.do(ctx, call, w)
	if after == nil {
		return reply{}, err
	}
	r := t.afterwards(d, c, area.Name(), after, targets, away)
	r.err = err
	return r, nil
}

// lights says whether it is about lights alone.
func (c areaCommand) lights() bool { return len(c.domains) == 1 }

// switchLight switches one light: "the bed light" is heard as the light of an area
// that is called bed.
func (t *turn) switchLight(ctx context.Context, d directory, c areaCommand) (reply, error) {
	if t.beside(d.things(d.of("light"))) {
		return t.tell(phrase.NoSuch, "heard", t.slots[intent.SlotArea].Text), nil
	}
	light, otherwise, ok := t.pickEntity(d, d.of("light"), picking{slot: intent.SlotArea, which: phrase.AskArea, none: phrase.NoAreas})
	if !ok {
		return otherwise, nil
	}
	name := d.name(light)
	return t.set(ctx, home.CallOn(light.ID, "light", c.service), c.reached, name, t.isOnOff(strings.TrimPrefix(c.service, "turn_"), name))
}

// on returns the call that does it to all targets, and what it is to bring about.
// Lights alone are called by their own service, which is quicker for the home.
func (c areaCommand) on(targets []home.State) (home.ServiceCall, wants) {
	slices.SortFunc(targets, func(a, b home.State) int { return cmp.Compare(a.ID, b.ID) })
	call := home.ServiceCall{Domain: "homeassistant", Service: c.service}
	if c.lights() {
		call.Domain = "light"
	}
	w := wants{}
	for _, state := range targets {
		call.Targets = append(call.Targets, state.ID)
		w[state.ID] = c.reached
	}
	return call, w
}

// afterwards tells what holds after the call: all that is not as it was wanted is
// named.
func (t *turn) afterwards(d directory, c areaCommand, area string, after seen, targets, away []home.State) reply {
	var idle []home.State
	for _, target := range targets {
		switch now, known := after[target.ID]; {
		case known && !now.Available():
			away = append(away, target)
		case !known || !c.reached(now):
			idle = append(idle, target)
		}
	}
	var text string
	if len(idle) > 0 {
		text = t.say(phrase.NotFollowed, "list", t.names(d, idle))
	}
	if len(away) > 0 {
		text = join(text, t.say(phrase.NotReached, "list", t.names(d, away)))
	}
	return t.reply(cmp.Or(text, t.say(c.done, "area", area)))
}

// names lists what some entities are called.
func (t *turn) names(d directory, states []home.State) string {
	names := make([]string, len(states))
	for i, state := range states {
		names[i] = d.name(state)
	}
	slices.Sort(names)
	return t.language.AllOf(names)
}

// areaSlot is what picks an area.
func (d directory) areaSlot() picking {
	return picking{slot: intent.SlotArea, things: d.areas(), which: phrase.AskArea, none: phrase.NoAreas}
}

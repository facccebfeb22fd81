package assistant

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/perform"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// areaCommand is something that is done with what is in an area.
type areaCommand struct {
	service string
	// domains are those that are switched, and what an entity of each must be able
	// to do.
	domains map[string]home.Feature
	// want is what holds of each of them afterwards.
	want action.Want
	// done is said when all of it is, nothing when there is nothing to switch.
	done, nothing phrase.Phrase
}

// The services that switch.
const (
	turnOn  = "turn_on"
	turnOff = "turn_off"
)

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
		service: turnOn, want: isOn, done: phrase.AreaIsOn, nothing: phrase.NothingIn,
		domains: map[string]home.Feature{"light": 0, "switch": 0, "fan": home.FanTurnOn},
	}
	everythingOff = areaCommand{
		service: turnOff, want: isOff, done: phrase.AreaIsOff, nothing: phrase.NothingIn,
		domains: map[string]home.Feature{
			"light": 0, "switch": 0, "fan": home.FanTurnOff, "media_player": home.MediaTurnOff, "humidifier": 0, "siren": sirenTurnOff,
		},
	}
	allLightsOn = areaCommand{
		service: turnOn, want: isOn, done: phrase.LightsAreOn, nothing: phrase.NoLightsIn, domains: map[string]home.Feature{"light": 0},
	}
	allLightsOff = areaCommand{
		service: turnOff, want: isOff, done: phrase.LightsAreOff, nothing: phrase.NoLightsIn, domains: map[string]home.Feature{"light": 0},
	}
)

// What shows that something is on, or off.
var (
	isOn  = action.StateIsNot(home.Off, standby, home.Unknown, home.Unavailable)
	isOff = action.StateIs(home.Off, standby)
)

// standby is the state of a media player that is off and can be turned on.
const standby = "standby"

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
	if c.lights() && t.namesLight(d) {
		return t.switchLight(ctx, d, c)
	}
	area, otherwise, ok, err := t.area(ctx, d)
	if !ok || err != nil {
		return otherwise, err
	}
	var targets, missed []home.State
	for domain, feature := range c.domains {
		for _, state := range d.in(area.ID, domain) {
			switch {
			case !state.Available():
				missed = append(missed, state)
			case does(state, feature):
				targets = append(targets, state)
			}
		}
	}
	switch {
	case len(targets) == 0 && len(missed) == 0:
		return t.tell(c.nothing, "area", area.Name()), nil
	case len(targets) == 0:
		return t.tell(phrase.NotReached, "list", t.names(d, missed)), nil
	}
	slices.SortFunc(targets, func(a, b home.State) int { return cmp.Compare(a.ID, b.ID) })
	result := perform.Do(ctx, t.parts.Home, t.areaOrder(c, targets))
	if result.Err != nil && !partly(result) {
		return reply{}, result.Err
	}
	r := t.afterwards(d, c, area.Name(), targets, result.Outcomes, missed)
	r.err = result.Err
	return r, nil
}

// lights says whether it is about lights alone.
func (c areaCommand) lights() bool { return len(c.domains) == 1 }

// lightWords are what stands behind a name that is heard as an area's: English alone says
// "the bed light" where others say "the light of the bed".
var lightWords = map[string]string{"en": " light"}

// namesLight says whether one light is meant rather than those of an area: no area is
// called like that, or one only resembles it and a light is called just that. The slot
// then has the light's name.
func (t *turn) namesLight(d directory) bool {
	heard := t.slots[intent.SlotArea]
	places := t.spokenOf(d.places())
	if heard.Empty() || places.Whole() {
		return false
	}
	lights := d.things(d.of("light"))
	for _, name := range []string{heard.Text, heard.Text + lightWords[t.language.Tag()]} {
		if !t.called(name, lights).None() {
			t.slots[intent.SlotArea] = spoken.Heard{Text: name}
			return true
		}
	}
	return places.None()
}

// switchLight switches one light: "the bed light" is heard as the light of an area
// that is called bed.
func (t *turn) switchLight(ctx context.Context, d directory, c areaCommand) (reply, error) {
	if t.find(d, t.slots[intent.SlotArea], "light").Beside() {
		return t.noSuch(t.slots[intent.SlotArea].Text), nil
	}
	light, otherwise, ok := t.pickEntity(d, d.of("light"), picking{slot: intent.SlotArea, which: phrase.AskArea, none: phrase.NoAreas})
	if !ok {
		return otherwise, nil
	}
	name := d.name(light)
	return t.set(ctx, home.CallOn(light.ID, "light", c.service), c.want, name, t.isOnOff(strings.TrimPrefix(c.service, "turn_"), name))
}

// areaOrder returns the order to do it to all targets. Lights alone are called by their
// own service, which is quicker for the home. A media player that is turned off may
// leave the network.
func (t *turn) areaOrder(c areaCommand, targets []home.State) action.Order {
	call := home.ServiceCall{Domain: "homeassistant", Service: c.service}
	if c.lights() {
		call.Domain = "light"
	}
	for _, state := range targets {
		call.Targets = append(call.Targets, state.ID)
	}
	o := t.order(call, c.want)
	for i, target := range o.Targets {
		o.Targets[i].Leaves = c.service == turnOff && target.ID.Domain() == "media_player"
	}
	return o
}

// afterwards tells what became of the targets: all that is not as it was wanted is
// named. missed are those that were out of reach before.
func (t *turn) afterwards(d directory, c areaCommand, area string, targets []home.State, outcomes []action.Outcome, missed []home.State) reply {
	var idle []home.State
	for i, o := range outcomes {
		switch {
		case away(o):
			missed = append(missed, targets[i])
		case !followed(o):
			idle = append(idle, targets[i])
		}
	}
	var text string
	if len(idle) > 0 {
		text = t.say(phrase.NotFollowed, "list", t.names(d, idle))
	}
	if len(missed) > 0 {
		text = join(text, t.say(phrase.NotReached, "list", t.names(d, missed)))
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

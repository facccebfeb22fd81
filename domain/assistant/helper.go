package assistant

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// helperDomains are the domains of the helpers that people set by voice.
var helperDomains = []string{"input_boolean", "input_button", "input_number", "input_select", "input_text"}

// pickHelper picks a helper. Those that take what is to be done with them come
// first; another one is only picked to say that it does not.
func (t *turn) pickHelper(d directory, takes ...string) (home.State, reply, bool) {
	p := picking{slot: intent.SlotHelper, which: phrase.AskHelper, none: phrase.NoHelpers}
	heard, suited, all := t.slots[p.slot], d.of(takes...), d.of(helperDomains...)
	found := t.find(d, heard, takes...)
	another := found.None() && !heard.Empty() || !found.Whole() && !t.called(heard.Text, d.things(all)).None()
	if len(suited) == 0 || another {
		suited = all
	}
	if t.intent == intent.SwitchHelperOn || t.intent == intent.SwitchHelperOff {
		p.elsewhere = func(heard string) bool { return !t.called(heard, d.places()).None() }
	}
	state, otherwise, ok := t.pickEntity(d, suited, p)
	if ok && state.Value == home.Unavailable { // an empty text is a state as good as any
		return state, t.tell(phrase.Unreachable, "thing", d.name(state)), false
	}
	return state, otherwise, ok
}

// switchHelperOn turns an input boolean on, and presses an input button.
func (t *turn) switchHelperOn(ctx context.Context) (reply, error) {
	return t.switchHelper(ctx, home.On, "input_boolean", "input_button")
}

// switchHelperOff turns an input boolean off.
func (t *turn) switchHelperOff(ctx context.Context) (reply, error) {
	return t.switchHelper(ctx, home.Off, "input_boolean")
}

// switchHelper turns a helper on or off. "Turn on the kitchen light" is heard the same
// way: a device that is called just that is switched, and what is no helper at all is
// for the home's agent.
func (t *turn) switchHelper(ctx context.Context, value string, takes ...string) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	if device, ok := t.device(d, value); ok {
		return t.switchDevice(ctx, d, device, value)
	}
	helper, otherwise, ok := t.pickHelper(d, takes...)
	switch name := d.name(helper); {
	case !ok:
		return otherwise, nil
	case helper.ID.Domain() == "input_button" && value == home.On:
		pressed := action.StateIsNot(helper.Value) // it is when it was pressed last
		return t.set(ctx, home.CallOn(helper.ID, "input_button", "press"), pressed, name, t.say(phrase.Pressed, "thing", name))
	case helper.ID.Domain() != "input_boolean":
		return t.unfit(d, phrase.NoSwitch, "thing", name), nil
	default:
		return t.set(ctx, home.CallOn(helper.ID, "input_boolean", "turn_"+value), action.StateIs(value), name, t.isOnOff(value, name))
	}
}

// unfit returns the reply to what cannot be done with a helper. One that was called by a part
// of its name may not be what was meant: then the home's agent gets the sentence.
func (t *turn) unfit(d directory, p phrase.Phrase, pairs ...string) reply {
	r := t.tell(p, pairs...)
	r.forAgent = !t.find(d, t.slots[intent.SlotHelper], helperDomains...).Whole()
	return r
}

// isOnOff tells that something is on, or off.
func (t *turn) isOnOff(value, name string) string {
	if value == home.Off {
		return t.say(phrase.IsOff, "thing", name)
	}
	return t.say(phrase.IsOn, "thing", name)
}

// find returns which of the entities of some domains were meant.
func (t *turn) find(d directory, heard spoken.Heard, domains ...string) spoken.Result {
	return spoken.Find(t.language.Tag(), heard, d.things(d.of(domains...)))
}

// setNumber and setOption set a helper to what was said. Which of the two it is
// heard as says little: "set the mood to one" can be either.
func (t *turn) setNumber(ctx context.Context) (reply, error) { return t.setHelper(ctx, "input_number") }

func (t *turn) setOption(ctx context.Context) (reply, error) {
	return t.setHelper(ctx, "input_select", "input_text")
}

// setHelper sets a helper to what was said.
func (t *turn) setHelper(ctx context.Context, takes ...string) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	helper, otherwise, ok := t.pickHelper(d, takes...)
	if !ok {
		return otherwise, nil
	}
	heard, name := t.slots[intent.SlotOption], d.name(helper)
	if heard.Empty() {
		heard = t.slots[intent.SlotNumber]
	}
	switch domain := helper.ID.Domain(); {
	case domain == "input_number":
		return t.setToNumber(ctx, d, helper, name, heard)
	case domain == "input_select":
		return t.setToOption(ctx, d, helper, name, heard)
	case domain == "input_text":
		return t.setToText(ctx, d, helper, name, heard)
	case slices.Contains(takes, "input_number"):
		return t.unfit(d, phrase.NoNumber, "thing", name), nil
	default:
		return t.unfit(d, phrase.NoOptions, "thing", name), nil
	}
}

// setToNumber sets an input number.
func (t *turn) setToNumber(ctx context.Context, d directory, helper home.State, name string, heard spoken.Heard) (reply, error) {
	if heard.Empty() {
		t.intent = intent.SetHelperNumber
		return t.ask(intent.SlotNumber, nil, phrase.AskNumber, "thing", name), nil
	}
	number, ok := spoken.Number(t.language.Tag(), heard.Text)
	if !ok {
		return t.unfit(d, phrase.NotANumber, "heard", heard.Text), nil
	}
	least, bounded := helper.Number(home.AttrMin)
	most, alsoBounded := helper.Number(home.AttrMax)
	if bounded && number < least || alsoBounded && number > most {
		return t.unfit(d, phrase.OutOfRange, "thing", name, "min", t.language.Number(least), "max", t.language.Amount(most, helper.Text(home.AttrUnit))), nil
	}
	call := home.CallOn(helper.ID, "input_number", "set_value", home.Field{Name: "value", Value: home.Number(number)})
	return t.set(ctx, call, action.NumberIs("", number, 0), name, t.say(phrase.IsNow, "thing", name, "value", t.language.Amount(number, helper.Text(home.AttrUnit))))
}

// setToOption sets an input select to one of its options.
func (t *turn) setToOption(ctx context.Context, d directory, helper home.State, name string, heard spoken.Heard) (reply, error) {
	options := helper.Texts(home.AttrOptions)
	things := make([]spoken.Thing, len(options))
	for i, option := range options {
		things[i] = spoken.Thing{ID: option, Names: []string{option}}
	}
	if t.intent = intent.SetHelperOption; heard.Empty() {
		choices := things
		if len(choices) > maxChoices { // too many to keep: any of them is an answer
			choices = nil
		}
		return t.ask(intent.SlotOption, choices, phrase.AskOption, "thing", name, "list", t.language.OneOf(options)), nil
	}
	result := spoken.Find(t.language.Tag(), heard, things)
	if result.None() {
		return t.unfit(d, phrase.NoOption, "thing", name, "heard", heard.Text, "list", t.language.OneOf(options)), nil
	}
	chosen, ok := result.One()
	if !ok {
		return t.askWhich(intent.SlotOption, result.Things), nil
	}
	call := home.CallOn(helper.ID, "input_select", "select_option", home.Field{Name: "option", Value: home.Text(chosen.ID)})
	return t.set(ctx, call, action.StateIs(chosen.ID), name, t.say(phrase.IsNow, "thing", name, "value", chosen.ID))
}

// setToText sets an input text.
func (t *turn) setToText(ctx context.Context, d directory, helper home.State, name string, heard spoken.Heard) (reply, error) {
	if t.intent = intent.SetHelperOption; heard.Empty() {
		return t.askText(intent.SlotOption, phrase.AskText, "thing", name), nil
	}
	least, _ := helper.Number(home.AttrMin)
	most, bounded := helper.Number(home.AttrMax)
	if n := float64(utf8.RuneCountInString(heard.Text)); n < least || bounded && n > most {
		return t.unfit(d, phrase.TextLength, "thing", name, "min", t.language.Number(least), "max", t.language.Number(most)), nil
	}
	call := home.CallOn(helper.ID, "input_text", "set_value", home.Field{Name: "value", Value: home.Text(heard.Text)})
	return t.set(ctx, call, action.StateIs(heard.Text), name, t.say(phrase.IsNow, "thing", name, "value", heard.Text))
}

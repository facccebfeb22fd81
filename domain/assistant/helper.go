package assistant

import (
	"context"
	"slices"
	"strconv"
	"unicode/utf8"

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
	suited := d.of(takes...)
	if len(suited) == 0 || spoken.Find(t.language.Tag(), t.slots[p.slot], d.things(suited)).None() && !t.slots[p.slot].Empty() {
		suited = d.of(helperDomains...)
	}
	state, otherwise, ok := t.pickEntity(d, suited, p)
	if ok && !reachable(state) {
		return state, t.tell(phrase.Unreachable, "thing", d.name(state)), false
	}
	return state, otherwise, ok
}

// switchHelperOn turns an input boolean on, and presses an input button.
func (t *turn) switchHelperOn(ctx context.Context) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	helper, otherwise, ok := t.pickHelper(d, "input_boolean", "input_button")
	switch name := d.name(helper); {
	case !ok:
		return otherwise, nil
	case helper.ID.Domain() == "input_button":
		pressed := func(now home.State) bool { return now.Value != helper.Value }
		return t.set(ctx, home.CallOn(helper.ID, "input_button", "press"), pressed, name, t.say(phrase.Pressed, "thing", name))
	default:
		return t.turnHelper(ctx, d, helper, home.On)
	}
}

// switchHelperOff turns an input boolean off.
func (t *turn) switchHelperOff(ctx context.Context) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	helper, otherwise, ok := t.pickHelper(d, "input_boolean")
	if !ok {
		return otherwise, nil
	}
	return t.turnHelper(ctx, d, helper, home.Off)
}

func (t *turn) turnHelper(ctx context.Context, d directory, helper home.State, value string) (reply, error) {
	name := d.name(helper)
	if helper.ID.Domain() != "input_boolean" {
		return t.tell(phrase.NoSwitch, "thing", name), nil
	}
	done := phrase.IsOn
	if value == home.Off {
		done = phrase.IsOff
	}
	return t.set(ctx, home.CallOn(helper.ID, "input_boolean", "turn_"+value), is(value), name, t.say(done, "thing", name))
}

// setNumber sets an input number.
func (t *turn) setNumber(ctx context.Context) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	helper, otherwise, ok := t.pickHelper(d, "input_number")
	if !ok {
		return otherwise, nil
	}
	name, heard := d.name(helper), t.slots[intent.SlotNumber]
	if helper.ID.Domain() != "input_number" {
		return t.tell(phrase.NoNumber, "thing", name), nil
	}
	if heard.Empty() {
		return t.ask(intent.SlotNumber, nil, phrase.AskNumber, "thing", name), nil
	}
	number, ok := spoken.Number(t.language.Tag(), heard.Text)
	if !ok {
		return t.tell(phrase.NotANumber, "heard", heard.Text), nil
	}
	least, bounded := helper.Number(home.AttrMin)
	most, alsoBounded := helper.Number(home.AttrMax)
	if bounded && number < least || alsoBounded && number > most {
		return t.tell(phrase.OutOfRange, "thing", name, "min", t.language.Number(least), "max", t.language.Number(most)), nil
	}
	set := func(now home.State) bool {
		value, err := strconv.ParseFloat(now.Value, 64)
		return err == nil && value == number
	}
	call := home.CallOn(helper.ID, "input_number", "set_value", home.Field{Name: "value", Value: home.Number(number)})
	return t.set(ctx, call, set, name, t.say(phrase.IsNow, "thing", name, "value", t.language.Number(number)))
}

// setOption sets an input select to one of its options, or an input text.
func (t *turn) setOption(ctx context.Context) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	helper, otherwise, ok := t.pickHelper(d, "input_select", "input_text")
	switch name := d.name(helper); {
	case !ok:
		return otherwise, nil
	case helper.ID.Domain() == "input_text":
		return t.setText(ctx, helper, name)
	case helper.ID.Domain() != "input_select":
		return t.tell(phrase.NoOptions, "thing", name), nil
	default:
		return t.selectOption(ctx, helper, name)
	}
}

func (t *turn) selectOption(ctx context.Context, helper home.State, name string) (reply, error) {
	options := helper.Texts(home.AttrOptions)
	things := make([]spoken.Thing, len(options))
	for i, option := range options {
		things[i] = spoken.Thing{ID: option, Names: []string{option}}
	}
	heard := t.slots[intent.SlotOption]
	if heard.Empty() {
		return t.ask(intent.SlotOption, nil, phrase.AskOption, "thing", name, "list", t.language.OneOf(options)), nil
	}
	result := spoken.Find(t.language.Tag(), heard, things)
	if result.None() {
		return t.tell(phrase.NoOption, "thing", name, "heard", heard.Text, "list", t.language.OneOf(options)), nil
	}
	chosen, ok := result.One()
	if !ok {
		return t.askWhich(intent.SlotOption, result.Things), nil
	}
	call := home.CallOn(helper.ID, "input_select", "select_option", home.Field{Name: "option", Value: home.Text(chosen.ID)})
	return t.set(ctx, call, is(chosen.ID), name, t.say(phrase.IsNow, "thing", name, "value", chosen.ID))
}

func (t *turn) setText(ctx context.Context, helper home.State, name string) (reply, error) {
	heard := t.slots[intent.SlotOption]
	if heard.Empty() {
		return t.ask(intent.SlotOption, nil, phrase.AskText, "thing", name), nil
	}
	least, _ := helper.Number(home.AttrMin)
	most, bounded := helper.Number(home.AttrMax)
	if n := float64(utf8.RuneCountInString(heard.Text)); n < least || bounded && n > most {
		return t.tell(phrase.TextLength, "thing", name, "min", t.language.Number(least), "max", t.language.Number(most)), nil
	}
	call := home.CallOn(helper.ID, "input_text", "set_value", home.Field{Name: "value", Value: home.Text(heard.Text)})
	return t.set(ctx, call, is(heard.Text), name, t.say(phrase.IsNow, "thing", name, "value", heard.Text))
}

// reachable says whether the home can reach what a state is of. An empty text is a
// state as good as any.
func reachable(state home.State) bool { return state.Value != home.Unavailable }

// is says of a state whether it is one of these.
func is(values ...string) func(home.State) bool {
	return func(now home.State) bool { return slices.Contains(values, now.Value) }
}

// set makes a call on one entity, and tells that it was done if its state shows it;
// otherwise what the state shows.
func (t *turn) set(ctx context.Context, call home.ServiceCall, reached func(home.State) bool, name, done string) (reply, error) {
	return t.bring(ctx, call, reached, name, func(home.State) string { return done })
}

// bring is set where what is told depends on the state afterwards.
func (t *turn) bring(ctx context.Context, call home.ServiceCall, reached func(home.State) bool, name string, done func(home.State) string) (reply, error) {
	id := call.Targets[0]
	after, err := t.do(ctx, call, wants{id: reached})
	if err != nil {
		return reply{}, err
	}
	switch now, known := after[id]; {
	case !known:
		return t.tell(phrase.Unconfirmed, "thing", name), nil
	case !reachable(now):
		return t.tell(phrase.Unreachable, "thing", name), nil
	case !reached(now):
		return t.tell(phrase.IsStill, "thing", name, "value", now.Value), nil
	default:
		return t.reply(done(now)), nil
	}
}

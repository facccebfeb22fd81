package assistant

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// triggerAutomation has an automation do what it does, whatever its conditions
// (https://www.home-assistant.io/docs/automation/services/).
func (t *turn) triggerAutomation(ctx context.Context) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	if t.rather(d, "automation", intent.SlotAutomation, "script", intent.SlotScript, intent.FeatureScripts) {
		t.intent = intent.RunScript
		return t.runScript(ctx)
	}
	state, otherwise, ok := t.pickEntity(d, d.of("automation"), picking{
		slot: intent.SlotAutomation, which: phrase.AskAutomation, none: phrase.NoAutomations,
	})
	if !ok {
		return otherwise, nil
	}
	name := d.name(state)
	if !state.Available() {
		return t.tell(phrase.Unreachable, "thing", name), nil
	}
	call := home.CallOn(state.ID, "automation", "trigger")
	return t.attend(ctx, phrase.StillRunning, t.calling(call, func(t *turn, err error) (reply, error) {
		if err != nil {
			return reply{}, err
		}
		return t.tell(phrase.Triggered, "thing", name), nil
	}), func(context.Context) reply { return t.notYet(phrase.NotYet) })
}

// rather says whether what was heard in a slot is a name in another domain, and is none
// in its own or only part of one: people do not tell automations from scripts. It is
// then in the other's slot.
func (t *turn) rather(d directory, domain, slot, other, otherSlot string, feature intent.Feature) bool {
	heard := t.slots[slot]
	own, others := t.find(d, heard, domain), t.find(d, heard, other)
	better := own.None() && !others.None() || !own.Whole() && others.Whole()
	if !better || !t.terms.Features[feature] {
		return false
	}
	t.slots = map[string]spoken.Heard{otherSlot: heard}
	return true
}

// runScript runs a script by its own service, which says when it is over and
// whether it broke (https://www.home-assistant.io/integrations/script/). One that
// takes longer than an answer goes on by itself.
func (t *turn) runScript(ctx context.Context) (reply, error) {
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	if t.rather(d, "script", intent.SlotScript, "automation", intent.SlotAutomation, intent.FeatureAutomations) {
		t.intent = intent.TriggerAutomation
		return t.triggerAutomation(ctx)
	}
	script, otherwise, ok := t.pickEntity(d, d.of("script"), picking{
		slot: intent.SlotScript, which: phrase.AskScript, none: phrase.NoScripts,
	})
	if !ok {
		return otherwise, nil
	}
	name := d.name(script)
	if !script.Available() {
		return t.tell(phrase.Unreachable, "thing", name), nil
	}
	call := home.ServiceCall{Domain: "script", Service: script.ID.Object()}
	return t.attend(ctx, phrase.StillRunning, t.calling(call, func(t *turn, err error) (reply, error) {
		return t.scriptEnded(name, err)
	}), func(ctx context.Context) reply { return t.scriptRuns(ctx, script.ID, name) })
}

// scriptEnded tells how a script ended.
func (t *turn) scriptEnded(name string, err error) (reply, error) {
	var p phrase.Phrase
	switch kind := fault.Of(err); {
	case err == nil:
		return t.tell(phrase.ScriptRan, "thing", name), nil
	case kind == fault.Unanswered:
		p = phrase.ScriptUnknown
	case kind == fault.Failed || kind == fault.Refused:
		p = phrase.ScriptBroke
	default:
		return reply{}, err
	}
	return reply{text: t.say(p, "thing", name), err: err}, nil
}

// scriptRuns reports a script that has not ended in time: what the home says of
// it, if there is time to ask.
func (t *turn) scriptRuns(ctx context.Context, id home.EntityID, name string) reply {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), t.terms.Patience.Margin/2)
	defer cancel()
	if state, err := t.parts.Home.State(ctx, id); err == nil && state.Value == home.On {
		return t.tell(phrase.ScriptRuns, "thing", name)
	}
	return reply{text: t.say(phrase.ScriptUnknown, "thing", name), err: unfinished()}
}

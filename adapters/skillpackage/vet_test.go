package skillpackage

import (
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// TestVet: each thing that Amazon's specification lets pass and its service does not.
func TestVet(t *testing.T) {
	t.Parallel()
	named := func(m *model, name string) *modelIntent {
		i := slices.IndexFunc(m.Interaction.Language.Intents, func(i modelIntent) bool { return i.Name == intent.Model(name) })
		return &m.Interaction.Language.Intents[i]
	}
	typed := func(m *model, kind intent.Type) *slotType {
		i := slices.IndexFunc(m.Interaction.Language.Types, func(s slotType) bool { return s.Name == kind })
		return &m.Interaction.Language.Types[i]
	}
	said := func(name, sample string) func(*model) {
		return func(m *model) { named(m, name).Samples = append(named(m, name).Samples, sample) }
	}
	called := func(name string, synonyms ...string) func(*model) {
		return func(m *model) { typed(m, intent.Script).Values[0].Name = valueName{name, synonyms} }
	}
	for _, c := range []struct {
		name   string
		change func(*model)
		want   string
	}{
		{"nothing", func(*model) {}, ""},
		{"a type that is not declared", func(m *model) { named(m, intent.RunScript).Slots[0].Type = "LEE_Other" }, "is of the type LEE_Other, which is not declared"},
		{"a type without values", func(m *model) { typed(m, intent.Script).Values = nil }, "LEE_Script has no value"},
		{"a type twice", func(m *model) {
			m.Interaction.Language.Types = append(m.Interaction.Language.Types, *typed(m, intent.Script))
		}, "slot type LEE_Script is there twice"},
		{"a type's name", func(m *model) { typed(m, intent.Script).Name = "LEE.Script2" }, `slot type "LEE.Script2" has more than letters`},
		{"an intent twice", func(m *model) {
			m.Interaction.Language.Intents = append(m.Interaction.Language.Intents, modelIntent{Name: "AMAZON.StopIntent"})
		}, "intent AMAZON.StopIntent is there twice"},
		{"an intent's name", func(m *model) { named(m, intent.RunScript).Name = "Run2Script" }, `"Run2Script" has more than letters`},
		{"an intent that nobody says", func(m *model) { named(m, intent.RunScript).Samples = nil }, "RunScriptIntent has no sample"},
		{"a slot of Amazon's intent", func(m *model) { named(m, intent.Stop).Slots = []slot{{Name: "script", Type: intent.Script}} }, "is Amazon's, and has slots of ours"},
		{"a slot's name", func(m *model) { named(m, intent.RunScript).Slots[0].Name = "script 1" }, `slot "script 1" of RunScriptIntent has more than letters`},
		{"a slot twice", func(m *model) { s := named(m, intent.RunScript); s.Slots = append(s.Slots, s.Slots[0]) }, "slot script is there twice"},
		{"a sample twice", said(intent.RunScript, "Turn  everything OFF"), "is said for RunScriptIntent and for AreaOffIntent"},
		{"a sample twice in one", said(intent.RunScript, "run {script}"), "is said for RunScriptIntent and for RunScriptIntent"},
		{"a digit in a sample", said(intent.RunScript, "run 2 {script}"), `holds '2'`},
		{"an emoji in a sample", said(intent.RunScript, "run {script} 🌱"), `holds '🌱'`},
		{"a question mark in a sample", said(intent.WhereAmI, "where are we now?"), `holds '?'`},
		{"an open brace", said(intent.RunScript, "run {script"), `holds '{'`},
		{"nothing in a sample", said(intent.RunScript, " "), "empty sample"},
		{"a slot that is not declared", said(intent.RunScript, "run {automation}"), "slot automation, which is not declared"},
		{"a slot twice in a sample", said(intent.RunScript, "{script} then {script}"), "slot script twice"},
		{"a query alone", said(intent.Converse, "{query}"), "no words beside its query"},
		{"a slot beside a query", func(m *model) {
			s := named(m, intent.Converse)
			s.Slots = append(s.Slots, slot{Name: "area", Type: intent.Area})
		}, "ConverseIntent has a slot beside its query"},
		{"a value twice", func(m *model) { s := typed(m, intent.Timer); s.Values[1].Name.Value = "LAUNDRY" }, "value of LEE_Timer laundry is there twice"},
		{"an id twice", func(m *model) { s := typed(m, intent.Timer); s.Values[1].ID = s.Values[0].ID }, "id LEE_Timer timer.a is there twice"},
		{"a synonym twice", called("Bedtime", "good night", "Good Night"), "synonym of Bedtime good night is there twice"},
		{"a synonym that is the value", called("Bedtime", "bedtime"), "synonym of Bedtime bedtime is there twice"},
		{"an emoji in a value", called("Bed 🌱"), `holds '🌱'`},
		{"an ampersand in a synonym", called("Bedtime", "rest & sleep"), `holds '&'`},
		{"a value of nothing", called(""), "has 0 characters"},
		{"spaces around a value", called(" Bedtime"), "spaces around it"},
		{"a long value", called(strings.Repeat("x", 141)), "has 141 characters"},
		{"a dialogue of nothing", func(m *model) { m.Interaction.Dialog.Intents[0].Name = "OtherIntent" }, "dialog has the intent OtherIntent"},
		{"a dialogue's slot", func(m *model) { m.Interaction.Dialog.Intents[0].Slots[0].Name = "other" }, "dialog has the slot other"},
		{"a dialogue's prompt", func(m *model) { m.Interaction.Prompts = nil }, "prompt Elicit.Slot.Converse.query, which there is not"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, _ := Assistant{Name: "Home Assistant", House: someHouse()}.model("en-US")
			c.change(&m)
			err := m.vet()
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

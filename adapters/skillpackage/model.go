package skillpackage

import (
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/invocation"
)

// model is an interaction model
// (https://developer.amazon.com/docs/alexa/smapi/interaction-model-schema.html).
type model struct {
	Interaction struct {
		Language languageModel `json:"languageModel"`
		Dialog   *dialog       `json:"dialog,omitempty"`
		Prompts  []prompt      `json:"prompts,omitempty"`
	} `json:"interactionModel"`
}

type languageModel struct {
	Invocation string        `json:"invocationName"`
	Intents    []modelIntent `json:"intents"`
	Types      []slotType    `json:"types,omitempty"`
}

type modelIntent struct {
	Name    string   `json:"name"`
	Slots   []slot   `json:"slots,omitempty"`
	Samples []string `json:"samples"`
}

type slot struct {
	Name    string      `json:"name"`
	Type    intent.Type `json:"type"`
	Samples []string    `json:"samples,omitempty"`
}

type slotType struct {
	Name   intent.Type `json:"name"`
	Values []value     `json:"values"`
}

// dialog says which slots the service may ask for.
type dialog struct {
	Intents    []dialogIntent `json:"intents"`
	Delegation string         `json:"delegationStrategy"`
}

type dialogIntent struct {
	Name      string       `json:"name"`
	Confirmed bool         `json:"confirmationRequired"`
	Slots     []dialogSlot `json:"slots"`
}

type dialogSlot struct {
	Name      string      `json:"name"`
	Type      intent.Type `json:"type"`
	Confirmed bool        `json:"confirmationRequired"`
	Elicited  bool        `json:"elicitationRequired"`
	Prompts   struct {
		Elicitation string `json:"elicitation"`
	} `json:"prompts"`
}

type prompt struct {
	ID         string      `json:"id"`
	Variations []variation `json:"variations"`
}

type variation struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// model returns the interaction model of a locale whose language is spoken, and the
// ids of things whose names cannot be said.
func (a Assistant) model(locale string) (m model, unsayable []string) {
	v := vocabularies()[language(locale)]
	l := &m.Interaction.Language
	l.Invocation = invocation.Name(a.Called(locale))
	for _, i := range intent.All() {
		if a.has(i) && (i.InConversation() || !a.conversational(locale)) {
			l.Intents = append(l.Intents, v.intent(i, v.Samples[i.Name]))
		}
	}
	for _, c := range intent.Carriers(v.language) {
		if i := c.AsIntent(); a.has(i) {
			var samples []string
			for _, words := range c.Words {
				samples = append(samples, carried(words))
			}
			l.Intents = append(l.Intents, v.intent(i, samples))
		}
	}
	for _, kind := range l.ownTypes() {
		values, lost := a.values(v, kind)
		if kind != intent.Choice {
			unsayable = append(unsayable, lost...)
		}
		l.Types = append(l.Types, slotType{kind, values})
	}
	if slices.ContainsFunc(l.Intents, func(i modelIntent) bool { return i.Name == intent.Model(intent.Converse) }) {
		m.elicit(v)
	}
	return m, unsayable
}

func (a Assistant) has(i intent.Intent) bool {
	return i.Feature == intent.FeatureNone || a.Enabled == nil || a.Enabled(i.Feature)
}

func (a Assistant) values(v *vocabulary, kind intent.Type) (values []value, unsayable []string) {
	switch kind {
	case intent.Ordinal:
		return ordinals(v.language), nil
	case intent.Choice:
		values, unsayable = v.values(a.House.choices())
	default:
		values, unsayable = v.values(a.House[kind])
	}
	if len(values) == 0 {
		values = v.placeholders(kind)
	}
	return values, unsayable
}

// intent returns an intent with its samples. Amazon's own have theirs.
func (v *vocabulary) intent(i intent.Intent, samples []string) modelIntent {
	made := modelIntent{Name: intent.Model(i.Name), Samples: append([]string{}, samples...)}
	for _, s := range i.Slots {
		made.Slots = append(made.Slots, slot{Name: s.Name, Type: s.Type})
	}
	return made
}

// ownTypes returns the types of slots that are not Amazon's, in the order in which
// they are first used.
func (l *languageModel) ownTypes() (kinds []intent.Type) {
	for _, i := range l.Intents {
		for _, s := range i.Slots {
			if !strings.HasPrefix(string(s.Type), amazons) && !slices.Contains(kinds, s.Type) {
				kinds = append(kinds, s.Type)
			}
		}
	}
	return kinds
}

// amazons is what begins the names of what Amazon has defined.
const amazons = "AMAZON."

// elicit lets the service ask what people want: the answer is the query as a whole,
// which in a sample utterance it may not be.
func (m *model) elicit(v *vocabulary) {
	name, question := intent.Model(intent.Converse), "Elicit.Slot."+intent.Converse+"."+intent.SlotQuery
	asked := dialogSlot{Name: intent.SlotQuery, Type: intent.Query, Elicited: true}
	asked.Prompts.Elicitation = question
	m.Interaction.Dialog = &dialog{
		Delegation: "SKILL_RESPONSE",
		Intents:    []dialogIntent{{Name: name, Slots: []dialogSlot{asked}}},
	}
	p := prompt{ID: question}
	for _, words := range v.Elicit {
		p.Variations = append(p.Variations, variation{"PlainText", words})
	}
	m.Interaction.Prompts = []prompt{p}
	for i := range m.Interaction.Language.Intents {
		if converse := &m.Interaction.Language.Intents[i]; converse.Name == name {
			converse.Slots[0].Samples = []string{"{" + intent.SlotQuery + "}"}
		}
	}
}

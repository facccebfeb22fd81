package skillpackage

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/invocation"
)

// Assistant is what makes a skill one that people talk to: by which name they call
// it, and what they can say. It is served by the functions of the skill.
type Assistant struct {
	// Name is what it is called; the invocation name is made of it.
	Name string
	// Names are the names in the locales where it has others.
	Names map[string]string
	// House is what things are called; nil where nobody knows.
	House House
	// Enabled says whether a feature is on; what people can say of the others is
	// left out. Nil for all.
	Enabled func(intent.Feature) bool
}

// Called returns what it is called where people speak a locale.
func (a Assistant) Called(locale string) string {
	if name, ok := a.Names[locale]; ok {
		return name
	}
	return a.Name
}

// Spoken returns the locales of the skill in which people can talk to it, none where it
// has devices alone.
func (s Skill) Spoken() (locales []string) {
	if s.Assistant == nil {
		return nil
	}
	for _, locale := range s.Locales {
		if !s.Assistant.conversational(locale) || s.Assistant.converses() {
			locales = append(locales, locale)
		}
	}
	return locales
}

// conversational says whether a locale is one where people can talk to the home's agent
// and to nothing else of the assistant.
func (a Assistant) conversational(locale string) bool {
	return slices.Contains(intent.ConversationLanguages(), language(locale))
}

// converses says whether conversation is turned on.
func (a Assistant) converses() bool { return a.Enabled == nil || a.Enabled(intent.FeatureConversation) }

// checkAssistant returns what Amazon would not take of the assistant, or nil.
func (s Skill) checkAssistant() error {
	if s.Assistant == nil {
		return nil
	}
	var mistakes []error
	for locale := range s.Assistant.Names {
		if !slices.Contains(s.Locales, locale) {
			mistakes = append(mistakes, fmt.Errorf("there is a name for %s, which is no locale of the skill", locale))
		}
	}
	for _, locale := range s.Spoken() {
		mistakes = append(mistakes, invocation.Refusal(invocation.Check(s.Assistant.Called(locale), locale)))
		m, _ := s.Assistant.model(locale)
		if err := m.vet(); err != nil {
			mistakes = append(mistakes, fmt.Errorf("what people can say in %s: %w", locale, err))
		}
		raw, err := content{ModelFile(locale), m}.encode()
		if err == nil && len(raw) > largestModel {
			err = fmt.Errorf("what people can say in %s has %d bytes, and Amazon takes %d: leave some of the house out", locale, len(raw), largestModel)
		}
		mistakes = append(mistakes, err)
	}
	return errors.Join(mistakes...)
}

// warnOfAssistant tells what Amazon takes and people may not like.
func (s Skill) warnOfAssistant() (warnings []string) {
	if s.Assistant == nil {
		return nil
	}
	var lost []string
	for _, locale := range s.Spoken() {
		for _, f := range invocation.Check(s.Assistant.Called(locale), locale) {
			warnings = append(warnings, f.String())
		}
		_, unsayable := s.Assistant.model(locale)
		for _, id := range unsayable {
			if !slices.Contains(lost, id) {
				lost = append(lost, id)
			}
		}
	}
	if len(lost) > 0 {
		warnings = append(warnings, "Nobody can say the names of "+strings.Join(lost, ", ")+".")
	}
	for _, locale := range s.Locales {
		switch {
		case !s.Assistant.conversational(locale):
		case s.Assistant.converses():
			warnings = append(warnings, fmt.Sprintf("In %s people can talk to Home Assistant's conversation agent, and to nothing else of the assistant. Nobody who speaks the language has reviewed the words.", locale))
		default:
			warnings = append(warnings, fmt.Sprintf("In %s people have their devices, and nobody to talk to: the assistant has only conversation there, which is turned off in HA_FEATURES.", locale))
		}
	}
	return warnings
}

// phrases are what the Alexa app says that people can say: of the assistant, how to
// begin, and what they have devices for.
func (s Skill) phrases(locale string) []string {
	text := texts[language(locale)]
	phrases := text.phrases[:]
	if slices.Contains(s.Spoken(), locale) {
		opened := vocabularies()[language(locale)].Open
		phrases = append([]string{strings.ReplaceAll(opened, "{name}", invocation.Name(s.Assistant.Called(locale)))}, phrases[:2]...)
	}
	return phrases
}

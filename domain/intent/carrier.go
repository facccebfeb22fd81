package intent

import "slices"

// Carrier is some words that a query needs before it, since Amazon takes no
// sample utterance that is a query alone. Alexa does not tell which words they
// were; so each has an intent of its own, which tells, and the service puts them
// back. Its only slot is the query, and it is part of FeatureConversation.
type Carrier struct {
	// Intent is the name of its intent, "ConverseWhat"; see Model. It is the same
	// in every language that has it.
	Intent string
	// Words are what is said before the query, "whether" and "if": a sample
	// utterance for each. Where there are several it makes no difference which.
	Words []string
	// Before is what is put back before the query: one of the words, or what a question
	// has in their place ("est-ce qu'il" for "s'il"). It is "" where the query is a whole
	// sentence without ("to turn on the light").
	Before string
	// Clause says that the query is a clause, and with Before a question in
	// another order than the agent expects: "whether the garage is open".
	Clause bool
}

// AsIntent returns the carrier's intent.
func (c Carrier) AsIntent() Intent {
	return Intent{Name: c.Intent, Slots: []Slot{{SlotQuery, Query}}, Feature: FeatureConversation}
}

// vocabulary is what a language has of its own.
type vocabulary struct {
	language string
	carriers []Carrier
	// ordinals are what people say for the first, the second and so on.
	ordinals [Ordinals][]string
}

// Ordinals is how many things people can choose from by their place.
const Ordinals = 5

var vocabularies = []vocabulary{english, german, french, spanish, italian}

// Languages returns the languages in which the assistant can do all that it can, "en"
// first: what is said in one that LEE does not speak at all is answered in that one.
func Languages() []string { return languagesOf(vocabularies) }

func languagesOf(all []vocabulary) []string {
	languages := make([]string, len(all))
	for i := range all {
		languages[i] = all[i].language
	}
	return languages
}

// Carriers returns a language's carriers; English ones for a language that LEE
// does not speak. The caller must not change them.
func Carriers(language string) []Carrier { return speaking(language).carriers }

// CarrierOf returns the carrier of a language that has the intent of that name; nil for
// none. The caller must not change it.
func CarrierOf(language, name string) *Carrier {
	all := Carriers(language)
	if i := slices.IndexFunc(all, func(c Carrier) bool { return c.Intent == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// OrdinalWords returns what people say in one of Languages for the nth, counted from 1
// to Ordinals: the first one is the value's name, the others are its synonyms. The
// caller must not change them.
func OrdinalWords(language string, n int) []string { return speaking(language).ordinals[n-1] }

func speaking(language string) *vocabulary {
	for _, all := range [][]vocabulary{vocabularies, conversational} {
		if i := slices.IndexFunc(all, func(v vocabulary) bool { return v.language == language }); i >= 0 {
			return &all[i]
		}
	}
	return &vocabularies[0]
}

// Package sentence makes sentences for the home's conversation agent: of an intent and
// its slots the words that were said, and of a clause ("whether the garage is open") a
// question. It is pure.
//
// Home Assistant's own agent matches sentences word by word. A sentence that is turned
// wrongly is worse than one that is left as it was said, so a clause is only turned where
// its grammar is certain.
package sentence

import (
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// Said returns what was said for an intent, in a language ("de"): the intent's own
// wording with the slots' words in it. Texts are by slot; those that are empty are as if
// they were not there. ok is false where LEE has no such wording: the intent is no wish
// that an agent could grant, no slot says what it is about, or LEE does not speak the
// language.
func Said(language, name string, texts map[string]string) (said string, ok bool) {
	var filled []string
	for slot, text := range texts {
		if strings.TrimSpace(text) != "" {
			filled = append(filled, slot)
		}
	}
	for _, wording := range wordings[language][name] {
		slots := Slots(wording)
		if len(slots) == 0 || len(slots) != len(filled) || slices.ContainsFunc(slots, func(s string) bool { return !slices.Contains(filled, s) }) {
			continue
		}
		for _, slot := range slots {
			wording = strings.ReplaceAll(wording, "{"+slot+"}", strings.TrimSpace(texts[slot]))
		}
		return wording, true
	}
	return "", false
}

// Slots returns the slots that a wording has, in its order.
func Slots(wording string) []string {
	var slots []string
	for {
		_, after, ok := strings.Cut(wording, "{")
		if !ok {
			return slots
		}
		var slot string
		slot, wording, _ = strings.Cut(after, "}")
		slots = append(slots, slot)
	}
}

// Wordings returns the wordings of a language by intent: one for each set of slots that
// an agent can be told of. The caller must not change them. Each is also a sample
// utterance of the interaction model.
func Wordings(language string) map[string][]string { return wordings[language] }

//nolint:misspell // the linter takes all languages for English
var wordings = map[string]map[string][]string{
	"en": {
		intent.TriggerAutomation: {"trigger {automation}"},
		intent.RunScript:         {"run {script}"},
		intent.SetHelperNumber:   {"set {helper} to {number}"},
		intent.SetHelperOption:   {"set {helper} to {option}"},
		intent.SwitchHelperOn:    {"turn on {helper}"},
		intent.SwitchHelperOff:   {"turn off {helper}"},
		intent.AreaOn:            {"turn on everything in {area}"},
		intent.AreaOff:           {"turn off everything in {area}"},
		intent.LightsOn:          {"turn on the lights in {area}"},
		intent.LightsOff:         {"turn off the lights in {area}"},
		intent.StartTimer:        {"start the {timer} timer", "start the {timer} timer for {duration}", "start a timer for {duration}"},
		intent.CancelTimer:       {"cancel the {timer} timer"},
		intent.PauseTimer:        {"pause the {timer} timer"},
		intent.ResumeTimer:       {"resume the {timer} timer"},
		intent.TimerLeft:         {"how much time is left on the {timer} timer"},
	},
	"de": {
		intent.TriggerAutomation: {"löse {automation} aus"},
		intent.RunScript:         {"starte {script}"},
		intent.SetHelperNumber:   {"stelle {helper} auf {number}"},
		intent.SetHelperOption:   {"stelle {helper} auf {option}"},
		intent.SwitchHelperOn:    {"schalte {helper} ein"},
		intent.SwitchHelperOff:   {"schalte {helper} aus"},
		intent.AreaOn:            {"schalte alles im {area} ein"},
		intent.AreaOff:           {"schalte alles im {area} aus"},
		intent.LightsOn:          {"schalte das licht im {area} ein"},
		intent.LightsOff:         {"schalte das licht im {area} aus"},
		intent.StartTimer:        {"starte den timer {timer}", "starte den timer {timer} mit {duration}", "starte einen timer mit {duration}"},
		intent.CancelTimer:       {"brich den timer {timer} ab"},
		intent.PauseTimer:        {"pausiere den timer {timer}"},
		intent.ResumeTimer:       {"setze den timer {timer} fort"},
		intent.TimerLeft:         {"wie lange läuft der timer {timer} noch"},
	},
	"fr": {
		intent.TriggerAutomation: {"déclenche {automation}"},
		intent.RunScript:         {"lance {script}"},
		intent.SetHelperNumber:   {"règle {helper} sur {number}"},
		intent.SetHelperOption:   {"règle {helper} sur {option}"},
		intent.SwitchHelperOn:    {"allume {helper}"},
		intent.SwitchHelperOff:   {"éteins {helper}"},
		intent.AreaOn:            {"allume tout dans {area}"},
		intent.AreaOff:           {"éteins tout dans {area}"},
		intent.LightsOn:          {"allume les lumières dans {area}"},
		intent.LightsOff:         {"éteins les lumières dans {area}"},
		intent.StartTimer:        {"lance le minuteur {timer}", "lance le minuteur {timer} pour {duration}", "lance un minuteur de {duration}"},
		intent.CancelTimer:       {"annule le minuteur {timer}"},
		intent.PauseTimer:        {"mets le minuteur {timer} en pause"},
		intent.ResumeTimer:       {"reprends le minuteur {timer}"},
		intent.TimerLeft:         {"combien de temps reste-t-il au minuteur {timer}"},
	},
	"es": {
		intent.TriggerAutomation: {"dispara {automation}"},
		intent.RunScript:         {"ejecuta {script}"},
		intent.SetHelperNumber:   {"pon {helper} a {number}"},
		intent.SetHelperOption:   {"pon {helper} en {option}"},
		intent.SwitchHelperOn:    {"enciende {helper}"},
		intent.SwitchHelperOff:   {"apaga {helper}"},
		intent.AreaOn:            {"enciende todo en {area}"},
		intent.AreaOff:           {"apaga todo en {area}"},
		intent.LightsOn:          {"enciende las luces en {area}"},
		intent.LightsOff:         {"apaga las luces en {area}"},
		intent.StartTimer:        {"inicia el temporizador {timer}", "inicia el temporizador {timer} de {duration}", "inicia un temporizador de {duration}"},
		intent.CancelTimer:       {"cancela el temporizador {timer}"},
		intent.PauseTimer:        {"pausa el temporizador {timer}"},
		intent.ResumeTimer:       {"reanuda el temporizador {timer}"},
		intent.TimerLeft:         {"cuánto le queda al temporizador {timer}"},
	},
	"it": {
		intent.TriggerAutomation: {"fai scattare {automation}"},
		intent.RunScript:         {"avvia {script}"},
		intent.SetHelperNumber:   {"imposta {helper} a {number}"},
		intent.SetHelperOption:   {"imposta {helper} su {option}"},
		intent.SwitchHelperOn:    {"accendi {helper}"},
		intent.SwitchHelperOff:   {"spegni {helper}"},
		intent.AreaOn:            {"accendi tutto in {area}"},
		intent.AreaOff:           {"spegni tutto in {area}"},
		intent.LightsOn:          {"accendi le luci in {area}"},
		intent.LightsOff:         {"spegni le luci in {area}"},
		intent.StartTimer:        {"avvia il timer {timer}", "avvia il timer {timer} per {duration}", "avvia un timer di {duration}"},
		intent.CancelTimer:       {"annulla il timer {timer}"},
		intent.PauseTimer:        {"metti in pausa il timer {timer}"},
		intent.ResumeTimer:       {"riprendi il timer {timer}"},
		intent.TimerLeft:         {"quanto manca al timer {timer}"},
	},
}

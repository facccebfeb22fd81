package assistant

import (
	"context"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// wording is a way to say what an intent stands for, with a star for the thing that
// it is about.
type wording struct{ says, intent string }

// about is what an intent's wordings name: entities of some domains, or areas.
type about struct {
	slot    string
	domains []string
}

var (
	routines = []string{"script", "automation"}
	timers   = about{intent.SlotTimer, []string{"timer"}}
	areas    = about{intent.SlotArea, nil}
)

var abouts = map[string]about{
	intent.RunScript:         {intent.SlotScript, routines},
	intent.TriggerAutomation: {intent.SlotAutomation, routines},
	intent.StartTimer:        timers, intent.CancelTimer: timers, intent.PauseTimer: timers, intent.ResumeTimer: timers,
	intent.AreaOn: areas, intent.AreaOff: areas, intent.ThisIs: areas,
}

// recognise takes what came whole for an intent, where it is worded like one and the
// very name of one of the home's things is in it. Alexa may hand over whole what it
// would have known by itself, and the home's agent does not know such things. Anything
// else is left as it is.
func (t *turn) recognise(ctx context.Context) error {
	if t.intent != intent.Converse {
		return nil
	}
	said := strings.ToLower(strings.TrimSpace(t.slots[intent.SlotQuery].Text))
	for _, w := range wordings[t.language.Tag()] {
		name, ok := w.name(said)
		feature := services[w.intent].feature
		if !ok || feature != intent.FeatureNone && !t.terms.Features[feature] {
			continue
		}
		d, err := t.look(ctx)
		if err != nil {
			return err
		}
		a := abouts[w.intent]
		things := d.things(d.of(a.domains...))
		if a.domains == nil {
			things = d.places()
		}
		if !t.called(name, things).None() {
			t.intent, t.slots = w.intent, map[string]spoken.Heard{a.slot: {Text: name}}
			return nil
		}
	}
	return nil
}

// name returns what stands for the star in what was said; ok is false when it is
// worded otherwise.
func (w wording) name(said string) (name string, ok bool) {
	before, after, _ := strings.Cut(w.says, "*")
	name, ok = strings.CutPrefix(said, before)
	if !ok {
		return "", false
	}
	name, ok = strings.CutSuffix(name, after)
	name = strings.TrimSpace(name)
	return name, ok && name != ""
}

// wordings are in small letters. Words that say nothing about which thing is meant
// ("in the") need not be in them.
var wordings = map[string][]wording{
	"en": {
		{"run *", intent.RunScript}, {"run * script", intent.RunScript}, {"run the script *", intent.RunScript},
		{"start * script", intent.RunScript}, {"start the script *", intent.RunScript},
		{"trigger *", intent.TriggerAutomation}, {"trigger * automation", intent.TriggerAutomation}, {"run * automation", intent.TriggerAutomation},
		{"turn everything off *", intent.AreaOff}, {"turn off everything *", intent.AreaOff}, {"switch everything off *", intent.AreaOff},
		{"turn everything on *", intent.AreaOn}, {"turn on everything *", intent.AreaOn}, {"switch everything on *", intent.AreaOn},
		{"this is *", intent.ThisIs}, {"you are *", intent.ThisIs}, {"we are *", intent.ThisIs},
		{"start * timer", intent.StartTimer}, {"cancel * timer", intent.CancelTimer}, {"stop * timer", intent.CancelTimer},
		{"pause * timer", intent.PauseTimer}, {"resume * timer", intent.ResumeTimer}, {"continue * timer", intent.ResumeTimer},
	},
	"de": {
		{"starte *", intent.RunScript}, {"starte das skript *", intent.RunScript}, {"führe * aus", intent.RunScript},
		{"führe das skript * aus", intent.RunScript}, {"löse * aus", intent.TriggerAutomation},
		{"löse die automatisierung * aus", intent.TriggerAutomation}, {"starte die automatisierung *", intent.TriggerAutomation},
		{"schalte * alles aus", intent.AreaOff}, {"schalte alles * aus", intent.AreaOff}, {"mach * alles aus", intent.AreaOff}, {"mach alles * aus", intent.AreaOff},
		{"schalte * alles ein", intent.AreaOn}, {"schalte alles * ein", intent.AreaOn}, {"mach * alles an", intent.AreaOn}, {"mach alles * an", intent.AreaOn},
		{"das ist *", intent.ThisIs}, {"hier ist *", intent.ThisIs}, {"du bist *", intent.ThisIs}, {"wir sind *", intent.ThisIs},
		{"starte den timer *", intent.StartTimer}, {"starte den * timer", intent.StartTimer}, {"brich den timer * ab", intent.CancelTimer},
		{"stoppe den timer *", intent.CancelTimer}, {"pausiere den timer *", intent.PauseTimer}, {"setze den timer * fort", intent.ResumeTimer},
	},
	"fr": {
		{"lance *", intent.RunScript}, {"lance le script *", intent.RunScript}, {"exécute *", intent.RunScript}, {"exécute le script *", intent.RunScript},
		{"déclenche *", intent.TriggerAutomation}, {"déclenche l'automatisation *", intent.TriggerAutomation}, {"lance l'automatisation *", intent.TriggerAutomation},
		{"éteins tout *", intent.AreaOff}, {"allume tout *", intent.AreaOn},
		{"c'est *", intent.ThisIs}, {"ici c'est *", intent.ThisIs}, {"tu es *", intent.ThisIs}, {"nous sommes *", intent.ThisIs},
		{"lance le minuteur *", intent.StartTimer}, {"démarre le minuteur *", intent.StartTimer}, {"annule le minuteur *", intent.CancelTimer},
		{"arrête le minuteur *", intent.CancelTimer}, {"suspends le minuteur *", intent.PauseTimer}, {"reprends le minuteur *", intent.ResumeTimer},
	},
	"es": {
		{"ejecuta *", intent.RunScript}, {"ejecuta el script *", intent.RunScript}, {"lanza *", intent.RunScript}, {"lanza el script *", intent.RunScript},
		{"activa la automatización *", intent.TriggerAutomation}, {"ejecuta la automatización *", intent.TriggerAutomation}, {"dispara *", intent.TriggerAutomation},
		{"apaga todo *", intent.AreaOff}, {"enciende todo *", intent.AreaOn},
		{"esta es *", intent.ThisIs}, {"este es *", intent.ThisIs}, {"esto es *", intent.ThisIs}, {"estamos *", intent.ThisIs}, {"estás *", intent.ThisIs},
		{"inicia el temporizador *", intent.StartTimer}, {"cancela el temporizador *", intent.CancelTimer}, {"para el temporizador *", intent.CancelTimer},
		{"pausa el temporizador *", intent.PauseTimer}, {"reanuda el temporizador *", intent.ResumeTimer},
	},
	"it": {
		{"esegui *", intent.RunScript}, {"esegui lo script *", intent.RunScript}, {"avvia *", intent.RunScript}, {"avvia lo script *", intent.RunScript},
		{"attiva l'automazione *", intent.TriggerAutomation}, {"avvia l'automazione *", intent.TriggerAutomation}, {"esegui l'automazione *", intent.TriggerAutomation},
		{"spegni tutto *", intent.AreaOff}, {"accendi tutto *", intent.AreaOn},
		{"questa è *", intent.ThisIs}, {"questo è *", intent.ThisIs}, {"sei *", intent.ThisIs}, {"siamo *", intent.ThisIs},
		{"avvia il timer *", intent.StartTimer}, {"annulla il timer *", intent.CancelTimer}, {"ferma il timer *", intent.CancelTimer},
		{"metti in pausa il timer *", intent.PauseTimer}, {"riprendi il timer *", intent.ResumeTimer},
	},
}

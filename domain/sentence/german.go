package sentence

import "github.com/lambda-execution-engine/lee/domain/intent"

var german = vocabulary{
	language: "de", units: [Percent + 1]string{Degrees: "Grad", Percent: "Prozent"}, grammar: &germanGrammar,
	samples: []sample{
		{intent.TriggerAutomation, "löse {automation} aus"}, {intent.TriggerAutomation, "löse eine automation aus"},
		{intent.RunScript, "starte {script}"}, {intent.RunScript, "starte ein skript"},
		{intent.SetHelperNumber, "stelle {helper} auf {number}"}, {intent.SetHelperNumber, "{number}"},
		{intent.SetHelperOption, "stelle {helper} auf {option}"},
		{intent.SwitchHelperOn, "schalte {helper} ein"}, {intent.SwitchHelperOff, "schalte {helper} aus"},
		{intent.Announce, "sag durch {message}"}, {intent.Announce, "mach eine durchsage"},
		{intent.AreaOn, "schalte {place} alles ein"}, {intent.AreaOn, "schalte alles ein"},
		{intent.AreaOff, "schalte {place} alles aus"}, {intent.AreaOff, "schalte alles aus"},
		{intent.LightsOn, "schalte das licht {place} ein"}, {intent.LightsOn, "schalte das licht ein"},
		{intent.LightsOff, "schalte das licht {place} aus"}, {intent.LightsOff, "schalte das licht aus"},
		{intent.StartTimer, "starte den timer {timer}"}, {intent.StartTimer, "starte den timer {timer} mit {duration}"},
		{intent.StartTimer, "starte einen timer"}, {intent.StartTimer, "starte einen timer mit {duration}"}, {intent.StartTimer, "{duration}"},
		{intent.CancelTimer, "brich den timer {timer} ab"}, {intent.CancelTimer, "brich den timer ab"},
		{intent.PauseTimer, "pausiere den timer {timer}"}, {intent.PauseTimer, "pausiere den timer"},
		{intent.ResumeTimer, "setze den timer {timer} fort"}, {intent.ResumeTimer, "setze den timer fort"},
		{intent.TimerLeft, "wie lange läuft der timer {timer} noch"}, {intent.TimerLeft, "wie lange läuft der timer noch"},
		{intent.ThisIs, "hier ist {area}"}, {intent.ThisIs, "merk dir wo du bist"},
		{intent.WhereAmI, "wo bin ich"}, {intent.Continue, "weiter"},
		{intent.Choose, "{ordinal}"}, {intent.Choose, "{choice}"},
	},
	places: places{
		plain: "in {area}",
		forms: []form{
			{says: here, heads: []string{"oben", "unten", "draußen", "drinnen", "drin", "überall", "hinten", "vorne"}},
			{says: "auf der {area}", heads: []string{"terrasse", "veranda", "toilette"}, compound: true},
			{says: "auf dem {area}", heads: []string{"balkon", "dachboden", "speicher"}, compound: true},
			{says: "in der {area}", heads: []string{
				"küche", "garage", "diele", "halle", "kammer", "werkstatt", "etage", "wohnung", "lounge", "bibliothek", "sauna", "stube", "einfahrt",
			}, compound: true},
			{says: "im {area}", heads: []string{
				"zimmer", "raum", "bad", "büro", "haus", "wc", "flur", "gang", "garten", "keller", "stall", "stock", "geschoss", "erker", "eingang", "schuppen", "hof", "pool", "carport", "studio", "kino",
			}, compound: true},
		},
		articles: []string{
			"der", "die", "das", "dem", "den", "mein", "meine", "meinem", "meiner", "meinen", "unser", "unsere", "unserem", "unserer", "unseren",
		},
		prepositions: []string{"im", "in", "am", "auf", "an", "vor", "hinter", "unter"}, joiner: "und",
	},
}

var germanGrammar = grammar{
	verbs: []string{
		"ist", "sind", "war", "waren", "hat", "haben", "kann", "können", "wird", "werden", "läuft", "laufen", "brennt", "brennen", "steht", "stehen",
		"gibt", "liegt", "liegen", "beträgt", "wurde", "wurden", "muss", "darf", "soll", "funktioniert", "bleibt", "schläft", "schneit", "klingelt", "kommt", "kommen", "geht", "gehen", "fährt", "endet", "beginnt", "dauert", "braucht", "leuchtet", "leuchten", "scheint", "regnet",
	},
	last:        true,
	pronouns:    []string{"es", "er", "sie", "wir", "ich", "du", "ihr", "man", "jemand", "niemand", "alles", "etwas"},
	determiners: []string{"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "mein", "meine", "unser", "unsere", "alle", "noch"},
	joins:       []string{"und", "oder", "aber", "weil", "dass", "daß", "wenn", "ob", "wo", "wie", "was", "wer", "welche", "welcher", "welches"},
	settles: []string{
		"im", "in", "am", "an", "auf", "aus", "ab", "zu", "bei", "beim", "vor", "hinter", "unter", "über", "neben", "offen", "geöffnet", "geschlossen", "gekippt",
		"eingeschaltet", "ausgeschaltet", "abgeschlossen", "verriegelt", "aktiv", "da", "daheim", "zuhause", "online", "offline", "leer", "voll", "kaputt", "verfügbar",
		"erreichbar", "frei", "belegt", "warm", "kalt", "hell", "dunkel", "noch", "gerade", "jetzt", "heute", "hier", "oben", "unten", "draußen", "drinnen", "schon",
	},
	tails: []string{"oder nicht"}, lead: "ob",
}

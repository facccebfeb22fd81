package sentence

import "github.com/lambda-execution-engine/lee/domain/intent"

var italian = vocabulary{
	language: "it", units: [Percent + 1]string{Degrees: "gradi", Percent: "per cento"}, grammar: &italianGrammar,
	samples: []sample{
		{intent.TriggerAutomation, "attiva l'automazione {automation}"}, {intent.TriggerAutomation, "avvia un'automazione"},
		{intent.RunScript, "esegui {script}"}, {intent.RunScript, "esegui uno script"},
		{intent.SetHelperNumber, "imposta {helper} a {number}"}, {intent.SetHelperNumber, "{number}"},
		{intent.SetHelperOption, "imposta {helper} su {option}"},
		{intent.SwitchHelperOn, "accendi {helper}"}, {intent.SwitchHelperOff, "spegni {helper}"},
		{intent.Announce, "annuncia {message}"}, {intent.Announce, "fai un annuncio"},
		{intent.AreaOn, "accendi tutto {place}"}, {intent.AreaOn, "accendi tutto"},
		{intent.AreaOff, "spegni tutto {place}"}, {intent.AreaOff, "spegni tutto"},
		{intent.LightsOn, "accendi le luci {place}"}, {intent.LightsOn, "accendi le luci"},
		{intent.LightsOff, "spegni le luci {place}"}, {intent.LightsOff, "spegni le luci"},
		{intent.StartTimer, "avvia il timer {timer}"}, {intent.StartTimer, "avvia il timer {timer} di {duration}"},
		{intent.StartTimer, "avvia un timer"}, {intent.StartTimer, "avvia un timer di {duration}"}, {intent.StartTimer, "{duration}"},
		{intent.CancelTimer, "annulla il timer {timer}"}, {intent.CancelTimer, "annulla il timer"},
		{intent.PauseTimer, "metti in pausa il timer {timer}"}, {intent.PauseTimer, "metti in pausa il timer"},
		{intent.ResumeTimer, "riprendi il timer {timer}"}, {intent.ResumeTimer, "riprendi il timer"},
		{intent.TimerLeft, "quanto manca al timer {timer}"}, {intent.TimerLeft, "quanto manca"},
		{intent.ThisIs, "questo è {area}"}, {intent.ThisIs, "ricorda dove sei"},
		{intent.WhereAmI, "dove sono"}, {intent.Continue, "continua"},
		{intent.Choose, "{ordinal}"}, {intent.Choose, "{choice}"},
	},
	places: places{
		plain: "in {area}",
		forms: []form{
			{says: here, heads: []string{"sopra", "sotto", "fuori", "dentro", "ovunque", "dappertutto"}},
			{says: "al {area}", heads: []string{"piano", "primo", "secondo", "terzo"}},
			{says: "sul {area}", heads: []string{"balcone", "pianerottolo"}},
			{says: "nello {area}", heads: []string{"studio", "sgabuzzino", "scantinato", "spogliatoio"}},
			{says: "nell'{area}", heads: []string{"ingresso", "ufficio", "atrio", "anticamera", "ala"}},
			{says: "nella {area}", heads: []string{"camera", "cameretta", "lavanderia", "sala", "stanza", "dispensa", "veranda"}},
			{says: "nel {area}", heads: []string{"corridoio", "ripostiglio", "soggiorno", "cortile", "seminterrato"}},
		},
		headFirst: true,
		articles:  []string{"il", "lo", "la", "i", "gli", "le", "mio", "mia", "nostro", "nostra", "un", "una", "uno"},
		prepositions: []string{
			"in", "nel", "nella", "nello", "nei", "nelle", "al", "alla", "sul", "sulla", "del", "della", "di", "a", "su",
		}, joiner: "e",
	},
}

var italianGrammar = grammar{tails: []string{"o no"}} // an Italian question has the words of the clause

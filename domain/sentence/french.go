package sentence

import "github.com/lambda-execution-engine/lee/domain/intent"

//nolint:misspell // the linter takes all languages for English
var french = vocabulary{
	language: "fr", units: [Percent + 1]string{Degrees: "degrés", Percent: "pour cent"}, grammar: &frenchGrammar,
	samples: []sample{
		{intent.TriggerAutomation, "déclenche {automation}"}, {intent.TriggerAutomation, "déclenche une automatisation"},
		{intent.RunScript, "lance {script}"}, {intent.RunScript, "lance un script"},
		{intent.SetHelperNumber, "règle {helper} à {number}"}, {intent.SetHelperNumber, "{number}"},
		{intent.SetHelperOption, "règle {helper} sur {option}"},
		{intent.SwitchHelperOn, "allume {helper}"}, {intent.SwitchHelperOff, "éteins {helper}"},
		{intent.Announce, "annonce {message}"}, {intent.Announce, "fais une annonce"},
		{intent.AreaOn, "allume tout {place}"}, {intent.AreaOn, "allume tout"},
		{intent.AreaOff, "éteins tout {place}"}, {intent.AreaOff, "éteins tout"},
		{intent.LightsOn, "allume les lumières {place}"}, {intent.LightsOn, "allume les lumières"},
		{intent.LightsOff, "éteins les lumières {place}"}, {intent.LightsOff, "éteins les lumières"},
		{intent.StartTimer, "lance le minuteur {timer}"}, {intent.StartTimer, "lance le minuteur {timer} pour {duration}"},
		{intent.StartTimer, "lance un minuteur"}, {intent.StartTimer, "lance un minuteur de {duration}"}, {intent.StartTimer, "{duration}"},
		{intent.CancelTimer, "annule le minuteur {timer}"}, {intent.CancelTimer, "annule le minuteur"},
		{intent.PauseTimer, "mets le minuteur {timer} en pause"}, {intent.PauseTimer, "mets le minuteur en pause"},
		{intent.ResumeTimer, "reprends le minuteur {timer}"}, {intent.ResumeTimer, "reprends le minuteur"},
		{intent.TimerLeft, "combien de temps reste-t-il au minuteur {timer}"}, {intent.TimerLeft, "combien de temps reste-t-il"},
		{intent.ThisIs, "ici c'est {area}"}, {intent.ThisIs, "retiens où tu es"},
		{intent.WhereAmI, "où suis-je"}, {intent.Continue, "continue"},
		{intent.Choose, "{ordinal}"}, {intent.Choose, "{choice}"},
	},
	places: places{
		plain: "dans {area}", keeps: true,
		forms: []form{
			{says: here, heads: []string{"dehors", "partout", "dedans"}},
			{says: "à {area}", heads: []string{"l'étage", "l'extérieur", "l'intérieur"}},
			{says: "dans {area}", heads: []string{"l'"}, starting: true},
			{says: "au {area}", heads: []string{"rez-de-chaussée", "sous-sol", "grenier", "premier", "deuxième", "troisième"}},
			{says: "sur la {area}", heads: []string{"terrasse"}},
			{says: "sur le {area}", heads: []string{"balcon", "palier"}},
			{says: "dans la {area}", heads: []string{
				"cuisine", "chambre", "salle", "buanderie", "cave", "véranda", "maison", "pièce", "bibliothèque", "cour", "piscine",
			}},
			{says: "dans le {area}", heads: []string{
				"salon", "séjour", "couloir", "bureau", "jardin", "garage", "hall", "dressing", "cellier", "vestibule", "studio", "dortoir",
			}},
			{says: "dans l'{area}", heads: []string{"entrée", "atelier", "escalier", "appartement", "office"}},
		},
		headFirst: true,
		articles:  []string{"le", "la", "les", "mon", "ma", "mes", "notre", "nos", "un", "une"},
		prepositions: []string{
			"dans", "en", "au", "aux", "à", "sur", "sous", "du", "de", "chez",
		}, joiner: "et",
	},
}

var frenchGrammar = grammar{
	verbs: []string{
		"est", "sont", "était", "étaient", "a", "ont", "va", "vont", "fait", "peut", "sera", "arrive", "marche", "fonctionne", "finit", "reste", "trouve", "commence",
	},
	pronouns: []string{"il", "elle", "ils", "elles", "on", "je", "tu", "nous", "vous", "ça"},
	determiners: []string{
		"le", "la", "les", "un", "une", "mon", "ma", "mes", "notre", "nos", "ton", "ta", "tes", "votre", "vos", "cette", "ces",
	},
	prefix: "est-ce que ", elided: "est-ce qu'", inverted: []string{"-il", "-elle", "-ils", "-elles", "-on", "-je", "-tu", "-vous"},
}

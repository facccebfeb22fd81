package sentence

import "github.com/lambda-execution-engine/lee/domain/intent"

var english = vocabulary{
	language: "en", units: [Percent + 1]string{Degrees: "degrees", Percent: "percent"}, grammar: &englishGrammar,
	samples: []sample{
		{intent.TriggerAutomation, "trigger {automation}"}, {intent.TriggerAutomation, "trigger an automation"},
		{intent.RunScript, "run {script}"}, {intent.RunScript, "run a script"},
		{intent.SetHelperNumber, "set {helper} to {number}"}, {intent.SetHelperNumber, "{number}"},
		{intent.SetHelperOption, "set {helper} to {option}"},
		{intent.SwitchHelperOn, "turn on {helper}"}, {intent.SwitchHelperOff, "turn off {helper}"},
		{intent.Announce, "announce {message}"}, {intent.Announce, "make an announcement"},
		{intent.AreaOn, "turn on everything {place}"}, {intent.AreaOn, "turn on everything"},
		{intent.AreaOff, "turn off everything {place}"}, {intent.AreaOff, "turn off everything"},
		{intent.LightsOn, "turn on the lights {place}"}, {intent.LightsOn, "turn on the {area} lights"},
		{intent.LightsOn, "turn on the lights"},
		{intent.LightsOff, "turn off the lights {place}"}, {intent.LightsOff, "turn off the {area} lights"},
		{intent.LightsOff, "turn off the lights"},
		{intent.StartTimer, "start the {timer} timer"}, {intent.StartTimer, "start the {timer} timer for {duration}"},
		{intent.StartTimer, "start a timer"}, {intent.StartTimer, "start a timer for {duration}"}, {intent.StartTimer, "{duration}"},
		{intent.CancelTimer, "cancel the {timer} timer"}, {intent.CancelTimer, "cancel the timer"},
		{intent.PauseTimer, "pause the {timer} timer"}, {intent.PauseTimer, "pause the timer"},
		{intent.ResumeTimer, "resume the {timer} timer"}, {intent.ResumeTimer, "resume the timer"},
		{intent.TimerLeft, "how much time is left on the {timer} timer"}, {intent.TimerLeft, "how much time is left"},
		{intent.ThisIs, "this is the {area}"}, {intent.ThisIs, "remember where you are"},
		{intent.WhereAmI, "where am i"}, {intent.Continue, "continue"},
		{intent.Choose, "{ordinal}"}, {intent.Choose, "{choice}"},
	},
	places: places{
		plain: "in the {area}",
		forms: []form{
			{says: here, heads: []string{"upstairs", "downstairs", "outside", "inside", "everywhere", "outdoors", "indoors"}},
			{says: "on the {area}", heads: []string{"floor", "landing", "terrace", "balcony", "patio", "deck", "porch", "level", "storey"}},
		},
		articles: []string{"the", "a", "an", "my", "our"}, prepositions: []string{"in", "on", "at"}, joiner: "and",
	},
}

var englishGrammar = grammar{
	verbs:    []string{"is", "are", "was", "were", "has", "have", "had", "can", "could", "will", "would", "should", "does", "do", "did", "am"},
	busy:     []string{"can", "could", "will", "would", "should"},
	pronouns: []string{"it", "he", "she", "they", "we", "i", "you", "there", "this", "that", "everything", "anything", "everybody", "everyone", "anybody", "anyone", "somebody", "someone"},
	determiners: []string{
		"the", "a", "an", "my", "our", "your", "his", "her", "their", "these", "those", "any", "all", "some", "both",
	},
	joins:     []string{"that", "which", "who", "whose", "where", "when", "while", "because", "if", "whether", "and", "or", "but", "what", "how"},
	relations: []string{"in", "on", "at", "of", "from", "to", "with", "for", "under", "above", "near", "by", "into", "off", "behind", "before", "after", "over", "outside", "inside"},
	whole: []helped{
		{"has", "does", "have"}, {"have", "do", "have"}, {"had", "did", "have"}, {"does", "does", "do"}, {"do", "do", "do"}, {"did", "did", "do"},
	},
	parts: []string{
		"been", "left", "gone", "come", "run", "done", "seen", "shut", "got", "had", "made", "put", "rung", "set", "forgotten", "begun", "broken", "let", "lost", "sent",
	},
	ends: []string{"ed"}, adverbs: []string{"already", "ever", "just", "never", "not", "always", "still"},
	objects: []string{"no", "any", "enough", "much", "more", "a", "an", "the", "some", "something", "anything"},
	short: []short{
		{"there's", []string{"there", "is"}}, {"they're", []string{"they", "are"}}, {"we're", []string{"we", "are"}},
		{"you're", []string{"you", "are"}}, {"i'm", []string{"i", "am"}},
	},
	tails: []string{"or not"}, lead: "if",
}

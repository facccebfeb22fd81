package sentence

import "github.com/lambda-execution-engine/lee/domain/intent"

var english = vocabulary{
	language: "en",
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

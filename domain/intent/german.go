package intent

var german = vocabulary{
	language: "de",
	carriers: []Carrier{
		{Intent: "ConverseWhat", Words: []string{"was"}, Before: "was", Clause: true},
		{Intent: "ConverseHow", Words: []string{"wie"}, Before: "wie", Clause: true},
		{Intent: "ConverseWho", Words: []string{"wer"}, Before: "wer", Clause: true},
		{Intent: "ConverseWhere", Words: []string{"wo"}, Before: "wo", Clause: true},
		{Intent: "ConverseWhen", Words: []string{"wann"}, Before: "wann", Clause: true},
		{Intent: "ConverseWhich", Words: []string{"welche"}, Before: "welche", Clause: true},
		{Intent: "ConverseWhichMasculine", Words: []string{"welcher"}, Before: "welcher", Clause: true},
		{Intent: "ConverseWhichNeuter", Words: []string{"welches"}, Before: "welches", Clause: true},
		{Intent: "ConverseWhether", Words: []string{"ob"}, Clause: true},
		{Intent: "ConverseIs", Words: []string{"ist"}, Before: "ist"},
		{Intent: "ConverseAre", Words: []string{"sind"}, Before: "sind"},
		{Intent: "ConverseSwitch", Words: []string{"schalte", "schalt"}, Before: "schalte"},
		{Intent: "ConverseMake", Words: []string{"mach", "mache"}, Before: "mach"},
		{Intent: "ConverseSet", Words: []string{"stelle", "stell", "setze"}, Before: "stelle"},
		{Intent: "ConverseOpen", Words: []string{"öffne"}, Before: "öffne"},
		{Intent: "ConverseClose", Words: []string{"schließe", "schließ"}, Before: "schließe"},
		{Intent: "ConverseTo", Words: []string{"er soll", "sie soll", "es soll", "bitte"}},
		{Intent: "ConverseTell", Words: []string{"sag mir"}, Before: "sag mir"},
	},
	ordinals: [Ordinals][]string{
		{"erste", "das erste", "die erste", "der erste", "den ersten", "nummer eins", "eins"},
		{"zweite", "das zweite", "die zweite", "der zweite", "den zweiten", "nummer zwei", "zwei"},
		{"dritte", "das dritte", "die dritte", "der dritte", "den dritten", "nummer drei", "drei"},
		{"vierte", "das vierte", "die vierte", "der vierte", "den vierten", "nummer vier", "vier"},
		{"fünfte", "das fünfte", "die fünfte", "der fünfte", "den fünften", "nummer fünf", "fünf"},
	},
}

package intent

var french = vocabulary{
	language: "fr",
	carriers: []Carrier{
		{Intent: "ConverseWhat", Words: []string{"que"}, Before: "que"},
		{Intent: "ConverseWhatThing", Words: []string{"qu'est-ce que"}, Before: "qu'est-ce que"},
		{Intent: "ConverseWhatIs", Words: []string{"quelle est", "quel est"}, Before: "quelle est"},
		{Intent: "ConverseHow", Words: []string{"comment"}, Before: "comment"},
		{Intent: "ConverseHowMany", Words: []string{"combien"}, Before: "combien"},
		{Intent: "ConverseWho", Words: []string{"qui"}, Before: "qui"},
		{Intent: "ConverseWhere", Words: []string{"où"}, Before: "où"},
		{Intent: "ConverseWhen", Words: []string{"quand"}, Before: "quand"},
		{Intent: "ConverseWhich", Words: []string{"quelles", "quels"}, Before: "quelles"},
		{Intent: "ConverseWhether", Words: []string{"si"}, Clause: true},
		{Intent: "ConverseIs", Words: []string{"est-ce que"}, Before: "est-ce que"},
		{Intent: "ConverseSwitch", Words: []string{"allume"}, Before: "allume"},
		{Intent: "ConverseSwitchOff", Words: []string{"éteins"}, Before: "éteins"},
		{Intent: "ConverseSet", Words: []string{"règle"}, Before: "règle"},
		{Intent: "ConverseMake", Words: []string{"mets"}, Before: "mets"},
		{Intent: "ConverseOpen", Words: []string{"ouvre"}, Before: "ouvre"},
		{Intent: "ConverseClose", Words: []string{"ferme"}, Before: "ferme"},
		{Intent: "ConverseTo", Words: []string{"de", "d'", "s'il te plaît"}},
		{Intent: "ConverseTell", Words: []string{"dis-moi"}, Before: "dis-moi"},
	},
	ordinals: [Ordinals][]string{
		{"premier", "première", "le premier", "la première", "numéro un"},
		{"deuxième", "le deuxième", "la deuxième", "second", "seconde", "le second", "la seconde", "numéro deux"},
		{"troisième", "le troisième", "la troisième", "numéro trois"},
		{"quatrième", "le quatrième", "la quatrième", "numéro quatre"},
		{"cinquième", "le cinquième", "la cinquième", "numéro cinq"},
	},
}

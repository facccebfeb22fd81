package intent

var italian = vocabulary{
	language: "it",
	carriers: []Carrier{
		{Intent: "ConverseWhat", Words: []string{"che"}, Before: "che"},
		{Intent: "ConverseWhatThing", Words: []string{"che cosa"}, Before: "che cosa"},
		{Intent: "ConverseWhatIs", Words: []string{"qual è"}, Before: "qual è"},
		{Intent: "ConverseHow", Words: []string{"come"}, Before: "come"},
		{Intent: "ConverseHowMany", Words: []string{"quante", "quanti"}, Before: "quante"},
		{Intent: "ConverseWho", Words: []string{"chi"}, Before: "chi"},
		{Intent: "ConverseWhere", Words: []string{"dove"}, Before: "dove"},
		{Intent: "ConverseWhen", Words: []string{"quando"}, Before: "quando"},
		{Intent: "ConverseWhich", Words: []string{"quali"}, Before: "quali"},
		{Intent: "ConverseWhether", Words: []string{"se"}, Clause: true},
		{Intent: "ConverseIs", Words: []string{"è"}, Before: "è"},
		{Intent: "ConverseAre", Words: []string{"sono"}, Before: "sono"},
		{Intent: "ConverseSwitch", Words: []string{"accendi"}, Before: "accendi"},
		{Intent: "ConverseSwitchOff", Words: []string{"spegni"}, Before: "spegni"},
		{Intent: "ConverseSet", Words: []string{"imposta"}, Before: "imposta"},
		{Intent: "ConverseMake", Words: []string{"metti"}, Before: "metti"},
		{Intent: "ConverseOpen", Words: []string{"apri"}, Before: "apri"},
		{Intent: "ConverseClose", Words: []string{"chiudi"}, Before: "chiudi"},
		{Intent: "ConverseTo", Words: []string{"di", "per favore"}},
		{Intent: "ConverseTell", Words: []string{"dimmi"}, Before: "dimmi"},
	},
	ordinals: [Ordinals][]string{
		{"primo", "prima", "il primo", "la prima", "numero uno"},
		{"secondo", "seconda", "il secondo", "la seconda", "numero due"},
		{"terzo", "terza", "il terzo", "la terza", "numero tre"},
		{"quarto", "quarta", "il quarto", "la quarta", "numero quattro"},
		{"quinto", "quinta", "il quinto", "la quinta", "numero cinque"},
	},
}

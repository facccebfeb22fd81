package intent

var spanish = vocabulary{
	language: "es",
	carriers: []Carrier{
		{Intent: "ConverseWhat", Words: []string{"qué"}, Before: "qué"},
		{Intent: "ConverseWhatIs", Words: []string{"cuál es"}, Before: "cuál es"},
		{Intent: "ConverseHow", Words: []string{"cómo"}, Before: "cómo"},
		{Intent: "ConverseHowMany", Words: []string{"cuántas"}, Before: "cuántas"},
		{Intent: "ConverseHowManyMasculine", Words: []string{"cuántos"}, Before: "cuántos"},
		{Intent: "ConverseWho", Words: []string{"quién"}, Before: "quién"},
		{Intent: "ConverseWhere", Words: []string{"dónde"}, Before: "dónde"},
		{Intent: "ConverseWhen", Words: []string{"cuándo"}, Before: "cuándo"},
		{Intent: "ConverseWhich", Words: []string{"cuáles"}, Before: "cuáles"},
		{Intent: "ConverseWhether", Words: []string{"si"}, Clause: true},
		{Intent: "ConverseIs", Words: []string{"está"}, Before: "está"},
		{Intent: "ConverseAre", Words: []string{"están"}, Before: "están"},
		{Intent: "ConverseSwitch", Words: []string{"enciende"}, Before: "enciende"},
		{Intent: "ConverseSwitchOff", Words: []string{"apaga"}, Before: "apaga"},
		{Intent: "ConverseSet", Words: []string{"pon", "ajusta"}, Before: "pon"},
		{Intent: "ConverseOpen", Words: []string{"abre"}, Before: "abre"},
		{Intent: "ConverseClose", Words: []string{"cierra"}, Before: "cierra"},
		{Intent: "ConverseTo", Words: []string{"que", "por favor"}},
		{Intent: "ConverseTell", Words: []string{"dime"}, Before: "dime"},
	},
	ordinals: [Ordinals][]string{
		{"primero", "primera", "el primero", "la primera", "número uno"},
		{"segundo", "segunda", "el segundo", "la segunda", "número dos"},
		{"tercero", "tercera", "el tercero", "la tercera", "número tres"},
		{"cuarto", "cuarta", "el cuarto", "la cuarta", "número cuatro"},
		{"quinto", "quinta", "el quinto", "la quinta", "número cinco"},
	},
}

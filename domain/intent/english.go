package intent

var english = vocabulary{
	language: "en",
	carriers: []Carrier{
		{Intent: "ConverseWhat", Words: []string{"what"}, Before: "what", Clause: true},
		{Intent: "ConverseWhatIs", Words: []string{"what's", "what is"}, Before: "what is"},
		{Intent: "ConverseHow", Words: []string{"how"}, Before: "how", Clause: true},
		{Intent: "ConverseWho", Words: []string{"who"}, Before: "who", Clause: true},
		{Intent: "ConverseWhere", Words: []string{"where"}, Before: "where", Clause: true},
		{Intent: "ConverseWhen", Words: []string{"when"}, Before: "when", Clause: true},
		{Intent: "ConverseWhich", Words: []string{"which"}, Before: "which", Clause: true},
		{Intent: "ConverseWhether", Words: []string{"whether", "if"}, Clause: true},
		{Intent: "ConverseIs", Words: []string{"is"}, Before: "is"},
		{Intent: "ConverseAre", Words: []string{"are"}, Before: "are"},
		{Intent: "ConverseSwitch", Words: []string{"turn", "switch"}, Before: "turn"},
		{Intent: "ConverseSet", Words: []string{"set"}, Before: "set"},
		{Intent: "ConverseOpen", Words: []string{"open"}, Before: "open"},
		{Intent: "ConverseClose", Words: []string{"close", "shut"}, Before: "close"},
		{Intent: "ConverseTo", Words: []string{"to", "please", "that i said"}},
		{Intent: "ConverseTell", Words: []string{"tell me"}, Before: "tell me"},
	},
	ordinals: [Ordinals][]string{
		{"first", "the first", "the first one", "number one", "one", "the former"},
		{"second", "the second", "the second one", "number two", "two"},
		{"third", "the third", "the third one", "number three", "three"},
		{"fourth", "the fourth", "the fourth one", "number four", "four"},
		{"fifth", "the fifth", "the fifth one", "number five", "five"},
	},
}

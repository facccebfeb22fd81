package hearing

// Fillers, Negations and Verbs return the words of a language's grammar.
func Fillers(language string) []string   { return grammars[language].fillers }
func Negations(language string) []string { return grammars[language].negations }
func Verbs(language string) []string     { return grammars[language].verbs }

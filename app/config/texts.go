package config

// Texts returns each of the mistakes as Mistake.String does.
func (m Mistakes) Texts() []string {
	texts := make([]string, len(m))
	for i, one := range m {
		texts[i] = one.String()
	}
	return texts
}

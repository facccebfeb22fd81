package capability

// Kinds returns the kinds of all Home Assistant domains that LEE offers to
// Alexa. One line a domain: the line is what adds one.
func Kinds() []Kind {
	return []Kind{
		automations(),
		groups(),
		inputBooleans(),
		lights(),
		locks(),
		scenes(),
		scripts(),
		switches(),
	}
}

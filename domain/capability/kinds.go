package capability

// Kinds returns the kinds of all Home Assistant domains that LEE offers to
// Alexa. One line a domain: the line is what adds one.
func Kinds() []Kind {
	return []Kind{
		alerts(),
		automations(),
		buttons(),
		covers(),
		fans(),
		groups(),
		humidifiers(),
		inputBooleans(),
		inputButtons(),
		inputNumbers(),
		inputSelects(),
		lights(),
		locks(),
		numbers(),
		remotes(),
		scenes(),
		scripts(),
		selects(),
		sirens(),
		switches(),
		timers(),
		vacuums(),
		valves(),
	}
}

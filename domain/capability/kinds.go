package capability

// Kinds returns the kinds of all Home Assistant domains that LEE offers to
// Alexa. One line a domain: the line is what adds one.
func Kinds() []Kind {
	return []Kind{
		alarmPanels(),
		alerts(),
		automations(),
		binarySensors(),
		buttons(),
		cameras(),
		climates(),
		covers(),
		events(),
		fans(),
		groups(),
		humidifiers(),
		imageProcessors(),
		inputBooleans(),
		inputButtons(),
		inputNumbers(),
		inputSelects(),
		lights(),
		locks(),
		mediaPlayers(),
		numbers(),
		remotes(),
		scenes(),
		scripts(),
		selects(),
		sensors(),
		sirens(),
		switches(),
		timers(),
		vacuums(),
		valves(),
		waterHeaters(),
	}
}

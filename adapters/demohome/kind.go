package demohome

// A kind is what the entities of one domain have in common.
type kind struct {
	// live are the attributes that only a device which can be reached has. The
	// others, what it is capable of, are shown of an unavailable one too.
	live []string
	// show adapts the attributes, a copy of all that the device knows, to what
	// it shows in its present state; nil shows them all.
	show func(e *entity, shown map[string]any)
	// services are the domain's, by name.
	services map[string]service
}

// kinds returns the domains that the house knows how to serve. Entities of
// others can be in it, but nothing can be asked of them.
func kinds() map[string]kind {
	return map[string]kind{
		"alarm_control_panel":     alarmPanels(),
		"automation":              automations(),
		"button":                  buttons(),
		"camera":                  cameras(),
		"climate":                 climates(),
		"counter":                 counters(),
		"cover":                   covers(),
		"fan":                     fans(),
		"group":                   groups(),
		"homeassistant":           core(),
		"humidifier":              humidifiers(),
		"input_boolean":           inputBooleans(),
		"input_button":            inputButtons(),
		"input_number":            inputNumbers(),
		"input_select":            inputSelects(),
		"light":                   lights(),
		"lock":                    locks(),
		"media_player":            mediaPlayers(),
		"notify":                  notifiers(),
		"number":                  numbers(),
		"persistent_notification": notifications(),
		"remote":                  remotes(),
		"scene":                   scenes(),
		"script":                  scripts(),
		"select":                  selects(),
		"siren":                   sirens(),
		"switch":                  switches(),
		"timer":                   timers(),
		"vacuum":                  vacuums(),
		"valve":                   valves(),
		"water_heater":            waterHeaters(),
	}
}

//go:build live

package endtoend

import "path"

// reviewedDifference says why our discovery is not Home Assistant's own there.
type reviewedDifference struct {
	// endpoint and at are patterns (path.Match) of endpoints' ids and of where in
	// them.
	endpoint, at string
	// ours and theirs are what each has, as JSON; "" for anything.
	ours, theirs string
	why          string
}

func (r reviewedDifference) covers(d difference) bool {
	id, err := path.Match(r.endpoint, d.endpoint)
	at, err2 := path.Match(r.at, d.at)
	return id && at && err == nil && err2 == nil &&
		(r.ours == "" || r.ours == d.ours) && (r.theirs == "" || r.theirs == d.theirs)
}

// What is on one side only.
const (
	here = "there"
	none = "none"
)

var reviewed = []reviewedDifference{
	{"*", "*/properties/proactivelyReported", "false", "true", "LEE does not report changes by itself yet, and does not say that it does"},
	{"*", "Alexa.SceneController/proactivelyReported", here, none, "the same, where Amazon's page has it beside supportsDeactivation"},
	{"*", "*/properties/nonControllable", none, here, "false is what Alexa takes when it is left out"},
	{"*", "cookie", none, here, "LEE needs nothing back, and an empty one says nothing"},
	{"*", "additionalAttributes/softwareVersion", none, here, "Home Assistant's version is not the device's"},
	{"*", "additionalAttributes/customIdentifier", none, here, "it holds the id of a user of the home, which Alexa has no use for"},

	{"climate#ecobee", "Alexa.ThermostatController/configuration/supportedModes", `["OFF","COOL","AUTO","CUSTOM","ECO"]`, `["OFF","COOL","AUTO","AUTO","CUSTOM","CUSTOM","ECO"]`, "several modes of the home are one for Alexa, which is told of it once"},
	{"climate#hvac", "Alexa.ThermostatController/configuration/supportedModes", `["OFF","HEAT","COOL","AUTO","CUSTOM"]`, `["OFF","HEAT","COOL","AUTO","CUSTOM","CUSTOM"]`, "the same"},
	{"climate#hvac", "Alexa.HumiditySensor", here, none, "it measures the humidity, and people ask for it"},
	{"cover#pergola_roof", "Alexa.PlaybackController*/supportedOperations", here, none, "slats can be stopped too, and an interface without operations does nothing"},
	{"fan#*", "Alexa.ModeController*/configuration/supportedModes", "", "", "labels as people write them: words with a capital, Alexa's own word for auto, which she translates"},
	{"input_boolean#*", "friendlyName", "", `""`, "an entity without a name is called by its id; Alexa refuses an empty name"},
	{"light#entrance_color_white_lights", "friendlyName", `"Entrance Color White Lights"`, `"Entrance Color  White Lights"`, "where a character that Alexa does not take was, there is one space"},
	{"media_player#*", "Alexa.ChannelController/properties", here, none, "Amazon's page has the property channel, and state reports tell it"},
	{"media_player#*", "Alexa.InputController/properties", here, none, "Amazon's page has the property input, and state reports tell it"},
	{"media_player#*", "Alexa.SeekController/properties", here, none, "Amazon's page has the property positionMilliseconds, not to be asked for"},
}

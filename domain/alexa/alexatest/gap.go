package alexatest

import (
	"fmt"
	"regexp"
)

// gap is something that Alexa takes and Amazon's schema does not know. Nothing
// is excused but one kind of value at one place.
type gap struct {
	// of is what is checked: "endpoint", "capability Alexa.Speaker".
	of string
	// at leads from there to the value, with [] for an item of a list; "" for
	// the whole.
	at string
	// is says whether it is the value that is excused; nil excuses what the
	// schema does not know as a whole.
	is func(spot) bool
	// why says how it is known that Alexa takes the value.
	why string
	// example is JSON of what is checked, with the value in it. The tests prove
	// by it that the schema still refuses it, and nothing else of it.
	example string
}

// gaps is the list. A line may go in when Amazon's page says what the schema
// does not, or when skills that work have long been sending it.
var gaps = append(categories(
	"AIR_CONDITIONER", "AIR_FRESHENER", "AIR_PURIFIER", "AIR_QUALITY_MONITOR", "ALEXA_VOICE_ENABLED",
	"AUTO_ACCESSORY", "BLUETOOTH_SPEAKER", "CHRISTMAS_TREE", "COFFEE_MAKER", "DISHWASHER", "DRYER", "HEADPHONES",
	"HUB", "PRINTER", "REMOTE", "ROUTER", "SECURITY_SYSTEM", "SLOW_COOKER", "VACUUM_CLEANER", "VEHICLE", "WASHER",
	"WATER_HEATER",
), []gap{
	{
		of:      "capability Alexa.HumiditySensor",
		why:     "the interface is younger than the schema: alexa-humiditysensor.html",
		example: `{"type":"AlexaInterface","interface":"Alexa.HumiditySensor","version":"3","properties":{"supported":[{"name":"relativeHumidity"}],"retrievable":true,"proactivelyReported":false}}`,
	},
	{
		of:      "property Alexa.HumiditySensor.relativeHumidity",
		why:     "the interface is younger than the schema: alexa-humiditysensor.html",
		example: propertyJSON("Alexa.HumiditySensor", "relativeHumidity", `43.5`),
	},
	{
		of:      "capability Alexa.PlaybackStateReporter",
		why:     "the schema forgets the interface: alexa-playbackstatereporter.html",
		example: `{"type":"AlexaInterface","interface":"Alexa.PlaybackStateReporter","version":"3","properties":{"supported":[{"name":"playbackState"}],"retrievable":true,"proactivelyReported":false}}`,
	},
	{
		of:      "property Alexa.PlaybackStateReporter.playbackState",
		why:     "the schema forgets the interface: alexa-playbackstatereporter.html",
		example: propertyJSON("Alexa.PlaybackStateReporter", "playbackState", `{"state":"PAUSED"}`),
	},
	{
		of: "capability Alexa.ThermostatController", at: "version", is: words("3.2"),
		why:     "alexa-thermostatcontroller.html describes version 3.2, its own page version 3",
		example: `{"type":"AlexaInterface","interface":"Alexa.ThermostatController","version":"3.2","configuration":{"supportedModes":["HEAT","OFF"]}}`,
	},
	{
		of: "capability Alexa.ThermostatController", at: "configuration.supportedModes[]", is: words("CUSTOM"),
		why:     "Alexa's word for modes like fan and dry: alexa-thermostatcontroller.html",
		example: `{"type":"AlexaInterface","interface":"Alexa.ThermostatController","version":"3","configuration":{"supportedModes":["HEAT","CUSTOM"]}}`,
	},
	{
		of: "property Alexa.ThermostatController.thermostatMode", at: "value", is: words("CUSTOM"),
		why:     "Alexa's word for modes like fan and dry: alexa-thermostatcontroller.html",
		example: propertyJSON("Alexa.ThermostatController", "thermostatMode", `"CUSTOM"`),
	},
	fahrenheit("lowerSetpoint"),
	fahrenheit("targetSetpoint"),
	fahrenheit("upperSetpoint"),
	{
		of: "capability Alexa.CameraStreamController", at: "cameraStreamConfigurations[].protocols[]", is: words("HLS"),
		why:     "Amazon's screens play it: Home Assistant's and openHAB's skills send nothing else",
		example: `{"type":"AlexaInterface","interface":"Alexa.CameraStreamController","version":"3","cameraStreamConfigurations":[{"protocols":["HLS"],"resolutions":[{"width":1280,"height":720}],"authorizationTypes":["NONE"],"videoCodecs":["H264"],"audioCodecs":["AAC"]}]}`,
	},
	{
		of: "answer", at: "event.payload.cameraStreams[].protocol", is: words("HLS"),
		why:     "Amazon's screens play it: Home Assistant's and openHAB's skills send nothing else",
		example: `{"event":{"header":{"namespace":"Alexa.CameraStreamController","name":"Response","payloadVersion":"3","messageId":"1","correlationToken":"t"},"endpoint":{"endpointId":"camera#door"},"payload":{"cameraStreams":[{"uri":"https://home.example/live.m3u8","protocol":"HLS","resolution":{"width":1280,"height":720},"authorizationType":"NONE","videoCodec":"H264","audioCodec":"AAC"}],"imageUri":"https://home.example/door.jpg"}}}`,
	},
}...)

// categories are the gaps of display categories.
func categories(names ...string) []gap {
	all := make([]gap, len(names))
	for i, name := range names {
		all[i] = gap{
			of: "endpoint", at: "displayCategories[]", is: words(name),
			why:     "alexa-discovery-objects.html lists it",
			example: `{"endpointId":"a#b","manufacturerName":"Someone","friendlyName":"Thing","description":"A thing","displayCategories":["` + name + `"],"capabilities":[{"type":"AlexaInterface","interface":"Alexa","version":"3"}]}`,
		}
	}
	return all
}

// fahrenheit is the gap of a thermostat's set point in degrees Fahrenheit: the
// schema has one limit for all scales, below a water heater's 120 °F. Our own
// rules have a limit for each.
func fahrenheit(name string) gap {
	return gap{
		of: "property Alexa.ThermostatController." + name, at: "value.value",
		is: func(s spot) bool {
			n, ok := s.number()
			return ok && n > 100 && n <= 212
		},
		why:     "the schema's limit of 100 forgets that degrees may be Fahrenheit",
		example: propertyJSON("Alexa.ThermostatController", name, `{"value":120,"scale":"FAHRENHEIT"}`),
	}
}

func propertyJSON(namespace, name, value string) string {
	return fmt.Sprintf(`{"namespace":%q,"name":%q,"value":%s,"timeOfSample":"2026-01-31T12:00:00.000Z","uncertaintyInMilliseconds":0}`, namespace, name, value)
}

func words(word string) func(spot) bool {
	return func(s spot) bool { return s.text() == word }
}

var index = regexp.MustCompile(`\[\d+\]`)

// excuses says whether the refusal is the gap's.
func (g gap) excuses(r refusal) bool {
	if g.of != r.of || g.at != index.ReplaceAllString(r.place.path, "[]") {
		return false
	}
	if g.is == nil {
		return r.unknown
	}
	return g.is(r.place)
}

// notExcused returns the refusals that no gap excuses, as complaints.
func notExcused(refusals []refusal) []string {
	var complaints []string
next:
	for _, r := range refusals {
		for _, g := range gaps {
			if g.excuses(r) {
				continue next
			}
		}
		r.place.complaints = &complaints
		r.place.complain("Amazon's schema: %s", r.why)
	}
	return complaints
}

package alexatest

// The words that Alexa knows, as its interfaces' pages list them. Some stand in
// discovery as well as in properties.
var (
	armStates       = []string{"ARMED_AWAY", "ARMED_NIGHT", "ARMED_STAY", "DISARMED"}
	bands           = []string{"BASS", "MIDRANGE", "TREBLE"}
	measurements    = []string{"Count", "Percentage", "Volume", "Weight"}
	operations      = []string{"FastForward", "Next", "Pause", "Play", "Previous", "Rewind", "StartOver", "Stop"}
	soundModes      = []string{"MOVIE", "MUSIC", "NIGHT", "SPORT", "TV"}
	thermostatModes = []string{"AUTO", "COOL", "CUSTOM", "ECO", "HEAT", "OFF"}

	// Of cameras. HLS is not on Amazon's page but plays on its screens: Home
	// Assistant's and openHAB's skills send nothing else.
	audioCodecs    = []string{"AAC", "G711", "NONE"}
	authorizations = []string{"BASIC", "DIGEST", "NONE"}
	protocols      = []string{"HLS", "RTSP", "WEBRTC"}
	videoCodecs    = []string{"H264", "JPG", "MJPEG", "MPEG2"}

	// https://developer.amazon.com/docs/alexa/device-apis/alexa-discovery-objects.html#display-categories
	displayCategories = []string{
		"ACTIVITY_TRIGGER", "AIR_CONDITIONER", "AIR_FRESHENER", "AIR_PURIFIER", "AIR_QUALITY_MONITOR",
		"ALEXA_VOICE_ENABLED", "AUTO_ACCESSORY", "BLUETOOTH_SPEAKER", "CAMERA", "CHRISTMAS_TREE", "COFFEE_MAKER",
		"COMPUTER", "CONTACT_SENSOR", "DISHWASHER", "DOOR", "DOORBELL", "DRYER", "EXTERIOR_BLIND", "FAN",
		"GAME_CONSOLE", "GARAGE_DOOR", "HEADPHONES", "HUB", "INTERIOR_BLIND", "LAPTOP", "LIGHT", "MICROWAVE",
		"MOBILE_PHONE", "MOTION_SENSOR", "MUSIC_SYSTEM", "NETWORK_HARDWARE", "OTHER", "OVEN", "PHONE", "PRINTER",
		"REMOTE", "ROUTER", "SCENE_TRIGGER", "SCREEN", "SECURITY_PANEL", "SECURITY_SYSTEM", "SLOW_COOKER",
		"SMARTLOCK", "SMARTPLUG", "SPEAKER", "STREAMING_DEVICE", "SWITCH", "TABLET", "TEMPERATURE_SENSOR",
		"THERMOSTAT", "TV", "VACUUM_CLEANER", "VEHICLE", "WASHER", "WATER_HEATER", "WEARABLE",
	}

	// https://developer.amazon.com/docs/alexa/device-apis/alexa-discovery-objects.html#semantics-object
	actions = []string{"Alexa.Actions.Close", "Alexa.Actions.Lower", "Alexa.Actions.Open", "Alexa.Actions.Raise", "Alexa.Actions.SetEcoOff", "Alexa.Actions.SetEcoOn"}
	states  = []string{"Alexa.States.Closed", "Alexa.States.Done", "Alexa.States.EcoOff", "Alexa.States.EcoOn", "Alexa.States.Empty", "Alexa.States.Full", "Alexa.States.Low", "Alexa.States.Open", "Alexa.States.Stuck"}
)

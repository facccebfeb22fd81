package alexa

import "slices"

// categories are all display categories that Amazon knows, in order; LEE gives
// some of them by itself, and any of them where the settings say so
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-discovery-objects.html#display-categories).
var categories = []DisplayCategory{
	"ACTIVITY_TRIGGER", "AIR_CONDITIONER", "AIR_FRESHENER", "AIR_PURIFIER", "AIR_QUALITY_MONITOR",
	"ALEXA_VOICE_ENABLED", "AUTO_ACCESSORY", "BLUETOOTH_SPEAKER", "CAMERA", "CHRISTMAS_TREE", "COFFEE_MAKER",
	"COMPUTER", "CONTACT_SENSOR", "DISHWASHER", "DOOR", "DOORBELL", "DRYER", "EXTERIOR_BLIND", "FAN",
	"GAME_CONSOLE", "GARAGE_DOOR", "HEADPHONES", "HUB", "INTERIOR_BLIND", "LAPTOP", "LIGHT", "MICROWAVE",
	"MOBILE_PHONE", "MOTION_SENSOR", "MUSIC_SYSTEM", "NETWORK_HARDWARE", "OTHER", "OVEN", "PHONE", "PRINTER",
	"REMOTE", "ROUTER", "SCENE_TRIGGER", "SCREEN", "SECURITY_PANEL", "SECURITY_SYSTEM", "SLOW_COOKER",
	"SMARTLOCK", "SMARTPLUG", "SPEAKER", "STREAMING_DEVICE", "SWITCH", "TABLET", "TEMPERATURE_SENSOR",
	"THERMOSTAT", "TV", "VACUUM_CLEANER", "VEHICLE", "WASHER", "WATER_HEATER", "WEARABLE",
}

// Valid says whether the category is one that Amazon knows.
func (c DisplayCategory) Valid() bool {
	_, found := slices.BinarySearch(categories, c)
	return found
}

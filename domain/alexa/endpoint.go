package alexa

// Limits of Amazon's on what discovery may send
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-discovery-objects.html).
const (
	// MaxEndpoints is how many endpoints a customer may have.
	MaxEndpoints = 300
	// MaxCapabilities is how many capabilities an endpoint may have.
	MaxCapabilities = 100
	// MaxEndpointID is how many characters an endpoint's id may have.
	MaxEndpointID = 256
	// MaxText is how many characters a name, a manufacturer or a description
	// may have.
	MaxText = 128
)

// Endpoint is a device or a scene as discovery tells Alexa of it.
type Endpoint struct {
	EndpointID           string            `json:"endpointId"`
	ManufacturerName     string            `json:"manufacturerName"`
	FriendlyName         string            `json:"friendlyName"`
	Description          string            `json:"description"`
	DisplayCategories    []DisplayCategory `json:"displayCategories"`
	AdditionalAttributes *Attributes       `json:"additionalAttributes,omitempty"`
	Capabilities         []Capability      `json:"capabilities"`
}

// Attributes tell Alexa what a device is, beyond its name.
type Attributes struct {
	Manufacturer     string `json:"manufacturer,omitempty"`
	Model            string `json:"model,omitempty"`
	SoftwareVersion  string `json:"softwareVersion,omitempty"`
	CustomIdentifier string `json:"customIdentifier,omitempty"`
}

// ValidEndpointID says whether id is one that Alexa accepts: 1 to 256 letters,
// digits, spaces and _-=#;:?@&.
func ValidEndpointID(id string) bool {
	if id == "" || len(id) > MaxEndpointID {
		return false
	}
	for i := range len(id) {
		c := id[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == ' ', c == '_', c == '-', c == '=', c == '#', c == ';', c == ':', c == '?', c == '@', c == '&':
		default:
			return false
		}
	}
	return true
}

// DisplayCategory says how Alexa's app shows an endpoint, and which words it
// understands for it.
type DisplayCategory string

// The display categories that LEE gives
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-discovery-objects.html#display-categories).
const (
	CategoryActivityTrigger   DisplayCategory = "ACTIVITY_TRIGGER"
	CategoryCamera            DisplayCategory = "CAMERA"
	CategoryContactSensor     DisplayCategory = "CONTACT_SENSOR"
	CategoryDoor              DisplayCategory = "DOOR"
	CategoryDoorbell          DisplayCategory = "DOORBELL"
	CategoryExteriorBlind     DisplayCategory = "EXTERIOR_BLIND"
	CategoryFan               DisplayCategory = "FAN"
	CategoryGarageDoor        DisplayCategory = "GARAGE_DOOR"
	CategoryInteriorBlind     DisplayCategory = "INTERIOR_BLIND"
	CategoryLight             DisplayCategory = "LIGHT"
	CategoryMotionSensor      DisplayCategory = "MOTION_SENSOR"
	CategoryOther             DisplayCategory = "OTHER"
	CategoryRemote            DisplayCategory = "REMOTE"
	CategorySceneTrigger      DisplayCategory = "SCENE_TRIGGER"
	CategorySecurityPanel     DisplayCategory = "SECURITY_PANEL"
	CategorySmartLock         DisplayCategory = "SMARTLOCK"
	CategorySmartPlug         DisplayCategory = "SMARTPLUG"
	CategorySpeaker           DisplayCategory = "SPEAKER"
	CategorySwitch            DisplayCategory = "SWITCH"
	CategoryTemperatureSensor DisplayCategory = "TEMPERATURE_SENSOR"
	CategoryThermostat        DisplayCategory = "THERMOSTAT"
	CategoryTV                DisplayCategory = "TV"
	CategoryVacuumCleaner     DisplayCategory = "VACUUM_CLEANER"
	CategoryWaterHeater       DisplayCategory = "WATER_HEATER"
)

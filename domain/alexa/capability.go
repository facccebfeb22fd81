package alexa

// Capability is one interface of an endpoint as discovery tells Alexa of it.
type Capability struct {
	// Type is "AlexaInterface"; NewCapability fills it in.
	Type      string    `json:"type"`
	Interface Namespace `json:"interface"`
	Instance  string    `json:"instance,omitempty"`
	Version   string    `json:"version"`
	// Properties are the interface's properties; nil when it has none.
	Properties *Properties `json:"properties,omitempty"`
	// Resources are the names people may say for the instance.
	Resources *Resources `json:"capabilityResources,omitempty"`
	// Configuration is the interface's own description of what the device can
	// do; its form differs by interface. nil when it has none.
	Configuration any `json:"configuration,omitempty"`
	// Configurations is Alexa.EqualizerController's configuration, which Amazon
	// spells in the plural.
	Configurations any `json:"configurations,omitempty"`
	// Semantics tie words like open and raise to the interface's directives.
	Semantics *Semantics `json:"semantics,omitempty"`
	// SupportsDeactivation is Alexa.SceneController's.
	SupportsDeactivation *bool `json:"supportsDeactivation,omitempty"`
	// ProactivelyReported is Alexa.SceneController's and DoorbellEventSource's,
	// which have no properties.
	ProactivelyReported *bool `json:"proactivelyReported,omitempty"`
	// SupportedOperations is Alexa.PlaybackController's.
	SupportedOperations []string `json:"supportedOperations,omitempty"`
	// Inputs is Alexa.InputController's.
	Inputs []Input `json:"inputs,omitempty"`
	// CameraStreams is Alexa.CameraStreamController's configuration.
	CameraStreams any `json:"cameraStreamConfigurations,omitempty"`
}

// Properties say which properties an interface has and how Alexa learns of
// them.
type Properties struct {
	Supported           []PropertyName `json:"supported"`
	ProactivelyReported bool           `json:"proactivelyReported"`
	Retrievable         bool           `json:"retrievable"`
	NonControllable     bool           `json:"nonControllable,omitempty"`
}

// PropertyName names a property of an interface.
type PropertyName struct {
	Name string `json:"name"`
}

// Input names an input of Alexa.InputController.
type Input struct {
	Name string `json:"name"`
}

// NewCapability returns the capability of interface ns in version 3 whose named
// properties Alexa may ask for. They are not reported by themselves.
func NewCapability(ns Namespace, properties ...string) Capability {
	c := Capability{Type: "AlexaInterface", Interface: ns, Version: "3"}
	if len(properties) > 0 {
		c.Properties = &Properties{Retrievable: true}
		for _, name := range properties {
			c.Properties.Supported = append(c.Properties.Supported, PropertyName{name})
		}
	}
	return c
}

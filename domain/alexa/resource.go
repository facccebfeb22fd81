package alexa

// Resources are the names under which people may speak of an instance, a mode
// or a preset
// (https://developer.amazon.com/docs/alexa/device-apis/resources-and-assets.html).
type Resources struct {
	FriendlyNames []Label `json:"friendlyNames"`
}

// Label is a name: either an asset, which Alexa translates itself, or a text.
type Label struct {
	Type  string     `json:"@type"`
	Value LabelValue `json:"value"`
}

// LabelValue is a label's asset id, or its text and the locale of the text.
type LabelValue struct {
	AssetID string `json:"assetId,omitempty"`
	Text    string `json:"text,omitempty"`
	Locale  string `json:"locale,omitempty"`
}

// Asset returns a label that Alexa translates, "Alexa.Setting.FanSpeed".
func Asset(id string) Label { return Label{"asset", LabelValue{AssetID: id}} }

// Text returns a label that is said as it stands, in locale ("en-US").
func Text(text, locale string) Label { return Label{"text", LabelValue{Text: text, Locale: locale}} }

// Named returns resources with the given labels.
func Named(labels ...Label) *Resources { return &Resources{labels} }

// RangeConfiguration is Alexa.RangeController's.
type RangeConfiguration struct {
	SupportedRange Range    `json:"supportedRange"`
	UnitOfMeasure  string   `json:"unitOfMeasure,omitempty"`
	Presets        []Preset `json:"presets,omitempty"`
}

// Range is a range of numbers and the step within it.
type Range struct {
	Minimum   float64 `json:"minimumValue"`
	Maximum   float64 `json:"maximumValue"`
	Precision float64 `json:"precision"`
}

// Preset is a value of a range that has a name.
type Preset struct {
	Value     float64    `json:"rangeValue"`
	Resources *Resources `json:"presetResources"`
}

// ModeConfiguration is Alexa.ModeController's.
type ModeConfiguration struct {
	Ordered        bool   `json:"ordered"`
	SupportedModes []Mode `json:"supportedModes"`
}

// Mode is one of a device's modes.
type Mode struct {
	Value     string     `json:"value"`
	Resources *Resources `json:"modeResources"`
}

// Semantics tie what people say to directives and states of an instance.
type Semantics struct {
	ActionMappings []ActionMapping `json:"actionMappings,omitempty"`
	StateMappings  []StateMapping  `json:"stateMappings,omitempty"`
}

// ActionMapping ties actions ("Alexa.Actions.Open") to a directive.
type ActionMapping struct {
	Type      string          `json:"@type"`
	Actions   []string        `json:"actions"`
	Directive MappedDirective `json:"directive"`
}

// MappedDirective is the directive that a mapped action sends.
type MappedDirective struct {
	Name    string `json:"name"`
	Payload any    `json:"payload"`
}

// StateMapping ties states ("Alexa.States.Open") to a value or a range.
type StateMapping struct {
	Type   string      `json:"@type"`
	States []string    `json:"states"`
	Value  any         `json:"value,omitempty"`
	Range  *StateRange `json:"range,omitempty"`
}

// StateRange is a range of values that count as one state.
type StateRange struct {
	Minimum float64 `json:"minimumValue"`
	Maximum float64 `json:"maximumValue"`
}

// Does returns the mapping of actions to a directive. The actions are named
// without their prefix: "Open", "Raise".
func Does(directive string, payload any, actions ...string) ActionMapping {
	return ActionMapping{"ActionsToDirective", prefixed("Alexa.Actions.", actions), MappedDirective{directive, payload}}
}

// Means returns the mapping of states to one value. The states are named
// without their prefix: "Open", "Closed".
func Means(value any, states ...string) StateMapping {
	return StateMapping{Type: "StatesToValue", States: prefixed("Alexa.States.", states), Value: value}
}

// MeansRange returns the mapping of states to the values from least to most.
func MeansRange(least, most float64, states ...string) StateMapping {
	return StateMapping{Type: "StatesToRange", States: prefixed("Alexa.States.", states), Range: &StateRange{least, most}}
}

func prefixed(prefix string, names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = prefix + name
	}
	return out
}

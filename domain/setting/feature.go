package setting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Feature is something that LEE does with the home and that can be left out.
type Feature uint8

// The features.
const (
	// FeatureCore is what cannot be left out.
	FeatureCore Feature = iota
	// FeatureAlexa is the Smart Home: discovery, control, state reports.
	FeatureAlexa
	// FeatureAutomations and FeatureScripts make those endpoints and intents.
	FeatureAutomations
	FeatureScripts
	// FeatureInputHelpers makes endpoints and intents of input booleans, buttons,
	// numbers and selects.
	FeatureInputHelpers
	// FeatureNotifications lets announcements be made.
	FeatureNotifications
	// FeatureConversation hands what is said to the home's conversation agent.
	FeatureConversation
	// FeatureWebSocket has no effect yet. It is a name for events over WebSocket
	// that the preset development already holds.
	FeatureWebSocket
)

var features = [...]string{
	FeatureCore: "core", FeatureAlexa: "alexa", FeatureAutomations: "automations", FeatureScripts: "scripts",
	FeatureInputHelpers: "input_helpers", FeatureNotifications: "notifications",
	FeatureConversation: "conversation", FeatureWebSocket: "websocket",
}

// String returns the feature as HA_FEATURES has it.
func (f Feature) String() string {
	if int(f) < len(features) {
		return features[f]
	}
	return "feature " + strconv.Itoa(int(f))
}

// presets are the feature sets that have a name. Each holds the one before it:
// last is the last feature of those above that it has.
var presets = [...]struct {
	name string
	last Feature
}{
	{"minimal", FeatureCore},
	{"basic", FeatureAlexa},
	{"standard", FeatureScripts},
	{"full", FeatureConversation},
	{"development", FeatureWebSocket},
}

// Features is a set of features. The zero value is empty.
type Features uint16

// FeaturesOf returns the set of the features given.
func FeaturesOf(list ...Feature) Features {
	var set Features
	for _, f := range list {
		set |= 1 << f
	}
	return set
}

// upTo returns the features up to and including last.
func upTo(last Feature) Features { return 1<<(last+1) - 1 }

// Has says whether the set has a feature.
func (s Features) Has(f Feature) bool { return s&(1<<f) != 0 }

// Named says whether the set has the feature of a name.
func (s Features) Named(name string) bool {
	f := slices.Index(features[:], name)
	return f >= 0 && s.Has(Feature(f))
}

// Names returns the names of the set's features in their order.
func (s Features) Names() []string {
	var names []string
	for f, feature := range features {
		if s.Has(Feature(f)) {
			names = append(names, feature)
		}
	}
	return names
}

// String returns the name of a preset that is the set, else its features with
// commas between them.
func (s Features) String() string {
	for _, p := range presets {
		if s == upTo(p.last) {
			return p.name
		}
	}
	return strings.Join(s.Names(), ",")
}

// MarshalText returns what String returns; it never fails.
func (s Features) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// featureSet is a list of features and presets with commas between them. Core is always
// in it.
var featureSet = Kind{
	Allowed: featuresAllowed(),
	Parse:   parseFeatures,
}

func parseFeatures(text string) (any, error) {
	set := upTo(FeatureCore)
	for item := range strings.SplitSeq(text, ",") {
		item = strings.ToLower(strings.TrimSpace(item))
		if item == "" {
			continue
		}
		one, ok := featuresNamed(item)
		if !ok {
			return nil, fmt.Errorf("names %s, which is no feature", shown(item))
		}
		set |= one
	}
	return set, nil
}

// featuresNamed returns the features of one name: a preset's or a feature's own.
func featuresNamed(item string) (Features, bool) {
	for _, p := range presets {
		if p.name == item {
			return upTo(p.last), true
		}
	}
	if f := slices.Index(features[:], item); f >= 0 {
		return FeaturesOf(Feature(f)), true
	}
	return 0, false
}

func featuresAllowed() string {
	names := make([]string, len(presets))
	for i, p := range presets {
		names[i] = p.name
	}
	return "one of " + strings.Join(names, ", ") + ", or a list with commas of " + strings.Join(features[:], ", ")
}

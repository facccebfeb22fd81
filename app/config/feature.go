package config

import "github.com/lambda-execution-engine/lee/domain/setting"

// Features is what LEE does with the home (HA_FEATURES).
type Features = setting.Features

// The features.
const (
	FeatureAlexa         = setting.FeatureAlexa
	FeatureAutomations   = setting.FeatureAutomations
	FeatureScripts       = setting.FeatureScripts
	FeatureInputHelpers  = setting.FeatureInputHelpers
	FeatureNotifications = setting.FeatureNotifications
	FeatureConversation  = setting.FeatureConversation
)

var featureSet = kind[Features]{allowed: setting.FeaturesAllowed(), parse: setting.ParseFeatures, show: Features.String}

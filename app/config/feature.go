package config

import "github.com/lambda-execution-engine/lee/domain/setting"

// Features is what LEE does with the home (HA_FEATURES).
type Features = setting.Features

// Feature is one thing of it.
type Feature = setting.Feature

// The features.
const (
	FeatureCore          = setting.FeatureCore
	FeatureAlexa         = setting.FeatureAlexa
	FeatureAutomations   = setting.FeatureAutomations
	FeatureScripts       = setting.FeatureScripts
	FeatureInputHelpers  = setting.FeatureInputHelpers
	FeatureNotifications = setting.FeatureNotifications
	FeatureConversation  = setting.FeatureConversation
	FeatureWebSocket     = setting.FeatureWebSocket
)

// FeaturesOf returns the set of the features given.
func FeaturesOf(list ...Feature) Features { return setting.FeaturesOf(list...) }

var featureSet = kind[Features]{allowed: setting.FeaturesAllowed(), parse: setting.ParseFeatures, show: Features.String}

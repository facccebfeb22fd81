package capability

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// phrase is what people say for an instance, a mode or a preset: an asset of
// Alexa's ("Alexa.Setting.Opening"), which it translates itself, or one of the
// English words below, which are said in the house's language.
type phrase string

// The assets that LEE uses
// (https://developer.amazon.com/docs/alexa/device-apis/resources-and-assets.html#global-alexa-catalog).
const (
	assetAuto      phrase = "Alexa.Setting.Auto"
	assetDirection phrase = "Alexa.Setting.Direction"
	assetFanSpeed  phrase = "Alexa.Setting.FanSpeed"
	assetHeat      phrase = "Alexa.Setting.Heat"
	assetMode      phrase = "Alexa.Setting.Mode"
	assetNight     phrase = "Alexa.Setting.Night"
	assetOpening   phrase = "Alexa.Setting.Opening"
	assetOscillate phrase = "Alexa.Setting.Oscillate"
	assetPreset    phrase = "Alexa.Setting.Preset"
	assetQuiet     phrase = "Alexa.Setting.Quiet"
	assetClose     phrase = "Alexa.Value.Close"
	assetHigh      phrase = "Alexa.Value.High"
	assetLow       phrase = "Alexa.Value.Low"
	assetMaximum   phrase = "Alexa.Value.Maximum"
	assetMedium    phrase = "Alexa.Value.Medium"
	assetMinimum   phrase = "Alexa.Value.Minimum"
	assetOpen      phrase = "Alexa.Value.Open"
)

// The words for which Alexa has no asset; translations has them in the other
// languages that Alexa speaks.
const (
	wordActivity       phrase = "Activity"
	wordAngle          phrase = "Angle"
	wordBattery        phrase = "Battery"
	wordCustom         phrase = "Custom"
	wordForward        phrase = "Forward"
	wordHumidity       phrase = "Humidity"
	wordOption         phrase = "Option"
	wordPercentage     phrase = "Percentage"
	wordPosition       phrase = "Position"
	wordReverse        phrase = "Reverse"
	wordRotate         phrase = "Rotate"
	wordRotation       phrase = "Rotation"
	wordStop           phrase = "Stop"
	wordTargetHumidity phrase = "Target humidity"
	wordTilt           phrase = "Tilt"
	wordValue          phrase = "Value"
)

// defaultLocale is the locale of labels in a house that does not say its own.
const defaultLocale = "en-US"

// locale returns the locale of the house's labels, English for a language that
// Alexa does not speak: it refuses labels in one.
func (h House) locale() string {
	if language, region, _ := strings.Cut(h.Locale, "-"); region != "" && (language == "en" || translationsInto(language) != nil) {
		return h.Locale
	}
	return defaultLocale
}

// label returns the label that says p in the house's language, in English where
// there is no translation.
func (h House) label(p phrase) alexa.Label {
	if strings.HasPrefix(string(p), "Alexa.") {
		return alexa.Asset(string(p))
	}
	locale := h.locale()
	language, _, _ := strings.Cut(locale, "-")
	for _, t := range translationsInto(language) {
		if t.word == p {
			return alexa.Text(t.text, locale)
		}
	}
	if language == "en" {
		return alexa.Text(string(p), locale)
	}
	return alexa.Text(string(p), defaultLocale)
}

// named returns the resources of what people call by the given phrases.
func (h House) named(phrases ...phrase) *alexa.Resources {
	labels := make([]alexa.Label, len(phrases))
	for i, p := range phrases {
		labels[i] = h.label(p)
	}
	return alexa.Named(labels...)
}

// homeWords are the assets that Alexa has for names which homes give to modes
// and speeds.
var homeWords = map[string]phrase{
	"auto": assetAuto, "automatic": assetAuto, "heat": assetHeat, "night": assetNight, "quiet": assetQuiet,
	"silent": assetQuiet, "low": assetLow, "medium": assetMedium, "high": assetHigh,
	"min": assetMinimum, "minimum": assetMinimum, "max": assetMaximum, "maximum": assetMaximum,
}

// forbidden are names that Alexa does not take for a mode or a preset, since
// they mean something else to it
// (https://developer.amazon.com/docs/alexa/device-apis/resources-and-assets.html#names-you-cannot-use).
var forbidden = map[string]bool{
	"alarm": true, "alarms": true, "all alarms": true, "away mode": true, "bass": true, "camera": true,
	"date": true, "date today": true, "day": true, "do not disturb": true, "drop in": true, "music": true,
	"night light": true, "notification": true, "playing": true, "sleep sounds": true, "time": true,
	"timer": true, "today in music": true, "treble": true, "volume": true, "way f. m.": true,
}

// homeLabels returns the labels of names that come from the home, one for each,
// no two alike: Alexa refuses a device that has a name twice.
func (h House) homeLabels(names []string) []alexa.Label {
	labels := make([]alexa.Label, len(names))
	taken := make(map[string]bool, len(names))
	for i, name := range names {
		spoken := speakable(name)
		asset, known := homeWords[strings.ToLower(spoken)]
		if known && !taken[string(asset)] {
			labels[i] = h.label(asset)
			taken[string(asset)], taken[strings.ToLower(spoken)] = true, true
			continue
		}
		if spoken == "" || forbidden[strings.ToLower(spoken)] {
			spoken = strings.TrimSpace(spoken + " mode")
		}
		unique := spoken
		for n := 2; taken[strings.ToLower(unique)]; n++ {
			unique = fmt.Sprintf("%s %d", spoken, n)
		}
		taken[strings.ToLower(unique)] = true
		labels[i] = alexa.Text(unique, h.locale())
	}
	return labels
}

// speakable returns what people say for a name of the home's: without
// underscores and other signs that nobody says and Alexa refuses, and cut to what
// can be said in one breath; "" when nothing is left.
func speakable(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’.-&", r) ||
			r == unicode.ReplacementChar
	})
	spoken := []rune(strings.Join(words, " "))
	if !slices.ContainsFunc(spoken, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		return ""
	}
	if len(spoken) > alexa.MaxText/2 {
		spoken = spoken[:alexa.MaxText/2]
	}
	return strings.TrimSpace(string(spoken))
}

package skillpackage

import "strings"

// manifest is a skill's manifest
// (https://developer.amazon.com/docs/alexa/smapi/skill-manifest.html).
type manifest struct {
	Manifest struct {
		Version    string     `json:"manifestVersion"`
		APIs       apis       `json:"apis"`
		Publishing publishing `json:"publishingInformation"`
		Privacy    privacy    `json:"privacyAndCompliance"`
	} `json:"manifest"`
}

// apis are both of a skill that has devices and is talked to, which may be one
// (https://developer.amazon.com/docs/alexa/smarthome/support-custom-and-smart-home.html).
type apis struct {
	Custom    *served   `json:"custom,omitempty"`
	SmartHome smartHome `json:"smartHome"`
}

type smartHome struct {
	Protocol string `json:"protocolVersion"`
	served
}

// served is by which functions.
type served struct {
	Endpoint *endpoint               `json:"endpoint,omitempty"`
	Regions  map[string]regionalized `json:"regions,omitempty"`
}

type endpoint struct {
	URI string `json:"uri"`
}

type regionalized struct {
	Endpoint endpoint `json:"endpoint"`
}

type publishing struct {
	Locales map[string]localized `json:"locales"`
	// Worldwide is false, and Countries are those of the locales: the skill is for
	// one household, and is never published.
	Worldwide    bool     `json:"isAvailableWorldwide"`
	Countries    []string `json:"distributionCountries"`
	Distribution string   `json:"distributionMode"`
	Category     string   `json:"category"`
}

type localized struct {
	Name        string   `json:"name"`
	Summary     string   `json:"summary"`
	Description string   `json:"description"`
	Phrases     []string `json:"examplePhrases"`
	Keywords    []string `json:"keywords"`
}

type privacy struct {
	Purchases bool `json:"allowsPurchases"`
	Personal  bool `json:"usesPersonalInfo"`
	Children  bool `json:"isChildDirected"`
	Export    bool `json:"isExportCompliant"`
	Ads       bool `json:"containsAds"`
}

// manifest returns the manifest of a skill that has been checked.
func (s Skill) manifest() (m manifest) {
	m.Manifest.Version = "1.0"
	home := &m.Manifest.APIs.SmartHome
	home.Protocol = "3"
	for i, arn := range s.Functions {
		if i == 0 {
			home.Endpoint, home.Regions = &endpoint{arn}, map[string]regionalized{}
		}
		region, _ := regionOfFunction(arn)
		home.Regions[region.Name] = regionalized{endpoint{arn}}
	}
	if len(s.Spoken()) > 0 {
		same := home.served
		m.Manifest.APIs.Custom = &same
	}
	m.Manifest.Publishing = publishing{
		Locales: map[string]localized{}, Countries: s.countries(), Distribution: "PRIVATE", Category: "SMART_HOME",
	}
	for _, locale := range s.Locales {
		text := texts[language(locale)]
		m.Manifest.Publishing.Locales[locale] = localized{
			Name: s.Name, Summary: text.summary, Description: text.description, Phrases: s.phrases(locale), Keywords: []string{"Home Assistant"},
		}
	}
	m.Manifest.Privacy.Export = true
	return m
}

func language(locale string) string {
	l, _, _ := strings.Cut(locale, "-")
	return l
}

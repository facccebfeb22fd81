package skillpackage

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Region is a part of the world as Alexa divides it: where a function must be, and
// by which host people there come from Alexa to be linked
// (https://developer.amazon.com/docs/alexa/smarthome/develop-smart-home-skills-in-multiple-languages.html).
type Region struct {
	// Name is the manifest's name: "NA", "EU" or "FE".
	Name string
	// AWS is the region in which AWS runs the functions that Alexa calls from there.
	AWS string
	// ClientID is what Home Assistant takes Alexa for there: an application is known
	// to it by the host that people are sent back to. The slash belongs to it
	// (https://www.home-assistant.io/integrations/alexa.smart_home/).
	ClientID string
	// Locales are the languages of smart home skills there.
	Locales []string
}

var regions = []Region{
	{"NA", "us-east-1", "https://pitangui.amazon.com/", []string{"en-US", "en-CA", "es-MX", "es-US", "fr-CA", "pt-BR"}},
	{"EU", "eu-west-1", "https://layla.amazon.com/", []string{"ar-SA", "de-DE", "en-GB", "en-IN", "es-ES", "fr-FR", "hi-IN", "it-IT", "nl-NL"}},
	{"FE", "us-west-2", "https://alexa.amazon.co.jp/", []string{"en-AU", "ja-JP"}},
}

// RegionOf returns the region of a locale. The error lists the locales that smart
// home skills may have.
func RegionOf(locale string) (Region, error) {
	var known []string
	for _, r := range regions {
		if slices.Contains(r.Locales, locale) {
			return r, nil
		}
		known = append(known, r.Locales...)
	}
	slices.Sort(known)
	return Region{}, fmt.Errorf("%q is no locale of smart home skills; these are: %s", locale, strings.Join(known, ", "))
}

var functionARN = regexp.MustCompile(`^arn:aws:lambda:([a-z0-9-]+):\d{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_-]+)?$`)

// regionOfFunction returns the region that a function may serve.
func regionOfFunction(arn string) (Region, error) {
	match := functionARN.FindStringSubmatch(arn)
	if match == nil {
		return Region{}, fmt.Errorf("%q is no function's ARN, which is like arn:aws:lambda:eu-west-1:123456789012:function:lee", arn)
	}
	for _, r := range regions {
		if r.AWS == match[1] {
			return r, nil
		}
	}
	return Region{}, fmt.Errorf("%s is in %s, and Alexa calls smart home functions in us-east-1, eu-west-1 and us-west-2 only", arn, match[1])
}

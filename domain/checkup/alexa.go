package checkup

import "slices"

func (e *examination) offer(o Offer) {
	all := counted(o.Entities, "entity")
	switch {
	case o.Starting:
		e.say("home.starting")
		return
	case o.Failure != "":
		e.say("alexa.unread", "problem", o.Failure)
		return
	case o.Endpoints == 0:
		e.say("alexa.none", "all", all)
	default:
		e.say("alexa.devices", "count", counted(o.Endpoints, "device"), "all", all)
	}
	if o.TooMany > 0 {
		e.say("alexa.many", "count", counted(o.TooMany, "entity"))
	}
	if len(o.Alike) > 0 {
		e.say("alexa.names", "names", several(o.Alike))
	}
	if len(o.Idle) > 0 {
		e.say("alexa.rules", "names", several(o.Idle))
	}
	if o.Undecided > 0 {
		e.say("alexa.undecided", "count", counted(o.Undecided, "entity"))
	}
	switch {
	case o.Registries == Untold:
		e.say("alexa.registries")
	case o.Registries == ByTemplate:
		e.say("alexa.websocket")
	case o.Unexposed && o.Undecided == 0:
		e.say("alexa.user")
	}
	if len(o.Broken) > 0 {
		e.say("alexa.broken", "names", several(o.Broken))
	}
}

// regions are where Alexa calls functions, by part of the world
// (https://developer.amazon.com/docs/alexa/smarthome/develop-smart-home-skills-in-multiple-languages.html).
const (
	america = "us-east-1"
	europe  = "eu-west-1"
	farEast = "us-west-2"
)

// RegionOf returns AWS's region from which Alexa calls for a locale, "en-GB". Of
// the countries that Alexa serves those of America and the Far East are few; the
// others are Europe's.
func RegionOf(locale string) string {
	country := locale[max(len(locale)-2, 0):]
	switch {
	case slices.Contains([]string{"US", "CA", "MX", "BR"}, country):
		return america
	case slices.Contains([]string{"AU", "JP"}, country):
		return farEast
	default:
		return europe
	}
}

func (e *examination) region() {
	region, locale := e.Settings.Region, e.Settings.Locale
	switch {
	case region == "":
	case !slices.Contains([]string{america, europe, farEast}, region):
		e.say("alexa.region.none", "region", region)
	case locale != "" && RegionOf(locale) != region:
		e.say("alexa.region.other", "region", region, "locale", locale, "should", RegionOf(locale))
	default:
		e.say("alexa.region", "region", region)
	}
}

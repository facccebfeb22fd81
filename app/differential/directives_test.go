//go:build live

package differential

import (
	"math"
	"slices"
)

// directive is a directive that a capability allows, or does not.
type directive struct {
	message
	sort sort
}

// sort says of what sort a directive is, and so how often it is worth to be sent.
type sort int

const (
	// ordinary ones go to every endpoint from every setting of the house.
	ordinary sort = iota
	// edge ones go to every endpoint, from one setting.
	edge
	// mistaken ones have nothing to do with the endpoint: they go to one
	// endpoint of each domain.
	mistaken
)

// members is a payload.
type members map[string]any

// directivesOf returns what an endpoint with the given capabilities is told.
func directivesOf(id string, capabilities []offer) []directive {
	var all []directive
	said := map[string]bool{}
	add := func(c offer, list []directive) {
		for _, d := range list {
			d.name = c.Interface + "." + d.name
			d.endpoint = id
			if d.instance == "" {
				d.instance = c.Instance
			}
			all = append(all, d)
			said[c.Interface] = true
		}
	}
	for _, c := range capabilities {
		if say := sayings[c.Interface]; say != nil {
			add(c, say(c))
		}
	}
	for _, f := range foreign {
		if !said[f.Interface] {
			add(f.offer, []directive{f.directive})
		}
	}
	return all
}

// foreign are directives that go to endpoints without the interface, too.
var foreign = []struct {
	offer
	directive
}{
	{offer{Interface: "Alexa.PowerController"}, plain("TurnOn", nil)},
	{offer{Interface: "Alexa.BrightnessController"}, wrong("SetBrightness", members{"brightness": 50})},
	{offer{Interface: "Alexa.RangeController", Instance: "none.such"}, wrong("SetRangeValue", members{"rangeValue": 1})},
	{offer{Interface: "Alexa.ModeController", Instance: "none.such"}, wrong("SetMode", members{"mode": "none.such"})},
	{offer{Interface: "Alexa.ToggleController", Instance: "none.such"}, wrong("TurnOn", nil)},
}

func plain(name string, payload any) directive {
	return directive{message{name: name, payload: payload}, ordinary}
}

func odd(name string, payload any) directive {
	return directive{message{name: name, payload: payload}, edge}
}

func wrong(name string, payload any) directive {
	return directive{message{name: name, payload: payload}, mistaken}
}

// wrongTypes are values that are no number and no text.
var wrongTypes = []any{nil, true, []any{}, members{}}

// numbered returns directives whose payload has a number: the first value is an
// ordinary one. Numbers in texts, no number and none at all are said as well.
func numbered(name, member string, with members, values ...float64) []directive {
	payload := func(v any) members {
		p := members{member: v}
		for name, value := range with {
			p[name] = value
		}
		return p
	}
	var all []directive
	for i, v := range distinctNumbers(values) {
		all = append(all, directive{message{name: name, payload: payload(v)}, min(sort(i), edge)})
	}
	for _, v := range append([]any{"1", "much"}, wrongTypes...) {
		all = append(all, wrong(name, payload(v)))
	}
	return append(all, wrong(name, members{}))
}

func distinctNumbers(values []float64) []float64 {
	var once []float64
	for _, v := range values {
		if !slices.Contains(once, v) && !math.IsNaN(v) {
			once = append(once, v)
		}
	}
	return once
}

// worded returns directives whose payload has a text: the first few words are
// ordinary ones.
func worded(name, member string, good int, words ...string) []directive {
	var all []directive
	for i, word := range words {
		d := wrong(name, members{member: word})
		if i < good {
			d.sort = ordinary
		}
		all = append(all, d)
	}
	for _, v := range append([]any{1}, wrongTypes...) {
		all = append(all, wrong(name, members{member: v}))
	}
	return append(all, wrong(name, members{}))
}

// bare returns ordinary directives without a payload.
func bare(names ...string) []directive {
	var all []directive
	for _, name := range names {
		all = append(all, plain(name, nil))
	}
	return all
}

package alexatest

import "slices"

// resources are the names under which people speak of something
// (https://developer.amazon.com/docs/alexa/device-apis/resources-and-assets.html).
var resources = object(fields{"friendlyNames": list(1, label)}, nil)

// label is one such name: an asset that Alexa translates, or a text.
func label(s spot) {
	kinds := map[string]shape{
		"asset": object(fields{"assetId": like(`^Alexa(\.[A-Z][A-Za-z]*)+$`, "an asset's id (Alexa.Setting.Opening)")}, nil),
		"text":  object(fields{"text": text, "locale": like(`^[a-z]{2}-[A-Z]{2}$`, "a locale (en-US)")}, nil),
	}
	value, ok := kinds[s.at("@type").text()]
	if !ok {
		value = anything
	}
	object(fields{"@type": word("asset", "text"), "value": value}, nil)(s)
}

var (
	modes = object(fields{
		"ordered":        flag,
		"supportedModes": list(2, object(fields{"value": text, "modeResources": resources}, nil)),
	}, nil)
	ranges = object(fields{
		"supportedRange": object(fields{"minimumValue": anyNumber, "maximumValue": anyNumber, "precision": positive}, nil),
	}, fields{
		"unitOfMeasure": like(`^Alexa\.Unit(\.[A-Z][A-Za-z]*)+$`, "a unit of Alexa's (Alexa.Unit.Percent)"),
		"presets":       list(1, object(fields{"rangeValue": anyNumber, "presetResources": resources}, nil)),
	})
)

// modesAgree complains of modes that are there twice, and of semantics that
// speak of modes that are not there.
func modesAgree(s spot) {
	supported := s.at("configuration", "supportedModes").items()
	value := func(mode spot) string { return mode.at("value").text() }
	distinct(supported, value)
	if len(supported) == 0 {
		return // there is nothing to agree with
	}
	values := make([]string, len(supported))
	for i, mode := range supported {
		values[i] = value(mode)
	}
	mode := word(values...)
	semantics{
		directives: map[string]shape{
			"SetMode":    object(fields{"mode": mode}, nil),
			"AdjustMode": object(fields{"modeDelta": anyNumber}, nil),
		},
		value: mode,
	}.check(s.at("semantics"))
	for _, mapping := range s.at("semantics", "actionMappings").items() {
		if name := mapping.at("directive", "name"); name.text() == "AdjustMode" && s.at("configuration", "ordered").value != true {
			name.complain("only ordered modes can be adjusted")
		}
	}
}

// rangeAgrees complains of a range that is empty, of presets and semantics
// outside it, and of a value that is preset twice.
func rangeAgrees(s spot) {
	within := s.at("configuration", "supportedRange")
	least, hasLeast := within.at("minimumValue").number()
	most, hasMost := within.at("maximumValue").number()
	if !hasLeast || !hasMost {
		return
	}
	if least >= most {
		within.complain("its minimum must be below its maximum")
		return
	}
	if step, ok := within.at("precision").number(); ok && step > most-least {
		within.complain("its precision must not be more than the whole range")
	}
	value := number(least, most)
	presets := s.at("configuration", "presets").items()
	distinct(presets, func(preset spot) string { return preset.at("rangeValue").shown() })
	for _, preset := range presets {
		value(preset.at("rangeValue"))
	}
	semantics{
		directives: map[string]shape{
			"SetRangeValue":    object(fields{"rangeValue": value}, nil),
			"AdjustRangeValue": object(fields{"rangeValueDelta": number(least-most, most-least)}, fields{"rangeValueDeltaDefault": flag}),
		},
		value: value,
		span:  value,
	}.check(s.at("semantics"))
}

// toggleAgrees complains of semantics that are not a toggle's.
func toggleAgrees(s spot) {
	semantics{
		directives: map[string]shape{"TurnOn": object(nil, nil), "TurnOff": object(nil, nil)},
		value:      onOrOff,
	}.check(s.at("semantics"))
}

// semantics is what an instance's semantics may speak of
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-discovery-objects.html#semantics-object).
type semantics struct {
	// directives are those that actions may be mapped to, with their payloads.
	directives map[string]shape
	// value is a value that states may be mapped to, span an end of a range of
	// them; nil where there are no ranges.
	value, span shape
}

func (m semantics) check(s spot) {
	if s.value == nil {
		return // an instance need not have any
	}
	object(nil, fields{"actionMappings": list(1, m.action), "stateMappings": list(1, m.state)})(s)
	once(s.at("actionMappings"), "actions")
	once(s.at("stateMappings"), "states")
}

func (m semantics) action(s spot) {
	payload, ok := m.directives[s.at("directive", "name").text()]
	if !ok {
		payload = anything
	}
	object(fields{
		"@type":     word("ActionsToDirective"),
		"actions":   list(1, word(actions...)),
		"directive": object(fields{"name": word(sortedNames(m.directives)...), "payload": payload}, nil),
	}, nil)(s)
}

func (m semantics) state(s spot) {
	kinds, must := []string{"StatesToValue"}, fields{"states": list(1, word(states...))}
	if m.span != nil {
		kinds = append(kinds, "StatesToRange")
	}
	must["@type"] = word(kinds...)
	if s.at("@type").text() == "StatesToRange" && m.span != nil {
		must["range"] = ends(m.span)
	} else {
		must["value"] = m.value
	}
	object(must, nil)(s)
}

// once complains of words that several mappings, or one twice, speak of.
func once(mappings spot, words string) {
	var all []spot
	for _, mapping := range mappings.items() {
		all = slices.Concat(all, mapping.at(words).items())
	}
	distinct(all, spot.text)
}

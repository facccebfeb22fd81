package alexatest

import "testing"

// TestGapsAreStillThere proves of each gap that the schema refuses just what the
// gap excuses, and that nothing else is wrong with its example. A gap that a
// newer schema has closed fails here and can go.
func TestGapsAreStillThere(t *testing.T) {
	s := amazon(t)
	if s == nil {
		t.Skip("there are no gaps without Amazon's schema")
	}
	for _, g := range gaps {
		t.Run(g.of+" "+g.at, func(t *testing.T) {
			if g.why == "" {
				t.Error("it has no reason")
			}
			tree, err := decode([]byte(g.example))
			if err != nil {
				t.Fatal(err)
			}
			what, known := map[byte]subject{
				'a': answers, 'c': aCapability, 'p': aProperty, 'e': {"endpoint", endpoint, (*schema).endpointOf},
			}[g.of[0]]
			if !known {
				t.Fatalf("there is no check of %q", g.of)
			}
			for _, complaint := range examine(tree, what.ours) {
				t.Errorf("our own rules: %s", complaint)
			}
			refusals := what.amazons(s, spot{value: tree})
			if len(refusals) == 0 {
				t.Error("the schema takes the example: the gap is needed no more")
			}
			for _, r := range refusals {
				if !g.excuses(r) {
					t.Errorf("the gap does not excuse %s at %s of %s", r.why, r.place.path, r.of)
				}
			}
		})
	}
}

// TestGapsExcuseNothingElse proves that a gap is narrow: another value at its
// place, and its value at another place, are refused.
func TestGapsExcuseNothingElse(t *testing.T) {
	s := amazon(t)
	if s == nil {
		t.Skip("there are no gaps without Amazon's schema")
	}
	for name, c := range map[string]struct {
		what   subject
		tree   string
		refuse int
	}{
		"another category":                                       {subject{"", endpoint, (*schema).endpointOf}, `{"endpointId":"a","manufacturerName":"a","friendlyName":"a","description":"a","displayCategories":["WATER_HEATER","KETTLE"],"capabilities":[{"type":"AlexaInterface","interface":"Alexa","version":"3"}]}`, 1},
		"another version":                                        {aCapability, `{"type":"AlexaInterface","interface":"Alexa.ThermostatController","version":"4"}`, 1},
		"the version of another interface":                       {aCapability, `{"type":"AlexaInterface","interface":"Alexa.PowerController","version":"3.2"}`, 1},
		"the mode of another property":                           {aProperty, propertyJSON("Alexa.EqualizerController", "mode", `"CUSTOM"`), 1},
		"an interface of which the schema knows a property less": {aProperty, propertyJSON("Alexa.PlaybackStateReporter", "position", `1`), 1},
		"too hot": {aProperty, propertyJSON("Alexa.ThermostatController", "targetSetpoint", `{"value":213,"scale":"FAHRENHEIT"}`), 1},
	} {
		t.Run(name, func(t *testing.T) {
			tree, err := decode([]byte(c.tree))
			if err != nil {
				t.Fatal(err)
			}
			if got := notExcused(c.what.amazons(s, spot{value: tree})); len(got) != c.refuse {
				t.Errorf("refused %q, want %d", got, c.refuse)
			}
		})
	}
}

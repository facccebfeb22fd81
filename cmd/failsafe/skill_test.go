package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestAssistantAway: who talks to the assistant hears a sentence, also where the
// settings are no good; nothing is said to the end of a session.
func TestAssistantAway(t *testing.T) {
	const silence = `{"version":"1.0","response":{}}`
	spoken := func(text string) string {
		return `{"version":"1.0","response":{"outputSpeech":{"type":"SSML","ssml":"\u003cspeak\u003e` + text + `\u003c/speak\u003e"},"shouldEndSession":true}}`
	}
	request := func(request string) string {
		return `{"version":"1.0","session":{"sessionId":"s","user":{"userId":"u","accessToken":"canary"}},"context":{},"request":` + request + `}`
	}
	english := spoken("I am out of service at the moment.")
	for name, c := range map[string]struct {
		event, want string
		fails       bool
	}{
		"launched":                 {request(`{"type":"LaunchRequest","requestId":"r","locale":"de-DE"}`), spoken("Ich bin im Moment außer Betrieb."), true},
		"asked":                    {request(`{"type":"IntentRequest","requestId":"r","locale":"fr-CA","intent":{"name":"AreaOffIntent","slots":{"area":{"name":"area","value":"canary"}}}}`), spoken("Je suis hors service pour le moment."), true},
		"another language":         {request(`{"type":"LaunchRequest","requestId":"r","locale":"sv-SE"}`), english, true},
		"ended":                    {request(`{"type":"SessionEndedRequest","requestId":"r","locale":"en-US","reason":"ERROR"}`), silence, false},
		"no person's":              {request(`{"type":"System.ExceptionEncountered","requestId":"r"}`), silence, false},
		"ended, nobody knows what": {request(`{"type":"SessionEndedRequest","locale":"en-US"}`), silence, true},
		"no intent":                {request(`{"type":"IntentRequest","requestId":"r","locale":"en-US"}`), english, true},
		"no request":               {`{"version":"1.0","session":{"sessionId":"canary"}}`, english, true},
		"words that are a list":    {request(`{"type":"IntentRequest","requestId":"r","locale":"en-US","intent":{"name":"ConverseIntent","slots":{"canary":{"value":["canary"]}}}}`), english, true},
		"words that are cut off":   {request(`{"type":"IntentRequest","requestId":"r","intent":{"slots":{"query":{"value":"canary`)[:150], `{"error":{"kind":"invalid","message":"The event is not a JSON object, or it is cut off."}}`, true},
		"nonsense":                 {`{"request":"canary"}`, english, true},
	} {
		t.Run(name, func(t *testing.T) {
			o := outcome{failed: failure}
			by(nil).answer(t.Context(), []byte(c.event), &o)
			about, err := o.about, o.err
			got, unwritten := json.Marshal(o.answer)
			if unwritten != nil || string(got) != c.want {
				t.Errorf("the answer is %s (%v), should be %s", got, unwritten, c.want)
			}
			if (err != nil) != c.fails || strings.Contains(about, "canary") || err != nil && strings.Contains(err.Error(), "canary") {
				t.Errorf("the log tells %s: %v", about, err)
			}
		})
	}
}

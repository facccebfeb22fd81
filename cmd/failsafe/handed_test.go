package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
)

// TestHandedIsWhatWasRead: Home Assistant's own integration gets the directive that the
// failsafe has looked at, whatever else stood in the event.
func TestHandedIsWhatWasRead(t *testing.T) {
	const keystroke = `"header":{"namespace":"Alexa.KeypadController","name":"SendKeystroke","payloadVersion":"3","messageId":"1","correlationToken":"c"}`
	const good = `{"directive":{"header":{"namespace":"Alexa.KeypadController","name":"SendKeystroke","messageId":"1","correlationToken":"c","payloadVersion":"3"},` +
		`"endpoint":{"endpointId":"switch#a"},"payload":{"keystroke":"UP"}}}`
	for name, c := range map[string]struct{ directive, want, answer string }{
		"as it should be": {`{` + keystroke + `,"endpoint":{"endpointId":"switch#a","scope":{"type":"BearerToken","token":"canary"},"cookie":{"a":"b"}},"payload":{"keystroke":"UP"}}`, good, "Response"},
		"a name in other letters": {
			`{"header":{"namespace":"Alexa.LockController","name":"Unlock","NAMESPACE":"Alexa.KeypadController","NAME":"SendKeystroke","payloadVersion":"3","messageId":"1","correlationToken":"c"},` +
				`"endpoint":{"endpointId":"switch#a"},"payload":{"keystroke":"UP"}}`, good, "Response",
		},
		"an endpoint in other letters": {`{` + keystroke + `,"endpoint":{"endpointId":"lock#front","ENDPOINTID":"switch#a"},"payload":{"keystroke":"UP"}}`, good, "Response"},
		"two endpoints":                {`{` + keystroke + `,"endpoint":{"endpointId":"lock#front"},"Endpoint":{"endpointId":"switch#a"},"payload":{"keystroke":"UP"}}`, good, "Response"},
		"two payloads":                 {`{` + keystroke + `,"endpoint":{"endpointId":"switch#a"},"payload":{"keystroke":"DOWN"},"payload":{"keystroke":"DOWN","keystroke":"UP"}}`, good, "Response"},
		"more members":                 {`{` + keystroke + `,"endpoint":{"endpointId":"switch#a"},"payload":{"keystroke":"UP"},"extra":{"endpointId":"lock#front"}}`, good, "Response"},
		"another name of the device":   {`{` + keystroke + `,"endpoint":{"endpointId":"switch#a@01234567"},"payload":{"keystroke":"UP"}}`, good, "Response"},
		"no payload":                   {`{` + keystroke + `,"endpoint":{"endpointId":"switch#a"}}`, strings.Replace(good, `"keystroke":"UP"`, "", 1), "Response"},
		"a payload that is none":       {`{` + keystroke + `,"endpoint":{"endpointId":"switch#a"},"payload":[]}`, "", "INVALID_DIRECTIVE"},
		"a number past all bounds":     {`{` + keystroke + `,"endpoint":{"endpointId":"switch#a"},"payload":{"keystroke":1e999}}`, "", "INVALID_DIRECTIVE"},
		"what is withheld":             {`{` + keystroke + `,"endpoint":{"endpointId":"switch#a","endpointid":"lock#front"},"payload":{"keystroke":"UP"}}`, "", "NO_SUCH_ENDPOINT"},
	} {
		t.Run(name, func(t *testing.T) {
			handed := ""
			home := newHome(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				handed = string(body)
				_, _ = w.Write([]byte(fromHome))
			})
			f := by(map[string]string{"HOME_ASSISTANT_URL": home, "HOME_ASSISTANT_TOKEN": "t", "HA_EXPOSE": "switch"})
			raw, err := f.Invoke(t.Context(), []byte(`{"directive":`+c.directive+`}`))
			var answer alexa.Answer
			if err == nil {
				err = json.Unmarshal(raw, &answer)
			}
			got := answer.Event.Header.Name
			if payload, ok := answer.Event.Payload.(map[string]any); ok && payload["type"] != nil {
				got, _ = payload["type"].(string)
			}
			if err != nil || handed != c.want || got != c.answer {
				t.Errorf("handed on is\n%s, want\n%s\nand answered %s: %s %v", handed, c.want, got, raw, err)
			}
			if got == "Response" && !strings.Contains(c.directive, answer.Event.Endpoint.EndpointID) {
				t.Errorf("the answer is about %q", answer.Event.Endpoint.EndpointID)
			}
		})
	}
}

// FuzzHanded: a program that reads what is handed on by the exact letters of its members,
// as Home Assistant does, sees the directive that the failsafe's guards have let through.
func FuzzHanded(f *testing.F) {
	f.Add([]byte(`{"header":{"namespace":"Alexa.LockController","name":"Unlock","NAME":"Lock","payloadVersion":"3","messageId":"1"},"endpoint":{"endpointId":"lock#a","ENDPOINTID":"switch#b"},"payload":{}}`))
	f.Add([]byte(`{"HEADER":{"namespace":"Alexa","name":"ReportState"},"header":{"payloadVersion":"3","instance":"x"},"endpoint":{"endpointId":"odd#a@01234567"},"payload":{"a":1e999,"a":[{}]}}`))
	f.Add([]byte(`{"header":{"namespace":"A\u0000","name":"\ud800","payloadVersion":"3"},"endpoint":{"endpointId":"switch#a"},"payload":{"x":"<&>","X":1}}`))
	f.Fuzz(func(t *testing.T, directive []byte) {
		d, err := alexa.Parse(directive)
		if err != nil {
			return
		}
		raw, err := handed(d)
		if err != nil {
			return
		}
		var event map[string]map[string]any
		if err := json.Unmarshal(raw, &event); err != nil || len(event) != 1 || len(event["directive"]) != 3 {
			t.Fatalf("%s is handed on as %s, %v", directive, raw, err)
		}
		header, _ := event["directive"]["header"].(map[string]any)
		endpoint, _ := event["directive"]["endpoint"].(map[string]any)
		text := func(name string) string { text, _ := header[name].(string); return text }
		key := alexa.Key{Namespace: alexa.Namespace(text("namespace")), Name: text("name")}
		id, ok := capability.EntityID(d.Endpoint.EndpointID)
		theirs, _ := endpoint["endpointId"].(string)
		if !ok || key != d.Key() || text("instance") != d.Header.Instance || strings.ReplaceAll(theirs, "#", ".") != string(id) || len(endpoint) != 1 {
			t.Errorf("%s is read as %s for %s, and handed on as %s", directive, d.Key(), id, raw)
		}
		again, err := alexa.Parse(bytes.TrimSuffix(bytes.TrimPrefix(raw, []byte(`{"directive":`)), []byte("}")))
		if err != nil || again.Header != d.Header {
			t.Errorf("%s is read as %+v, and handed on as %+v, %v", directive, d.Header, again.Header, err)
		}
		var mine, theirPayload map[string]any
		if d.Decode(&mine) != nil || again.Decode(&theirPayload) != nil || len(mine)+len(theirPayload) > 0 && !reflect.DeepEqual(mine, theirPayload) {
			t.Errorf("%s has the payload %v, and handed on is %v", directive, mine, theirPayload)
		}
	})
}

// TestNumbersPastAllBounds: a number that no program can hold is a mistake of the
// directive's, wherever it stands.
func TestNumbersPastAllBounds(t *testing.T) {
	home := newHome(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			t.Errorf("sent to %s", r.URL.Path)
		}
		_, _ = w.Write([]byte(`{"entity_id":"light.a","state":"on","attributes":{"brightness":3,"supported_color_modes":["hs"]}}`))
	})
	for _, c := range []struct{ directive, payload string }{
		{"Alexa.BrightnessController.SetBrightness", `{"brightness":1e999}`},
		{"Alexa.BrightnessController.AdjustBrightness", `{"brightnessDelta":-1e999}`},
		{"Alexa.ColorController.SetColor", `{"color":{"hue":1e999,"saturation":1,"brightness":1}}`},
		{"Alexa.ColorTemperatureController.SetColorTemperature", `{"colorTemperatureInKelvin":1e999}`},
		{"Alexa.KeypadController.SendKeystroke", `{"keystroke":[1e999]}`},
	} {
		i := strings.LastIndexByte(c.directive, '.')
		raw, err := by(map[string]string{"HOME_ASSISTANT_URL": home, "HOME_ASSISTANT_TOKEN": "t"}).Invoke(t.Context(), []byte(
			`{"directive":{"header":{"namespace":"`+c.directive[:i]+`","name":"`+c.directive[i+1:]+`","payloadVersion":"3","messageId":"1"},"endpoint":{"endpointId":"light#a"},"payload":`+c.payload+`}}`))
		if err != nil || !bytes.Contains(raw, []byte(`"INVALID_DIRECTIVE"`)) {
			t.Errorf("%s %s is answered %s, %v", c.directive, c.payload, raw, err)
		}
	}
}

package alexa_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

const (
	header   = `"header":{"namespace":"Alexa.PowerController","name":"TurnOn","payloadVersion":"3","messageId":"m","correlationToken":"c"}`
	endpoint = `"endpoint":{"endpointId":"light#lamp","scope":{"type":"BearerToken","token":"canary"},"cookie":{}}`
	turnOn   = `{` + header + `,` + endpoint + `,"payload":{}}`
)

// TestParse is of directives that are well, as Alexa sends them and stranger.
func TestParse(t *testing.T) {
	for name, test := range map[string]struct {
		raw      string
		key      string
		endpoint string
		payload  string
		token    string
	}{
		"a directive":     {turnOn, "Alexa.PowerController.TurnOn", "light#lamp", "{}", "canary"},
		"no endpoint":     {`{` + header + `,"payload":{}}`, "Alexa.PowerController.TurnOn", "", "{}", ""},
		"no payload":      {`{` + header + `,` + endpoint + `}`, "Alexa.PowerController.TurnOn", "light#lamp", "", "canary"},
		"unknown members": {`{"future":[{}],` + header + `,` + endpoint + `,"payload":{"x":1}}`, "Alexa.PowerController.TurnOn", "light#lamp", `{"x":1}`, "canary"},
		"nulls":           {`{` + header + `,"endpoint":null,"payload":null}`, "Alexa.PowerController.TurnOn", "", "null", ""},
		"a payload that is no object": {
			`{` + header + `,"payload":[1]}`, "Alexa.PowerController.TurnOn", "", "[1]", "",
		},
		"Discover": {
			`{"header":{"namespace":"Alexa.Discovery","name":"Discover","payloadVersion":"3","messageId":"m"},"payload":{"scope":{"type":"BearerToken","token":"canary"}}}`,
			"Alexa.Discovery.Discover", "", `{"scope":{"type":"BearerToken","token":"canary"}}`, "canary",
		},
		"AcceptGrant": {
			`{"header":{"namespace":"Alexa.Authorization","name":"AcceptGrant","payloadVersion":"3","messageId":"m"},` +
				`"payload":{"grant":{"type":"OAuth2.AuthorizationCode","code":"x"},"grantee":{"type":"BearerToken","token":"canary"}}}`,
			"Alexa.Authorization.AcceptGrant", "", "", "canary",
		},
		"a scope of another type": {`{` + header + `,"payload":{"scope":"canary"}}`, "Alexa.PowerController.TurnOn", "", `{"scope":"canary"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := alexa.Parse([]byte(test.raw))
			if err != nil {
				t.Fatal(err)
			}
			if d.Key().String() != test.key || d.Endpoint.EndpointID != test.endpoint || d.Token.Reveal() != test.token {
				t.Errorf("it is %s for %q with %q", d.Key(), d.Endpoint.EndpointID, d.Token.Reveal())
			}
			if test.payload != "" && string(d.Payload) != test.payload {
				t.Errorf("its payload is %s", d.Payload)
			}
		})
	}
}

// TestParseBroken is of what is no directive: each is a clear error that gives
// nothing away, and an answer that Alexa takes.
func TestParseBroken(t *testing.T) {
	var truncated []string
	for i := range len(turnOn) {
		truncated = append(truncated, turnOn[:i])
	}
	for says, raws := range map[string][]string{
		"not valid JSON": append(truncated, "\x00", "{", "}", "<html>", `{"header":}`, turnOn+turnOn, strings.Repeat(`{"a":`, 1_000_000), strings.Repeat("[", 100_000)),
		"directive's":    {`7`, `"x"`, `[]`, `true`, `{"header":7}`, `{"header":[]}`, `{"header":{"namespace":7}}`, `{"header":{"name":{}}}`, `{` + header + `,"endpoint":"light#lamp"}`, `{` + header + `,"endpoint":{"endpointId":5}}`, `{` + header + `,"endpoint":{"scope":{"token":12345}}}`},
		"no header":      {`{}`, `null`, `{"payload":{}}`, `{"header":null}`, `{"header":{}}`, `{` + endpoint + `,"payload":{}}`},
		"no namespace or no name": {
			`{"header":{"namespace":"Alexa.PowerController","payloadVersion":"3"}}`, `{"header":{"name":"TurnOn","payloadVersion":"3"}}`,
			`{"header":{"namespace":"","name":"","messageId":"m"}}`,
		},
		"payloadVersion": {
			strings.Replace(turnOn, `"payloadVersion":"3"`, `"payloadVersion":"2"`, 1), strings.Replace(turnOn, `"payloadVersion":"3",`, ``, 1),
			strings.Replace(turnOn, `"payloadVersion":"3"`, `"payloadVersion":"`+strings.Repeat("3", 1_000_000)+`"`, 1),
		},
		"correlationToken": {strings.Replace(turnOn, `"correlationToken":"c"`, `"correlationToken":"`+strings.Repeat("c", 1_000_000)+`"`, 1)},
	} {
		for _, raw := range raws {
			d, err := alexa.Parse([]byte(raw))
			if err == nil {
				t.Errorf("%.60q is %s", raw, d.Key())
				continue
			}
			text := fault.Text(err)
			if fault.Of(err) != fault.Invalid || !strings.Contains(text, says) {
				t.Errorf("%.60q: %v, want %q", raw, err, says)
			}
			if len(text) > 300 || strings.Contains(err.Error(), "canary") {
				t.Errorf("%.60q: people see %d bytes: %.400s", raw, len(text), err)
			}
			alexatest.CheckReply(t, d, alexa.Failure(d, err))
		}
	}
}

// TestParseKeeps wants what could be read of a broken directive, so that its
// answer can name it.
func TestParseKeeps(t *testing.T) {
	d, err := alexa.Parse([]byte(`{` + header + `,"endpoint":{"endpointId":"light#lamp","scope":7},"payload":{}}`))
	if err == nil || d.Header.CorrelationToken != "c" || d.Endpoint.EndpointID != "light#lamp" || d.Header.MessageID != "m" {
		t.Errorf("%v, and it keeps %+v", err, d.Header)
	}
}

// TestParseBig is of a directive as big as Lambda takes one.
func TestParseBig(t *testing.T) {
	big := `{` + header + `,` + endpoint + `,"payload":{"x":"` + strings.Repeat("y", 6<<20) + `"}}`
	d, err := alexa.Parse([]byte(big))
	if err != nil || len(d.Payload) < 6<<20 {
		t.Fatalf("%v, %d bytes", err, len(d.Payload))
	}
	var to struct{ Y *int }
	if err := d.Decode(&to); err != nil || to.Y != nil {
		t.Errorf("its payload: %v", err)
	}
}

func TestDecode(t *testing.T) {
	type in struct {
		Brightness *float64 `json:"brightness"`
		Deep       struct {
			Mode string `json:"mode"`
		} `json:"deep"`
	}
	for payload, says := range map[string]string{
		``: "", `null`: "", `{}`: "", `{"brightness":50}`: "", `{"brightness":null}`: "", `{"deep":{"mode":"x"},"more":1}`: "",
		`{"brightness":"50"}`: "payload's brightness is a JSON string", `{"brightness":1e999}`: "payload's brightness is a JSON number",
		`{"deep":{"mode":7}}`: "payload's deep.mode is a JSON number", `[]`: "payload's value is a JSON array", `7`: "payload's value is a JSON number",
		`{"brightness":` + strings.Repeat("9", 5000) + `}`: "payload's brightness is a JSON number",
		`{"brightness":}`: "not valid JSON", `{`: "not valid JSON", `{"brightness":NaN}`: "not valid JSON",
	} {
		var to in
		err := alexa.Directive{Payload: json.RawMessage(payload)}.Decode(&to)
		if says == "" && err != nil || says != "" && (fault.Of(err) != fault.Invalid || !strings.Contains(fault.Text(err), says)) {
			t.Errorf("%.60s: %.200v, want %q", payload, err, says)
		}
		if err != nil && len(fault.Text(err)) > 300 {
			t.Errorf("%.60s: people see %d bytes", payload, len(fault.Text(err)))
		}
	}
}

// FuzzParse wants no directive to be more than an error that Alexa takes.
func FuzzParse(f *testing.F) {
	for _, raw := range []string{turnOn, `{}`, `null`, `{"header":{"namespace":7}}`, turnOn[:40], `{"HEADER":{"Namespace":"a","name":"b","payloadVersion":"3"}}`} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := alexa.Parse(raw)
		if err != nil {
			if fault.Of(err) != fault.Invalid || len(fault.Text(err)) > 300 {
				t.Errorf("%v", err)
			}
		}
		alexatest.CheckAnswer(t, alexa.Failure(d, fault.New(fault.Invalid, "No.")))
		var to struct{ Value *float64 }
		if err := d.Decode(&to); err != nil && fault.Of(err) != fault.Invalid {
			t.Errorf("Decode: %v", err)
		}
	})
}

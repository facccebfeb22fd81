package endtoend

import (
	"bytes"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
)

// fill returns s with a place <…> filled so that it is as large as an event of
// Lambda's may be.
func fill(s, with string) []byte {
	before, after, _ := strings.Cut(s, "<…>")
	return []byte(before + strings.Repeat(with, (lambdaapi.MaxEvent-len(before)-len(after))/len(with)) + after)
}

// bad are events that nobody sends, and what is in their answers. Those whose
// name begins with "a directive" are answered as Alexa wants it.
func bad() []struct {
	name   string
	event  []byte
	answer string
} {
	const turnOn = `{"directive":{"header":{"namespace":"Alexa.PowerController","name":"TurnOn","payloadVersion":"3","messageId":"1","correlationToken":"t"},` +
		`"endpoint":{"endpointId":"light#porch_light","scope":{"type":"BearerToken","token":"` + accountCanary + `"}},"payload":{}}}`
	in := func(old, with string) []byte { return []byte(strings.Replace(turnOn, old, with, 1)) }
	const brightness = `{"directive":{"header":{"namespace":"Alexa.BrightnessController","name":"SetBrightness","payloadVersion":"3","messageId":"1","correlationToken":"t"},` +
		`"endpoint":{"endpointId":"light#kitchen_lights","scope":{"type":"BearerToken","token":"` + accountCanary + `"}},"payload":{"brightness":<…>}}}`
	return []struct {
		name   string
		event  []byte
		answer string
	}{
		{"nothing", nil, `"kind":"invalid"`},
		{"a text", []byte(`"` + accountCanary + `"`), `"kind":"invalid"`},
		{"a list", []byte(`[{"test":"ping"}]`), `"kind":"invalid"`},
		{"an empty object", []byte(`{}`), `"kind":"invalid"`},
		{"an event cut off", []byte(turnOn[:len(turnOn)-1]), `"kind":"invalid"`},
		{"an event cut off in the token", []byte(turnOn[:strings.Index(turnOn, accountCanary)+20]), `"kind":"invalid"`},
		{"6 MB of nothing", bytes.Repeat([]byte(" "), lambdaapi.MaxEvent), `"kind":"invalid"`},
		{"6 MB of depth", bytes.Repeat([]byte(`{"directive":`), lambdaapi.MaxEvent/len(`{"directive":`)), `"kind":"invalid"`},
		{"a directive that is a list", []byte(`{"directive":[1,2]}`), "INVALID_DIRECTIVE"},
		{"a directive without header", []byte(`{"directive":{"endpoint":{"endpointId":"light#porch_light"},"payload":{}}}`), "INVALID_DIRECTIVE"},
		{"a directive without endpoint", in(`"endpoint":`, `"end":`), "INVALID_DIRECTIVE"},
		{"a directive without the endpoint's id", in(`"endpointId":"light#porch_light",`, ``), "INVALID_DIRECTIVE"},
		{"a directive for an id that none has", in(`light#porch_light`, `../../config`), "NO_SUCH_ENDPOINT"},
		{"a directive for an id with a line end", in(`light#porch_light`, `light#a\nb`), "NO_SUCH_ENDPOINT"},
		{"a directive for a domain that none has", in(`light#porch_light`, `zone#home`), "NO_SUCH_ENDPOINT"},
		{"a directive with a header of wrong types", in(`"name":"TurnOn"`, `"name":["TurnOn"]`), "INVALID_DIRECTIVE"},
		{"a directive of version 2", in(`"payloadVersion":"3"`, `"payloadVersion":"2"`), "INVALID_DIRECTIVE"},
		{"a directive with 6 MB of correlation token", fill(string(in(`"correlationToken":"t"`, `"correlationToken":"<…>"`)), "x"), "INVALID_DIRECTIVE"},
		{"a directive with a number without end", fill(brightness, "9"), "INVALID_DIRECTIVE"},
		{"a directive with a value without depth", fill(brightness, "["), `"kind":"invalid"`},
		{"a directive with a payload of wrong types", []byte(strings.Replace(brightness, "<…>", `{"of":"`+accountCanary+`"}`, 1)), "INVALID_DIRECTIVE"},
		{"a directive with 6 MB more than it needs", fill(string(in(`"payload":{}`, `"payload":{"x":"<…>"}`)), "x"), `"powerState"`},
		{"a directive with members that nobody knows", in(`{"directive":{`, `{"directive":{"x":[{}],"payload":7,`), `"powerState"`},
	}
}

// TestBadInput: to each its error, and the process that has seen them all lives
// on. Under the race detector 6 MB would take longer than Alexa waits.
func TestBadInput(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"normal", "failsafe"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			f := start(t, newDemo(t, demohome.Options{}), map[string]string{"LAMBDA_MODE": mode, "LOG_LEVEL": "DEBUG"}, asReleased(t))
			f.invoke(t, []byte(`{"test":"ping"}`))
			id := f.PID()
			for _, c := range bad() {
				t.Run(c.name, func(t *testing.T) {
					result := f.invoke(t, c.event)
					if !strings.Contains(string(result.Payload), c.answer) {
						t.Errorf("answered %.400s, want %s", result.Payload, c.answer)
					}
					if len(result.Payload) > 10_000 {
						t.Errorf("the answer has %d bytes", len(result.Payload))
					}
					if strings.HasPrefix(c.name, "a directive") && !strings.Contains(c.answer, "kind") {
						alexatest.CheckAnswer(t, result.Payload)
					}
					if done := strings.Contains(c.answer, "powerState"); mode == "normal" || !done {
						if line := f.output.wait(t, result.RequestID); len(line) > 2000 {
							t.Errorf("the line in the log has %d bytes", len(line))
						}
					}
				})
			}
			if f.PID() != id {
				t.Errorf("the process is %d, and was %d", f.PID(), id)
			}
		})
	}
}

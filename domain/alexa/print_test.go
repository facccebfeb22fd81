package alexa_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// TestDirectivePrints: what it is, and nothing that is secret.
func TestDirectivePrints(t *testing.T) {
	raw, err := json.Marshal(map[string]any{
		"header":   map[string]any{"namespace": "Alexa.LockController", "name": "Unlock", "messageId": "m", "payloadVersion": "3"},
		"endpoint": map[string]any{"endpointId": "lock#door", "scope": map[string]any{"type": "BearerToken", "token": "canary-token"}},
		"payload":  map[string]any{"authorization": map[string]any{"type": "FOUR_DIGIT_PIN", "value": "canary-pin"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := alexa.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for name, value := range map[string]any{"a value": d, "a pointer": &d, "in a list": []alexa.Directive{d}, "in a struct": struct{ D alexa.Directive }{d}} {
			got := fmt.Sprintf(verb, value)
			if strings.Contains(got, "canary") || strings.Contains(got, fmt.Sprintf("%x", "canary")) {
				t.Errorf("%s of %s shows %s", verb, name, got)
			}
		}
	}
	if got, want := fmt.Sprint(d), `Alexa.LockController.Unlock("lock#door")`; got != want {
		t.Errorf("printed %s, want %s", got, want)
	}
}

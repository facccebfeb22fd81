//go:build live

package delivery

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestBrokenEngineInAmazonsEmulator has the package with an engine that is broken run
// by AWS's Lambda Runtime Interface Emulator. It starts a new process for
// the next event, and unlike Lambda not for the one that has met the end.
func TestBrokenEngineInAmazonsEmulator(t *testing.T) {
	e := newEmulation(t)
	replaceEngine(t, e.task, nil)
	for how, lost := range map[string]int{"error": 0, "panic": 0, "hang": 0, "memory": 1, "directive": 1} {
		t.Run(how, func(t *testing.T) {
			address, logged := e.start(t, "BROKEN="+how)
			for n := range 3 {
				answer := post(t, address, `{"directive":{"header":{"namespace":"Alexa.PowerController","name":"TurnOn","payloadVersion":"3","messageId":"1","correlationToken":"2"},
					"endpoint":{"endpointId":"light#porch_light","scope":{"type":"BearerToken","token":"any"}},"payload":{}}}`)
				if answered := bytes.Contains(answer, []byte(`"value":"ON"`)); answered != (n >= lost) {
					t.Errorf("event %d is answered %.300s\n%s", n+1, answer, logged)
				}
			}
			if !strings.Contains(logged.String(), "[FAILSAFE] Mode active: the engine does not work here: ") {
				t.Errorf("the failsafe was not taken:\n%s", logged)
			}
		})
	}
}

// post sends the emulator an event and returns the answer.
func post(t *testing.T, address, event string) []byte {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, "http://"+address+"/2015-03-31/functions/function/invocations", strings.NewReader(event))
	if err != nil {
		t.Fatal(err)
	}
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

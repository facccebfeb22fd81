//go:build live

package delivery

import (
	"os/exec"
	"strings"
	"testing"
)

// TestInAmazonsEmulator has the package run by AWS's Lambda Runtime Interface
// Emulator, which is not of our making, and be sent events by lee invoke.
func TestInAmazonsEmulator(t *testing.T) {
	e := newEmulation(t)
	for _, mode := range modes {
		t.Run(mode, func(t *testing.T) {
			address, _ := e.start(t, "LAMBDA_MODE="+mode)
			for event, want := range map[string]string{
				`{"test":"ping"}`: `"statusCode": 200`,
				`{"directive":{"header":{"namespace":"Alexa.PowerController","name":"TurnOn","payloadVersion":"3","messageId":"1","correlationToken":"2"},
					"endpoint":{"endpointId":"light#kitchen_lights","scope":{"type":"BearerToken","token":"any"}},"payload":{}}}`: `"value": "ON"`,
			} {
				invoke := exec.CommandContext(t.Context(), dist(t, "lee"), "invoke", "-", "--address", address)
				invoke.Stdin = strings.NewReader(event)
				if out, err := invoke.CombinedOutput(); err != nil || !strings.Contains(string(out), want) {
					t.Errorf("%s gives %v: %s", event, err, out)
				}
			}
		})
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// TestNoSecretInAnError: what the home, or a proxy, says of a command that it does not take
// is repeated to Alexa and the log without what was shown to get in, wherever it is cut.
func TestNoSecretInAnError(t *testing.T) {
	const maxWords = 200 // characters that are kept
	const token, header, code = "canary-token-0123456789", "canary-header", "canary4711"
	for name, c := range map[string]struct{ says, want, entity, directive string }{
		"a token":          {"Authorization: Bearer " + token, "Authorization: Bearer [secret]", "light#a", "Alexa.PowerController.TurnOn"},
		"half a token":     {"Authorization: Bearer " + token[:16], "Authorization: Bearer [secret]", "light#a", "Alexa.PowerController.TurnOn"},
		"a header":         {"x-secret is " + header + "!", "x-secret is [secret]!", "light#a", "Alexa.PowerController.TurnOn"},
		"at the cut":       {strings.Repeat("x", maxWords-10) + token, strings.Repeat("x", maxWords-10) + "[secret]", "light#a", "Alexa.PowerController.TurnOn"},
		"more than wanted": {strings.Repeat("ä", maxWords+1), strings.Repeat("ä", maxWords) + "…", "light#a", "Alexa.PowerController.TurnOn"},
		"several lines":    {"a\nb\x00c", `a b\x00c`, "light#a", "Alexa.PowerController.TurnOn"},
		"a code":           {"no " + code, "", "lock#front", "Alexa.LockController.Unlock"},
	} {
		t.Run(name, func(t *testing.T) {
			body, err := json.Marshal(map[string]string{"message": c.says})
			if err != nil {
				t.Fatal(err)
			}
			home := newHome(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					w.WriteHeader(http.StatusBadRequest)
					_, _ = w.Write(body)
					return
				}
				_, _ = w.Write([]byte(`{"entity_id":"` + strings.TrimPrefix(r.URL.Path, "/api/states/") + `","state":"off","attributes":{}}`))
			})
			var logged bytes.Buffer
			before := log.Writer()
			log.SetOutput(&logged)
			defer log.SetOutput(before)
			i := strings.LastIndexByte(c.directive, '.')
			raw, err := by(map[string]string{
				"HOME_ASSISTANT_URL": home, "HOME_ASSISTANT_TOKEN": token, "HOME_ASSISTANT_HEADERS": "X-Secret: " + header, "HA_CODES": "lock.front=" + code,
			}).Invoke(t.Context(), fmt.Appendf(nil, `{"directive":{"header":{"namespace":%q,"name":%q,"payloadVersion":"3","messageId":"1"},"endpoint":{"endpointId":%q},"payload":{}}}`,
				c.directive[:i], c.directive[i+1:], c.entity))
			var answer struct {
				Event struct{ Payload alexa.Detail }
			}
			if err == nil {
				err = json.Unmarshal(raw, &answer)
			}
			if err != nil || c.want != "" && !strings.Contains(string(raw), written(t, c.want)) {
				t.Errorf("answered %s, %v, want %q", raw, err, c.want)
			}
			for _, text := range []string{string(raw), logged.String()} {
				if strings.Contains(text, "canary") || strings.Count(text, "\n") > 1 {
					t.Errorf("a secret, or a line of the home's, is in %s", text)
				}
			}
			if c.directive == "Alexa.PowerController.TurnOn" && !strings.Contains(logged.String(), c.want) {
				t.Errorf("logged is %s", logged.String())
			}
		})
	}
}

package homeassistant

import (
	"net/http"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// TestEchoes: what LEE has shown does not come back to those who read what went
// wrong, and the rest of the words does.
func TestEchoes(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"message":"Code 4711x of ` + canary + ` behind canary-door is wrong, says ` + r.Method + `"}`))
	})
	c := client(t, server.URL, func(config *Config) { config.Headers = map[string]secret.Text{"X-Door": secret.New("canary-door")} })
	call := home.CallOn("lock.a", "lock", "unlock", home.Field{Name: "code", Value: home.Secret(secret.New("4711x"))})
	_, err := c.Call(t.Context(), call)
	if text := fault.Text(err); text != "Code [secret] of [secret] behind [secret] is wrong, says POST" {
		t.Errorf("people read %q", text)
	}
	if strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "4711x") {
		t.Errorf("the log reads %v", err)
	}
}

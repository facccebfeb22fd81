package smarthome

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestAcceptGrant: the linking of an account does not fail, whatever the settings are.
// Nothing is kept or asked, and the log says what is missing.
func TestAcceptGrant(t *testing.T) {
	const code = "the-authorization-code"
	for name, env := range map[string]map[string]string{
		"a home":                       nil,
		"no home":                      {"HOME_ASSISTANT_URL": ""},
		"a home that is turned off":    {"HOME_ASSISTANT_ENABLED": "false"},
		"a token that cannot be used":  {"HOME_ASSISTANT_TOKEN": `"quoted"`},
		"without alexa":                {"HA_FEATURES": "minimal"},
		"a Parameter Store that fails": {"USE_PARAMETER_STORE": "true"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, portstest.NewHome(), env)
			r.store.Fail(errors.New("away"))
			d := alexa.Directive{
				Header:  alexa.Header{Namespace: alexa.Authorization, Name: "AcceptGrant", MessageID: "1", PayloadVersion: alexa.PayloadVersion},
				Payload: json.RawMessage(`{"grant":{"type":"OAuth2.AuthorizationCode","code":"` + code + `"},"grantee":{"type":"BearerToken","token":"the-account-token"}}`),
				Token:   secret.New("the-account-token"),
			}
			answer, err := r.Directives()[d.Key()](t.Context(), d)
			if err != nil || answer.Event.Header.Name != "AcceptGrant.Response" {
				t.Fatalf("answered %+v, %v", answer, err)
			}
			alexatest.CheckReply(t, d, answer)
			log := r.log.String()
			if strings.Count(log, `"level":"WARN"`) != 1 || !strings.Contains(log, "LEE has no event credentials") || strings.Contains(log, code) {
				t.Errorf("the log says %s", log)
			}
			if asked := r.house.Journal(); len(asked) > 0 {
				t.Errorf("the home was asked: %+v", asked)
			}
		})
	}
}

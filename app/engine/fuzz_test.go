package engine_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
)

// FuzzInvoke: whatever bytes come, there is one valid answer and one line in the
// log; what has a directive gets what Alexa takes.
func FuzzInvoke(f *testing.F) {
	for _, c := range bad {
		if len(c.event) < 1<<16 {
			f.Add([]byte(c.event))
		}
	}
	for _, event := range []string{
		event("Alexa.PowerController.TurnOn", "light#kitchen"),
		event("Alexa.ReportState", "light#kitchen"),
		event("Alexa.Discovery.Discover", ""),
		event("Alexa.Authorization.AcceptGrant", ""),
		skillEvent("LaunchRequest", "r"), skillEvent("IntentRequest", "r"), skillEvent("SessionEndedRequest", "r"),
		skillEvent("IntentRequest", "r", without("session")), `{"session":{},"request":{"type":"\ud800"}}`,
		`{"test":"ping"}`, `{"operation":"echo"}`, `{"operation":7}`, `{"directive":{"header":{"namespace":7}}}`,
		"{\"directive\":{\"header\":{\"namespace\":\"\xff\",\"name\":\"\\ud800\",\"payloadVersion\":\"3\"}}}",
	} {
		f.Add([]byte(event))
	}
	r := newRig(assistantOf(func(_ context.Context, r skill.Request) (skill.Response, error) {
		answer := skill.Response{Open: r.Session.New}
		for _, slot := range r.Intent.Slots {
			answer.Speech += slot.Value
		}
		return answer, nil
	}))
	f.Fuzz(func(t *testing.T, event []byte) {
		answer, logged := r.invoke(t.Context(), t, strings.ReplaceAll(string(event), canary, "token"))
		if logged.Event == "directive" && logged.Outcome != "done" { // what is done, the handlers answer
			alexatest.CheckAnswer(t, answer)
		}
		if logged.Event == "skill" {
			skilltest.Check(t, answer)
		}
		if logged.Outcome == "done" && !json.Valid(event) {
			t.Errorf("%q is no JSON, and was answered %s", event, answer)
		}
	})
}

package stream_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

const offered = `{"sessionId":"s-1","offer":{"format":"SDP","value":"v=0\r\n"}}`

// session is a directive of Alexa.RTCSessionController.
func session(name, endpoint, payload string) alexa.Directive {
	d := ask(endpoint)
	d.Header.Namespace, d.Header.Name, d.Payload = alexa.RTCSessionController, name, json.RawMessage(payload)
	return d
}

// handle has it answered by a home.
func handle(t *testing.T, h *portstest.MemoryHome, d alexa.Directive) (alexa.Answer, error) {
	t.Helper()
	s := service(h, h)
	switch d.Header.Name {
	case "InitiateSessionWithOffer":
		return s.Negotiate(t.Context(), d)
	case "SessionConnected":
		return s.Connected(t.Context(), d)
	default:
		return s.Disconnected(t.Context(), d)
	}
}

// TestSession has a camera looked at, and wants no more asked of the home than that
// takes.
func TestSession(t *testing.T) {
	for _, c := range []struct {
		name, payload, answer, says string
		asked                       []portstest.Op
	}{
		{"InitiateSessionWithOffer", offered, "AnswerGeneratedForSession", `{"answer":{"format":"SDP","value":"v=0\r\ns=s-1 of camera.door\r\n"}}`, []portstest.Op{portstest.OpNegotiate}},
		{"SessionConnected", `{"sessionId":"s-1"}`, "SessionConnected", `{"sessionId":"s-1"}`, nil},
		{"SessionDisconnected", `{"sessionId":"s-1"}`, "SessionDisconnected", `{"sessionId":"s-1"}`, []portstest.Op{portstest.OpEnd}},
	} {
		h, d := furnished(), session(c.name, "camera#door", c.payload)
		answer, err := handle(t, h, d)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		alexatest.CheckReply(t, d, answer)
		if raw, err := json.Marshal(answer.Event.Payload); err != nil || string(raw) != c.says || answer.Event.Header.Name != c.answer {
			t.Errorf("%s is answered with %s %s, %v", c.name, answer.Event.Header.Name, raw, err)
		}
		journal := h.Journal()
		if len(journal) != len(c.asked) || len(journal) == 1 && journal[0].Op != c.asked[0] {
			t.Errorf("%s: the home was asked for %v", c.name, journal)
		}
	}
}

// TestNoSession wants the right error, and the home left alone where the directive is
// wrong.
func TestNoSession(t *testing.T) {
	broken := &fault.Error{Kind: fault.Unanswered, Text: "No answer.", Sent: true}
	for name, c := range map[string]struct {
		directive, endpoint, payload string
		trouble                      portstest.Trouble
		want                         alexa.ErrorType
		asked                        int
	}{
		"no endpoint":              {"InitiateSessionWithOffer", "", offered, portstest.Trouble{}, alexa.InvalidDirective, 0},
		"no camera":                {"InitiateSessionWithOffer", "light#lamp", offered, portstest.Trouble{}, alexa.InvalidDirective, 0},
		"no payload":               {"InitiateSessionWithOffer", "camera#door", ``, portstest.Trouble{}, alexa.InvalidDirective, 0},
		"no session":               {"InitiateSessionWithOffer", "camera#door", `{"offer":{"format":"SDP","value":"v=0"}}`, portstest.Trouble{}, alexa.InvalidDirective, 0},
		"no offer":                 {"InitiateSessionWithOffer", "camera#door", `{"sessionId":"s-1"}`, portstest.Trouble{}, alexa.InvalidDirective, 0},
		"an offer that is none":    {"InitiateSessionWithOffer", "camera#door", `{"sessionId":"s-1","offer":7}`, portstest.Trouble{}, alexa.InvalidDirective, 0},
		"another format":           {"InitiateSessionWithOffer", "camera#door", `{"sessionId":"s-1","offer":{"format":"XML","value":"<v>"}}`, portstest.Trouble{}, alexa.InvalidDirective, 0},
		"gone":                     {"InitiateSessionWithOffer", "camera#gone", offered, portstest.Trouble{}, alexa.NoSuchEndpoint, 1},
		"no WebRTC":                {"InitiateSessionWithOffer", "camera#still", offered, portstest.Trouble{}, alexa.InvalidDirective, 1},
		"off":                      {"InitiateSessionWithOffer", "camera#off", offered, portstest.Trouble{}, alexa.EndpointUnreachable, 1},
		"no answer":                {"InitiateSessionWithOffer", "camera#door", offered, portstest.Trouble{Op: portstest.OpNegotiate, Err: broken}, alexa.EndpointUnreachable, 1},
		"connected to nothing":     {"SessionConnected", "camera#door", `{}`, portstest.Trouble{}, alexa.InvalidDirective, 0},
		"the end of nothing":       {"SessionDisconnected", "camera#door", `{"sessionId":[]}`, portstest.Trouble{}, alexa.InvalidDirective, 0},
		"an end without an answer": {"SessionDisconnected", "camera#door", `{"sessionId":"s-1"}`, portstest.Trouble{Op: portstest.OpEnd, Err: broken}, alexa.EndpointUnreachable, 1},
	} {
		t.Run(name, func(t *testing.T) {
			h, d := furnished(), session(c.directive, c.endpoint, c.payload)
			if c.trouble.Op != "" {
				h.Befall(c.trouble)
			}
			_, err := handle(t, h, d)
			if err == nil || alexa.ErrorOf(err).Type != c.want || !strings.HasSuffix(alexa.ErrorOf(err).Message, ".") || len(h.Journal()) != c.asked {
				t.Errorf("it fails with %v, should with %s; the home was asked for %v", err, c.want, h.Journal())
			}
		})
	}
}

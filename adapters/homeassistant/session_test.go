package homeassistant

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// TestNegotiable wants all cameras asked for at once, and those left out of which the
// home does not say that they speak WebRTC.
func TestNegotiable(t *testing.T) {
	ids := []home.EntityID{"camera.a", `camera.x","type":"y`, "camera.b"}
	for result, want := range map[string][]home.EntityID{
		`{"frontend_stream_types":["web_rtc"],"two_way_audio":false}`: {"camera.a", "camera.b"},
		`{"frontend_stream_types":["hls","web_rtc"]}`:                 {"camera.a", "camera.b"},
		`{"frontend_stream_types":["hls"]}`:                           nil,
		`{"frontend_stream_types":"web_rtc"}`:                         nil,
		`{}`:                                                          nil,
		`["web_rtc"]`:                                                 nil,
		`{"code":"home_assistant_error","message":"Camera not found"}`: nil,
	} {
		talk := newTalker(t, &talker{results: map[string]any{"camera/capabilities": result}})
		able, err := client(t, talk.URL).Negotiable(t.Context(), ids)
		if err != nil || !slices.Equal(able, want) {
			t.Errorf("%s: %q, %v", result, able, err)
		}
		if asked := talk.asked(); !slices.Equal(asked, []string{"auth", "camera/capabilities", "camera/capabilities"}) {
			t.Errorf("it asked for %q", asked)
		}
	}
}

// TestNegotiate is of what the home's own integration answers, and of answers that are
// none.
func TestNegotiate(t *testing.T) {
	const sdp = "v=0 of the camera"
	event := func(name, payload string) string {
		return `{"event":{"header":{"namespace":"Alexa","name":"` + name + `","messageId":"m"},"payload":` + payload + `},"context":{}}`
	}
	failed := func(kind string) string {
		return event("ErrorResponse", `{"type":"`+kind+`","message":"rtsp://admin:hunter2@10.0.0.7"}`)
	}
	answer := event("AnswerGeneratedForSession", `{"answer":{"format":"SDP","value":"`+sdp+`"}}`)
	for name, c := range map[string]struct {
		answer    string
		want, end fault.Kind
	}{
		"an answer":                  {answer: answer},
		"off":                        {failed("ENDPOINT_UNREACHABLE"), fault.Unavailable, fault.Unavailable},
		"gone, or filtered":          {failed("NO_SUCH_ENDPOINT"), fault.NotFound, fault.NotFound},
		"no WebRTC":                  {failed("INVALID_DIRECTIVE"), fault.Unsupported, fault.Unsupported},
		"broken":                     {failed("INTERNAL_ERROR"), fault.Failed, fault.Failed},
		"an error that says nothing": {failed(""), fault.Failed, fault.Failed},
		"an empty answer":            {event("AnswerGeneratedForSession", `{"answer":{"format":"SDP","value":""}}`), fault.Failed, 0},
		"another event":              {event("Response", `{}`), fault.Failed, 0},
		"no event":                   {`{}`, fault.Unanswered, fault.Unanswered},
		"no object":                  {`[]`, fault.Unanswered, fault.Unanswered},
		"other types":                {event("AnswerGeneratedForSession", `{"answer":{"value":[]}}`), fault.Unanswered, fault.Unanswered},
		"half of it":                 {answer[:len(answer)/2], fault.Unanswered, fault.Unanswered},
	} {
		t.Run(name, func(t *testing.T) {
			var bodies []string
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				raw, _ := io.ReadAll(r.Body)
				bodies = append(bodies, r.Method+" "+r.URL.Path+" "+string(raw))
				says(c.answer)(w, r)
			})
			client := client(t, server.URL)
			got, err := client.Negotiate(t.Context(), "camera.door", `s "1"`, secret.New("v=0\r\n"))
			check := func(what string, err error, kind fault.Kind) {
				t.Helper()
				switch {
				case kind != 0:
					want(t, what, err, kind, true)
				case err != nil:
					t.Errorf("%s: %v", what, err)
				}
				if strings.Contains(fmt.Sprintf("%+v", err), "hunter2") || strings.Contains(fmt.Sprintf("%+v", err), sdp) {
					t.Errorf("the error tells a secret: %v", err)
				}
			}
			check("Negotiate", err, c.want)
			if (got.Reveal() == sdp) != (c.want == 0) {
				t.Errorf("it answers %q", got.Reveal())
			}
			check("End", client.End(t.Context(), "camera.door", "s-1"), c.end)
			if sent := []string{
				`POST /api/alexa/smart_home {"directive":{"endpoint":{"endpointId":"camera#door"},"header":{"name":"InitiateSessionWithOffer","namespace":"Alexa.RTCSessionController","payloadVersion":"3"},` +
					`"payload":{"offer":{"format":"SDP","value":"v=0\r\n"},"sessionId":"s \"1\""}}}`,
				`POST /api/alexa/smart_home {"directive":{"endpoint":{"endpointId":"camera#door"},"header":{"name":"SessionDisconnected","namespace":"Alexa.RTCSessionController","payloadVersion":"3"},` +
					`"payload":{"sessionId":"s-1"}}}`,
			}; !slices.Equal(bodies, sent) {
				t.Errorf("it sent\n%s", strings.Join(bodies, "\n"))
			}
		})
	}
}

// TestNoOwnAlexa wants a home without the integration to keep no sessions, and an id
// that is none to be sent nowhere.
func TestNoOwnAlexa(t *testing.T) {
	c := client(t, serve(t, http.NotFound).URL)
	_, err := c.Negotiate(t.Context(), "camera.door", "s-1", secret.New("v=0"))
	want(t, "Negotiate", err, fault.Unsupported, true)
	want(t, "End", c.End(t.Context(), `camera.x"`, "s-1"), fault.NotFound, false)
}

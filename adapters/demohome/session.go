package demohome

import (
	"net/http"
	"strings"
)

// ownAlexa is where Home Assistant's own Alexa integration answers.
const ownAlexa = "/api/alexa/smart_home"

// sessionAnswer is what cameras answer to whatever they are offered (RFC 8866).
const sessionAnswer = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n" +
	"c=IN IP4 192.0.2.7\r\na=candidate:1 1 UDP 2130706431 192.0.2.7 50000 typ host\r\na=end-of-candidates\r\n"

// capabilities answers with the ways in which a camera can be seen.
func (s *socket) capabilities(id int, m map[string]any) {
	s.house.mu.Lock()
	e := s.house.entities[text(m["entity_id"])]
	types := []any{}
	if e != nil && e.domain == "camera" && e.has(cameraStream) {
		types = append(types, "hls", "web_rtc")
	}
	s.house.mu.Unlock()
	if e == nil {
		s.fail(id, "home_assistant_error", "Camera not found", nil)
		return
	}
	s.result(id, map[string]any{"frontend_stream_types": types, "two_way_audio": false})
}

// postDirective answers the directives of Alexa.RTCSessionController, as far as these
// cameras have anything to show.
func (h *House) postDirective(w http.ResponseWriter, r *http.Request, _ string) {
	v, ok := body(w, r, "Invalid JSON.")
	if !ok {
		return
	}
	member := func(v any, name string) any {
		object, _ := v.(map[string]any)
		return object[name]
	}
	directive := member(v, "directive")
	name := text(member(member(directive, "header"), "name"))
	h.mu.Lock()
	e := h.entities[strings.ReplaceAll(text(member(member(directive, "endpoint"), "endpointId")), "#", ".")]
	failure := ""
	switch {
	case e == nil:
		failure = "NO_SUCH_ENDPOINT"
	case name != "InitiateSessionWithOffer":
	case e.state == "idle":
		failure = "ENDPOINT_UNREACHABLE"
	case e.domain != "camera" || !e.has(cameraStream):
		failure = "INVALID_DIRECTIVE"
	}
	h.mu.Unlock()
	namespace, payload := "Alexa.RTCSessionController", map[string]any{"sessionId": member(member(directive, "payload"), "sessionId")}
	switch {
	case failure != "":
		namespace, name, payload = "Alexa", "ErrorResponse", map[string]any{"type": failure, "message": ""}
	case name == "InitiateSessionWithOffer":
		name, payload = "AnswerGeneratedForSession", map[string]any{"answer": map[string]any{"format": "SDP", "value": sessionAnswer}}
	}
	sendJSON(w, r, appendValue(nil, map[string]any{"event": map[string]any{
		"header":  map[string]any{"namespace": namespace, "name": name, "messageId": ulid(h.now()), "payloadVersion": "3"},
		"payload": payload,
	}}))
}

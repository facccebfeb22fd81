package homeassistant

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// ownAlexa is where Home Assistant's own Alexa integration answers, when its
// configuration has `alexa:` with `smart_home:` below it
// (https://www.home-assistant.io/integrations/alexa.smart_home/). What is negotiated
// over WebSocket ends with the connection; that integration keeps it.
const ownAlexa = "/api/alexa/smart_home"

var ofCapabilities = named("frontend_stream_types")

// Negotiable implements ports.Cameras. It asks for each camera, back to back on one
// connection.
func (c *Client) Negotiable(ctx context.Context, ids []home.EntityID) ([]home.EntityID, error) {
	if c.config.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.config.Timeout)
		defer cancel()
	}
	token, own, err := c.token(ctx)
	if err != nil {
		return nil, err
	}
	s, err := c.openSocket(ctx, token, own)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var able []home.EntityID
	for _, id := range ids {
		if !id.Valid() {
			continue
		}
		s.ask(ctx, "camera/capabilities", member("entity_id", string(id)), func(d *decoder) error {
			var types []string
			err := d.inner(func() error { return d.members(ofCapabilities, func(string) error { return d.texts(&types, false) }) })
			if slices.Contains(types, "web_rtc") {
				able = append(able, id)
			}
			return err
		})
	}
	if err := s.settle(ctx); err != nil {
		return nil, err
	}
	return able, nil
}

// Negotiate implements ports.Cameras.
func (c *Client) Negotiate(ctx context.Context, id home.EntityID, session string, offer secret.Text) (secret.Text, error) {
	event, err := c.direct(ctx, id, "InitiateSessionWithOffer", map[string]any{
		"sessionId": session, "offer": map[string]string{"format": "SDP", "value": offer.Reveal()},
	})
	switch {
	case err != nil:
		return secret.Text{}, err
	case event.Event.Header.Name != "AnswerGeneratedForSession" || event.Event.Payload.Answer.Value == "":
		return secret.Text{}, &fault.Error{Kind: fault.Failed, Text: "Home Assistant's own Alexa integration does not answer the offer.", Sent: true}
	}
	return secret.New(event.Event.Payload.Answer.Value), nil
}

// End implements ports.Cameras.
func (c *Client) End(ctx context.Context, id home.EntityID, session string) error {
	_, err := c.direct(ctx, id, "SessionDisconnected", map[string]any{"sessionId": session})
	return err
}

// direct has Home Assistant's own Alexa integration carry out a directive of
// Alexa.RTCSessionController.
func (c *Client) direct(ctx context.Context, id home.EntityID, name string, payload map[string]any) (event ownEvent, err error) {
	if !id.Valid() {
		return event, home.NoSuchEntity()
	}
	body, err := json.Marshal(map[string]any{"directive": map[string]any{
		"header":   map[string]string{"namespace": "Alexa.RTCSessionController", "name": name, "payloadVersion": "3"},
		"endpoint": map[string]string{"endpointId": strings.ReplaceAll(string(id), ".", "#")},
		"payload":  payload,
	}})
	if err != nil { // texts can always be written
		return event, fault.Wrap(fault.Internal, "The session cannot be sent on.", err)
	}
	err = c.do(ctx, request{method: http.MethodPost, path: ownAlexa, body: body, command: true, optional: true, decode: event.read})
	if err == nil {
		err = event.failure()
	}
	return event, err
}

// ownEvent is what Home Assistant's own Alexa integration answers.
type ownEvent struct {
	Event struct {
		Header  struct{ Name string }
		Payload struct {
			Type   string // of an error
			Answer struct{ Value string }
		}
	}
}

func (e *ownEvent) read(d *decoder) error {
	raw, err := d.in.ReadValue()
	if err == nil && (json.Unmarshal(raw, e) != nil || e.Event.Header.Name == "") {
		err = errShape
	}
	return err
}

// failure is why a directive was not carried out, by the type of error alone: the
// words may quote a camera's own address.
func (e *ownEvent) failure() error {
	if e.Event.Header.Name != "ErrorResponse" {
		return nil
	}
	failure := &fault.Error{Kind: fault.Failed, Text: "Home Assistant's own Alexa integration failed.", Sent: true}
	switch e.Event.Payload.Type {
	case "ENDPOINT_UNREACHABLE":
		failure.Kind, failure.Text = fault.Unavailable, "The camera is off, or does not answer the home."
	case "NO_SUCH_ENDPOINT":
		failure.Kind, failure.Text = fault.NotFound, "Home Assistant's own Alexa integration has no such camera."
	case "INVALID_DIRECTIVE":
		failure.Kind, failure.Text = fault.Unsupported, "The camera does not speak WebRTC."
	}
	return failure
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// ownAlexa is where Home Assistant's own Alexa integration answers, when its
// configuration has `alexa:` with `smart_home:` below it
// (https://www.home-assistant.io/integrations/alexa.smart_home/).
const ownAlexa = "/api/alexa/smart_home"

// handsOn says whether a directive that failed is one for Home Assistant's own Alexa
// integration: what LEE has no translation for, or one that panics. Nothing may have
// been sent then, or a command might be carried out twice. What LEE does know and does
// not allow, it does not let anybody else do either.
func (s *service) handsOn(d alexa.Directive, err error) bool {
	id, ok := capability.EntityID(d.Endpoint.EndpointID)
	if !ok || s.forbids(d) {
		return false
	}
	switch {
	case errors.Is(err, fault.ErrPanic):
		return true
	case d.Key() == alexa.ReportState:
		return s.all.Kind(id.Domain()) == nil
	default:
		return !s.knows(d.Key())
	}
}

// knows says whether LEE has a translation for a directive, for some kind of device.
func (s *service) knows(key alexa.Key) bool {
	for _, known := range s.all.Directives() {
		if known == key {
			return true
		}
	}
	return false
}

// forbids says whether a directive is turned off by a setting that Home Assistant's own
// integration does not have.
func (s *service) forbids(d alexa.Directive) bool {
	switch d.Key() {
	case alexa.Key{Namespace: alexa.LockController, Name: "Unlock"}:
		return s.settings.Terms.House.NoUnlock
	case alexa.Key{Namespace: alexa.SecurityPanelController, Name: "Disarm"}:
		return s.settings.Terms.House.NoDisarm
	default:
		return false
	}
}

// maxHandedBytes bounds an answer of Home Assistant's own integration.
const maxHandedBytes = 512 << 10

// handOn has Home Assistant's own Alexa integration answer a directive. off says that
// there is none, or that it does not know the directive either.
func (s *service) handOn(ctx context.Context, d alexa.Directive) (answer alexa.Answer, off bool, err error) {
	event, err := handed(d)
	if err != nil {
		return answer, false, err
	}
	err = s.home.do(ctx, d.Token, request{path: ownAlexa, command: event, optional: true, read: func(s *stream) error {
		raw, err := s.raw(maxHandedBytes)
		if err == nil {
			err = json.Unmarshal(raw, &answer)
		}
		return err
	}})
	switch {
	case fault.Of(err) == fault.Unsupported && err != nil:
		return answer, true, err
	case err != nil:
		return alexa.Answer{}, false, err
	case ignorant(answer):
		return answer, true, nil
	case answer.Event.Header.Name == "" || answer.Event.Header.Namespace == "":
		return alexa.Answer{}, false, fault.New(fault.Unreachable, "What answers is not Home Assistant.")
	}
	log.Printf("[FAILSAFE] %s %s was handed on to Home Assistant's own Alexa integration", requestID(ctx), d.Key())
	// Read as an answer of LEE's it has lost what it repeats of the directive's token.
	if unlinks(answer) {
		return alexa.Answer{}, false, fault.New(fault.NotAllowed, "Home Assistant's own Alexa integration rejects the token.")
	}
	if answer.Event.Endpoint != nil {
		answer.Event.Endpoint = &d.Endpoint
	}
	if payload, ok := answer.Event.Payload.(map[string]any); ok {
		if message, ok := payload["message"].(string); ok {
			payload["message"] = s.home.known.And(d.Token).Text(message)
		}
	}
	return answer, false, nil
}

// handed returns the event by which a directive is handed on. It is written from what LEE
// has parsed, so that Home Assistant acts on what LEE has checked. In the JSON that came, a
// member may occur twice, or in other letters, and programs differ in which one they take.
// The token goes in the request's header.
func handed(d alexa.Directive) ([]byte, error) {
	id, err := capability.EntityOf(d)
	if err != nil {
		return nil, err
	}
	payload := map[string]any{}
	if err := d.Decode(&payload); err != nil {
		return nil, err
	}
	var event struct {
		Directive struct {
			Header   alexa.Header      `json:"header"`
			Endpoint alexa.EndpointRef `json:"endpoint"`
			Payload  map[string]any    `json:"payload"`
		} `json:"directive"`
	}
	event.Directive.Header, event.Directive.Payload = d.Header, payload
	event.Directive.Endpoint.EndpointID = capability.EndpointID(id)
	raw, err := json.Marshal(event)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, "LEE failed.", err)
	}
	return raw, nil
}

// unlinks says whether an answer would have Alexa unlink the account, for which the
// failsafe does not look closely enough.
func unlinks(answer alexa.Answer) bool {
	payload, ok := answer.Event.Payload.(map[string]any)
	return ok && (payload["type"] == string(alexa.InvalidAuthorizationCredential) || payload["type"] == "EXPIRED_AUTHORIZATION_CREDENTIAL")
}

// ignorant says whether an answer is what Home Assistant's own integration says of a
// directive for which it has no handler: an error of its own without a word
// (components/alexa/smart_home.py).
func ignorant(answer alexa.Answer) bool {
	payload, ok := answer.Event.Payload.(map[string]any)
	return ok && payload["type"] == string(alexa.InternalError) && payload["message"] == ""
}

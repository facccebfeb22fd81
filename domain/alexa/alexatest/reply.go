package alexatest

import (
	"bytes"
	"encoding/json"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// replies returns what is wrong with raw as the answer to d.
func replies(d alexa.Directive, raw []byte) []string {
	var reply struct {
		Event struct {
			Header   alexa.Header
			Endpoint *alexa.EndpointRef
		}
	}
	if err := json.Unmarshal(raw, &reply); err != nil {
		return []string{err.Error()}
	}
	var complaints []string
	s := spot{complaints: &complaints}
	header := reply.Event.Header
	if header.CorrelationToken != d.Header.CorrelationToken {
		s.at("event", "header", "correlationToken").complain("must be the directive's %q, is %q", d.Header.CorrelationToken, header.CorrelationToken)
	}
	if header.MessageID == d.Header.MessageID {
		s.at("event", "header", "messageId").complain("must not be the directive's")
	}
	if e := reply.Event.Endpoint; e != nil && *e != d.Endpoint {
		s.at("event", "endpoint", "endpointId").complain("must be the directive's %q, is %q", d.Endpoint.EndpointID, e.EndpointID)
	}
	if token := d.Token.Reveal(); token != "" && bytes.Contains(raw, []byte(token)) {
		s.complain("the directive's bearer token is in the answer")
	}
	return complaints
}

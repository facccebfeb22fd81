package home

import (
	"encoding/json"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// maxMessageRunes limits what is shown of an integration's own words.
const maxMessageRunes = 200

// Declined returns the fault for the body of an answer with HTTP status 400, as Home
// Assistant gives it to a service call: "400: Bad Request" for a service or a field
// that it does not know, else JSON with the integration's message. ok is false for any
// other body: something else has answered then.
func Declined(body []byte) (f *fault.Error, ok bool) {
	if strings.HasPrefix(string(body), "400: Bad Request") {
		return fault.New(fault.Unsupported, "Home Assistant has no such service, or it does not take these values."), true
	}
	var in struct {
		Message string `json:"message"`
	}
	if json.Unmarshal(body, &in) != nil || in.Message == "" {
		return nil, false
	}
	kind := fault.Refused
	if strings.Contains(in.Message, "does not support action") {
		kind = fault.Unsupported
	}
	message := in.Message
	if runes := []rune(message); len(runes) > maxMessageRunes {
		message = string(runes[:maxMessageRunes]) + "…"
	}
	return fault.New(kind, message), true
}

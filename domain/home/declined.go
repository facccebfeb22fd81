package home

import (
	"encoding/json"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
)

// NoService is how Home Assistant answers a call of a service or with a field that it does
// not know, with HTTP status 400.
const NoService = "400: Bad Request"

// Declined returns the fault for the body of an answer with HTTP status 400, as Home
// Assistant gives it to a service call: NoService, else JSON with the integration's message, of which the text is
// what the filter leaves. ok is false for any other body: something else has answered then.
func Declined(body []byte, filter foreign.Filter) (f *fault.Error, ok bool) {
	if strings.HasPrefix(string(body), NoService) {
		return fault.New(fault.Unsupported, "Home Assistant has no such service, or it does not take these values."), true
	}
	var in struct {
		Message string `json:"message"`
	}
	err := json.Unmarshal(body, &in)
	if err == nil && in.Message != "" {
		return DeclinedBy(in.Message, filter), true
	}
	return nil, false
}

// DeclinedBy returns the fault for the message of an integration that declined a
// service call. Its text is what the filter leaves of the message.
func DeclinedBy(message string, filter foreign.Filter) *fault.Error {
	kind := fault.Refused
	if strings.Contains(message, "does not support action") {
		kind = fault.Unsupported
	}
	return fault.New(kind, filter.Text(message))
}

package homeassistant

import (
	"encoding/json"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// encodeCall returns the body of a service call. A single target goes as a text,
// several as a list: the two forms that Home Assistant takes.
func encodeCall(call home.ServiceCall) ([]byte, error) {
	body := make(map[string]any, len(call.Data)+2)
	for _, field := range call.Data {
		body[field.Name] = field.Value.Any()
	}
	switch len(call.Targets) {
	case 0:
	case 1:
		body["entity_id"] = call.Targets[0]
	default:
		body["entity_id"] = call.Targets
	}
	if call.Area != "" {
		body["area_id"] = call.Area
	}
	raw, err := json.Marshal(body)
	if err != nil { // a number that JSON cannot write
		return nil, fault.Wrap(fault.Invalid, "The directive holds a number that cannot be sent on.", err)
	}
	return raw, nil
}

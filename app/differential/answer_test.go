//go:build live

package differential

import (
	"encoding/json"
	"fmt"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// answer is an answer to a directive, as far as two can be compared: without ids
// and times.
type answer struct {
	// event names it: "Alexa.Response", or for an error with its type,
	// "Alexa.ErrorResponse NO_SUCH_ENDPOINT".
	event string
	// payload are the members of the event's payload in JSON.
	payload map[string]string
	// properties are the values of the context's properties in JSON, by names
	// like "Alexa.RangeController.rangeValue fan.percentage".
	properties map[string]string
	// failed says that it is an error response, assumed that it tells what was
	// commanded and has not shown.
	failed, assumed bool
}

// passing are members of payloads that are of the moment.
var passing = map[string]bool{"timestamp": true, "message": true, "type": true}

func readAnswer(raw []byte) (answer, error) {
	var in struct {
		Event struct {
			Header  alexa.Header
			Payload map[string]any
		}
		Context struct {
			Properties []struct {
				Namespace, Name, Instance string
				Value                     any
				UncertaintyInMilliseconds int
			}
		}
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return answer{}, fmt.Errorf("not an answer: %w: %.200s", err, raw)
	}
	header := in.Event.Header
	a := answer{
		event:   alexa.Key{Namespace: header.Namespace, Name: header.Name}.String(),
		payload: map[string]string{}, properties: map[string]string{},
		failed: header.Name == alexa.NameErrorResponse,
	}
	if a.failed {
		a.event = fmt.Sprintf("%s %v", a.event, in.Event.Payload["type"])
	}
	for name, value := range in.Event.Payload {
		if !passing[name] {
			a.payload[name] = compact(value)
		}
	}
	for _, p := range in.Context.Properties {
		name := message{name: p.Namespace + "." + p.Name, instance: p.Instance}
		a.properties[name.directive()] = compact(p.Value)
		a.assumed = a.assumed || p.UncertaintyInMilliseconds > 0
	}
	return a, nil
}

//go:build live

package differential

import (
	"encoding/json"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// reportState is the question for what is.
const reportState = "Alexa.ReportState"

// message is a directive.
type message struct {
	// name is "Alexa.PowerController.TurnOn".
	name, instance, endpoint string
	payload                  any
}

// wire returns the message as Alexa sends it, inside its event.
func (m message) wire() map[string]any {
	namespace, name := cut(m.name)
	header := map[string]any{
		"namespace": namespace, "name": name, "payloadVersion": "3",
		"messageId": alexa.NewMessageID(), "correlationToken": "dFMb0z+PgpgdDmluhJ1LddFvSqZ/jCc8ptlAKulUj90jSqg==",
	}
	if m.instance != "" {
		header["instance"] = m.instance
	}
	scope := map[string]any{"type": "BearerToken", "token": "of the account"}
	payload := m.payload
	if payload == nil {
		payload = map[string]any{}
	}
	directive := map[string]any{"header": header, "payload": payload}
	if m.endpoint == "" {
		directive["payload"] = map[string]any{"scope": scope}
	} else {
		directive["endpoint"] = map[string]any{"endpointId": m.endpoint, "scope": scope, "cookie": map[string]any{}}
	}
	return map[string]any{"directive": directive}
}

// directive names the message's directive with its instance:
// "Alexa.RangeController.SetRangeValue fan.percentage".
func (m message) directive() string { return strings.TrimSpace(m.name + " " + m.instance) }

// said returns the payload as JSON.
func (m message) said() string {
	if m.payload == nil {
		return "{}"
	}
	return compact(m.payload)
}

// cut returns what is before and after the last dot.
func cut(name string) (before, after string) {
	i := strings.LastIndexByte(name, '.')
	return name[:max(i, 0)], name[i+1:]
}

// compact returns v as JSON, in one form for equal values.
func compact(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // only what came from JSON is written
	}
	return strings.TrimSpace(b.String())
}

package main

import (
	"encoding/json"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// directive returns the event with which Alexa sends a directive. endpoint is ""
// for one that has none. The token is what Alexa would have from account
// linking; it goes into the event, where alexa.Directive would not show it.
func directive(namespace alexa.Namespace, name, endpoint string, payload any, token secret.Text) []byte {
	scope := map[string]string{"type": "BearerToken", "token": token.Reveal()}
	d := map[string]any{
		"header": alexa.Header{
			Namespace:        namespace,
			Name:             name,
			MessageID:        alexa.NewMessageID(),
			CorrelationToken: alexa.NewMessageID(),
			PayloadVersion:   alexa.PayloadVersion,
		},
		"payload": payload,
	}
	if endpoint == "" {
		d["payload"] = map[string]any{"scope": scope}
	} else {
		d["endpoint"] = map[string]any{"endpointId": endpoint, "scope": scope, "cookie": map[string]string{}}
	}
	raw, err := json.Marshal(map[string]any{"directive": d})
	if err != nil {
		panic(err) // a payload of our own that JSON cannot write
	}
	return raw
}

// Command floor is the floor of the benchmark: a Lambda function that turns on
// one lamp with one POST and answers with words written down beforehand. With
// FLOOR=states it fetches all states and throws them away.
package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
)

const answer = `{"event":{"header":{"namespace":"Alexa","name":"Response","messageId":"1","payloadVersion":"3"},"payload":{}},` +
	`"context":{"properties":[{"namespace":"Alexa.PowerController","name":"powerState","value":"ON",` +
	`"timeOfSample":"2026-01-01T00:00:00Z","uncertaintyInMilliseconds":0}]}}`

func main() {
	method, path, body := http.MethodPost, "/api/services/light/turn_on", `{"entity_id":"light.kitchen_lights"}`
	if os.Getenv("FLOOR") == "states" {
		method, path, body = http.MethodGet, "/api/states", ""
	}
	client := &http.Client{}
	lambda.Start(func(ctx context.Context, _ json.RawMessage) (json.RawMessage, error) {
		request, err := http.NewRequestWithContext(ctx, method, os.Getenv("HOME_ASSISTANT_URL")+path, strings.NewReader(body))
		if err != nil {
			return nil, err
		}
		request.Header.Set("Authorization", "Bearer "+os.Getenv("HOME_ASSISTANT_TOKEN"))
		response, err := client.Do(request)
		if err != nil {
			return nil, err
		}
		defer response.Body.Close()
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			return nil, err
		}
		return json.RawMessage(answer), nil
	})
}

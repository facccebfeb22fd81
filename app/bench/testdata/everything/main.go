// Command everything is the floor of discovery: a Lambda function that fetches what
// LEE fetches for one, all states and the registries, and throws it away.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/coder/websocket"
)

func main() {
	lambda.Start(func(ctx context.Context, _ json.RawMessage) (json.RawMessage, error) {
		done := make(chan error, 1)
		go func() { done <- states(ctx) }()
		return json.RawMessage("{}"), errors.Join(registries(ctx), <-done)
	})
}

var client = &http.Client{}

func states(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, os.Getenv("HOME_ASSISTANT_URL")+"/api/states", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("HOME_ASSISTANT_TOKEN"))
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

// registries asks for what LEE asks for, packed as it does, and keeps the ids
// alone, which the last question needs.
func registries(ctx context.Context) error {
	conn, _, err := websocket.Dial(ctx, os.Getenv("HOME_ASSISTANT_URL")+"/api/websocket", &websocket.DialOptions{
		CompressionMode: websocket.CompressionNoContextTakeover, CompressionThreshold: 1 << 30,
	})
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	conn.SetReadLimit(-1)
	messages := []string{`{"type":"auth","access_token":"` + os.Getenv("HOME_ASSISTANT_TOKEN") + `"}`}
	for i, what := range []string{
		"config/entity_registry/list_for_display", "config/device_registry/list", "config/area_registry/list", "config/floor_registry/list",
		"config/label_registry/list", "homeassistant/expose_entity/list",
	} {
		messages = append(messages, fmt.Sprintf(`{"id":%d,"type":%q}`, i+1, what))
	}
	for _, message := range messages {
		if err := conn.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
			return err
		}
	}
	var ids [][]byte
	for range len(messages) + 1 { // the home says hello, too
		_, message, err := conn.Read(ctx)
		if err != nil {
			return err
		}
		for _, found := range regexp.MustCompile(`"ei": ?("[^"]+")`).FindAllSubmatch(message, -1) {
			ids = append(ids, found[1])
		}
	}
	last := append([]byte(`{"id":7,"type":"config/entity_registry/get_entries","entity_ids":[`), bytes.Join(ids, []byte(","))...)
	if err := conn.Write(ctx, websocket.MessageText, append(last, "]}"...)); err != nil {
		return err
	}
	_, _, err = conn.Read(ctx)
	return err
}

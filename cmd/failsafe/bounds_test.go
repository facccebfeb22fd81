package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// TestDiscoveryFits: the answer to a discovery is one that Lambda takes, whatever the home
// offers.
func TestDiscoveryFits(t *testing.T) {
	options, err := json.Marshal(strings.Fields(strings.Repeat("an_option_of_many ", 500)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range bytes.Count(options, []byte("an_")) {
		options = bytes.Replace(options, []byte("an_"), fmt.Appendf(nil, "%d_", i), 1)
	}
	synctest.Test(t, func(t *testing.T) { // reading takes no time here
		raw, err := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if r.URL.Path == "/api/config" {
				_, _ = w.Write([]byte(`{"version":"2026.11.0"}`))
				return
			}
			_, _ = io.WriteString(w, "[")
			for i := range 300 {
				_, _ = fmt.Fprintf(w, `{"entity_id":"select.a%d","state":"x","attributes":{"friendly_name":"Select %d","options":%s}},`, i, i, options)
			}
			_, _ = io.WriteString(w, `{"entity_id":"light.a","state":"on"}]`)
		})).at(t, nil).Invoke(t.Context(), []byte(
			`{"directive":{"header":{"namespace":"Alexa.Discovery","name":"Discover","payloadVersion":"3","messageId":"1"},"payload":{}}}`))
		var answer struct {
			Event struct {
				Payload struct{ Endpoints []alexa.Endpoint }
			}
		}
		if err == nil {
			err = json.Unmarshal(raw, &answer)
		}
		if n := len(answer.Event.Payload.Endpoints); err != nil || len(raw) > maxAnswerBytes || n == 0 || answer.Event.Payload.Endpoints[0].EndpointID != "light#a" {
			t.Errorf("the answer has %d bytes and %d endpoints, %v", len(raw), n, err)
		} else {
			t.Logf("the answer has %d bytes and %d endpoints", len(raw), n)
		}
	})
}

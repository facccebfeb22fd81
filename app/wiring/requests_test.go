package wiring_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/operator"
)

// TestRoundTripsAreAllRequests: the metric HomeRoundTrips is how many requests the house
// has had, for each operation and for directives of each kind, with a house that is well
// and in cases in which an adapter asks more than once.
func TestRoundTripsAreAllRequests(t *testing.T) {
	var events []string
	for _, operation := range operator.New(operator.Parts{}).Operations() {
		events = append(events, `{"operation":"`+operation.Name+`"}`)
	}
	for _, name := range engine.OwnOperations() {
		events = append(events, `{"operation":"`+name+`"}`)
	}
	events = append(events, `{"operation":"trace","event":{"operation":"ha_states"}}`, `{"source":"aws.events"}`)
	for _, d := range []struct{ directive, endpoint string }{
		{"Alexa.Discovery.Discover", ""},
		{"Alexa.ReportState", "light#kitchen_lights"},
		{"Alexa.PowerController.TurnOff", "light#kitchen_lights"},
		{"Alexa.CameraStreamController.InitializeCameraStreams", "camera#demo_camera"},
		{"Alexa.RTCSessionController.SessionDisconnected", "camera#demo_camera"},
	} {
		events = append(events, string(directiveFor(t, d.directive, d.endpoint)))
	}
	for name, c := range map[string]struct {
		env   env
		fault *demohome.Fault
		// events are those that have the text in them; "" for all.
		events string
		// several is an event that needs at least that many requests.
		several string
		least   float64
	}{
		"well":              {nil, nil, "", `"doctor"`, 12},
		"WebSocket blocked": {nil, &demohome.Fault{On: "/api/websocket", Answer: demohome.Forbidden()}, "", "Discover", 2},
		// A discovery asks for several things at once, and gives up those under way.
		"a rejected token": {env{"HOME_ASSISTANT_TOKEN": ""}, nil, "endpointId", "TurnOff", 2},
	} {
		t.Run(name, func(t *testing.T) {
			h := demohome.New(demohome.Options{Token: tokenCanary})
			w := watch(t, h, c.env)
			if c.fault != nil {
				h.Inject(c.fault)
			}
			reached := false
			for _, event := range events {
				if !strings.Contains(event, c.events) {
					continue
				}
				before := h.Requests()
				w.ask(t, event)
				trips, requests := w.roundTrips(t), float64(h.Requests()-before)
				if trips != requests {
					t.Errorf("%.120s: HomeRoundTrips is %v, and the house had %v requests", event, trips, requests)
				}
				reached = reached || strings.Contains(event, c.several) && requests >= c.least
			}
			if !reached {
				t.Errorf("%s needs fewer than %v requests: the case does not test what it should", c.several, c.least)
			}
		})
	}
}

// roundTrips returns the metric HomeRoundTrips of the last invocation.
func (w *watched) roundTrips(t *testing.T) float64 {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(w.metrics.String()), "\n")
	var last struct{ HomeRoundTrips float64 }
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
		t.Fatal(err)
	}
	return last.HomeRoundTrips
}

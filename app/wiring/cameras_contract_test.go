package wiring_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// camerasWithBearer shows a token with each request, as Alexa does.
type camerasWithBearer struct {
	ports.Cameras
	token secret.Text
}

func (w camerasWithBearer) Stream(ctx context.Context, id home.EntityID) (home.Stream, error) {
	return w.Cameras.Stream(ports.WithBearer(ctx, w.token), id)
}

func (w camerasWithBearer) Negotiable(ctx context.Context, ids []home.EntityID) ([]home.EntityID, error) {
	return w.Cameras.Negotiable(ports.WithBearer(ctx, w.token), ids)
}

func (w camerasWithBearer) Negotiate(ctx context.Context, id home.EntityID, session string, offer secret.Text) (secret.Text, error) {
	return w.Cameras.Negotiate(ports.WithBearer(ctx, w.token), id, session, offer)
}

func (w camerasWithBearer) End(ctx context.Context, id home.EntityID, session string) error {
	return w.Cameras.End(ports.WithBearer(ctx, w.token), id, session)
}

// testCameras runs the contract on every way to the house that e names.
func testCameras(t *testing.T, house func(t *testing.T) (env, portstest.CamerasSetup)) {
	t.Helper()
	for name, open := range waysTo[ports.Cameras]() {
		t.Run(name, func(t *testing.T) {
			portstest.Cameras(t, func(t *testing.T) (ports.Cameras, portstest.CamerasSetup) {
				t.Helper()
				e, s := house(t)
				s.Fetch = func(t *testing.T, path string) (status int, media string) {
					t.Helper()
					return fetch(t, e["HOME_ASSISTANT_URL"]+path)
				}
				s.Rejecting = []ports.Cameras{
					open(t, e.and(env{"HOME_ASSISTANT_TOKEN": "wrong"})),
					camerasWithBearer{open(t, e.and(env{"HOME_ASSISTANT_TOKEN": ""})), secret.New("wrong")},
				}
				return open(t, e), s
			})
		})
	}
}

// fetch fetches an address as Alexa does, without a token.
func fetch(t *testing.T, address string) (status int, media string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode, response.Header.Get("Content-Type")
}

func TestCamerasContract(t *testing.T) {
	testCameras(t, func(t *testing.T) (env, portstest.CamerasSetup) {
		t.Helper()
		h, url, down := listen(t, demohome.Options{OwnAlexa: true})
		if err := h.Set("camera.blind", "streaming", map[string]any{"supported_features": 1}); err != nil {
			t.Fatal(err)
		}
		return env{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken}, portstest.CamerasSetup{
			Streaming: "camera.demo_camera", Negotiating: "camera.demo_camera", Blind: "camera.blind", Away: down,
			Off: func(t *testing.T, id home.EntityID) {
				t.Helper()
				if err := h.Set(string(id), "idle", nil); err != nil {
					t.Fatal(err)
				}
			},
		}
	})
}

const showCamera = `{"directive":{"header":{"namespace":"Alexa.CameraStreamController","name":"InitializeCameraStreams","messageId":"m-1",` +
	`"correlationToken":"c","payloadVersion":"3"},"endpoint":{"endpointId":"camera#demo_camera","scope":{"type":"BearerToken","token":"t"},"cookie":{}},` +
	`"payload":{"cameraStreams":[]}}}`

// TestCameraStream has a camera of the demo house discovered and shown, as it is
// on the internet and as it is at home, and looks for its addresses in the log.
func TestCameraStream(t *testing.T) {
	for external, offered := range map[string]bool{"https://home.example.org": true, "http://home.example.org": false, "": false} {
		t.Run(external, func(t *testing.T) {
			_, url, _ := listen(t, demohome.Options{ExternalURL: external})
			b := build(t, env{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken, "LOG_LEVEL": "DEBUG"}, false)
			found := false
			for _, e := range b.ask(t, "Alexa.Discovery.Discover", "").Event.Payload.Endpoints {
				for _, c := range e.Capabilities {
					found = found || e.EndpointID == "camera#demo_camera" && c.Interface == alexa.CameraStreamController
				}
			}
			said := string(b.invoke(t, []byte(showCamera)))
			reply := read(t, []byte(said))
			if found != offered || (reply.Event.Header.Name == "Response") != offered {
				t.Fatalf("a stream is offered: %v; shown it answers %s", found, said)
			}
			if !offered {
				if reply.Event.Payload.Type != alexa.InvalidDirective {
					t.Errorf("it fails with %s", said)
				}
				return
			}
			_, playlist, _ := strings.Cut(said, external+"/api/hls/")
			key, _, _ := strings.Cut(playlist, "/")
			if status, _ := fetch(t, url+"/api/hls/"+key+"/master_playlist.m3u8"); status != http.StatusOK {
				t.Errorf("of what it answers there is a %d: %s", status, said)
			}
			if logged := b.log.String(); strings.Contains(logged, key) || !strings.Contains(logged, "cameras.stream") {
				t.Errorf("the log tells too much, or nothing:\n%s", logged)
			}
		})
	}
}

// sessionDirective is a directive of Alexa.RTCSessionController.
func sessionDirective(name, camera, payload string) []byte {
	return []byte(`{"directive":{"header":{"namespace":"Alexa.RTCSessionController","name":"` + name + `","messageId":"m-1","correlationToken":"c",` +
		`"payloadVersion":"3"},"endpoint":{"endpointId":"` + camera + `","scope":{"type":"BearerToken","token":"t"},"cookie":{}},"payload":` + payload + `}}`)
}

// sessionDirectives are a session from its beginning to its end.
func sessionDirectives(camera string) [][]byte {
	return [][]byte{
		sessionDirective("InitiateSessionWithOffer", camera, `{"sessionId":"s-1","offer":{"format":"SDP","value":"v=0\r\ns=canary-offer\r\n"}}`),
		sessionDirective("SessionConnected", camera, `{"sessionId":"s-1"}`),
		sessionDirective("SessionDisconnected", camera, `{"sessionId":"s-1"}`),
	}
}

// offersSessions says whether an endpoint is discovered with Alexa.RTCSessionController.
func offersSessions(t *testing.T, b *built, camera string) bool {
	t.Helper()
	for _, e := range b.ask(t, "Alexa.Discovery.Discover", "").Event.Payload.Endpoints {
		for _, c := range e.Capabilities {
			if e.EndpointID == camera && c.Interface == alexa.RTCSessionController {
				return true
			}
		}
	}
	return false
}

// TestCameraSession has a camera of the demo house discovered and looked at over
// WebRTC, where the house keeps sessions and where it does not, and looks for what was
// agreed upon in the log.
func TestCameraSession(t *testing.T) {
	for name, kept := range map[string]bool{"kept": true, "not kept": false} {
		t.Run(name, func(t *testing.T) {
			_, url, _ := listen(t, demohome.Options{OwnAlexa: kept})
			b := build(t, env{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken, "LOG_LEVEL": "DEBUG"}, false)
			if offered := offersSessions(t, b, "camera#demo_camera"); offered != kept {
				t.Errorf("sessions are offered: %v", offered)
			}
			want := map[bool][]string{
				true:  {"AnswerGeneratedForSession", "SessionConnected", "SessionDisconnected"},
				false: {"ErrorResponse", "SessionConnected", "ErrorResponse"},
			}[kept]
			for i, directive := range sessionDirectives("camera#demo_camera") {
				said := b.invoke(t, directive)
				if reply := read(t, said); reply.Event.Header.Name != want[i] {
					t.Errorf("%s is answered with %s", directive, said)
				}
			}
			if logged := b.log.String(); strings.Contains(logged, "canary-offer") || strings.Contains(logged, "192.0.2.7") || !strings.Contains(logged, "cameras.negotiate") {
				t.Errorf("the log tells too much, or nothing:\n%s", logged)
			}
		})
	}
}

//go:build live

package wiring_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestCamerasContractLive runs the contract against a real Home Assistant with the
// demo integration, whose cameras have no stream.
func TestCamerasContractLive(t *testing.T) {
	e, _ := live(t)
	testCameras(t, func(t *testing.T) (env, portstest.CamerasSetup) {
		t.Helper()
		s := setup
		front := inFrontOf(t, e, &s)
		return front, portstest.CamerasSetup{Blind: "camera.demo_camera_without_stream", Away: s.Away}
	})
}

// filming returns what leads to a real Home Assistant that has the odd devices, of
// which one films, and an administrator there.
func filming(t *testing.T) (env, *admin) {
	t.Helper()
	e := env{"HOME_ASSISTANT_URL": os.Getenv("LEE_HOUSE_C_URL"), "HOME_ASSISTANT_TOKEN": os.Getenv("LEE_HOUSE_C_TOKEN")}
	if e["HOME_ASSISTANT_URL"] == "" {
		t.Skip("LEE_HOUSE_C_URL is not set: make live sets it where it starts the houses itself")
	}
	a := &admin{url: e["HOME_ASSISTANT_URL"]}
	a.open(t, e["HOME_ASSISTANT_TOKEN"])
	return e, a
}

// TestCamerasContractFilming runs the contract against a real Home Assistant that
// streams.
func TestCamerasContractFilming(t *testing.T) {
	e, _ := filming(t)
	testCameras(t, func(t *testing.T) (env, portstest.CamerasSetup) {
		t.Helper()
		s := setup
		front := inFrontOf(t, e, &s)
		turn := func(t *testing.T, service string, id home.EntityID) {
			t.Helper()
			if status, answer := post(t, e, "/api/services/camera/"+service, `{"entity_id":"`+string(id)+`"}`); status != http.StatusOK {
				t.Fatalf("%s: %d %s", service, status, answer)
			}
		}
		return front, portstest.CamerasSetup{
			Streaming: "camera.film", Negotiating: "camera.camera_that_negotiates", Blind: "camera.camera_that_claims_a_stream", Away: s.Away,
			Off: func(t *testing.T, id home.EntityID) {
				t.Helper()
				turn(t, "turn_off", id)
				t.Cleanup(func() { turn(t, "turn_on", id) })
			},
		}
	})
}

// post sends a request to a house's API.
func post(t *testing.T, e env, path, body string) (status int, answer []byte) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, e["HOME_ASSISTANT_URL"]+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+e["HOME_ASSISTANT_TOKEN"])
	request.Header.Set("Content-Type", "application/json")
	response, err := once.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var b bytes.Buffer
	_, _ = b.ReadFrom(response.Body)
	return response.StatusCode, b.Bytes()
}

// TestCameraStreamLive has a real Home Assistant show what it films, beside its
// own Alexa integration: both tell the same stream, and what is there can be
// played.
func TestCameraStreamLive(t *testing.T) {
	e, a := filming(t)
	const external = "https://home.example.org"
	a.do(t, "config/core/update", map[string]any{"external_url": external})
	t.Cleanup(func() { a.do(t, "config/core/update", map[string]any{"external_url": nil}) })
	b := build(t, e.and(env{"LOG_LEVEL": "DEBUG"}), false)
	theirs := func(event []byte) []byte {
		t.Helper()
		status, answer := post(t, e, "/api/alexa/smart_home", string(event))
		if status != http.StatusOK {
			t.Fatalf("Home Assistant's own: %d %s", status, answer)
		}
		return answer
	}
	discover := directiveFor(t, "Alexa.Discovery.Discover", "")
	ours, own := streamsOf(t, b.invoke(t, discover)), streamsOf(t, theirs(discover))
	if !reflect.DeepEqual(ours, own) || len(own) < 3 {
		t.Errorf("streams are offered of\n%v, by Home Assistant's own of\n%v", ours, own)
	}
	show := bytes.ReplaceAll([]byte(showCamera), []byte("camera#demo_camera"), []byte("camera#film"))
	first, second := streamIn(t, b.invoke(t, show)), streamIn(t, theirs(show))
	if first.URI != second.URI || !strings.HasPrefix(first.URI, external+"/api/hls/") {
		t.Fatalf("the stream is at %s, and by Home Assistant's own at %s", first.URI, second.URI)
	}
	first.URI, second.URI = "", ""
	if !reflect.DeepEqual(first, second) {
		t.Errorf("the stream is %+v, and by Home Assistant's own %+v", first, second)
	}
	const negotiator = "camera#camera_that_negotiates"
	if !offersSessions(t, b, negotiator) || offersSessions(t, b, "camera#film") {
		t.Error("sessions are offered by the wrong cameras")
	}
	for _, directive := range sessionDirectives(negotiator) {
		if ours, own := eventOf(t, b.invoke(t, directive)), eventOf(t, theirs(directive)); !reflect.DeepEqual(ours, own) {
			t.Errorf("%s is answered with\n%v, by Home Assistant's own with\n%v", directive, ours, own)
		}
	}
	play(t, e, external, streamIn(t, b.invoke(t, show)).URI)
	if logged := b.log.String(); strings.Contains(logged, "/api/hls/") || strings.Contains(logged, "authSig") || strings.Contains(logged, "192.0.2.7") {
		t.Errorf("the log tells where the stream is:\n%s", logged)
	}
}

// eventOf returns an answer's event without what is new in each.
func eventOf(t *testing.T, answer []byte) map[string]any {
	t.Helper()
	var in struct{ Event map[string]any }
	if err := json.Unmarshal(answer, &in); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"header", "endpoint"} {
		if m, ok := in.Event[part].(map[string]any); ok {
			delete(m, "messageId")
			delete(m, "scope") // Home Assistant's own sends the token back
			delete(m, "cookie")
		}
	}
	return in.Event
}

// streamsOf returns what a discovery says of streams, by endpoint.
func streamsOf(t *testing.T, answer []byte) map[string]any {
	t.Helper()
	var in struct {
		Event struct {
			Payload struct {
				Endpoints []struct {
					EndpointID   string
					Capabilities []map[string]any
				}
			}
		}
	}
	if err := json.Unmarshal(answer, &in); err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	for _, endpoint := range in.Event.Payload.Endpoints {
		for _, c := range endpoint.Capabilities {
			if streams := c["cameraStreamConfigurations"]; streams != nil {
				all[endpoint.EndpointID] = streams
			}
		}
	}
	return all
}

// told is a stream in an answer.
type told struct {
	URI, Protocol, AuthorizationType, VideoCodec, AudioCodec string
	Resolution                                               map[string]int
}

func streamIn(t *testing.T, answer []byte) told {
	t.Helper()
	var in struct {
		Event struct {
			Payload struct{ CameraStreams []told }
		}
	}
	if err := json.Unmarshal(answer, &in); err != nil || len(in.Event.Payload.CameraStreams) != 1 {
		t.Fatalf("there is no stream in %s, %v", answer, err)
	}
	return in.Event.Payload.CameraStreams[0]
}

// play follows a stream's playlists down to a first piece of film, as Alexa's
// screens do.
func play(t *testing.T, e env, external, uri string) {
	t.Helper()
	read := func(uri string) string {
		t.Helper()
		at := e["HOME_ASSISTANT_URL"] + strings.TrimPrefix(uri, external)
		for range 120 { // Home Assistant reports nothing before it has something
			response, err := once.Get(at)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			_, _ = b.ReadFrom(response.Body)
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return b.String()
			}
			time.Sleep(250 * time.Millisecond)
		}
		t.Fatal("there is nothing to play")
		return ""
	}
	next := func(uri string) string {
		t.Helper()
		from, err := url.Parse(uri)
		if err != nil {
			t.Fatal(err)
		}
		playlist := read(uri)
		for line := range strings.Lines(playlist) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				return from.JoinPath("..", line).String()
			}
		}
		t.Fatalf("a playlist without anything in it:\n%s", playlist)
		return ""
	}
	if film := read(next(next(uri))); !strings.Contains(film[:min(len(film), 64)], "moof") {
		t.Errorf("what is to be played begins with %q", film[:min(len(film), 64)])
	}
}

package homeassistant

import (
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

const (
	playlist = "/api/hls/0123abcd/master_playlist.m3u8"
	still    = "/api/camera_proxy/camera.door?authSig=eyJh.eyJp.zMnD"
)

func TestStream(t *testing.T) {
	for name, c := range map[string]struct {
		stream, sign string
		want         fault.Kind
		says         string
	}{
		"a stream":              {stream: `{"url":"` + playlist + `"}`, sign: `{"path":"` + still + `"}`},
		"with more about it":    {stream: `{"more":{"url":"/x"},"url":"` + playlist + `"}`, sign: `{"path":"` + still + `","for":[1]}`},
		"gone":                  {stream: `{"code":"start_stream_failed","message":"Camera not found"}`, want: fault.NotFound, says: "no such device"},
		"off":                   {stream: `{"code":"start_stream_failed","message":"Camera is off"}`, want: fault.NotNow, says: "off"},
		"slow":                  {stream: `{"code":"start_stream_failed","message":"Timeout getting stream source"}`, want: fault.Unavailable, says: "does not answer"},
		"blind":                 {stream: `{"code":"start_stream_failed","message":"Camera camera.door does not support streaming"}`, want: fault.Unsupported, says: "no stream"},
		"blind, as once":        {stream: `{"code":"start_stream_failed","message":"camera.door does not support play stream service"}`, want: fault.Unsupported, says: "no stream"},
		"no integration":        {stream: `{"code":"start_stream_failed","message":"Stream integration is not set up."}`, want: fault.Unsupported, says: "no stream"},
		"no cameras":            {stream: `{"code":"unknown_command","message":"Unknown command."}`, want: fault.Unsupported, says: "no stream"},
		"with a password in it": {stream: `{"code":"start_stream_failed","message":"rtsp://admin:hunter2@10.0.0.7 broke"}`, want: fault.Failed, says: "start_stream_failed"},
		"no word":               {stream: `{"code":7}`, want: fault.Failed, says: "unknown_error"},
		"unsigned":              {sign: `{"code":"unauthorized","message":"Unauthorized"}`, want: fault.Unsupported, says: "unauthorized"},
		"elsewhere":             {stream: `{"url":"https://elsewhere.example/x.m3u8"}`, want: fault.Unsupported, says: "no address"},
		"elsewhere, in short":   {stream: `{"url":"//elsewhere.example/x.m3u8"}`, want: fault.Unsupported, says: "no address"},
		"a picture elsewhere":   {sign: `{"path":"elsewhere"}`, want: fault.Unsupported, says: "no address"},
		"nothing":               {stream: `{}`, want: fault.Unsupported, says: "no address"},
		"no text":               {stream: `{"url":{"a":1}}`, want: fault.Unsupported, says: "no address"},
		"no object":             {stream: `["` + playlist + `"]`, want: fault.Unsupported, says: "does not speak"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.stream == "" {
				c.stream = `{"url":"` + playlist + `"}`
			}
			if c.sign == "" {
				c.sign = `{"path":"` + still + `"}`
			}
			talk := newTalker(t, &talker{results: map[string]any{"camera/stream": c.stream, "auth/sign_path": c.sign}})
			s, err := client(t, talk.URL).Stream(t.Context(), "camera.door")
			if c.says == "" {
				if err != nil || s.Playlist.Reveal() != playlist || s.Still.Reveal() != still {
					t.Fatalf("it tells %q and %q, %v", s.Playlist.Reveal(), s.Still.Reveal(), err)
				}
				return
			}
			if fault.Of(err) != c.want || !strings.Contains(err.Error(), c.says) {
				t.Errorf("it fails with %v, should with %v: %s", err, c.want, c.says)
			}
			if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "0123abcd") || strings.Contains(err.Error(), "eyJh") {
				t.Errorf("the error tells a secret: %v", err)
			}
		})
	}
}

// TestStreamAsksAtOnce wants both commands to go out together.
func TestStreamAsksAtOnce(t *testing.T) {
	talk := newTalker(t, &talker{results: map[string]any{"camera/stream": `{"url":"` + playlist + `"}`, "auth/sign_path": `{"path":"` + still + `"}`}})
	if _, err := client(t, talk.URL).Stream(t.Context(), "camera.door"); err != nil {
		t.Fatal(err)
	}
	if asked := strings.Join(talk.asked(), " "); asked != "auth camera/stream auth/sign_path" {
		t.Errorf("it asked for %s", asked)
	}
	if _, err := client(t, talk.URL).Stream(t.Context(), `camera.x","type":"config/auth/delete`); fault.Of(err) != fault.NotFound {
		t.Errorf("an id that is none: %v", err)
	}
	if n := len(talk.asked()); n != 3 {
		t.Errorf("an id that is none was sent: %d commands", n)
	}
}

func TestPublic(t *testing.T) {
	for _, c := range []struct {
		told, base, want string
	}{
		{"", "", ""},
		{"https://home.example.org", "http://10.0.0.2:8123", "https://home.example.org"},
		{"https://home.example.org/", "", "https://home.example.org"},
		{"https://home.example.org:443/ha/", "", "https://home.example.org/ha"},
		{"https://home.example.org:8123", "https://lambda.example.org", "https://lambda.example.org"},
		{"http://home.example.org", "https://lambda.example.org:8443", ""},
		{"https://203.0.113.7", "https://[2001:db8::1]:443", ""},
		{"https://localhost", "https://", ""},
		{"https://a:b@home.example.org", "", ""},
		{"https://home.example.org/?x=1", "https://home.example.org/#y", ""},
		{"://", "home.example.org", ""},
	} {
		if got := public(c.told, c.base); got != c.want {
			t.Errorf("%q and %q: %q, should be %q", c.told, c.base, got, c.want)
		}
	}
}

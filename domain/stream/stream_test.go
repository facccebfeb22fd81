package stream_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/stream"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func furnished() *portstest.MemoryHome {
	streams := home.Fields{{Name: home.AttrSupportedFeatures, Value: home.Number(3)}}
	h := portstest.NewHome(
		home.State{ID: "camera.door", Value: "idle", Attributes: streams},
		home.State{ID: "camera.off", Value: home.Off, Attributes: streams},
		home.State{ID: "camera.away", Value: home.Unavailable, Attributes: streams},
		home.State{ID: "camera.still", Value: "idle"},
		home.State{ID: "image_processing.door", Value: "1"},
		home.State{ID: "light.lamp", Value: home.On},
	)
	h.SetConfig(home.Config{Version: "2026.11.0", Components: []string{"camera", "stream"}, Public: "https://home.example.org"})
	return h
}

func ask(endpoint string) alexa.Directive {
	return alexa.Directive{
		Header: alexa.Header{
			Namespace: alexa.CameraStreamController, Name: "InitializeCameraStreams", MessageID: "asked",
			CorrelationToken: "token", PayloadVersion: alexa.PayloadVersion,
		},
		Endpoint: alexa.EndpointRef{EndpointID: endpoint},
		Payload: json.RawMessage(`{"cameraStreams":[{"protocol":"RTSP","resolution":{"width":1920,"height":1080},` +
			`"authorizationType":"BASIC","videoCodec":"H264","audioCodec":"AAC"}]}`),
	}
}

func service(h *portstest.MemoryHome, cameras ports.Cameras) *stream.Service {
	return stream.New(h, h, cameras, capability.NewCatalog(capability.Kinds()), portstest.NewClock())
}

func TestStream(t *testing.T) {
	h := furnished()
	answer, err := service(h, h).Handle(t.Context(), ask("camera#door"))
	if err != nil {
		t.Fatal(err)
	}
	alexatest.CheckReply(t, ask("camera#door"), answer)
	raw, err := json.Marshal(answer.Event.Payload)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"cameraStreams":[{"uri":"https://home.example.org/api/hls/feeddoor/master_playlist.m3u8","protocol":"HLS",` +
		`"resolution":{"width":1280,"height":720},"authorizationType":"NONE","videoCodec":"H264","audioCodec":"AAC"}],` +
		`"imageUri":"https://home.example.org/api/camera_proxy/camera.door?authSig=signed"}`
	if string(raw) != want {
		t.Errorf("it answers\n%s, should\n%s", raw, want)
	}
	if answer.Context == nil || len(answer.Context.Properties) != 1 || answer.Context.Properties[0].Name != "connectivity" {
		t.Errorf("its context is %+v", answer.Context)
	}
	if len(h.Journal()) != 3 {
		t.Errorf("the home was asked for %v", h.Journal())
	}
}

// TestNoStream wants the right error where there is no stream, and nothing asked
// for that nobody needs.
func TestNoStream(t *testing.T) {
	public := home.Config{Version: "1", Components: []string{"stream"}, Public: "https://home.example.org"}
	for name, c := range map[string]struct {
		endpoint string
		config   home.Config
		trouble  portstest.Trouble
		want     alexa.ErrorType
		mode     string
	}{
		"no endpoint":        {endpoint: "", want: alexa.InvalidDirective},
		"a strange endpoint": {endpoint: "door", want: alexa.NoSuchEndpoint},
		"gone":               {endpoint: "camera#gone", want: alexa.NoSuchEndpoint},
		"no camera":          {endpoint: "light#lamp", want: alexa.InvalidDirective},
		"nearly a camera":    {endpoint: "image_processing#door", want: alexa.InvalidDirective},
		"without a stream":   {endpoint: "camera#still", want: alexa.InvalidDirective},
		"off":                {endpoint: "camera#off", want: alexa.NotSupportedInCurrentMode, mode: "OTHER"},
		"away":               {endpoint: "camera#away", want: alexa.EndpointUnreachable},
		"not on the internet": {
			endpoint: "camera#door", config: home.Config{Version: "1", Components: []string{"stream"}}, want: alexa.InvalidDirective,
		},
		"a home that streams nothing": {
			endpoint: "camera#door", config: home.Config{Version: "1", Public: "https://home.example.org"}, want: alexa.InvalidDirective,
		},
		"a home that does not say what it is": {
			endpoint: "camera#door", trouble: portstest.Trouble{Op: portstest.OpConfig, Err: fault.New(fault.Unreachable, "Away.")}, want: alexa.BridgeUnreachable,
		},
		"a home that goes away": {
			endpoint: "camera#door", trouble: portstest.Trouble{Op: portstest.OpState, Err: fault.New(fault.Unreachable, "Away.")}, want: alexa.BridgeUnreachable,
		},
		"a camera that does not answer": {
			endpoint: "camera#door", trouble: portstest.Trouble{Op: portstest.OpStream, Err: fault.New(fault.Unavailable, "No answer.")}, want: alexa.EndpointUnreachable,
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := furnished()
			if c.config.Version == "" {
				c.config = public
			}
			h.SetConfig(c.config)
			if c.trouble.Op != "" {
				h.Befall(c.trouble)
			}
			_, err := service(h, h).Handle(t.Context(), ask(c.endpoint))
			if err == nil {
				t.Fatal("it has a stream")
			}
			e := alexa.ErrorOf(err)
			if e.Type != c.want || e.CurrentDeviceMode != c.mode || !strings.HasSuffix(e.Message, ".") {
				t.Errorf("it fails with %+v, should with %s", e, c.want)
			}
			if c.endpoint != "" {
				alexatest.CheckReply(t, ask(c.endpoint), alexa.Failure(ask(c.endpoint), err))
			}
		})
	}
}

// broken are cameras that panic.
type broken struct{ ports.Cameras }

func (broken) Stream(context.Context, home.EntityID) (home.Stream, error) { panic("broken") }

// TestBrokenCameras wants a panic to be an answer, and neither the end of the
// process nor a wait.
func TestBrokenCameras(t *testing.T) {
	if _, err := service(furnished(), broken{}).Handle(t.Context(), ask("camera#door")); fault.Of(err) != fault.Internal {
		t.Errorf("it fails with %v", err)
	}
}

// TestSlowCamera wants a camera that does not open to cost no more than the time
// there is.
func TestSlowCamera(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := furnished()
		h.Befall(portstest.Trouble{Op: portstest.OpStream, After: portstest.Never})
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if _, err := service(h, h).Handle(ctx, ask("camera#door")); fault.Of(err) != fault.Deadline {
			t.Errorf("it fails with %v", err)
		}
	})
}

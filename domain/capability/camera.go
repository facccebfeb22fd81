package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// InitializeCameraStreams is the directive of Alexa.CameraStreamController. It
// stands for no service call: the home is asked for the stream's address.
var InitializeCameraStreams = alexa.Key{Namespace: alexa.CameraStreamController, Name: "InitializeCameraStreams"}

// cameraConfiguration is what Alexa.CameraStreamController's discovery reports
// a stream.
type cameraConfiguration struct {
	Protocols      []string     `json:"protocols"`
	Resolutions    []resolution `json:"resolutions"`
	Authorizations []string     `json:"authorizationTypes"`
	VideoCodecs    []string     `json:"videoCodecs"`
	AudioCodecs    []string     `json:"audioCodecs"`
}

// cameraStreams is the payload of the interface's answer.
type cameraStreams struct {
	Streams []cameraStream `json:"cameraStreams"`
	Still   string         `json:"imageUri"`
}

type cameraStream struct {
	URI           string     `json:"uri"`
	Protocol      string     `json:"protocol"`
	Resolution    resolution `json:"resolution"`
	Authorization string     `json:"authorizationType"`
	VideoCodec    string     `json:"videoCodec"`
	AudioCodec    string     `json:"audioCodec"`
}

type resolution struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

// The one form in which Home Assistant streams (its components/stream): HLS with
// H.264 and AAC, authorised by its address. Nobody knows a stream's resolution
// before it is opened; its own Alexa integration says 720p, and Alexa plays what
// comes.
const (
	hls  = "HLS"
	h264 = "H264"
	aac  = "AAC"
	open = "NONE"
)

var hd = resolution{1280, 720}

// camera is Alexa.CameraStreamController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-camerastreamcontroller.html).
// Alexa fetches the stream herself: the home must have an address for all the
// world, of which Amazon wants HTTPS on port 443 and a certificate that browsers
// trust.
func camera() Interface {
	return Interface{
		Namespace: alexa.CameraStreamController,
		Supports:  func(v View) bool { return v.House.Streams != "" && streams(v) },
		Describe: func(View) alexa.Capability {
			c := alexa.NewCapability(alexa.CameraStreamController)
			c.CameraStreams = []cameraConfiguration{{
				Protocols: []string{hls}, Resolutions: []resolution{hd}, Authorizations: []string{open},
				VideoCodecs: []string{h264}, AudioCodecs: []string{aac},
			}}
			return c
		},
	}
}

// streams says whether a camera has a stream at all.
func streams(v View) bool { return v.State.Has(home.CameraStream) }

// StreamsAt returns House.Streams for what a home says of itself. Home Assistant
// streams where its integration of that name is set up.
func StreamsAt(c home.Config) string {
	if !slices.Contains(c.Components, "stream") {
		return ""
	}
	return c.Public
}

// CameraStreams returns the payload of the answer to InitializeCameraStreams for a
// stream of the house. It holds the stream's addresses, which are secrets: it is
// for Alexa alone.
func (h House) CameraStreams(s home.Stream) any {
	return cameraStreams{
		Streams: []cameraStream{{
			URI: h.Streams + s.Playlist.Reveal(), Protocol: hls, Resolution: hd,
			Authorization: open, VideoCodec: h264, AudioCodec: aac,
		}},
		Still: h.Streams + s.Still.Reveal(),
	}
}

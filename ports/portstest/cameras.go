package portstest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// The operations of ports.Cameras.
const (
	OpStream     Op = "stream"
	OpNegotiable Op = "negotiable"
	OpNegotiate  Op = "negotiate"
	OpEnd        Op = "end"
)

var _ ports.Cameras = (*MemoryHome)(nil)

// Stream implements ports.Cameras. A camera streams when it has that feature, and
// is off when its state is "off".
func (h *MemoryHome) Stream(ctx context.Context, id home.EntityID) (home.Stream, error) {
	if err := h.enter(ctx, Entry{Op: OpStream, ID: id}, nil); err != nil {
		return home.Stream{}, err
	}
	state := h.Now(id)
	switch {
	case state.ID == "" || id.Domain() != "camera":
		return home.Stream{}, fault.New(fault.NotFound, "There is no such camera.")
	case !state.Has(home.CameraStream):
		return home.Stream{}, fault.New(fault.Unsupported, "The camera has no stream.")
	case state.Value == home.Off:
		return home.Stream{}, fault.New(fault.NotNow, "The camera is off.")
	}
	return home.Stream{
		Playlist: secret.New("/api/hls/feed" + id.Object() + "/master_playlist.m3u8"),
		Still:    secret.New("/api/camera_proxy/" + string(id) + "?authSig=signed"),
	}, nil
}

// Negotiable implements ports.Cameras. Cameras that stream speak WebRTC, too.
func (h *MemoryHome) Negotiable(ctx context.Context, ids []home.EntityID) ([]home.EntityID, error) {
	if err := h.enter(ctx, Entry{Op: OpNegotiable}, nil); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id home.EntityID) bool { return !h.Now(id).Has(home.CameraStream) }), nil
}

// Negotiate implements ports.Cameras.
func (h *MemoryHome) Negotiate(ctx context.Context, id home.EntityID, session string, _ secret.Text) (secret.Text, error) {
	if err := h.enter(ctx, Entry{Op: OpNegotiate, ID: id}, nil); err != nil {
		return secret.Text{}, err
	}
	state := h.Now(id)
	switch {
	case state.ID == "" || id.Domain() != "camera":
		return secret.Text{}, &fault.Error{Kind: fault.NotFound, Text: "There is no such camera.", Sent: true}
	case !state.Has(home.CameraStream):
		return secret.Text{}, &fault.Error{Kind: fault.Unsupported, Text: "The camera does not speak WebRTC.", Sent: true}
	case state.Value == home.Off:
		return secret.Text{}, &fault.Error{Kind: fault.Unavailable, Text: "The camera is off.", Sent: true}
	}
	return secret.New("v=0\r\ns=" + session + " of " + string(id) + "\r\n"), nil
}

// End implements ports.Cameras.
func (h *MemoryHome) End(ctx context.Context, id home.EntityID, _ string) error {
	return h.enter(ctx, Entry{Op: OpEnd, ID: id}, nil)
}

// CamerasSetup says which cameras are under test, and how to upset them.
type CamerasSetup struct {
	// Streaming is a camera with a stream, Blind one without; "" where there is
	// none of that sort.
	Streaming, Blind home.EntityID
	// Negotiating is a camera that speaks WebRTC in a home that keeps sessions; "" for
	// none. Blind and, when it is another, Streaming do not.
	Negotiating home.EntityID
	// Off turns a camera off; nil when that cannot be done.
	Off func(t *testing.T, id home.EntityID)
	// Fetch fetches a path below the home's address, without a token; nil when
	// there is nothing behind it.
	Fetch func(t *testing.T, path string) (status int, media string)

	// Away makes the home unreachable; nil when that cannot be done.
	Away func()
	// Rejecting are other clients of the home, with credentials that it rejects:
	// LEE's own, or the context's.
	Rejecting []ports.Cameras
}

// Cameras is the contract of ports.Cameras. open is called again for every test.
func Cameras(t *testing.T, open func(t *testing.T) (ports.Cameras, CamerasSetup)) {
	for _, test := range []struct {
		name string
		run  func(*camerasTest, *testing.T)
	}{
		{"tells where a stream is", (*camerasTest).tells},
		{"tells the same stream again", (*camerasTest).again},
		{"lets in anyone who knows where", (*camerasTest).lets},
		{"keeps it from logs", (*camerasTest).keeps},
		{"no stream", (*camerasTest).blind},
		{"no camera", (*camerasTest).missing},
		{"off", (*camerasTest).off},
		{"who negotiates", (*camerasTest).negotiable},
		{"negotiates a session", (*camerasTest).negotiates},
		{"no session", (*camerasTest).silent},
		{"a context that has ended", (*camerasTest).ended},
		{"away", (*camerasTest).away},
		{"rejected credentials", (*camerasTest).rejected},
		{"counts its requests", (*camerasTest).counts},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &camerasTest{}
			c.Cameras, c.CamerasSetup = open(t)
			test.run(c, t)
		})
	}
}

type camerasTest struct {
	ports.Cameras
	CamerasSetup
}

func (c *camerasTest) counts(t *testing.T) {
	if c.Streaming != "" {
		counted(t, "Stream", func(ctx context.Context) (want int64, err error) {
			_, err = c.Stream(ctx, c.Streaming)
			return 1, err
		})
	}
	counted(t, "Negotiable", func(ctx context.Context) (want int64, err error) {
		_, err = c.Negotiable(ctx, []home.EntityID{"camera.a", "camera.b"})
		return 1, err
	})
	if c.Negotiating == "" {
		return
	}
	counted(t, "Negotiate", func(ctx context.Context) (want int64, err error) {
		_, err = c.Negotiate(ctx, c.Negotiating, "counted", offer)
		return 1, err
	})
	counted(t, "End", func(ctx context.Context) (want int64, err error) { return 1, c.End(ctx, c.Negotiating, "counted") })
}

// stream asks for the stream of the camera that has one.
func (c *camerasTest) stream(t *testing.T) home.Stream {
	t.Helper()
	if c.Streaming == "" {
		t.Skip("this home has no camera with a stream")
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	s, err := c.Stream(ctx, c.Streaming)
	if err != nil {
		t.Fatalf("Stream: %v", err)
	}
	return s
}

func (c *camerasTest) tells(t *testing.T) {
	s := c.stream(t)
	for what, path := range map[string]secret.Text{"playlist": s.Playlist, "still": s.Still} {
		if p := path.Reveal(); !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.ContainsAny(p, " \n") {
			t.Errorf("the %s is no path below the home: %q", what, p)
		}
	}
}

func (c *camerasTest) again(t *testing.T) {
	first := c.stream(t)
	if second := c.stream(t); second.Playlist.Reveal() != first.Playlist.Reveal() {
		t.Errorf("it tells %q, and %q before", second.Playlist.Reveal(), first.Playlist.Reveal())
	}
}

func (c *camerasTest) lets(t *testing.T) {
	s := c.stream(t)
	if c.Fetch == nil {
		t.Skip("there is nothing behind what this home tells")
	}
	for path, want := range map[secret.Text]string{s.Playlist: "mpegurl", s.Still: "image/"} {
		status, media := c.Fetch(t, path.Reveal())
		if status != 200 || !strings.Contains(media, want) {
			t.Errorf("there is a %d of type %q, should be %s", status, media, want)
		}
		if status, _ := c.Fetch(t, path.Reveal()[:strings.LastIndexAny(path.Reveal(), "/?")]); status == 200 {
			t.Error("and anyone who does not know all of it is let in too")
		}
	}
}

func (c *camerasTest) keeps(t *testing.T) {
	s := c.stream(t)
	if s.Playlist.String() != secret.Mask || s.Still.String() != secret.Mask {
		t.Errorf("it prints as %v", s)
	}
}

func (c *camerasTest) blind(t *testing.T) {
	if c.Blind == "" {
		t.Skip("every camera of this home has a stream")
	}
	c.fails(t, c.Blind, fault.Unsupported)
}

func (c *camerasTest) missing(t *testing.T) {
	for _, id := range []home.EntityID{"camera.there_is_none", "light.there_is_none", "camera.NONE", "camera", ""} {
		c.fails(t, id, fault.NotFound)
	}
}

func (c *camerasTest) off(t *testing.T) {
	if c.Off == nil || c.Streaming == "" {
		t.Skip("no camera of this home can be turned off")
	}
	c.Off(t, c.Streaming)
	c.fails(t, c.Streaming, fault.NotNow)
}

// fails wants a camera to have no stream, for a reason of that kind.
func (c *camerasTest) fails(t *testing.T, id home.EntityID, want fault.Kind) {
	t.Helper()
	s, err := c.Stream(t.Context(), id)
	fails(t, "Stream", err, want, false)
	if !s.Playlist.Empty() || !s.Still.Empty() {
		t.Errorf("%q has a stream all the same", id)
	}
}

// offer is the least that is one.
var offer = secret.New("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n")

func (c *camerasTest) negotiable(t *testing.T) {
	if c.Negotiating == "" {
		t.Skip("no camera of this home speaks WebRTC")
	}
	able, err := c.Negotiable(t.Context(), []home.EntityID{"camera.there_is_none", c.Blind, "camera.NONE", c.Negotiating})
	if err != nil || !slices.Equal(able, []home.EntityID{c.Negotiating}) {
		t.Errorf("%q speak WebRTC, %v", able, err)
	}
}

func (c *camerasTest) negotiates(t *testing.T) {
	if c.Negotiating == "" {
		t.Skip("no camera of this home speaks WebRTC")
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	answer, err := c.Negotiate(ctx, c.Negotiating, "a session", offer)
	if err != nil || !strings.HasPrefix(answer.Reveal(), "v=0") || answer.String() != secret.Mask {
		t.Errorf("it answers %q, %v", answer.Reveal(), err)
	}
	for range 2 {
		if err := c.End(ctx, c.Negotiating, "a session"); err != nil {
			t.Errorf("End: %v", err)
		}
	}
	if c.Off != nil {
		c.Off(t, c.Negotiating)
		c.mute(t, c.Negotiating, fault.Unavailable, true)
	}
}

func (c *camerasTest) silent(t *testing.T) {
	if c.Blind != "" {
		c.mute(t, c.Blind, fault.Unsupported, true)
	}
	if c.Negotiating != "" {
		c.mute(t, "camera.there_is_none", fault.NotFound, true)
	}
}

// mute wants a camera to negotiate nothing, for a reason of that kind.
func (c *camerasTest) mute(t *testing.T, id home.EntityID, want fault.Kind, sent bool) {
	t.Helper()
	answer, err := c.Negotiate(t.Context(), id, "a session", offer)
	fails(t, "Negotiate", err, want, sent)
	if !answer.Empty() {
		t.Errorf("%q answers all the same", id)
	}
}

func (c *camerasTest) ended(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := c.Stream(ctx, "camera.any")
	fails(t, "Stream", err, fault.Deadline, false)
	_, err = c.Negotiable(ctx, []home.EntityID{"camera.any"})
	fails(t, "Negotiable", err, fault.Deadline, false)
	_, err = c.Negotiate(ctx, "camera.any", "a session", offer)
	fails(t, "Negotiate", err, fault.Deadline, false)
}

func (c *camerasTest) away(t *testing.T) {
	if c.Away == nil {
		t.Skip("this home cannot be made unreachable")
	}
	c.Away()
	c.fails(t, "camera.any", fault.Unreachable)
	c.mute(t, "camera.any", fault.Unreachable, false)
}

func (c *camerasTest) rejected(t *testing.T) {
	if len(c.Rejecting) == 0 {
		t.Skip("there is no client with rejected credentials")
	}
	for _, rejecting := range c.Rejecting {
		_, err := rejecting.Stream(t.Context(), "camera.any")
		fails(t, "Stream", err, fault.NotAllowed, false)
		_, err = rejecting.Negotiate(t.Context(), "camera.any", "a session", offer)
		if kind := fault.Of(err); kind != fault.NotAllowed && kind != fault.TokenRejected {
			t.Errorf("Negotiate: %v", err)
		}
	}
}

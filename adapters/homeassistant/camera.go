package homeassistant

import (
	"context"
	"net/netip"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

var _ ports.Cameras = (*Client)(nil)

// stillFor is for how many seconds a still picture's address is good: as long as
// Home Assistant keeps a stream that nobody watches.
const stillFor = "300"

// Stream implements ports.Cameras. Home Assistant opens streams over WebSocket
// alone. The still picture's address is signed in the same breath; the one in the
// camera's state holds a token that would have to be kept with it.
func (c *Client) Stream(ctx context.Context, id home.EntityID) (home.Stream, error) {
	if !id.Valid() {
		return home.Stream{}, home.NoSuchEntity()
	}
	if c.config.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.config.Timeout)
		defer cancel()
	}
	token, own, err := c.token(ctx)
	if err != nil {
		return home.Stream{}, err
	}
	s, err := c.openSocket(ctx, token, own)
	if err != nil {
		return home.Stream{}, err
	}
	defer s.close()
	var playlist, still string
	opened := s.ask(ctx, "camera/stream", member("entity_id", string(id)), func(d *decoder) error { return d.only(ofStream, &playlist) })
	signed := s.ask(ctx, "auth/sign_path", append(member("path", "/api/camera_proxy/"+string(id)), `,"expires":`+stillFor...),
		func(d *decoder) error { return d.only(ofSigned, &still) })
	if err := s.settle(ctx); err != nil {
		return home.Stream{}, err
	}
	switch {
	case opened.code != "":
		return home.Stream{}, noStream(opened)
	case signed.code != "":
		return home.Stream{}, fault.New(fault.Unsupported, "Home Assistant does not sign the address of a picture ("+signed.code+").")
	case !below(playlist) || !below(still):
		return home.Stream{}, fault.New(fault.Unsupported, "Home Assistant tells no address of a stream.")
	}
	return home.Stream{Playlist: secret.New(playlist), Still: secret.New(still)}, nil
}

var (
	ofStream = named("url")
	ofSigned = named("path")
)

// member returns a further member of a command; value is a text of letters,
// digits, dots, underscores and slashes.
func member(name, value string) []byte {
	quoted, _ := jsontext.AppendQuote([]byte(`,"`+name+`":`), value)
	return quoted
}

// only reads the one member of an object that table names.
func (d *decoder) only(table *names, to *string) error {
	if d.in.PeekKind() != '{' {
		return d.unexpected()
	}
	return d.members(table, func(string) error { return d.text(to) })
}

// below says whether an address is one below the home's own.
func below(path string) bool { return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") }

// noStream is why a camera has no stream, by Home Assistant's words (components/
// camera, helper.py). Of others nothing is repeated: they may quote the camera's
// own address, with its password.
func noStream(r *sent) *fault.Error {
	switch {
	case r.message == "Camera not found":
		return home.NoSuchEntity()
	case r.message == "Camera is off":
		return fault.New(fault.NotNow, "The camera is off.")
	case r.message == "Timeout getting stream source":
		return fault.New(fault.Unavailable, "The camera does not answer the home.")
	case strings.Contains(r.message, "does not support"), strings.HasSuffix(r.message, "is not set up."), r.code == "unknown_command":
		return fault.New(fault.Unsupported, "The camera has no stream.")
	default:
		return fault.New(fault.Failed, "The home could not open the camera's stream ("+r.code+").")
	}
}

// public returns the first of the addresses under which anybody on the internet
// finds the home, in the form of home.Config.Public; "" for none.
func public(addresses ...string) string {
	for _, address := range addresses {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			continue
		}
		if _, err := netip.ParseAddr(u.Hostname()); err == nil || u.Hostname() == "" || u.Hostname() == "localhost" {
			continue
		}
		if port := u.Port(); port == "" || port == "443" {
			u.Host = u.Hostname()
			return strings.TrimSuffix(u.String(), "/")
		}
	}
	return ""
}

// Package homeassistant speaks Home Assistant's REST API
// (https://developers.home-assistant.io/docs/api/rest/) on one keep-alive
// connection, and its WebSocket API for what only that tells, and turns its JSON
// into the domain's values.
package homeassistant

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// Config says where a Home Assistant is and how to speak to it.
type Config struct {
	home.Access
	// Clock tells how long a connection was idle; nil means the wall clock.
	Clock ports.Clock
	// Dial makes the connections in place of TCP, for a home in memory; nil means TCP.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Client is a Home Assistant. It is safe for concurrent use. Close it when it is
// no longer needed.
type Client struct {
	config    Config
	base      string
	transport *transport
	inspector inspector
	// known filters what others say, by what LEE always shows.
	known foreign.Filter
	// noTemplates is the token for which the home renders no templates; nil for
	// none that is known.
	noTemplates atomic.Pointer[secret.Text]
}

var (
	_ ports.Home  = (*Client)(nil)
	_ ports.House = (*Client)(nil)
)

// New returns a client. It does not connect. The error is a fault.Misconfigured
// when the URL or the certificates in config cannot be used.
func New(config Config) (*Client, error) {
	base, err := ParseURL(config.URL)
	if err != nil {
		return nil, err
	}
	if config.Clock == nil {
		config.Clock = ports.WallClock{}
	}
	t, err := newTransport(config, base)
	if err != nil {
		return nil, err
	}
	return &Client{config: config, base: strings.TrimSuffix(base.String(), "/"), transport: t, known: config.Secrets()}, nil
}

// Format implements fmt.Formatter: what a client holds is not to be printed.
func (c *Client) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "Home Assistant") }

// ParseURL returns the base URL of a Home Assistant. The error is a
// fault.Misconfigured that says in one sentence what is wrong; it does not
// repeat the URL, which may hold a password.
func ParseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	switch {
	case raw == "":
		return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not set.")
	case err != nil:
		return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not a URL.")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL must begin with https:// or http://.")
	case u.Hostname() == "":
		return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL names no host.")
	case u.User != nil:
		return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL must not hold a user name or password; use HOME_ASSISTANT_TOKEN.")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL must end after the host, the port and the path.")
	}
	return u, nil
}

// Open dials the home ahead of the first request, without sending one: under the
// small share of a CPU that a function gets later, the handshake is what takes
// the time. A request that comes meanwhile waits for it rather than dialling
// beside it. A home that cannot be reached costs nothing more than the attempt;
// the error is for the log.
func (c *Client) Open(ctx context.Context) error {
	if err := c.transport.open(ctx); err != nil {
		return fault.Wrap(fault.Unreachable, "The home cannot be reached.", c.known.Error(err))
	}
	return nil
}

// Close closes the connections, those of requests under way as soon as these
// have ended. It never fails.
func (c *Client) Close() error {
	c.transport.close()
	return nil
}

// State implements ports.Home.
func (c *Client) State(ctx context.Context, id home.EntityID) (state home.State, err error) {
	if !id.Valid() {
		return home.State{}, home.NoSuchEntity()
	}
	var told time.Time
	err = c.do(ctx, request{method: http.MethodGet, path: "/api/states/" + string(id), told: &told, decode: func(d *decoder) (err error) {
		state, err = d.state()
		if err == nil && state.ID != id {
			err = errShape
		}
		return err
	}})
	if fault.Of(err) == fault.NotFound {
		err = c.missing(ctx, err)
	}
	if err != nil {
		return home.State{}, err
	}
	state.Told = told
	c.inspector.look(ctx, state)
	return state, nil
}

// missing returns the error for an entity that the home does not know: a home that is
// still starting may know it in a moment. One that is too old to say has started.
func (c *Client) missing(ctx context.Context, unknown error) error {
	var phase home.Phase
	err := c.do(ctx, request{method: http.MethodGet, path: "/api/core/state", optional: true, decode: func(d *decoder) error {
		if d.in.PeekKind() != '{' {
			return d.unexpected()
		}
		return d.members(ofPhase, func(string) error { return d.text((*string)(&phase)) })
	}})
	switch {
	case err == nil && phase.Starting():
		return home.StillStarting()
	case err == nil, fault.Of(err) == fault.Unsupported:
		return unknown
	default:
		return err
	}
}

// States implements ports.Home.
func (c *Client) States(ctx context.Context) (states []home.State, err error) {
	err = c.do(ctx, request{method: http.MethodGet, path: "/api/states", large: true, most: maxManyBytes, decode: func(d *decoder) (err error) {
		states, err = d.states()
		return err
	}})
	if err != nil {
		return nil, err
	}
	c.inspector.look(ctx, states...)
	return ofEntities(states), nil
}

// Call implements ports.Home.
func (c *Client) Call(ctx context.Context, call home.ServiceCall) (changed []home.State, err error) {
	body, err := encodeCall(call)
	if err != nil {
		return nil, err
	}
	path := "/api/services/" + url.PathEscape(call.Domain) + "/" + url.PathEscape(call.Service)
	r := request{method: http.MethodPost, path: path, body: body, command: true, decode: func(d *decoder) (err error) {
		changed, err = d.states()
		return err
	}}
	if holdsSecret(call) {
		r.declined = declinedQuietly
	}
	err = c.do(ctx, r)
	if err != nil {
		return nil, err
	}
	c.inspector.look(ctx, changed...)
	return ofEntities(changed), nil
}

// ofEntities returns those of the states that are of entities. Home Assistant gives no other
// ids, so what comes under one may be anything.
func ofEntities(states []home.State) []home.State {
	return slices.DeleteFunc(states, func(s home.State) bool { return !s.ID.Valid() })
}

// Config implements ports.House.
func (c *Client) Config(ctx context.Context) (config home.Config, err error) {
	err = c.do(ctx, request{method: http.MethodGet, path: "/api/config", decode: func(d *decoder) (err error) {
		config, err = d.config()
		if err == nil && config.Version == "" {
			err = errShape
		}
		config.Public = public(config.Public, c.base)
		return err
	}})
	filter := c.filter(ports.Bearer(ctx))
	config.Version, config.Name = filter.Text(config.Version), filter.Text(config.Name)
	if err != nil {
		return home.Config{}, err
	}
	return config, nil
}

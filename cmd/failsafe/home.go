package main

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// plainHome speaks to Home Assistant with one plain request at a time. It is safe for
// concurrent use.
type plainHome struct {
	home.Access
	transport *http.Transport
	// known filters what others say, by what LEE always shows.
	known foreign.Filter
	// used is when a request began last, in nanoseconds since 1970.
	used   atomic.Int64
	demand home.Demand
}

// newPlainHome returns the home that access leads to. The error is that of home.Access.TLS.
func newPlainHome(access home.Access) (*plainHome, error) {
	security, err := access.TLS()
	if err != nil {
		return nil, err
	}
	h := &plainHome{Access: access, known: access.Secrets()}
	h.demand.Watch(security)
	h.transport = &http.Transport{
		Proxy: http.ProxyFromEnvironment, TLSClientConfig: security, TLSHandshakeTimeout: dialTime,
		DialContext: (&net.Dialer{Timeout: dialTime}).DialContext, MaxResponseHeaderBytes: maxHeaderBytes,
	}
	return h, nil
}

const (
	// dialTime is how long a connection, and its handshake, may take.
	dialTime = 5 * time.Second
	// idleTrust is how long a connection may have been idle. Lambda freezes the
	// process between events; that a connection is gone shows only when a command has
	// vanished into it.
	idleTrust = 30 * time.Second
)

// config returns what the home says of itself.
func (h *plainHome) config(ctx context.Context, bearer secret.Text) (c homeConfig, err error) {
	err = h.do(ctx, bearer, request{path: "/api/config", read: func(s *stream) (err error) {
		c, err = s.config()
		return err
	}})
	return c, err
}

// states returns the states that are wanted, and how many of these were left out because
// there are too many.
func (h *plainHome) states(ctx context.Context, bearer secret.Text, wanted func(home.EntityID) bool) (states []home.State, leftOut int, err error) {
	err = h.do(ctx, bearer, request{path: "/api/states", read: func(s *stream) (err error) {
		states, leftOut, err = s.states(wanted)
		return err
	}})
	return states, leftOut, err
}

// state returns the state of one entity.
func (h *plainHome) state(ctx context.Context, bearer secret.Text, id home.EntityID) (state home.State, err error) {
	var told time.Time
	err = h.do(ctx, bearer, request{path: "/api/states/" + string(id), told: &told, read: func(s *stream) (err error) {
		state, _, err = s.state()
		if err == nil && state.ID != id {
			err = errNoJSON
		}
		return err
	}})
	if fault.Of(err) == fault.NotFound {
		err = h.missing(ctx, bearer, err)
	}
	state.Told = told
	return state, err
}

// missing returns the error for an entity that the home does not know: a home that is
// still starting may know it in a moment. One that is too old to say has started.
func (h *plainHome) missing(ctx context.Context, bearer secret.Text, unknown error) error {
	var phase home.Phase
	err := h.do(ctx, bearer, request{path: "/api/core/state", optional: true, read: func(s *stream) error {
		return s.object(func(name string) error {
			if name != "state" {
				return s.skip()
			}
			return s.read(maxTextBytes, (*string)(&phase))
		})
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

// call makes a service call and returns how an entity was meanwhile: its states that
// changed.
func (h *plainHome) call(ctx context.Context, bearer secret.Text, call home.ServiceCall, about home.EntityID) (changed []home.State, err error) {
	body := make(map[string]any, len(call.Data)+1)
	for _, field := range call.Data {
		body[field.Name] = field.Value.Any()
	}
	if len(call.Targets) > 0 {
		body["entity_id"] = call.Targets
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "The directive holds a number that cannot be sent on.", err)
	}
	path := "/api/services/" + url.PathEscape(call.Domain) + "/" + url.PathEscape(call.Service)
	holdsCode := slices.ContainsFunc(call.Data, func(f home.Field) bool { return f.Value.Secret() })
	err = h.do(ctx, bearer, request{path: path, command: raw, secret: holdsCode, read: func(s *stream) (err error) {
		changed, _, err = s.states(func(id home.EntityID) bool { return id == about })
		return err
	}})
	return changed, err
}

package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// plainHome speaks to Home Assistant with one plain request at a time.
type plainHome struct {
	base    string
	token   secret.Text
	headers map[string]secret.Text
	http    *http.Client
	// used is when a request was made last, by the wall clock.
	used time.Time
}

// newPlainHome returns the home of the settings. The error says in one sentence what
// is wrong with its certificates.
func newPlainHome(s settings) (*plainHome, error) {
	security, err := security(s)
	h := &plainHome{
		base: s.URL, token: s.Token, headers: s.Headers,
		http: &http.Client{
			Timeout: s.Timeout,
			// A redirected POST would become a GET, and the command be lost.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Transport: &http.Transport{
				Proxy: http.ProxyFromEnvironment, TLSClientConfig: security, TLSHandshakeTimeout: dialTime,
				DialContext: (&net.Dialer{Timeout: dialTime}).DialContext,
			},
		},
	}
	return h, err
}

const (
	// dialTime is how long a connection, and its handshake, may take.
	dialTime = 5 * time.Second
	// idleTrust is how long a connection may have been idle. Lambda freezes the
	// process between events; that a connection is gone shows only when a command has
	// vanished into it.
	idleTrust = 30 * time.Second
)

// security says how the home's certificate is checked, and which one is shown to it.
func security(s settings) (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: !s.Verify} //nolint:gosec // the operator's own choice
	if s.CA != "" {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		pool.AppendCertsFromPEM([]byte(s.CA)) // it was read before
		c.RootCAs = pool
	}
	if s.Cert != "" {
		pair, err := tls.X509KeyPair([]byte(s.Cert), []byte(s.Key.Reveal()))
		if err != nil {
			return c, fault.New(fault.Misconfigured, "HOME_ASSISTANT_CLIENT_CERT and HOME_ASSISTANT_CLIENT_KEY cannot be used.")
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

// temperature returns the unit of the home's temperatures.
func (h *plainHome) temperature(ctx context.Context, bearer secret.Text) (home.Unit, error) {
	var in struct {
		Units struct {
			Temperature home.Unit `json:"temperature"`
		} `json:"unit_system"`
	}
	err := h.do(ctx, bearer, http.MethodGet, "/api/config", nil, &in)
	return in.Units.Temperature, err
}

func (h *plainHome) states(ctx context.Context, bearer secret.Text) ([]home.State, error) {
	var in []json.RawMessage
	if err := h.do(ctx, bearer, http.MethodGet, "/api/states", nil, &in); err != nil {
		return nil, err
	}
	return readStates(in), nil
}

func (h *plainHome) state(ctx context.Context, bearer secret.Text, id home.EntityID) (home.State, error) {
	var in json.RawMessage
	if err := h.do(ctx, bearer, http.MethodGet, "/api/states/"+string(id), nil, &in); err != nil {
		return home.State{}, err
	}
	return readState(in)
}

// call makes a service call and returns the states that changed meanwhile.
func (h *plainHome) call(ctx context.Context, bearer secret.Text, call home.ServiceCall) ([]home.State, error) {
	body := map[string]any{"entity_id": call.Targets}
	for _, field := range call.Data {
		body[field.Name] = field.Value.Any()
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "The directive holds a number that cannot be sent on.", err)
	}
	var in []json.RawMessage
	path := "/api/services/" + url.PathEscape(call.Domain) + "/" + url.PathEscape(call.Service)
	if err := h.do(ctx, bearer, http.MethodPost, path, raw, &in); err != nil {
		return nil, err
	}
	return readStates(in), nil
}

// readStates reads those of some states that can be read.
func readStates(in []json.RawMessage) []home.State {
	states := make([]home.State, 0, len(in))
	for _, raw := range in {
		if state, err := readState(raw); err == nil {
			states = append(states, state)
		}
	}
	return states
}

// repeating are the headers that net/http takes for leave to repeat a POST.
var repeating = []string{"Idempotency-Key", "X-Idempotency-Key"}

// do sends one request and reads its answer into to. Its error has the
// request's method and path.
func (h *plainHome) do(ctx context.Context, bearer secret.Text, method, path string, body []byte, to any) error {
	return fault.At(method+" "+path, h.send(ctx, bearer, method, path, body, to))
}

func (h *plainHome) send(ctx context.Context, bearer secret.Text, method, path string, body []byte, to any) error {
	if !h.token.Empty() {
		bearer = h.token
	}
	if bearer.Empty() {
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_TOKEN is not set, and the request brought no token.")
	}
	request, err := http.NewRequestWithContext(ctx, method, h.base+path, bytes.NewReader(body))
	if err != nil {
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not a URL.")
	}
	for name, value := range h.headers {
		request.Header.Set(name, value.Reveal())
	}
	for _, name := range repeating {
		request.Header.Del(name)
	}
	request.Header.Set("Authorization", "Bearer "+bearer.Reveal())
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	now := time.Now().Round(0) // the monotonic clock stands still while Lambda freezes the process
	if now.Sub(h.used) > idleTrust {
		h.http.CloseIdleConnections()
	}
	h.used = now
	connected := false // what goes wrong later may be no more than the answer
	response, err := h.http.Do(request.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected = true },
	})))
	switch {
	case err != nil && body != nil && connected && !alerted(err):
		return fault.New(fault.Unanswered, "The home did not say in time whether it was done.")
	case err != nil:
		return fault.New(fault.Unreachable, "The home cannot be reached, or did not answer in time.")
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return rejected(response, path)
	}
	if err := json.NewDecoder(response.Body).Decode(to); err != nil {
		return fault.Wrap(fault.Unreachable, "What answers is not Home Assistant.", err)
	}
	return nil
}

// alerted says whether the other side ended the connection by an alert of TLS: by
// version 1.3 it does so of a certificate that it does not like when the handshake is
// over here, and before it reads a request.
func alerted(err error) bool {
	var remote *net.OpError
	return errors.As(err, &remote) && remote.Op == "remote error"
}

// maxErrorBytes limits what is read of the answer to a request that failed.
const maxErrorBytes = 8 << 10

// rejected turns a status into a fault. No status is ever a reason to unlink an
// account here: the failsafe does not look closely enough to be sure.
func rejected(response *http.Response, path string) error {
	switch status := response.StatusCode; {
	case status == http.StatusNotFound && path == ownAlexa:
		return fault.New(fault.Unsupported, "Home Assistant's own Alexa integration is off.")
	case status == http.StatusNotFound && strings.HasPrefix(path, "/api/states/"):
		return fault.New(fault.NotFound, "The home has no such device any more.")
	case status == http.StatusBadRequest:
		body, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBytes))
		if f, ok := home.Declined(body); ok {
			return f
		}
		return fault.Newf(fault.Unreachable, "What answers is not Home Assistant (HTTP status %d).", status)
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fault.Newf(fault.NotAllowed, "Home Assistant, or something in front of it, turns LEE away (HTTP status %d).", status)
	case status == http.StatusInternalServerError:
		return fault.New(fault.Failed, "Home Assistant tried and could not do it.")
	default:
		return fault.Newf(fault.Unreachable, "What answers is not Home Assistant (HTTP status %d).", status)
	}
}

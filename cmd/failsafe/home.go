package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// plainHome speaks to Home Assistant with one plain request at a time.
type plainHome struct {
	base  string
	token secret.Text
	http  *http.Client
}

// newPlainHome returns the home that the environment names. Its error says in
// one sentence which variable is wrong.
func newPlainHome(getenv func(string) string) (*plainHome, error) {
	base := strings.TrimSuffix(strings.TrimSpace(getenv("HOME_ASSISTANT_URL")), "/")
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not set, or is not a URL that begins with https:// or http://.")
	}
	return &plainHome{
		base:  base,
		token: secret.New(strings.TrimSpace(getenv("HOME_ASSISTANT_TOKEN"))),
		http: &http.Client{
			// A redirected POST would become a GET, and the command be lost.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
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
	states := make([]home.State, 0, len(in))
	for _, raw := range in {
		if state, err := readState(raw); err == nil {
			states = append(states, state)
		}
	}
	return states, nil
}

func (h *plainHome) state(ctx context.Context, bearer secret.Text, id home.EntityID) (home.State, error) {
	var in json.RawMessage
	if err := h.do(ctx, bearer, http.MethodGet, "/api/states/"+string(id), nil, &in); err != nil {
		return home.State{}, err
	}
	return readState(in)
}

// call makes a service call.
func (h *plainHome) call(ctx context.Context, bearer secret.Text, call home.ServiceCall) error {
	body := map[string]any{"entity_id": call.Targets}
	for _, field := range call.Data {
		body[field.Name] = field.Value.Any()
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return fault.Wrap(fault.Invalid, "The directive holds a number that cannot be sent on.", err)
	}
	return h.do(ctx, bearer, http.MethodPost, "/api/services/"+url.PathEscape(call.Domain)+"/"+url.PathEscape(call.Service), raw, nil)
}

// do sends one request and reads its answer into to, which may be nil.
func (h *plainHome) do(ctx context.Context, bearer secret.Text, method, path string, body []byte, to any) error {
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
	request.Header.Set("Authorization", "Bearer "+bearer.Reveal())
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := h.http.Do(request)
	switch {
	case err != nil && body != nil && ctx.Err() != nil:
		return fault.New(fault.Unanswered, "The home did not say in time whether it was done.")
	case err != nil:
		return fault.New(fault.Unreachable, "The home cannot be reached, or did not answer in time.")
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return rejected(response.StatusCode, path)
	}
	if to == nil {
		_, _ = io.Copy(io.Discard, response.Body)
		return nil
	}
	if err := json.NewDecoder(response.Body).Decode(to); err != nil {
		return fault.Wrap(fault.Unreachable, "What answers is not Home Assistant.", err)
	}
	return nil
}

// rejected turns a status into a fault. No status is ever a reason to unlink an
// account here: the failsafe does not look closely enough to be sure.
func rejected(status int, path string) error {
	switch {
	case status == http.StatusNotFound && strings.HasPrefix(path, "/api/states/"):
		return fault.New(fault.NotFound, "The home has no such device any more.")
	case status == http.StatusBadRequest:
		return fault.New(fault.Refused, "Home Assistant declined these values.")
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fault.Newf(fault.NotAllowed, "Home Assistant, or something in front of it, turns LEE away (HTTP status %d).", status)
	case status == http.StatusInternalServerError:
		return fault.New(fault.Failed, "Home Assistant tried and could not do it.")
	default:
		return fault.Newf(fault.Unreachable, "What answers is not Home Assistant (HTTP status %d).", status)
	}
}

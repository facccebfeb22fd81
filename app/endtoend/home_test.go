package endtoend

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// What must never be seen anywhere but where it belongs: LEE's own token for the
// home, and the account's, which comes with every directive.
const (
	ownCanary     = "ownCanary.eyJpc3MiOiJsZWUifQ.b3duIHRva2Vu"
	accountCanary = "accountCanary.eyJpc3MiOiJhbGV4YSJ9.YWNjb3VudCB0b2tlbg"
)

// beside is a header of the requests that a test makes itself.
const beside = "X-Beside"

// nobody is the URL of a port on which nothing listens. One that was free a moment ago may
// be another test's by now.
const nobody = "http://127.0.0.1:9"

// home is a Home Assistant as a test sees it: from beside, by its own API.
type home struct {
	url, token string
	// requests returns how many requests the function has made to it.
	requests func() int
	client   *http.Client
	// demo is the demo house; nil for a real one.
	demo *demohome.House
}

// newDemo returns a demo house that listens.
func newDemo(t *testing.T, options demohome.Options) *home {
	t.Helper()
	if options.Token == "" {
		options.Token = ownCanary
	}
	house := demohome.New(options)
	server, err := house.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &home{url: server.URL, token: options.Token, requests: house.Requests, client: &http.Client{Transport: &http.Transport{}}, demo: house}
	t.Cleanup(func() {
		h.client.CloseIdleConnections()
		_ = server.Close()
		_ = house.Close()
	})
	return h
}

// env is what leads a function to the home.
func (h *home) env() map[string]string {
	return map[string]string{"HOME_ASSISTANT_URL": h.url, "HOME_ASSISTANT_TOKEN": h.token}
}

// state is what a home says of an entity.
type state struct {
	State      string         `json:"state"`
	Attributes map[string]any `json:"attributes"`
}

// state asks the home for an entity's state.
func (h *home) state(t *testing.T, entity string) (s state) {
	t.Helper()
	h.do(t, http.MethodGet, "/api/states/"+entity, nil, &s)
	return s
}

// call has the home do something beside the function, "light.turn_on".
func (h *home) call(t *testing.T, service string, data any) {
	t.Helper()
	h.do(t, http.MethodPost, "/api/services/"+strings.Replace(service, ".", "/", 1), data, nil)
}

func (h *home) do(t *testing.T, method, path string, data, into any) {
	t.Helper()
	if err := h.try(method, path, data, into); err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
}

func (h *home) try(method, path string, data, into any) error {
	var body io.Reader
	if data != nil {
		raw, err := json.Marshal(data)
		if err != nil {
			return err
		}
		body = bytes.NewReader(raw)
	}
	request, err := http.NewRequest(method, h.url+path, body)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+h.token)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(beside, "yes")
	response, err := h.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return err
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("HTTP status %d: %s", response.StatusCode, raw)
	case into == nil:
		return nil
	}
	return json.Unmarshal(raw, into)
}

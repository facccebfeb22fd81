//go:build live

package differential

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"testing"
	"time"
)

// house is a Home Assistant of the test's own.
type house struct {
	// name tells the houses apart: "°C" or "°F".
	name       string
	url, token string
	client     *http.Client
	*mirror
}

// openHouse returns the house that two variables of the environment name. It
// skips the test where there is none.
func openHouse(t *testing.T, name, variables string) *house {
	t.Helper()
	h := &house{
		name: name, url: os.Getenv(variables + "_URL"), token: os.Getenv(variables + "_TOKEN"),
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * workers}, Timeout: time.Minute},
	}
	if h.url == "" || h.token == "" {
		t.Skipf("%s_URL or %s_TOKEN is not set: make live sets them where it starts the houses itself", variables, variables)
	}
	h.mirror = watch(t, h.url, h.token)
	t.Cleanup(h.client.CloseIdleConnections)
	return h
}

// post sends a request to the house's API and returns the answer and its status.
func (h *house) post(path string, body any) (answer []byte, status int, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, 0, err
	}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, h.url+path, bytes.NewReader(raw))
	if err != nil {
		return nil, 0, err
	}
	request.Header.Set("Authorization", "Bearer "+h.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := h.client.Do(request)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err = io.ReadAll(response.Body)
	return answer, response.StatusCode, err
}

// call calls a service and waits until it has finished.
func (h *house) call(service string, data map[string]any) error {
	domain, name := cut(service)
	answer, status, err := h.post("/api/services/"+domain+"/"+name, data)
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("%s %v: status %d: %.200s", service, data, status, answer)
	}
	return err
}

// own sends a directive to Home Assistant's own Alexa implementation. One that it
// fails to answer at all is an answer of its own, named by its status.
func (h *house) own(m message) (answer, error) {
	raw, status, err := h.post("/api/alexa/smart_home", m.wire())
	switch {
	case err != nil:
		return answer{}, err
	case status != http.StatusOK:
		return answer{event: fmt.Sprintf("HTTP %d", status)}, nil
	}
	return readAnswer(raw)
}

// report returns the properties that Home Assistant's own reports of an endpoint.
func (h *house) report(endpoint string) (map[string]string, error) {
	a, err := h.own(message{name: reportState, endpoint: endpoint})
	return a.properties, err
}

package lambdaapi

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestInvokeAddress(t *testing.T) {
	cases := map[string]struct {
		event  string
		how    string // the way to initialise
		status int
		failed string // X-Amz-Function-Error
		body   string // a part of it
	}{
		"answer":           {`{"do":"echo","text":"lamp"}`, "", 200, "", `"lamp"`},
		"handler error":    {`{"do":"fail","text":"no such lamp"}`, "", 200, "Unhandled", `{"errorMessage":"no such lamp","errorType":"errorString"}`},
		"no event":         {``, "", 200, "Unhandled", `event of 0 bytes`},
		"panic":            {`{"do":"panic","text":"out of bulbs"}`, "", 502, "Unhandled", `"errorMessage":"out of bulbs"`},
		"exit":             {`{"do":"exit"}`, "", 502, "Unhandled", `"errorType":"Runtime.ExitError"`},
		"time-out":         {`{"do":"hang"}`, "", 200, "Unhandled", `Task timed out after 0.50 seconds`},
		"answer too large": {`{"do":"large","size":7000000}`, "", 502, "Unhandled", `"errorType":"Function.ResponseSizeTooLarge"`},
		"init error":       {`{}`, "error and exit", 502, "Unhandled", `{"errorMessage":"the token is missing","errorType":"Config.Token"}`},
		"exit in init":     {`{}`, "exit", 502, "Unhandled", `"errorType":"Runtime.ExitError"`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := start(t, func(config *Config) {
				config.Env[childVariable] = c.how
				if strings.Contains(c.event, "hang") {
					config.Timeout = 500 * time.Millisecond
				}
			})
			response, body := post(t, f.InvokeURL(), []byte(c.event), nil)
			if response.StatusCode != c.status || response.Header.Get("X-Amz-Function-Error") != c.failed || !strings.Contains(body, c.body) {
				t.Errorf("%s, X-Amz-Function-Error %q, %.300s", response.Status, response.Header.Get("X-Amz-Function-Error"), body)
			}
			if !json.Valid([]byte(body)) || response.Header.Get("Content-Type") != "application/json" {
				t.Errorf("%s: %.300s", response.Header.Get("Content-Type"), body)
			}
			if response.Header.Get("X-Amzn-Requestid") == "" || response.Header.Get("X-Amz-Executed-Version") != "$LATEST" {
				t.Errorf("header %v", response.Header)
			}
		})
	}
}

func TestInvokeAddressRefuses(t *testing.T) {
	f := start(t, nil)
	cases := map[string]struct {
		event  []byte
		header http.Header
		url    string
		status int
		body   string
	}{
		"an event too large": {make([]byte, MaxEvent+1), nil, f.InvokeURL(), 413, "larger than 6291456 bytes"},
		"a web page":         {nil, http.Header{"Origin": {"https://example.org"}}, f.InvokeURL(), 403, "web pages"},
		"another function":   {nil, nil, strings.Replace(f.InvokeURL(), "/function/", "/other/", 1), 404, "not found"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			response, body := post(t, c.url, c.event, c.header)
			if response.StatusCode != c.status || !strings.Contains(body, c.body) {
				t.Errorf("%s: %s", response.Status, body)
			}
		})
	}
	if f.PID() != 0 {
		t.Error("the function was started")
	}
}

func TestInvokeAddressAfterClose(t *testing.T) {
	f := start(t, nil)
	f.shut() // as at the beginning of Close: the listener is still there
	response, body := post(t, f.InvokeURL(), []byte(`{}`), nil)
	if response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "closed") {
		t.Errorf("%s: %s", response.Status, body)
	}
}

func post(t *testing.T, url string, event []byte, header http.Header) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest("POST", url, bytes.NewReader(event))
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		request.Header = header
	}
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

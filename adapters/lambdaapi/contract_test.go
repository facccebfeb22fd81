package lambdaapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// call is one request of a runtime, and what the API must say to it. {id} in
// a path stands for the request id of the last event.
type call struct {
	method, path string
	header       map[string]string
	body         string

	status    int
	errorType string // "" with a status of success
}

var (
	next = call{method: "GET", path: "invocation/next", status: 200}
	okay = call{method: "POST", path: "invocation/{id}/response", body: `"on"`, status: 202}
)

func TestRuntimeAPIAnswers(t *testing.T) {
	const stateFault, idFault = "InvalidStateTransition", "InvalidRequestID"
	cases := map[string]struct {
		events int // how many are invoked, one after the other
		calls  []call
	}{
		"an event, its answer, and the next": {2, []call{next, okay, next, okay}},
		"an event and its error": {1, []call{next,
			{method: "POST", path: "invocation/{id}/error", body: `{"errorType":"Lamp","errorMessage":"broken"}`, status: 202}}},
		"the same event for who asks twice": {1, []call{next, next, okay}},
		"an empty answer":                   {1, []call{next, {method: "POST", path: "invocation/{id}/response", status: 202}}},
		"an answer of the largest size": {1, []call{next,
			{method: "POST", path: "invocation/{id}/response", body: strings.Repeat("x", MaxResponse), status: 202}}},
		"an answer one byte larger": {1, []call{next,
			{method: "POST", path: "invocation/{id}/response", body: strings.Repeat("x", MaxResponse+1), status: 413, errorType: "RequestEntityTooLarge"}}},
		"an error one byte larger": {1, []call{next,
			{method: "POST", path: "invocation/{id}/error", body: strings.Repeat("x", MaxResponse+1), status: 413, errorType: "RequestEntityTooLarge"}}},
		"an answer before any event": {0, []call{
			{method: "POST", path: "invocation/abc/response", body: "1", status: 400, errorType: idFault}}},
		"an error before any event": {0, []call{
			{method: "POST", path: "invocation/abc/error", body: "{}", status: 400, errorType: idFault}}},
		"an answer to another id": {1, []call{next,
			{method: "POST", path: "invocation/abc/response", body: "1", status: 400, errorType: idFault}, okay}},
		"a second answer": {1, []call{next, okay,
			{method: "POST", path: "invocation/{id}/response", body: "1", status: 403, errorType: stateFault}}},
		"an error after the answer": {1, []call{next, okay,
			{method: "POST", path: "invocation/{id}/error", body: "{}", status: 403, errorType: stateFault}}},
		"an init error": {0, []call{
			{method: "POST", path: "init/error", body: `{"errorType":"Config.Token"}`, status: 202}}},
		"an init error that is too large": {0, []call{
			{method: "POST", path: "init/error", body: strings.Repeat("x", MaxResponse+1), status: 413, errorType: "RequestEntityTooLarge"}}},
		"a second init error": {0, []call{
			{method: "POST", path: "init/error", status: 202},
			{method: "POST", path: "init/error", status: 403, errorType: stateFault}}},
		"an init error after the first event": {1, []call{next,
			{method: "POST", path: "init/error", status: 403, errorType: stateFault}, okay}},
		"a poll after an init error": {0, []call{
			{method: "POST", path: "init/error", status: 202},
			{method: "GET", path: "invocation/next", status: 403, errorType: stateFault}}},
		"another method":  {0, []call{{method: "PUT", path: "invocation/next", status: 405}}},
		"another path":    {0, []call{{method: "GET", path: "restore/next", status: 404}}},
		"another subject": {0, []call{{method: "POST", path: "invocation/abc/stream", status: 404}}},
		"a web page that fetches": {0, []call{{method: "GET", path: "invocation/next",
			header: map[string]string{"Sec-Fetch-Site": "cross-site"}, status: 403}}},
		"a web page that posts": {0, []call{{method: "POST", path: "init/error",
			header: map[string]string{"Origin": "https://example.org"}, status: 403}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := newTestRuntime(t)
			wait := r.invokeInTurn(c.events)
			for _, call := range c.calls {
				r.call(call)
			}
			r.hangUp()
			wait()
		})
	}
}

func TestNextTellsTheInvocation(t *testing.T) {
	r := newTestRuntime(t)
	inv := r.newInvocation(`{"directive":{}}`)
	wait := r.invoke(inv)
	header, body := r.call(next)
	r.hangUp()
	wait()

	if string(body) != `{"directive":{}}` {
		t.Errorf("the runtime read %q", body)
	}
	for name, want := range map[string]string{
		"Content-Type":                        "application/json",
		"Lambda-Runtime-Aws-Request-Id":       inv.id,
		"Lambda-Runtime-Deadline-Ms":          strconv.FormatInt(inv.deadline.UnixMilli(), 10),
		"Lambda-Runtime-Invoked-Function-Arn": inv.arn,
		"Lambda-Runtime-Trace-Id":             inv.traceID,
	} {
		if got := header.Get(name); got != want {
			t.Errorf("header %s is %q, want %q", name, got, want)
		}
	}
}

func TestAcceptedSaysOK(t *testing.T) {
	r := newTestRuntime(t)
	wait := r.invokeInTurn(1)
	r.call(next)
	if _, body := r.call(okay); string(body) != `{"status":"OK"}` {
		t.Errorf("the runtime read %q", body)
	}
	r.hangUp()
	wait()
}

func TestReportedErrors(t *testing.T) {
	cases := map[string]struct {
		header, body  string
		kind, message string
	}{
		"type and message":            {"", `{"errorType":"Lamp","errorMessage":"broken"}`, "Lamp", "broken"},
		"the body's type comes first": {"Function.Other", `{"errorType":"Lamp"}`, "Lamp", ""},
		"the header's type":           {"Runtime.NoSuchHandler", `{"errorMessage":"broken"}`, "Runtime.NoSuchHandler", "broken"},
		"a header of another form":    {"not a type", `{}`, TypeUnknown, ""},
		"no JSON at all":              {"", `it broke`, TypeUnknown, ""},
		"JSON of another shape":       {"Function.Odd", `[1]`, "Function.Odd", ""},
		"nothing":                     {"", ``, TypeUnknown, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := newTestRuntime(t)
			inv := r.newInvocation(`{}`)
			wait := r.invoke(inv)
			r.call(next)
			r.call(call{method: "POST", path: "invocation/{id}/error",
				header: map[string]string{"Lambda-Runtime-Function-Error-Type": c.header}, body: c.body, status: 202})
			r.hangUp()
			wait()

			_, failure, _, answered := r.session.outcome(inv)
			if !answered || failure == nil {
				t.Fatalf("answered %t, failure %v", answered, failure)
			}
			if failure.Type != c.kind || failure.Message != c.message || string(failure.payload) != c.body {
				t.Errorf("got %q, %q, %q", failure.Type, failure.Message, failure.payload)
			}
		})
	}
}

func TestAnswerThatFailsOnItsWay(t *testing.T) {
	r := newTestRuntime(t)
	inv := r.newInvocation(`{}`)
	wait := r.invoke(inv)
	r.call(next)

	request, _ := http.NewRequest("POST", r.url("invocation/{id}/response"), io.NopCloser(strings.NewReader(`"half an ans`)))
	request.Trailer = http.Header{
		"Lambda-Runtime-Function-Error-Type": {"Lamp"},
		"Lambda-Runtime-Function-Error-Body": {"eyJlcnJvclR5cGUiOiJMYW1wIiwiZXJyb3JNZXNzYWdlIjoiYnJva2VuIn0="},
	}
	response, err := r.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	r.hangUp()
	wait()

	if response.StatusCode != http.StatusAccepted {
		t.Errorf("status %s", response.Status)
	}
	if _, failure, _, _ := r.session.outcome(inv); failure == nil || failure.Error() != "Lamp: broken" {
		t.Errorf("failure %v", failure)
	}
}

func TestAnswerThatBreaksOff(t *testing.T) {
	r := newTestRuntime(t)
	inv := r.newInvocation(`{}`)
	wait := r.invoke(inv)
	r.call(next)

	conn, err := net.Dial("tcp", r.server.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n\"hal", inv.id)
	half, ok := conn.(*net.TCPConn)
	if !ok {
		t.Fatalf("the connection is a %T", conn)
	}
	if err := half.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	answer, _ := io.ReadAll(conn)
	r.hangUp()
	wait()

	if !bytes.HasPrefix(answer, []byte("HTTP/1.1 400 ")) || !bytes.Contains(answer, []byte("TruncatedHTTPRequest")) {
		t.Errorf("the runtime read %q", answer)
	}
	if _, failure, _, _ := r.session.outcome(inv); failure == nil || failure.Type != TypeTruncated {
		t.Errorf("failure %v", failure)
	}
}

func TestNoRuntimeWasStarted(t *testing.T) {
	s, err := listen("127.0.0.1:0", http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	response, err := http.Get("http://" + s.address + "/2018-06-01/runtime/invocation/next")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("status %s", response.Status)
	}
	http.DefaultClient.CloseIdleConnections()
}

// A process that was killed while it polled must not take its successor's event.
func TestLateCallOfAFormerRuntime(t *testing.T) {
	former := newTestRuntime(t)
	wait := former.invokeInTurn(1)
	former.call(next) // its connection is open from here on
	former.hangUp()
	wait()

	successor := newSession(make(chan struct{}))
	former.server.open(successor)
	former.call(call{method: "GET", path: "invocation/next", status: 200}) // its own event again
	former.call(call{method: "POST", path: "init/error", status: 403, errorType: "InvalidStateTransition"})
	former.call(okay)
	former.call(call{method: "GET", path: "invocation/next", status: 403, errorType: "InvalidStateTransition"}) // gone
	if successor.state != stateStarted {
		t.Errorf("the successor is %s", successor.state)
	}
}

// testRuntime is a runtime in the hands of a test: a session and HTTP calls.
type testRuntime struct {
	t       *testing.T
	server  *server
	session *session
	gone    chan struct{}
	client  *http.Client
	id      string // of the last event
}

func newTestRuntime(t *testing.T) *testRuntime {
	t.Helper()
	s, err := listen("127.0.0.1:0", http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	r := &testRuntime{t: t, server: s, gone: make(chan struct{}), client: &http.Client{Transport: &http.Transport{}}}
	r.session = newSession(r.gone)
	s.open(r.session)
	t.Cleanup(func() {
		r.client.CloseIdleConnections()
		if err := s.close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return r
}

// hangUp ends the runtime, as the exit of its process does.
func (r *testRuntime) hangUp() { close(r.gone) }

func (r *testRuntime) newInvocation(event string) *invocation {
	return &invocation{
		id: newRequestID(), event: []byte(event), deadline: time.Now().Add(time.Minute),
		arn: "arn:aws:lambda:us-east-1:123456789012:function:lamp", traceID: newTraceID(time.Now()),
		complete: make(chan struct{}),
	}
}

// invoke offers an event; the function it returns waits for its end.
func (r *testRuntime) invoke(inv *invocation) (wait func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = r.session.invoke(context.Background(), inv) // ends with the runtime at the latest
	}()
	return func() { <-done }
}

func (r *testRuntime) invokeInTurn(events int) (wait func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := range events {
			_ = r.session.invoke(context.Background(), r.newInvocation(fmt.Sprint(n)))
		}
	}()
	return func() { <-done }
}

func (r *testRuntime) url(path string) string {
	return "http://" + r.server.address + "/2018-06-01/runtime/" + strings.ReplaceAll(path, "{id}", r.id)
}

func (r *testRuntime) call(c call) (http.Header, []byte) {
	r.t.Helper()
	request, err := http.NewRequest(c.method, r.url(c.path), strings.NewReader(c.body))
	if err != nil {
		r.t.Fatal(err)
	}
	for name, value := range c.header {
		request.Header.Set(name, value)
	}
	response, err := r.client.Do(request)
	if err != nil {
		r.t.Fatalf("%s %s: %v", c.method, c.path, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	if id := response.Header.Get("Lambda-Runtime-Aws-Request-Id"); id != "" {
		r.id = id
	}

	if response.StatusCode != c.status {
		r.t.Fatalf("%s %s: status %s, want %d; %s", c.method, c.path, response.Status, c.status, body)
	}
	if c.errorType != "" {
		var fault struct{ ErrorType, ErrorMessage string }
		if err := json.Unmarshal(body, &fault); err != nil {
			r.t.Fatalf("%s %s: %v in %s", c.method, c.path, err, body)
		}
		if fault.ErrorType != c.errorType || fault.ErrorMessage == "" {
			r.t.Errorf("%s %s: %s, want errorType %s and a message", c.method, c.path, body, c.errorType)
		}
	}
	return response.Header, body
}

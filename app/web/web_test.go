package web_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// password is the operators' secret of these tests.
const password = "canary-4f9c2b7e51d84a60"

// urlEvent is an event of a function URL as Lambda sends it, without what proves who
// sent it (aws-lambda-go's lambda-urls-request.json has the form).
func urlEvent(method, path string) map[string]any {
	return map[string]any{
		"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "a=1",
		"headers": map[string]string{
			"host": "abc.lambda-url.us-east-1.on.aws", "x-forwarded-for": "203.0.113.7",
			"x-amzn-trace-id": "Root=1-62ecd163-5f302e550dcde3b12402207d", "user-agent": "curl/8",
		},
		"requestContext": map[string]any{
			"accountId": "anonymous", "apiId": "abc", "domainName": "abc.lambda-url.us-east-1.on.aws", "domainPrefix": "abc",
			"http":      map[string]any{"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7", "userAgent": "curl/8"},
			"requestId": "8f2b1f64-0f3c-4f0a-9a54-6f3a1f0b7c11", "routeKey": "$default", "stage": "$default",
			"time": "23/Nov/2026:03:04:05 +0000", "timeEpoch": 1795403045000,
		},
		"isBase64Encoded": false,
	}
}

type change func(event map[string]any)

func with(name, value string) change {
	return func(event map[string]any) {
		headers, _ := event["headers"].(map[string]string)
		headers[name] = value
	}
}

func within(name string, value any) change {
	return func(event map[string]any) {
		context, _ := event["requestContext"].(map[string]any)
		context[name] = value
	}
}

func member(name string, value any) change {
	return func(event map[string]any) { event[name] = value }
}

var iam = within("authorizer", map[string]any{"iam": map[string]any{
	"accessKey": "AKIAIOSFODNN7EXAMPLE", "accountId": "111122223333", "callerId": "AIDA", "userArn": "arn:aws:iam::111122223333:user/anna", "userId": "AIDA",
}})

func encode(t *testing.T, event map[string]any, changes ...change) json.RawMessage {
	t.Helper()
	for _, change := range changes {
		change(event)
	}
	raw, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// rig is a router whose routes note what they are asked.
type rig struct {
	*web.Router
	asked []web.Request
	err   error
}

func newRig(operatorSecret string) *rig {
	r := &rig{}
	answer := func(_ context.Context, request web.Request) (int, any, error) {
		r.asked = append(r.asked, request)
		return 200, map[string]any{"operator": request.Operator}, r.err
	}
	r.Router = web.New([]web.Route{
		{Method: "GET", Path: "/health", Open: true, Handle: answer},
		{Method: "GET", Path: "/diagnostics", Handle: answer},
		{Method: "POST", Path: "/webhook", Handle: answer},
		{Method: "GET", Path: "/both", Handle: answer},
		{Method: "POST", Path: "/both", Handle: answer},
	}, func(context.Context) secret.Text { return secret.New(operatorSecret) })
	return r
}

var bearer = with("authorization", "Bearer "+password)

// TestRoutes: who gets in where, and what everybody else is told.
func TestRoutes(t *testing.T) {
	for _, c := range []struct {
		name, method, path string
		changes            []change
		status             int
		operator           bool
	}{
		{"health for a stranger", "GET", "/health", nil, 200, false},
		{"health for an operator", "GET", "/health", []change{bearer}, 200, true},
		{"health for somebody else", "GET", "/health", []change{with("authorization", "Bearer wrong")}, 200, false},
		{"health's head", "HEAD", "/health", nil, 200, false},
		{"health with a slash", "GET", "/health/", nil, 200, false},
		{"health cannot be posted", "POST", "/health", nil, 405, false},
		{"diagnostics for a stranger", "GET", "/diagnostics", nil, 401, false},
		{"diagnostics by the secret", "GET", "/diagnostics", []change{bearer}, 200, true},
		{"the scheme in small letters", "GET", "/diagnostics", []change{with("authorization", "bearer  "+password+" ")}, 200, true},
		{"the header in large letters", "GET", "/diagnostics", []change{with("Authorization", "Bearer "+password)}, 200, true},
		{"diagnostics by IAM", "GET", "/diagnostics", []change{iam}, 200, true},
		{"IAM with a signature in the header", "GET", "/diagnostics", []change{iam, with("authorization", "AWS4-HMAC-SHA256 Credential=AKIA")}, 200, true},
		{"another secret", "GET", "/diagnostics", []change{with("authorization", "Bearer "+password+"0")}, 403, false},
		{"a part of the secret", "GET", "/diagnostics", []change{with("authorization", "Bearer "+password[:8])}, 403, false},
		{"another scheme", "GET", "/diagnostics", []change{with("authorization", "Basic "+password)}, 403, false},
		{"no scheme", "GET", "/diagnostics", []change{with("authorization", password)}, 403, false},
		{"an empty bearer", "GET", "/diagnostics", []change{with("authorization", "Bearer ")}, 403, false},
		{"the secret in the query", "GET", "/diagnostics", []change{member("rawQueryString", "secret="+password)}, 401, false},
		{"the secret as a cookie", "GET", "/diagnostics", []change{with("cookie", "secret="+password)}, 401, false},
		{"an authorizer that is another's", "GET", "/diagnostics", []change{within("authorizer", map[string]any{"jwt": map[string]any{"claims": map[string]any{"sub": "x"}}})}, 401, false},
		{"IAM that is empty", "GET", "/diagnostics", []change{within("authorizer", map[string]any{"iam": map[string]any{}})}, 401, false},
		{"IAM that is null", "GET", "/diagnostics", []change{within("authorizer", map[string]any{"iam": nil})}, 401, false},
		{"IAM in a header", "GET", "/diagnostics", []change{with("x-amzn-iam", `{"accountId":"1"}`)}, 401, false},
		{"a stranger is not told of methods", "DELETE", "/diagnostics", nil, 401, false},
		{"an operator is", "DELETE", "/diagnostics", []change{bearer}, 405, true},
		{"webhook for a stranger", "POST", "/webhook", nil, 401, false},
		{"webhook by the secret", "POST", "/webhook", []change{bearer}, 200, true},
		{"webhook cannot be got", "GET", "/webhook", []change{bearer}, 405, true},
		{"no such path", "GET", "/nothing", nil, 404, false},
		{"no such path for an operator", "GET", "/nothing", []change{bearer}, 404, false},
		{"the root", "GET", "/", nil, 404, false},
		{"an empty path", "GET", "", nil, 404, false},
		{"a path that begins as one", "GET", "/healthy", nil, 404, false},
		{"a path with dots", "GET", "/x/../health", nil, 404, false},
		{"a path that is encoded", "GET", "/%68ealth", nil, 404, false},
		{"a stage before the path", "GET", "/prod/health", []change{within("stage", "prod")}, 200, false},
		{"another stage", "GET", "/prod/health", []change{within("stage", "production")}, 404, false},
		{"a stage that is a word's beginning", "GET", "/health", []change{within("stage", "hea")}, 200, false},
		{"no rawPath", "GET", "/health", []change{func(e map[string]any) { delete(e, "rawPath") }}, 200, false},
		{"a method in small letters", "get", "/health", nil, 200, false},
		{"no method", "", "/health", nil, 405, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(password)
			_, response, err := r.Answer(t.Context(), encode(t, urlEvent(c.method, c.path), c.changes...))
			if response.StatusCode != c.status {
				t.Fatalf("answered %+v (%v), want %d", response, err, c.status)
			}
			if got := len(r.asked) == 1; got != (c.status == 200) {
				t.Errorf("the handler was asked: %v", r.asked)
			}
			if c.status == 200 && r.asked[0].Operator != c.operator {
				t.Errorf("the handler takes him for an operator: %v", r.asked[0].Operator)
			}
			if (err == nil) != (c.status == 200) {
				t.Errorf("the error is %v", err)
			}
			checkResponse(t, response, c.method, c.operator)
		})
	}
}

// checkResponse checks what holds of every response.
func checkResponse(t *testing.T, response web.Response, method string, operator bool) {
	t.Helper()
	for name, want := range map[string]string{
		"content-type": "application/json; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff",
	} {
		if response.Headers[name] != want {
			t.Errorf("%s is %q", name, response.Headers[name])
		}
	}
	if strings.Contains(response.Body, password) {
		t.Errorf("the secret is in the response: %s", response.Body)
	}
	switch {
	case method == "HEAD":
		if response.Body != "" {
			t.Errorf("there is a body: %s", response.Body)
		}
		return
	case !json.Valid([]byte(response.Body)):
		t.Errorf("the body is not JSON: %s", response.Body)
	}
	if response.StatusCode >= 400 && !operator {
		words := map[int]string{400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 413: "Request Entity Too Large", 500: "Internal Server Error", 503: "Service Unavailable"}
		if want := `{"error":{"message":"` + words[response.StatusCode] + `"}}`; response.Body != want {
			t.Errorf("a stranger is told %s, want %s", response.Body, want)
		}
	}
}

// TestNoSecret: where no secret is set nobody brings it.
func TestNoSecret(t *testing.T) {
	for shown, want := range map[string]int{"": 401, "Bearer": 403, "Bearer ": 403, "Bearer x": 403} {
		var changes []change
		if shown != "" {
			changes = append(changes, with("authorization", shown))
		}
		r := newRig("")
		_, response, _ := r.Answer(t.Context(), encode(t, urlEvent("GET", "/diagnostics"), changes...))
		if response.StatusCode != want || len(r.asked) > 0 {
			t.Errorf("%q: answered %+v, want %d", shown, response, want)
		}
	}
	r := newRig("")
	if _, response, _ := r.Answer(t.Context(), encode(t, urlEvent("GET", "/diagnostics"), iam)); response.StatusCode != 200 {
		t.Errorf("by IAM: answered %+v", response)
	}
}

func TestHeaders(t *testing.T) {
	r := newRig(password)
	_, response, _ := r.Answer(t.Context(), encode(t, urlEvent("PUT", "/both"), bearer))
	if response.StatusCode != 405 || response.Headers["allow"] != "GET, HEAD, POST" {
		t.Errorf("answered %+v", response)
	}
	_, response, _ = r.Answer(t.Context(), encode(t, urlEvent("GET", "/both")))
	if response.StatusCode != 401 || response.Headers["www-authenticate"] != "Bearer" {
		t.Errorf("answered %+v", response)
	}
}

func TestBodies(t *testing.T) {
	text := `{"entity_id":"light.küche"}`
	for _, c := range []struct {
		name    string
		body    string
		encoded bool
		want    string
		status  int
	}{
		{"none", "", false, "", 200},
		{"plain", text, false, text, 200},
		{"Base64", base64.StdEncoding.EncodeToString([]byte(text)), true, text, 200},
		{"nothing as Base64", "", true, "", 200},
		{"no Base64", text, true, "", 400},
		{"Base64 that is cut off", "eyJhIjox", true, `{"a":1`, 200},
		{"as large as may be", strings.Repeat("x", 256<<10), false, strings.Repeat("x", 256<<10), 200},
		{"too large", strings.Repeat("x", 256<<10+1), false, "", 413},
		{"too large as Base64", base64.StdEncoding.EncodeToString(make([]byte, 256<<10+1)), true, "", 413},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(password)
			_, response, _ := r.Answer(t.Context(), encode(t, urlEvent("POST", "/webhook"), bearer, member("body", c.body), member("isBase64Encoded", c.encoded)))
			if response.StatusCode != c.status {
				t.Fatalf("answered %+v, want %d", response, c.status)
			}
			if c.status == 200 && string(r.asked[0].Body) != c.want {
				t.Errorf("the body is %.100q, want %.100q", r.asked[0].Body, c.want)
			}
		})
	}
}

// TestErrors: an operator is told what went wrong, a stranger that it did.
func TestErrors(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
	}{
		{fault.New(fault.Invalid, "There is a mistake."), 400},
		{fault.New(fault.NotFound, "It is not there."), 404},
		{fault.New(fault.Unreachable, "The home is away."), 503},
		{fault.New(fault.Open, "The home was away."), 503},
		{fault.New(fault.Deadline, "No time."), 503},
		{fault.Wrap(fault.Internal, "A part of LEE failed.", errors.New(password)), 500},
		{fault.Wrap(fault.Misconfigured, "A setting is wrong.", errors.New(password)), 500},
		{errors.New(password), 500},
		{context.DeadlineExceeded, 503},
	} {
		r := newRig(password)
		r.err = c.err
		_, response, err := r.Answer(t.Context(), encode(t, urlEvent("GET", "/diagnostics"), bearer))
		if response.StatusCode != c.status || !errors.Is(err, c.err) {
			t.Errorf("%v: answered %+v, want %d", c.err, response, c.status)
		}
		if want := fmt.Sprintf(`{"error":{"kind":%q,"message":%q}}`, fault.Of(c.err), fault.Text(c.err)); response.Body != want {
			t.Errorf("an operator is told %s, want %s", response.Body, want)
		}
		_, response, _ = r.Answer(t.Context(), encode(t, urlEvent("GET", "/health")))
		if response.StatusCode != c.status {
			t.Errorf("%v: a stranger is answered %+v, want %d", c.err, response, c.status)
		}
		checkResponse(t, response, "GET", false)
	}
}

// TestStrangeEvents: what is no HTTP request of format 2.0 is refused, and the
// refusal is a response all the same.
func TestStrangeEvents(t *testing.T) {
	for name, event := range map[string]string{
		"format 1.0":          `{"requestContext":{"httpMethod":"GET","path":"/health"},"httpMethod":"GET","path":"/health"}`,
		"no context":          `{}`,
		"context null":        `{"requestContext":null}`,
		"context a text":      `{"requestContext":"x"}`,
		"headers a list":      `{"requestContext":{"http":{"method":"GET","path":"/health"}},"headers":[]}`,
		"a header a list":     `{"requestContext":{"http":{"method":"GET","path":"/health"}},"headers":{"authorization":["Bearer ` + password + `"]}}`,
		"a body a number":     `{"requestContext":{"http":{"method":"GET","path":"/health"}},"body":5}`,
		"a method a number":   `{"requestContext":{"http":{"method":5,"path":"/health"}}}`,
		"an authorizer false": `{"requestContext":{"http":{"method":"GET","path":"/health"},"authorizer":false}}`,
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(password)
			_, response, err := r.Answer(t.Context(), json.RawMessage(event))
			if response.StatusCode != 400 || fault.Of(err) != fault.Invalid || len(r.asked) > 0 {
				t.Errorf("answered %+v, %v", response, err)
			}
			checkResponse(t, response, "GET", false)
		})
	}
}

// TestNotJSON: an answer that cannot be written is our mistake, not a crash.
func TestNotJSON(t *testing.T) {
	r := web.New([]web.Route{{Method: "GET", Path: "/health", Open: true, Handle: func(context.Context, web.Request) (int, any, error) {
		return 200, func() {}, nil
	}}}, func(context.Context) secret.Text { return secret.Text{} })
	_, response, _ := r.Answer(t.Context(), encode(t, urlEvent("GET", "/health")))
	if response.StatusCode != 500 {
		t.Errorf("answered %+v", response)
	}
	checkResponse(t, response, "GET", false)
}

func TestFailed(t *testing.T) {
	if response := web.Failed(); response.StatusCode != 500 {
		t.Errorf("%+v", response)
	} else {
		checkResponse(t, response, "GET", false)
	}
}

// FuzzAnswer: whatever the event, the response is valid, and nobody gets in
// without the secret.
func FuzzAnswer(f *testing.F) {
	for _, changes := range [][]change{nil, {bearer}, {iam}, {member("body", "eA=="), member("isBase64Encoded", true)}} {
		event := urlEvent("GET", "/diagnostics")
		for _, change := range changes {
			change(event)
		}
		raw, err := json.Marshal(event)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, event []byte) {
		r := newRig(password)
		_, response, _ := r.Answer(t.Context(), event)
		if response.StatusCode < 200 || response.StatusCode > 599 || response.Body != "" && !json.Valid([]byte(response.Body)) {
			t.Errorf("answered %+v", response)
		}
		let := strings.Contains(string(event), password) || strings.Contains(strings.ToLower(string(event)), "iam") || strings.Contains(string(event), "\\u")
		if len(r.asked) > 0 && r.asked[0].Path == "/diagnostics" && !let {
			t.Errorf("somebody got in by %s", event)
		}
	})
}

package awslambda_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/awslambda"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

const canary = "canary0123456789abcdef"

func config(endpoint string) awslambda.Config {
	return awslambda.Config{Region: "eu-west-1", AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: secret.New(canary), SessionToken: secret.New("session"), Endpoint: endpoint}
}

// TestInvoke sends the event to the function, signed for its region.
func TestInvoke(t *testing.T) {
	for function, want := range map[string]struct{ path, region string }{
		"lee": {"/2015-03-31/functions/lee/invocations", "eu-west-1"},
		"arn:aws:lambda:us-west-2:123456789012:function:lee": {"/2015-03-31/functions/arn:aws:lambda:us-west-2:123456789012:function:lee/invocations", "us-west-2"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			signed := r.Header.Get("Authorization")
			if r.Method != http.MethodPost || r.URL.Path != want.path || r.Header.Get("X-Amz-Security-Token") != "session" ||
				!strings.HasPrefix(signed, "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/") || !strings.Contains(signed, "/"+want.region+"/lambda/aws4_request") {
				t.Errorf("%s %s %s", r.Method, r.URL, signed)
			}
			_, _ = io.Copy(w, r.Body)
		}))
		answer, err := config(server.URL+"/").Invoke(t.Context(), function, []byte(`{"operation":"doctor"}`))
		server.Close()
		if err != nil || string(answer) != `{"operation":"doctor"}` {
			t.Errorf("%s: %s, %v", function, answer, err)
		}
	}
}

// TestFailures is of what AWS says, and of functions that fail.
func TestFailures(t *testing.T) {
	for name, c := range map[string]struct {
		status   int
		function bool
		body     string
		kind     fault.Kind
		text     string
	}{
		"no such function": {404, false, `{"Type":"User","Message":"Function not found: arn:aws:lambda:eu-west-1:1:function:lee"}`, fault.NotFound, "Function not found: arn:aws:lambda:eu-west-1:1:function:lee"},
		"not allowed":      {403, false, `{"Message":"User is not authorized to perform: lambda:InvokeFunction."}`, fault.NotAllowed, "User is not authorized to perform: lambda:InvokeFunction"},
		"wrong key":        {403, false, `{"message":"The security token included in the request is invalid."}`, fault.NotAllowed, "The security token included in the request is invalid"},
		"no room":          {429, false, `{"Reason":"ConcurrentInvocationLimitExceeded","message":"Rate Exceeded."}`, fault.Throttled, "Rate Exceeded"},
		"AWS's own":        {502, false, `<html>`, fault.Unreachable, ""},
		"timed out":        {200, true, `{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 1 Error: Task timed out after 10.00 seconds"}`, fault.Failed, "RequestId: 1 Error: Task timed out after 10.00 seconds"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if c.function {
				w.Header().Set("X-Amz-Function-Error", "Unhandled")
			}
			w.WriteHeader(c.status)
			_, _ = io.WriteString(w, c.body)
		}))
		_, err := config(server.URL).Invoke(t.Context(), "lee", []byte("{}"))
		server.Close()
		if fault.Of(err) != c.kind || err == nil || c.text != "" && fault.Text(err) != c.text || strings.Contains(err.Error(), canary) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := config("http://127.0.0.1:1").Invoke(t.Context(), "lee", nil); fault.Of(err) != fault.Unreachable {
		t.Errorf("nobody there: %v", err)
	}
}

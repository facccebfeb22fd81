package ssm_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/adapters/ssm"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// amazon answers GetParametersByPath as AWS does, from what is kept in memory.
type amazon struct {
	portstest.ParameterStore
	// instead, when set, answers in its place.
	instead atomic.Pointer[http.HandlerFunc]
}

func (a *amazon) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if instead := a.instead.Load(); instead != nil {
		(*instead)(w, r)
		return
	}
	var in struct {
		Path, NextToken           string
		Recursive, WithDecryption bool
		MaxResults                int
	}
	if r.Header.Get("X-Amz-Target") == "AmazonSSM.PutParameter" {
		a.put(w, r)
		return
	}
	switch {
	case json.NewDecoder(r.Body).Decode(&in) != nil,
		r.Header.Get("X-Amz-Target") != "AmazonSSM.GetParametersByPath",
		!strings.Contains(r.Header.Get("Authorization"), "Credential=AKIDEXAMPLE/"),
		!strings.Contains(r.Header.Get("Authorization"), "/eu-west-1/ssm/aws4_request"),
		r.Header.Get("X-Amz-Security-Token") != sessionToken:
		refuse(w, http.StatusBadRequest, "InvalidSignatureException")
		return
	case !in.Recursive, !in.WithDecryption, in.MaxResults > 10:
		refuse(w, http.StatusBadRequest, "ValidationException")
		return
	}
	list, err := a.Below(r.Context(), in.Path)
	if err != nil {
		return // the client has gone
	}
	from, _ := strconv.Atoi(in.NextToken)
	to := min(from+in.MaxResults, len(list))
	out := map[string]any{}
	if to < len(list) {
		out["NextToken"] = strconv.Itoa(to)
	}
	page := []map[string]any{}
	for _, p := range list[from:to] {
		page = append(page, map[string]any{
			"Name": p.Name, "Value": p.Value.Reveal(), "Type": p.Type.String(), "Version": p.Version,
			"LastModifiedDate": float64(p.Changed.UnixMilli()) / 1000,
		})
	}
	out["Parameters"] = page
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	_ = json.NewEncoder(w).Encode(out)
}

// refuse answers with an error as AWS writes one.
func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"__type":%q,"message":"No."}`, code)
}

func (a *amazon) refuses(status int, code string) func() {
	return func() {
		handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { refuse(w, status, code) })
		a.instead.Store(&handler)
	}
}

const sessionToken = "canary-session-token"

// config is for a server that stands in for AWS.
func config(url string) ssm.Config {
	return ssm.Config{
		Region: "eu-west-1", AccessKeyID: "AKIDEXAMPLE",
		SecretAccessKey: secret.New("canary-key"), SessionToken: secret.New(sessionToken), Endpoint: url,
	}
}

// open returns a store that asks AWS's stand-in.
func open(t *testing.T, handler http.Handler) (*ssm.Store, *httptest.Server) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	store, err := ssm.New(config(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store, server
}

func TestContract(t *testing.T) {
	portstest.Parameters(t, func(t *testing.T) portstest.ParametersSetup {
		t.Helper()
		aws := &amazon{}
		store, server := open(t, aws)
		return portstest.ParametersSetup{
			Parameters: store,
			Put:        aws.Put,
			Throttle:   aws.refuses(http.StatusBadRequest, "ThrottlingException"),
			Forbid:     aws.refuses(http.StatusBadRequest, "AccessDeniedException"),
			Vanish:     server.Close,
		}
	})
}

func TestFailures(t *testing.T) {
	said := func(status int, contentType, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	code := func(status int, code string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { refuse(w, status, code) }
	}
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		want   fault.Kind
	}{
		{"too many requests", code(429, "TooManyRequestsException"), fault.Throttled},
		{"slow down", code(503, "SlowDown"), fault.Throttled},
		{"expired credentials", code(400, "ExpiredTokenException"), fault.NotAllowed},
		{"unknown credentials", code(403, "UnrecognizedClientException"), fault.NotAllowed},
		{"the key is switched off", code(400, "InvalidKeyId"), fault.NotAllowed},
		{"a path that AWS does not take", code(400, "ValidationException"), fault.Misconfigured},
		{"AWS fails", code(500, "InternalServerError"), fault.Unreachable},
		{"a proxy turns it away", said(403, "text/html", "<html>canary</html>"), fault.NotAllowed},
		{"a proxy's page", said(404, "text/html", "<html>canary</html>"), fault.Unreachable},
		{"something else answers", said(200, "text/html", "<html>canary</html>"), fault.Unreachable},
		{"a broken answer", said(200, "application/x-amz-json-1.1", `{"Parameters":[{"Value":"canary"`), fault.Unreachable},
		{"an answer of another shape", said(200, "application/x-amz-json-1.1", `{"Parameters":"canary"}`), fault.Unreachable},
		{"the same page for ever", said(200, "application/x-amz-json-1.1", `{"Parameters":[],"NextToken":"1"}`), fault.Misconfigured},
		{"a redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, fault.Misconfigured},
	} {
		t.Run(c.name, func(t *testing.T) {
			store, _ := open(t, c.answer)
			list, err := store.Below(t.Context(), "/lee")
			if err == nil || list != nil || fault.Of(err) != c.want || fault.Text(err) == "" {
				t.Fatalf("Below gave %v and %v, want a fault that is %v", list, err, c.want)
			}
			if strings.Contains(err.Error(), "canary") {
				t.Errorf("the error shows a value: %v", err)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	store, _ := open(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		refuse(w, http.StatusBadRequest, "ThrottlingException")
	}))
	_, err := store.Below(t.Context(), "/lee")
	f, ok := err.(*fault.Error) //nolint:errorlint // the port gives a fault itself
	if !ok || f.Kind != fault.Throttled || f.RetryAfter != 7*time.Second {
		t.Errorf("Below: %v, want to be left alone for 7 s", err)
	}
}

// TestHangs has a store that takes a request and does not answer it: the context
// ends the wait.
func TestHangs(t *testing.T) {
	arrived := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	store, _ := open(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(arrived)
		<-r.Context().Done()
	}))
	go func() {
		<-arrived
		cancel()
	}()
	if _, err := store.Below(ctx, "/lee"); fault.Of(err) != fault.Deadline {
		t.Errorf("Below: %v, want a fault.Deadline", err)
	}
}

func TestFromEnvironment(t *testing.T) {
	full := map[string]string{
		"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "id",
		"AWS_SECRET_ACCESS_KEY": "canary", "AWS_SESSION_TOKEN": "canary",
		"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SSM": "http://ssm",
		"AWS_USE_DUALSTACK_ENDPOINT": "true", "AWS_USE_FIPS_ENDPOINT": "TRUE",
	}
	c := ssm.FromEnvironment(func(name string) (string, bool) { v, ok := full[name]; return v, ok })
	want := ssm.Config{
		Region: "eu-west-1", AccessKeyID: "id", SecretAccessKey: secret.New("canary"), SessionToken: secret.New("canary"),
		Endpoint: "http://ssm", DualStack: true, FIPS: true,
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("FromEnvironment gave %+v", c)
	}
	if shown := fmt.Sprintf("%+v %#v", c, c); strings.Contains(shown, "canary") {
		t.Errorf("the configuration shows a secret: %s", shown)
	}
}

func TestMissing(t *testing.T) {
	_, err := ssm.New(ssm.FromEnvironment(func(string) (string, bool) { return "", false }))
	if fault.Of(err) != fault.Misconfigured {
		t.Fatalf("New: %v, want a fault.Misconfigured", err)
	}
	for _, name := range []string{"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		if !strings.Contains(fault.Text(err), name) {
			t.Errorf("New: %v, which does not name %s", err, name)
		}
	}
}

var _ interface {
	ports.Parameters
	io.Closer
} = (*ssm.Store)(nil)

package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// The credentials that awsStore knows.
const (
	keyID      = "AKIDEXAMPLE"
	secretKey  = "canary/secretkey"
	awsSession = "canary-session"
)

// awsStore stands in for AWS's Parameter Store. It lets in who has signed the request,
// by a verification of its own after
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
type awsStore struct {
	*testing.T
	parameters []parameter
	mu         sync.Mutex
	// fails, when it is set, answers in its place.
	fails    http.HandlerFunc
	requests int
}

// fail has another answer in the store's place, nil for nobody.
func (a *awsStore) fail(instead http.HandlerFunc) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.fails = instead
}

func (a *awsStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.requests++
	instead := a.fails
	a.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		a.Error(err)
	}
	if got, want := signature(r, body); got != want || got == "" {
		a.Errorf("the signature is %q, and should be %q", got, want)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if r.Header.Get("X-Amz-Security-Token") != awsSession || r.Header.Get("X-Amz-Target") != "AmazonSSM.GetParametersByPath" {
		a.Errorf("the headers are %v", r.Header)
	}
	if instead != nil {
		instead(w, r)
		return
	}
	var question struct {
		Path, NextToken           string
		Recursive, WithDecryption bool
		MaxResults                int
	}
	if err := json.Unmarshal(body, &question); err != nil || question.Path != "/home" || !question.Recursive || !question.WithDecryption || question.MaxResults != 10 {
		a.Errorf("asked %s", body)
	}
	from := 0
	_, _ = fmt.Sscanf(question.NextToken, "from %d", &from)
	to := min(from+question.MaxResults, len(a.parameters))
	answer := page{Parameters: a.parameters[from:to]}
	if to < len(a.parameters) {
		answer.NextToken = fmt.Sprintf("from %d", to)
	}
	_ = json.NewEncoder(w).Encode(answer)
}

// signature returns the signature that a request has, and the one that it should.
func signature(r *http.Request, body []byte) (got, want string) {
	fields := map[string]string{}
	rest, _ := strings.CutPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ")
	for field := range strings.SplitSeq(rest, ", ") {
		name, value, _ := strings.Cut(field, "=")
		fields[name] = value
	}
	scope := strings.TrimPrefix(fields["Credential"], keyID+"/")
	names := strings.Split(fields["SignedHeaders"], ";")
	if !slices.Contains(names, "host") || !slices.Contains(names, "x-amz-target") || !slices.Contains(names, "x-amz-security-token") {
		return "", "one of what counts"
	}
	var headers strings.Builder
	for _, name := range names {
		value := r.Header.Get(name)
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = fmt.Sprint(r.ContentLength)
		}
		headers.WriteString(name + ":" + value + "\n")
	}
	hash := func(b []byte) string { sum := sha256.Sum256(b); return hex.EncodeToString(sum[:]) }
	canonical := strings.Join([]string{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, headers.String(), fields["SignedHeaders"], hash(body)}, "\n")
	signed := strings.Join([]string{"AWS4-HMAC-SHA256", r.Header.Get("X-Amz-Date"), scope, hash([]byte(canonical))}, "\n")
	key := []byte("AWS4" + secretKey)
	for _, text := range append(strings.Split(scope, "/"), signed) {
		mac := hmac.New(sha256.New, key)
		_, _ = mac.Write([]byte(text))
		key = mac.Sum(nil)
	}
	return fields["Signature"], hex.EncodeToString(key)
}

// newStore starts a store that leads to a home, and returns the environment that leads
// to it.
func newStore(t *testing.T, home string, more ...parameter) (*awsStore, map[string]string) {
	t.Helper()
	a := &awsStore{T: t, parameters: append([]parameter{
		{"/home/homeassistant/url", "String", home},
		{"/home/homeassistant/token", "SecureString", "t"},
	}, more...)}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	return a, map[string]string{
		"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/home", "AWS_ENDPOINT_URL": server.URL, "AWS_REGION": "eu-west-1",
		"AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secretKey, "AWS_SESSION_TOKEN": awsSession,
	}
}

// lamp is a home with one lamp that is on.
func lamp(t *testing.T) string {
	t.Helper()
	return newHome(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer t" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write([]byte(`{"entity_id":"light.lamp","state":"on","attributes":{}}`))
	})
}

// report asks for the lamp's state, and returns the answer's name or its error's type.
func report(t *testing.T, f *function) string {
	t.Helper()
	raw, err := f.Invoke(t.Context(), []byte(`{"directive":{"header":{"namespace":"Alexa","name":"ReportState","payloadVersion":"3","messageId":"1"},
		"endpoint":{"endpointId":"light#lamp","scope":{"type":"BearerToken","token":"alexas"}},"payload":{}}}`))
	var answer alexa.Answer
	if err == nil {
		err = json.Unmarshal(raw, &answer)
	}
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), "canary") {
		t.Errorf("a secret is in the answer: %s", raw)
	}
	if payload, ok := answer.Event.Payload.(map[string]any); ok && payload["type"] != nil {
		return fmt.Sprint(payload["type"])
	}
	return answer.Event.Header.Name
}

// TestParameterStore: URL and token come from it by one request, which is not repeated.
func TestParameterStore(t *testing.T) {
	store, env := newStore(t, lamp(t))
	f := by(env)
	for range 3 {
		if got := report(t, f); got != alexa.NameStateReport {
			t.Errorf("answered %s", got)
		}
	}
	if store.requests != 1 {
		t.Errorf("the store was asked %d times", store.requests)
	}
}

// TestParameterStorePages: more than ten parameters take more requests.
func TestParameterStorePages(t *testing.T) {
	var more []parameter
	for i := range 21 {
		more = append(more, parameter{fmt.Sprintf("/home/other/%d", i), "String", "x"})
	}
	more = append(more, parameter{"/home/homeassistant/voice_unlock", "String", "false"}, parameter{"/home/homeassistant/codes", "SecureString", "lock.front=canary-1"})
	store, env := newStore(t, lamp(t), more...)
	f := by(env)
	if got := report(t, f); got != alexa.NameStateReport || store.requests != 3 {
		t.Errorf("answered %s after %d requests", got, store.requests)
	}
	if house := f.kept.settings.Terms.House; !house.NoUnlock || house.NoDisarm || house.Codes["lock.front"].Reveal() != "canary-1" {
		t.Errorf("the house is %+v", house)
	}
}

// TestParameterStoreInTrouble: the right error, nobody is unlinked, and the next event
// asks again.
func TestParameterStoreInTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		fails http.HandlerFunc
		text  string
	}{
		"throttled":        {says(400, `{"__type":"ThrottlingException"}`), "asks to be left alone"},
		"denied":           {says(400, `{"__type":"AccessDeniedException","Message":"canary"}`), "role may not read"},
		"expired":          {says(400, `{"__type":"com.amazon.coral.service#ExpiredTokenException"}`), "role may not read"},
		"key gone":         {says(400, `{"__type":"InvalidKeyId"}`), "role may not read"},
		"wrong prefix":     {says(400, `{"__type":"ValidationException"}`), "PARAMETER_PREFIX"},
		"quotes a header":  {says(400, `{"__type":"`+strings.Repeat("x", 70)+awsSession+`"}`), "PARAMETER_PREFIX"},
		"down":             {says(503, `unavailable`), "cannot be reached"},
		"a page":           {says(200, `<html>canary</html>`), "not the Parameter Store"},
		"a page of errors": {says(404, `<html>canary</html>`), "not the Parameter Store"},
		"hangs up":         {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "cannot be reached"},
		"sends elsewhere":  {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, "not the Parameter Store"},
	} {
		t.Run(name, func(t *testing.T) {
			store, env := newStore(t, lamp(t))
			f := by(env)
			store.fail(c.fails)
			if got := report(t, f); got != string(alexa.BridgeUnreachable) {
				t.Errorf("answered %s", got)
			}
			if err := f.service(t.Context()).broken; err == nil || !strings.Contains(err.Error(), c.text) || strings.Contains(err.Error(), "canary") {
				t.Errorf("the error is %v", err)
			}
			store.fail(nil)
			if got := report(t, f); got != alexa.NameStateReport {
				t.Errorf("and then answered %s", got)
			}
		})
	}
}

// TestWithoutTheStore: what the environment says is enough to go on with when it has
// both the URL and the token. Without a token Alexa's is not tried on the home.
func TestWithoutTheStore(t *testing.T) {
	home := lamp(t)
	for _, c := range []struct{ url, token, want string }{
		{home, "t", alexa.NameStateReport},
		{home, "", string(alexa.BridgeUnreachable)},
		{"", "t", string(alexa.BridgeUnreachable)},
	} {
		store, env := newStore(t, home)
		store.fail(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
		env["HOME_ASSISTANT_URL"], env["HOME_ASSISTANT_TOKEN"] = c.url, c.token
		f := by(env)
		if got := report(t, f); got != c.want || f.kept != nil {
			t.Errorf("with %q and %q answered %s", c.url, c.token, got)
		}
	}
	t.Run("nor the credentials", func(t *testing.T) {
		if got := report(t, by(map[string]string{"USE_PARAMETER_STORE": "true"})); got != string(alexa.BridgeUnreachable) {
			t.Errorf("answered %s", got)
		}
	})
}

func TestEndpoint(t *testing.T) {
	for want, got := range map[string]string{
		"https://ssm.eu-west-1.amazonaws.com":                 endpoint("eu-west-1", false, false),
		"https://ssm-fips.us-east-1.amazonaws.com":            endpoint("us-east-1", false, true),
		"https://ssm.eu-west-1.api.aws":                       endpoint("eu-west-1", true, false),
		"https://ssm-fips.us-east-1.api.aws":                  endpoint("us-east-1", true, true),
		"https://ssm.cn-north-1.amazonaws.com.cn":             endpoint("cn-north-1", false, false),
		"https://ssm.cn-north-1.api.amazonwebservices.com.cn": endpoint("cn-north-1", true, false),
	} {
		if got != want {
			t.Errorf("the endpoint is %s, want %s", got, want)
		}
	}
}

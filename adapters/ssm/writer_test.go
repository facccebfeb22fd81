package ssm_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/ssm"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

const kept = "a value that must not be seen"

// keeper answers as AWS does to who keeps parameters: it knows one that is a
// String already.
type keeper struct {
	asked  []string
	strung bool
	refuse string
}

func (k *keeper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Name, Value, Type, Tier, KeyID string
		Overwrite                      bool
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	action := strings.TrimPrefix(r.Header.Get("X-Amz-Target"), "AmazonSSM.")
	k.asked = append(k.asked, strings.TrimSpace(fmt.Sprint(action, " ", in.Name, " ", in.Type, " ", in.KeyID)))
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	answer := `{}`
	switch {
	case k.refuse != "":
		w.WriteHeader(http.StatusBadRequest)
		answer = `{"__type":"` + k.refuse + `","message":"Value '` + kept + `' is not so"}`
	case action == "DeleteParameter":
		k.strung = false
	case !in.Overwrite || in.Value != kept || in.Tier != "Intelligent-Tiering":
		w.WriteHeader(http.StatusBadRequest)
		answer = `{"__type":"UnknownParameter","message":"not what was asked for"}`
	case k.strung && in.Type != "String":
		w.WriteHeader(http.StatusBadRequest)
		answer = `{"__type":"HierarchyTypeMismatchException"}`
	}
	_, _ = w.Write([]byte(answer))
}

func TestWriter(t *testing.T) {
	const name = "/lee/homeassistant/token"
	for _, c := range []struct {
		name   string
		keeper keeper
		kind   ports.ParameterType
		key    string
		asked  []string
	}{
		{"new", keeper{}, ports.ParameterSecureString, "", []string{"PutParameter " + name + " SecureString"}},
		{"in the clear", keeper{strung: true}, ports.ParameterString, "", []string{"PutParameter " + name + " String"}},
		{"by a key of one's own", keeper{}, ports.ParameterSecureString, "alias/lee", []string{"PutParameter " + name + " SecureString alias/lee"}},
		{"of another type", keeper{strung: true}, ports.ParameterSecureString, "", []string{
			"PutParameter " + name + " SecureString", "DeleteParameter " + name, "PutParameter " + name + " SecureString"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWriter(t, &c.keeper)
			err := w.Put(t.Context(), ports.Parameter{Name: name, Value: secret.New(kept), Type: c.kind}, c.key)
			if err != nil || !slices.Equal(c.keeper.asked, c.asked) {
				t.Errorf("Put gave %v after %q, want %q", err, c.keeper.asked, c.asked)
			}
		})
	}
}

// TestWriterRefused: each error is of a kind, and none shows the value that AWS
// quotes.
func TestWriterRefused(t *testing.T) {
	for refuse, want := range map[string]fault.Kind{
		"AccessDeniedException":            fault.NotAllowed,
		"UnrecognizedClientException":      fault.NotAllowed,
		"ValidationException":              fault.Misconfigured,
		"InvalidKeyId":                     fault.Misconfigured,
		"ThrottlingException":              fault.Throttled,
		"ParameterMaxVersionLimitExceeded": fault.Misconfigured,
	} {
		t.Run(refuse, func(t *testing.T) {
			err := newWriter(t, &keeper{refuse: refuse}).Put(t.Context(), ports.Parameter{Name: "/lee/x", Value: secret.New(kept)}, "")
			if fault.Of(err) != want || strings.Contains(err.Error(), kept) {
				t.Errorf("Put gave %v, want a fault of kind %v", err, want)
			}
		})
	}
	if _, err := ssm.NewWriter(ssm.Config{}); fault.Of(err) != fault.Misconfigured {
		t.Errorf("without credentials NewWriter gives %v", err)
	}
}

func newWriter(t *testing.T, k *keeper) *ssm.Writer {
	t.Helper()
	server := httptest.NewServer(k)
	t.Cleanup(server.Close)
	return writerAt(t, server.URL)
}

// writerAt returns a writer to AWS's stand-in at url.
func writerAt(t *testing.T, url string) *ssm.Writer {
	t.Helper()
	w, err := ssm.NewWriter(config(url))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

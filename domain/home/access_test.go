package home_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// TestTLS has certificates that cannot be used named, and not shown.
func TestTLS(t *testing.T) {
	const canary = "canary"
	for variable, access := range map[string]home.Access{
		"HOME_ASSISTANT_CA":          {CA: canary},
		"HOME_ASSISTANT_CLIENT_CERT": {ClientCert: canary},
		"HOME_ASSISTANT_CLIENT_KEY":  {ClientKey: secret.New(canary)},
	} {
		c, err := access.TLS()
		if c != nil || fault.Of(err) != fault.Misconfigured || !strings.Contains(err.Error(), variable) || strings.Contains(err.Error(), canary) {
			t.Errorf("%s: %v, %v", variable, c, err)
		}
	}
	for _, unverified := range []bool{false, true} {
		c, err := home.Access{Unverified: unverified}.TLS()
		if err != nil || c.InsecureSkipVerify != unverified || c.RootCAs != nil || c.Certificates != nil {
			t.Errorf("unverified %t: %+v, %v", unverified, c, err)
		}
	}
}

// TestAccessSecrets conceals the token and the headers, and nothing else.
func TestAccessSecrets(t *testing.T) {
	a := home.Access{URL: "https://home.example", Token: secret.New("canary-token"), Headers: map[string]secret.Text{"X-Door": secret.New("canary-door")}}
	if got := a.Secrets().Conceal("canary-token canary-door home.example"); strings.Contains(got, "canary") || !strings.Contains(got, "home.example") {
		t.Errorf("what is left is %q", got)
	}
}

// TestDemand follows a demand for a certificate until an answer.
func TestDemand(t *testing.T) {
	var d home.Demand
	alert, cut := errors.New("remote error: tls: bad certificate"), errors.New("EOF")
	c, err := home.Access{}.TLS()
	if err != nil {
		t.Fatal(err)
	}
	d.Watch(c)
	if d.Unmet(t.Context(), cut) || !d.Unmet(t.Context(), alert) || d.Unmet(t.Context(), errors.New("remote error: tls: internal error")) {
		t.Error("nobody has asked for a certificate, and the alert alone tells")
	}
	if shown, err := c.GetClientCertificate(nil); err != nil || len(shown.Certificate) != 0 {
		t.Errorf("shown is %v, %v", shown, err)
	}
	if !d.Unmet(t.Context(), cut) {
		t.Error("a connection that ends after the demand means nothing")
	}
	if d.Answered(); d.Unmet(t.Context(), cut) {
		t.Error("the demand outlives an answer")
	}
}

// TestStatusFault has the kind of each HTTP status, of a command and of a question.
func TestStatusFault(t *testing.T) {
	for status, want := range map[int][2]fault.Kind{
		302: {fault.Unreachable, fault.Unreachable},
		404: {fault.Unreachable, fault.Unreachable},
		429: {fault.Throttled, fault.Throttled},
		500: {fault.Failed, fault.Failed},
		502: {fault.Unreachable, fault.Unreachable},
		504: {fault.Unreachable, fault.Unanswered},
		524: {fault.Unreachable, fault.Unanswered},
	} {
		for i, command := range []bool{false, true} {
			if got := home.StatusFault(status, command); got.Kind != want[i] || got.Text == "" {
				t.Errorf("%d, command %t: %v, want %v", status, command, got, want[i])
			}
		}
	}
}

package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// kinds returns every kind of failure there is.
func kinds() []fault.Kind {
	var all []fault.Kind
	for k := fault.Kind(0); !strings.HasPrefix(k.String(), "kind "); k++ {
		all = append(all, k)
	}
	return all
}

func failing(err error) engine.Directive {
	return func(context.Context, alexa.Directive) (alexa.Answer, error) { return alexa.Answer{}, err }
}

// errorsOf is which error Alexa gets for which failure of a directive.
var errorsOf = map[fault.Kind]alexa.ErrorType{
	fault.Internal: "INTERNAL_ERROR", fault.Unreachable: "BRIDGE_UNREACHABLE", fault.Unanswered: "ENDPOINT_UNREACHABLE",
	fault.Unavailable: "ENDPOINT_UNREACHABLE", fault.NotFound: "NO_SUCH_ENDPOINT", fault.Refused: "INVALID_VALUE",
	fault.Failed: "INTERNAL_ERROR", fault.Unsupported: "INVALID_DIRECTIVE", fault.Invalid: "INVALID_DIRECTIVE",
	fault.TokenRejected: "INVALID_AUTHORIZATION_CREDENTIAL", fault.NotAllowed: "BRIDGE_UNREACHABLE",
	fault.Throttled: "BRIDGE_UNREACHABLE", fault.Misconfigured: "BRIDGE_UNREACHABLE", fault.Deadline: "BRIDGE_UNREACHABLE",
	fault.Open: "BRIDGE_UNREACHABLE", fault.OutOfRange: "INVALID_VALUE", fault.NotNow: "NOT_SUPPORTED_IN_CURRENT_MODE",
	fault.Disabled: "CLOUD_CONTROL_DISABLED",
}

// TestFailures: every kind of failure is an error that Alexa takes, with people's
// text and not the log's; and a discovery that fails is an empty list, unless the
// account's own token is bad.
func TestFailures(t *testing.T) {
	loud := map[fault.Kind]bool{fault.Internal: true, fault.NotAllowed: true, fault.TokenRejected: true, fault.Misconfigured: true}
	for _, kind := range kinds() {
		t.Run(kind.String(), func(t *testing.T) {
			err := fmt.Errorf("wrapped: %w", fault.Wrap(kind, "A sentence for people.", errors.New(canaryless)))
			r := newRig(engine.Parts{Directives: map[alexa.Key]engine.Directive{
				turnOn:         failing(err),
				alexa.Discover: failing(err),
			}})

			asked := event("Alexa.PowerController.TurnOn", "light#kitchen")
			answer, logged := r.invoke(t.Context(), t, asked)
			p := checkReply(t, asked, answer).Event.Payload
			if want, listed := errorsOf[kind]; !listed || p.Type != want || p.Message != "A sentence for people." {
				t.Errorf("answered %s, want %s", answer, want)
			}
			if strings.Contains(string(answer), canaryless) || !strings.Contains(logged.Error, canaryless) {
				t.Errorf("the cause belongs into the log, and not into the answer: %s, %s", logged.Error, answer)
			}
			if want := map[bool]string{true: "ERROR", false: "WARN"}[loud[kind]]; logged.Level != want || logged.Outcome != kind.String() {
				t.Errorf("logged %q at %s, want it at %s", logged.Outcome, logged.Level, want)
			}

			asked = event("Alexa.Discovery.Discover", "")
			answer, logged = r.invoke(t.Context(), t, asked)
			found := checkReply(t, asked, answer).Event
			if kind == fault.TokenRejected {
				if found.Payload.Type != alexa.InvalidAuthorizationCredential {
					t.Errorf("discovery with a bad token was answered %s", answer)
				}
			} else if found.Header.Name != alexa.NameDiscoverResponse || found.Payload.Endpoints == nil || len(*found.Payload.Endpoints) != 0 {
				t.Errorf("discovery was answered %s, want an empty list", answer)
			}
			if logged.Outcome != kind.String() {
				t.Errorf("discovery logged %q", logged.Outcome)
			}
		})
	}
}

// TestUnlinking: of all failures only a rejected token is one over which Alexa
// unlinks the account.
func TestUnlinking(t *testing.T) {
	for _, kind := range kinds() {
		unlinks := strings.HasSuffix(string(errorsOf[kind]), "AUTHORIZATION_CREDENTIAL")
		if unlinks != (kind == fault.TokenRejected) {
			t.Errorf("%s becomes %s", kind, errorsOf[kind])
		}
	}
}

// TestErrorsOfAlexas: an error that a translation made goes out as it is, and is
// nothing that somebody must see to.
func TestErrorsOfAlexas(t *testing.T) {
	r := newRig(engine.Parts{Directives: map[alexa.Key]engine.Directive{turnOn: failing(alexa.OutOfRange("No.", 0, 100))}})
	asked := event("Alexa.PowerController.TurnOn", "light#kitchen")
	answer, logged := r.invoke(t.Context(), t, asked)
	checkReply(t, asked, answer)
	if !strings.Contains(string(answer), `"validRange":{"minimumValue":0,"maximumValue":100}`) {
		t.Errorf("answered %s", answer)
	}
	if logged.Level != "WARN" || logged.Outcome != "out of range" || !strings.Contains(logged.Error, "VALUE_OUT_OF_RANGE") {
		t.Errorf("logged %+v", logged)
	}
}

// TestDiscoveryThatBreaks: an empty list too.
func TestDiscoveryThatBreaks(t *testing.T) {
	r := newRig(engine.Parts{Directives: map[alexa.Key]engine.Directive{
		alexa.Discover: func(context.Context, alexa.Directive) (alexa.Answer, error) { panic("broken") },
	}})
	asked := event("Alexa.Discovery.Discover", "")
	answer, _ := r.invoke(t.Context(), t, asked)
	if found := checkReply(t, asked, answer).Event.Payload.Endpoints; found == nil || len(*found) != 0 {
		t.Errorf("answered %s", answer)
	}
}

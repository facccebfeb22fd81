package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// TestBrokenHandlersShowNoSecret: a handler that breaks down over a directive does
// not show it, neither its token nor the PIN in its payload, to whomever it tells.
func TestBrokenHandlersShowNoSecret(t *testing.T) {
	const pin = "canary-pin" // digits could be a part of a time or an address
	asked := strings.Replace(event("Alexa.LockController.Unlock", "lock#door"), `"payload":{}`,
		`"payload":{"authorization":{"type":"FOUR_DIGIT_PIN","value":"`+pin+`"}}`, 1)
	for name, handle := range map[string]engine.Directive{
		"panics with it": func(_ context.Context, d alexa.Directive) (alexa.Answer, error) { panic(d) },
		"panics with a print": func(_ context.Context, d alexa.Directive) (alexa.Answer, error) {
			panic(fmt.Sprintf("%+v %#v %s", d, d, d))
		},
		"panics with an error": func(_ context.Context, d alexa.Directive) (alexa.Answer, error) {
			panic(fmt.Errorf("%v: %w", &d, errors.New("broken")))
		},
		"fails with it": func(_ context.Context, d alexa.Directive) (alexa.Answer, error) {
			return alexa.Answer{}, fault.Wrap(fault.Internal, "A part of LEE failed.", fmt.Errorf("%q", d))
		},
		"fails with its token": func(_ context.Context, d alexa.Directive) (alexa.Answer, error) {
			return alexa.Answer{}, fault.Newf(fault.Internal, "It was %v, %s, %q, %#v.", d.Token, d.Token, d.Token, d.Token)
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(engine.Parts{
				Directives: map[alexa.Key]engine.Directive{{Namespace: alexa.LockController, Name: "Unlock"}: handle},
				Journal:    journal.New(),
			})
			answer, logged := r.invoke(t.Context(), t, asked) // looks for the token
			if logged.Outcome != "internal" {
				t.Errorf("logged %+v", logged)
			}
			first := r.log.String()
			told, _ := r.invoke(t.Context(), t, `{"operation":"trace"}`)
			for where, text := range map[string]string{"the answer": string(answer), "the log": first, "the trace": string(told)} {
				if strings.Contains(text, pin) {
					t.Errorf("the PIN is in %s: %.600s", where, text)
				}
			}
		})
	}
}

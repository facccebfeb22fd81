package gateway_test

import (
	"testing"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// TestConverse: what was said goes to the home once, unless it never went; what it
// has changed is forgotten, and an agent that breaks keeps nobody from the home.
func TestConverse(t *testing.T) {
	for name, test := range map[string]struct {
		err      error
		attempts int
	}{
		"answered":       {nil, 1},
		"never sent":     {fault.New(fault.Unreachable, "Away."), 3},
		"sent and lost":  {&fault.Error{Kind: fault.Unanswered, Text: "No.", Sent: true}, 1},
		"broke":          {&fault.Error{Kind: fault.Failed, Text: "No.", Sent: true}, 1},
		"behind a proxy": {&fault.Error{Kind: fault.Unreachable, Text: "No.", Sent: true}, 1},
	} {
		h := &scripted{}
		r := newRig(t, rigOptions{home: h, retry: steady(), failures: 1})
		face := gateway.Conversation{Port: gateway.NewPort(r.gateway, r.lazy)}
		if _, err := r.home.States(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.fail(nil, test.err)
		before := h.made()
		reply, err := face.Converse(t.Context(), home.Utterance{Text: "hello"})
		if made := h.made() - before; made != test.attempts || (err == nil) != (test.err == nil) || reply.Speech != "hello" {
			t.Errorf("%s: %d attempts, %+v, %v", name, made, reply, err)
		}
		h.fail(nil)
		before = h.made()
		if _, err := r.home.States(t.Context()); err != nil || h.made() == before {
			t.Errorf("%s: the states are remembered from before (%v)", name, err)
		}
		for _, b := range r.gateway.Breakers() {
			if b.Endpoint == "home" && b.State != ports.BreakerClosed {
				t.Errorf("%s: the home's breaker is %v", name, b.State)
			}
		}
	}
}

package endtoend

import (
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// TestFaults: ports that fail, from outside. The caller gets a proper error,
// the engine goes on, and the figures say so. A port that panics or does not come
// back from being closed is met in app/wiring: no event makes one do that.
func TestFaults(t *testing.T) {
	counted := []string{"invocations", "gateway", "breakers", "ligs"}
	fails := func(t *testing.T, s *story, event []byte, with string) {
		t.Helper()
		answer, log := s.tell(t, event)
		s.log = append(s.log, log...)
		if !strings.Contains(string(answer), with) {
			t.Errorf("answered %.300s, want %s", answer, with)
		}
	}
	t.Run("a port that does not load", func(t *testing.T) {
		t.Parallel()
		s := startStory(t, nil, map[string]string{"HOME_ASSISTANT_URL": "home:8123", "HOME_ASSISTANT_TOKEN": ownCanary})
		s.begin(t, "fault: birth", "ligs")
		fails(t, s, status, `"kind":"misconfigured"`)
		s.step(t, "fault: does not load", counted)
		fails(t, s, turnOn, string(alexa.BridgeUnreachable))
		fails(t, s, ping, "pong")
		s.step(t, "fault: goes on", counted)
	})
	t.Run("a home that hangs", func(t *testing.T) {
		t.Parallel()
		h := newDemo(t, demohome.Options{})
		s := startStory(t, h, nil, short)
		s.tell(t, reportState)
		s.begin(t, "fault: well", "ligs")
		h.demo.Inject(&demohome.Fault{Hang: demohome.Before})
		fails(t, s, reportState, string(alexa.BridgeUnreachable))
		s.step(t, "fault: hangs", counted)
		h.demo.Mend()
		fails(t, s, reportState, "StateReport")
		s.step(t, "fault: well again", counted)
	})
	t.Run("a home that fails", func(t *testing.T) {
		t.Parallel()
		h := newDemo(t, demohome.Options{})
		s := startStory(t, h, nil)
		s.tell(t, reportState)
		s.begin(t, "fault: still well", "breakers")
		h.demo.Inject(&demohome.Fault{Answer: page(502)})
		for range 6 { // the minimum tier bears five
			fails(t, s, reportState, string(alexa.BridgeUnreachable))
		}
		s.step(t, "fault: opens", counted)
	})
}

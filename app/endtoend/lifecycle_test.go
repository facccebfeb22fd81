package endtoend

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

var _ teller = (*function)(nil)

// tell implements teller.
func (f *function) tell(t *testing.T, event []byte) (answer []byte, log []string) {
	t.Helper()
	result := f.invoke(t, event)
	id := `"correlation":"` + result.RequestID + `"`
	f.output.wait(t, `"message":"answered"`, id)
	for line := range strings.Lines(f.output.String()) {
		if strings.Contains(line, id) {
			log = append(log, line)
		}
	}
	return result.Payload, log
}

// idle is for how long nothing is said where something shall have been idle for longer
// than its grace, which is 20 s.
const idle = 21 * time.Second

// tellsAll has LEE log everything and let operators in.
func tellsAll(more map[string]string) map[string]string {
	env := map[string]string{"LOG_LEVEL": "DEBUG", "OPERATOR_SECRET": operatorSecret, "CONFIGURATION_TIER": "minimum"}
	maps.Copy(env, more)
	return env
}

// startStory starts LEE with a clock that can be moved, and as Lambda runs it: frozen
// between events.
func startStory(t *testing.T, h *home, env map[string]string, change ...func(*lambdaapi.Config)) *story {
	t.Helper()
	folder, err := moved()
	if err != nil {
		t.Fatal(err)
	}
	clock := newClock(t)
	change = append(change, func(c *lambdaapi.Config) {
		c.Executable, c.Freeze = filepath.Join(folder, "bootstrap"), true
		c.Env[movedVariable] = clock.file
	})
	return &story{teller: start(t, h, tellsAll(env), change...), clock: clock}
}

var ports = []string{"ligs", "lugs"}

// TestLifecycle: a port from its birth to its second life, all of it read from
// GET /diagnostics. Two of the five checks are not met here, since it is handed one
// event at a time; TestSideBySide meets these.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{})
	s := startStory(t, h, map[string]string{"LUGS_MEMORY_THRESHOLD": "10"})
	dark := func() {
		if err := h.demo.Set("light.kitchen_lights", "off", nil); err != nil {
			t.Fatal(err)
		}
	}
	s.tell(t, ping)
	s.begin(t, "birth", ports...)
	dark()
	s.step(t, "use", ports, turnOn)
	s.clock.pass(t, idle)
	s.step(t, "idle", ports, ping)
	s.step(t, "due", ports, surroundings)
	s.step(t, "unload", ports, ping)
	dark()
	s.step(t, "resurrection", ports, turnOn)
	s.step(t, "immediate", ports, ping)
	h.demo.Grow(2000)
	s.step(t, "scarce", append(ports, "memory", "cache"), discover)
	s.step(t, "relief", append(ports, "memory", "cache"), ping)
	dark()
	s.step(t, "again", ports, turnOn)
	for range 25 {
		dark()
		_, log := s.tell(t, turnOn)
		s.log = append(s.log, log...)
	}
	s.step(t, "hot", append(ports, "reflex"))
	s.clock.pass(t, idle)
	s.step(t, "protected", ports, surroundings)
	checkExplained(t, s.figures)
}

// TestWithoutLUGS: with LUGS_ENABLED=false nothing is looked at, and nothing
// closed.
func TestWithoutLUGS(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{})
	s := startStory(t, h, map[string]string{"LUGS_ENABLED": "false", "LUGS_MEMORY_THRESHOLD": "1"})
	s.tell(t, ping)
	s.begin(t, "without: birth", "lugs")
	s.step(t, "without: use", ports, turnOn, surroundings)
	s.clock.pass(t, idle)
	s.step(t, "without: idle", ports, ping, ping)
}

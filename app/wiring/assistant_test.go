package wiring_test

import (
	"strings"
	"testing"
)

// TestNameIsWarnedOf: once at the start, and not at all of a good name.
func TestNameIsWarnedOf(t *testing.T) {
	_, e := house(t)
	for name, want := range map[string]int{"": 0, "My House": 0, "Alexa Butler": 1, "Jarvis": 1} {
		b := build(t, e.and(env{"HA_ASSISTANT_NAME": name}), false)
		b.ask(t, "Alexa.Discovery.Discover", "")
		if n := strings.Count(b.log.String(), "HA_ASSISTANT_NAME is no good name"); n != want {
			t.Errorf("%q is warned of %d times:\n%s", name, n, b.log)
		}
	}
}

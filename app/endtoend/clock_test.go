package endtoend

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// movedVariable names the file that says by how much LEE's clock is ahead.
const movedVariable = "LEE_TEST_AHEAD"

// movedClock is the source of a clock that is ahead of the machine's.
const movedClock = `package wiring

import (
	"os"
	"time"
)

type movedClock struct{}

func (movedClock) Now() time.Time {
	text, _ := os.ReadFile(os.Getenv("` + movedVariable + `"))
	ahead, _ := time.ParseDuration(string(text))
	return time.Now().Add(ahead)
}
`

// moved returns a folder with the programs as they are released, but for LEE's clock: a
// test moves it instead of waiting.
var moved = sync.OnceValues(func() (string, error) {
	wiring, err := filepath.Abs("../wiring")
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(wiring, "parts.go"))
	if err != nil {
		return "", err
	}
	const its, ours = "{ return ports.WallClock{} }", "{ return movedClock{} }"
	if strings.Count(string(source), its) != 1 {
		return "", fmt.Errorf("parts.go of app/wiring has no %q: adapt moved", its)
	}
	replaced := map[string]string{}
	for name, content := range map[string]string{"parts.go": strings.Replace(string(source), its, ours, 1), "moved.go": movedClock} {
		replaced[filepath.Join(wiring, name)] = filepath.Join(built, name)
		if err := os.WriteFile(filepath.Join(built, name), []byte(content), 0o600); err != nil {
			return "", err
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(built, "overlay.json")
	if err := os.WriteFile(overlay, list, 0o600); err != nil {
		return "", err
	}
	return build("moved", false, "-overlay", overlay)
})

// clock is what moves LEE's clock.
type clock struct {
	file  string
	ahead time.Duration
}

func newClock(t *testing.T) *clock {
	t.Helper()
	return &clock{file: filepath.Join(t.TempDir(), "ahead")}
}

// pass has time pass.
func (c *clock) pass(t *testing.T, d time.Duration) {
	t.Helper()
	c.ahead += d
	if err := os.WriteFile(c.file, []byte(c.ahead.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

package lambdaapi

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestRestartKeepsWhatIsOnDisk(t *testing.T) {
	f := start(t, nil)
	file := filepath.Join(t.TempDir(), "kept")
	invoke(t, f, order{Do: "write", File: file, Text: "breaker open"})
	invoke(t, f, order{Do: "exit"})
	after := invoke(t, f, order{Do: "pid"})
	if after.Process != 2 || !after.Cold || after.InitDuration <= 0 {
		t.Errorf("not restarted: %+v", after)
	}
	if string(after.Payload) != strconv.Itoa(f.PID()) {
		t.Errorf("process %s answered, not %d", after.Payload, f.PID())
	}
	if kept, err := os.ReadFile(file); string(kept) != "breaker open" {
		t.Errorf("the file is lost: %q, %v", kept, err)
	}
}

// TestTemporaryFiles: their folder outlives the process, is no other environment's,
// and goes with this one.
func TestTemporaryFiles(t *testing.T) {
	temp := func(f *Function) string {
		t.Helper()
		var seen surroundings
		if err := json.Unmarshal(invoke(t, f, order{Do: "look"}).Payload, &seen); err != nil {
			t.Fatal(err)
		}
		for _, variable := range seen.Environ {
			if folder, ok := strings.CutPrefix(variable, "TMPDIR="); ok {
				return folder
			}
		}
		return ""
	}
	f, other := start(t, nil), start(t, nil)
	first := temp(f)
	invoke(t, f, order{Do: "exit"})
	if again := temp(f); again != first || first == "" || first == temp(other) || !exists(first) {
		t.Errorf("the folder is %q, after a restart %q, and another's is %q", first, again, temp(other))
	}
	if err := f.Close(); err != nil || exists(first) {
		t.Errorf("%s outlives its environment (%v)", first, err)
	}

	own := t.TempDir()
	f = start(t, func(config *Config) { config.Env["TMPDIR"] = own })
	if got := temp(f); got != own {
		t.Errorf("the folder is %q, want %q", got, own)
	}
	if err := f.Close(); err != nil || !exists(own) {
		t.Errorf("a folder that was given is gone (%v)", err)
	}
}

func TestFailedInitialisation(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		how           string
		initTimeout   time.Duration
		kind, message string
		exit          string
	}{
		"exit": {"exit", time.Minute,
			TypeExit, "Runtime exited with error: exit status 4", "exit status 4"},
		"init error and exit": {"error and exit", time.Minute,
			"Config.Token", "the token is missing", "exit status 1"},
		"init error without exit": {"error and stay", time.Minute,
			"Config.Token", "the token is missing", "signal: killed"},
		"hang": {"hang", 500 * time.Millisecond,
			TypeTimedOut, "Task timed out after 0.50 seconds", "signal: killed"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, func(config *Config) {
				config.Env[childVariable], config.InitTimeout, config.Timeout = c.how, c.initTimeout, c.initTimeout
			})
			result := invoke(t, f, order{Do: "echo"})
			if result.Error == nil || result.Error.Type != c.kind || !strings.HasSuffix(result.Error.Message, c.message) {
				t.Errorf("error %v", result.Error)
			}
			if result.Exit != c.exit || !result.Cold || result.InitDuration != 0 || result.Duration != 0 || result.Process != 2 {
				t.Errorf("result %+v", result)
			}
			_, err := f.Init(t.Context())
			if failure, ok := errors.AsType[*FunctionError](err); !ok || failure.Type != c.kind {
				t.Errorf("init: %v", err)
			}
		})
	}
}

// TestSecondTry: an initialisation that fails is tried once more for the same event,
// and finds what the first one has left.
func TestSecondTry(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"exit on the first start", "hang on the first start"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			f := start(t, func(config *Config) {
				if config.Env[childVariable] = how; strings.HasPrefix(how, "hang") {
					config.InitTimeout = 5 * time.Second // the second start must not meet it
				}
			})
			result := invoke(t, f, order{Do: "echo", Text: "lamp"})
			if string(result.Payload) != `"lamp"` || result.Process != 2 || !result.Cold || result.InitDuration <= 0 || result.Exit != "" {
				t.Errorf("result %+v", result)
			}
		})
	}
}

func TestInitialisationThatFailsAtTheRestart(t *testing.T) {
	f := start(t, func(config *Config) { config.Env[childVariable] = "exit on the second start" })
	invoke(t, f, order{Do: "exit"})
	result := invoke(t, f, order{Do: "echo"})
	if result.Error == nil || result.Error.Type != TypeExit || result.Exit != "exit status 5" || result.Process != 2 {
		t.Errorf("result %+v", result)
	}
}

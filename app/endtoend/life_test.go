package endtoend

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestOneProcess: many invocations, one process, one connection to the home.
func TestOneProcess(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{})
	f := start(t, h, nil)
	f.invoke(t, []byte(`{"test":"ping"}`))
	id := f.PID()
	for n := range 200 {
		name := []string{"TurnOn", "TurnOff"}[n%2]
		if a := f.say(t, "Alexa.PowerController."+name, "light#kitchen_lights"); a.event() != "Alexa.Response" {
			t.Fatalf("answered %s", a.raw)
		}
	}
	if f.PID() != id {
		t.Errorf("the process is %d, and was %d", f.PID(), id)
	}
	commands := 0
	for _, call := range h.demo.Calls() {
		if call.Name() == "light.turn_on" || call.Name() == "light.turn_off" {
			commands++
		}
	}
	if commands != 200 {
		t.Errorf("the house got %d commands for 200 directives", commands)
	}
}

// TestFrozen: Lambda stops the process between invocations. What happened to its
// connections meanwhile shows in no answer, and no command is sent twice.
func TestFrozen(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no SIGSTOP here")
	}
	house := demohome.New(demohome.Options{Token: ownCanary})
	server := httptest.NewServer(house)
	t.Cleanup(func() {
		server.Close()
		_ = house.Close()
	})
	h := &home{url: server.URL, token: ownCanary, requests: house.Requests, demo: house}
	f := start(t, h, nil, func(c *lambdaapi.Config) { c.Freeze = true })
	for n := range 6 {
		name := []string{"TurnOn", "TurnOff"}[n%2]
		before := len(house.Calls())
		if a := f.say(t, "Alexa.PowerController."+name, "light#porch_light"); a.event() != "Alexa.Response" {
			t.Errorf("after freezing: %s", a.raw)
		}
		if got := len(house.Calls()) - before; got != 1 {
			t.Errorf("the house got %d commands for one directive", got)
		}
		if n >= 2 { // at first it keeps its connection, then it finds it closed
			server.CloseClientConnections()
		}
		time.Sleep(30 * time.Millisecond) // frozen
	}
}

// copied returns a folder with copies of some of the programs.
func copied(t *testing.T, names ...string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "a folder with spaces")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(program(t, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := portstest.WriteProgram(filepath.Join(folder, name), raw); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// TestPlaces: the bootstrap finds the others beside it, wherever it is and from
// wherever it is started.
func TestPlaces(t *testing.T) {
	t.Parallel()
	whole := copied(t, "bootstrap", "engine", "failsafe")
	link := filepath.Join(t.TempDir(), "bootstrap")
	if err := os.Symlink(filepath.Join(whole, "bootstrap"), link); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*lambdaapi.Config){
		"its own folder":  func(c *lambdaapi.Config) { c.Executable = filepath.Join(whole, "bootstrap") },
		"another folder":  func(c *lambdaapi.Config) { c.Executable, c.TaskRoot = filepath.Join(whole, "bootstrap"), t.TempDir() },
		"a symbolic link": func(c *lambdaapi.Config) { c.Executable = link },
	} {
		t.Run(name, func(t *testing.T) {
			f := start(t, newDemo(t, demohome.Options{}), nil, change)
			if a := f.say(t, "Alexa.ReportState", "light#porch_light"); a.event() != "Alexa.StateReport" {
				t.Errorf("answered %s", a.raw)
			}
		})
	}
}

// TestEngineMissing: without an engine that can be started the failsafe takes
// over; without either the function says why.
func TestEngineMissing(t *testing.T) {
	t.Parallel()
	broken := copied(t, "bootstrap", "failsafe")
	if err := portstest.WriteProgram(filepath.Join(broken, "engine"), []byte("no program")); err != nil {
		t.Fatal(err)
	}
	for name, folder := range map[string]string{"missing": copied(t, "bootstrap", "failsafe"), "broken": broken} {
		t.Run(name, func(t *testing.T) {
			f := start(t, newDemo(t, demohome.Options{}), nil, func(c *lambdaapi.Config) { c.Executable = filepath.Join(folder, "bootstrap") })
			f.failsafe = true
			if a := f.say(t, "Alexa.PowerController.TurnOn", "light#porch_light"); a.event() != "Alexa.Response" {
				t.Errorf("answered %s", a.raw)
			}
			f.output.wait(t, "[FAILSAFE] Mode active: the engine does not work here: it cannot be started: ")
		})
	}
	t.Run("both missing", func(t *testing.T) {
		f := start(t, nil, nil, func(c *lambdaapi.Config) { c.Executable = filepath.Join(copied(t, "bootstrap"), "bootstrap") })
		result, err := f.Invoke(t.Context(), []byte(`{"test":"ping"}`))
		if err != nil || result.Error == nil || result.Exit != "exit status 1" {
			t.Errorf("%v, %v, %s", err, result.Error, result.Exit)
		}
		f.output.wait(t, "[BOOTSTRAP] the failsafe cannot be started: ")
	})
}

// TestSettings: what is wrong with the environment is said once, at start, with
// the variable's name and without secrets; the function answers all the same.
func TestSettings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		env  map[string]string
		log  string
		want alexa.ErrorType
	}{
		{"no URL", map[string]string{"HOME_ASSISTANT_TOKEN": ownCanary}, "HOME_ASSISTANT_URL is not set", alexa.BridgeUnreachable},
		{"no scheme", map[string]string{"HOME_ASSISTANT_URL": "home:8123", "HOME_ASSISTANT_TOKEN": ownCanary}, `HOME_ASSISTANT_URL (\"home:8123\") does not begin with https:// or http://`, alexa.BridgeUnreachable},
		{"the token in the URL's place", map[string]string{"HOME_ASSISTANT_URL": ownCanary}, "HOME_ASSISTANT_URL ([secret])", alexa.BridgeUnreachable},
		{"a token in quotes", map[string]string{"HOME_ASSISTANT_URL": nobody, "HOME_ASSISTANT_TOKEN": `"` + ownCanary + `"`}, "HOME_ASSISTANT_TOKEN ([secret]) holds a character that no token holds", alexa.BridgeUnreachable},
		{"no home", map[string]string{"HOME_ASSISTANT_ENABLED": "false"}, "HOME_ASSISTANT_URL", alexa.BridgeUnreachable},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, mode := range []string{"normal", "failsafe"} {
				f := start(t, nil, map[string]string{"LAMBDA_MODE": mode}, func(config *lambdaapi.Config) {
					for name, value := range c.env {
						config.Env[name] = value
					}
				})
				if a := f.say(t, "Alexa.PowerController.TurnOn", "light#porch_light"); a.Event.Payload.Type != c.want {
					t.Errorf("%s: answered %s", mode, a.raw)
				}
				if a := f.say(t, "Alexa.Discovery.Discover", ""); a.event() != "Alexa.Discovery.Discover.Response" || len(a.Event.Payload.Endpoints) != 0 {
					t.Errorf("%s: discovery was answered %s", mode, a.raw)
				}
				if answer := f.invoke(t, []byte(`{"test":"ping"}`)); !bytes.Contains(answer.Payload, []byte("200")) {
					t.Errorf("%s: ping was answered %s", mode, answer.Payload)
				}
				if mode == "normal" {
					f.output.wait(t, c.log)
				}
			}
		})
	}
}

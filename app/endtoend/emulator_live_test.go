//go:build live

package endtoend

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
)

// TestEmulator runs the programs under Amazon's own Runtime Interface Emulator
// (LEE_RIE), one event at a time, against a real Home Assistant.
func TestEmulator(t *testing.T) {
	rie := os.Getenv("LEE_RIE")
	if rie == "" {
		t.Fatal("LEE_RIE is not set: make live sets it")
	}
	for _, mode := range []string{"normal", "failsafe"} {
		t.Run(mode, func(t *testing.T) {
			h := newReal(t)
			send := emulate(t, rie, h, mode)
			if answer := send([]byte(`{"test":"ping"}`)); !bytes.Contains(answer, []byte(`"statusCode":200`)) {
				t.Errorf("ping was answered %s", answer)
			}
			ask := func(d directive) answer {
				message := d.message()
				raw := send(marshal(map[string]any{"directive": message}))
				asked, err := alexa.Parse(marshal(message))
				if err != nil {
					t.Fatal(err)
				}
				alexatest.CheckReply(t, asked, raw)
				a := answer{raw: raw}
				if err := json.Unmarshal(raw, &a); err != nil {
					t.Fatal(err)
				}
				return a
			}
			if found := ask(directive{name: "Alexa.Discovery.Discover"}).Event.Payload.Endpoints; len(found) < 50 {
				t.Errorf("discovery finds %d endpoints", len(found))
			}
			for _, c := range []struct{ name, told, state string }{{"TurnOn", "ON", "on"}, {"TurnOff", "OFF", "off"}, {"TurnOn", "ON", "on"}} {
				a := ask(directive{name: "Alexa.PowerController." + c.name, endpoint: "light#ceiling_lights"})
				if got := a.properties()["Alexa.PowerController.powerState"]; got != c.told {
					t.Errorf("%s was answered %s", c.name, a.raw)
				}
				if got := h.state(t, "light.ceiling_lights").State; got != c.state {
					t.Errorf("after %s the house says %s", c.name, got)
				}
			}
			if a := ask(directive{name: "Alexa.ReportState", endpoint: "light#ceiling_lights"}); a.event() != "Alexa.StateReport" {
				t.Errorf("answered %s", a.raw)
			}
			for _, event := range [][]byte{[]byte(`{}`), []byte(`[]`), []byte(`{"directive":7}`), bytes.Repeat([]byte(" "), lambdaapi.MaxEvent)} {
				if answer := send(event); !json.Valid(answer) || bytes.Contains(answer, []byte("errorMessage")) {
					t.Errorf("%.20q was answered %.300s", event, answer)
				}
			}
		})
	}
}

// emulate starts the emulator with the bootstrap under it and returns what sends
// it an event.
func emulate(t *testing.T, rie string, h *home, mode string) func(event []byte) []byte {
	t.Helper()
	address, runtimeAPI := freeAddress(t), freeAddress(t)
	out := &output{}
	emulator := exec.Command(rie, "--runtime-interface-emulator-address", address, "--runtime-api-address", runtimeAPI, program(t, "bootstrap"))
	emulator.Env = []string{
		"PATH=/usr/bin:/bin", "LAMBDA_MODE=" + mode, "DEBUG_MODE=true", "HOME_ASSISTANT_URL=" + h.url, "HOME_ASSISTANT_TOKEN=" + h.token,
		"AWS_LAMBDA_FUNCTION_TIMEOUT=10", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128", "TMPDIR=" + t.TempDir(), "GORACE=halt_on_error=1",
	}
	emulator.Stdout, emulator.Stderr = out, out
	emulator.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	emulator.WaitDelay = time.Second
	if err := emulator.Start(); err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(func() {
		client.CloseIdleConnections()
		_ = emulator.Process.Signal(syscall.SIGTERM) // which ends the function too
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = emulator.Wait() // it ends with a signal, or has ended
		}()
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			_ = syscall.Kill(-emulator.Process.Pid, syscall.SIGKILL)
			<-ended
		}
		out.check(t, []string{h.token, accountCanary})
	})
	return func(event []byte) []byte {
		t.Helper()
		for patience := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			response, err := client.Post("http://"+address+"/2015-03-31/functions/function/invocations", "application/json", bytes.NewReader(event))
			if err != nil && time.Now().Before(patience) {
				continue // it does not listen yet
			}
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(response.Body)
			_ = response.Body.Close()
			if err != nil || response.StatusCode != http.StatusOK {
				t.Fatalf("HTTP status %d, %v: %s\n%s", response.StatusCode, err, raw, out)
			}
			return raw
		}
	}
}

// freeAddress returns an address where nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

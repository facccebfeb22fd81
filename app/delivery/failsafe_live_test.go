//go:build live

package delivery

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdapackage"
)

// TestBrokenEngineInAmazonsEmulator has the package with an engine that is broken run
// by AWS's Lambda Runtime Interface Emulator. It starts a process that has ended anew for
// the next event, and unlike Lambda not for the one that has met the end.
func TestBrokenEngineInAmazonsEmulator(t *testing.T) {
	emulator := os.Getenv("LEE_RIE")
	if emulator == "" {
		t.Fatal("LEE_RIE is not set: make live sets it")
	}
	house := demohome.New(demohome.Options{})
	server, err := house.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Close()
		_ = house.Close()
	})
	task := t.TempDir()
	if err := lambdapackage.Unpack(packageFor(t, runtime.GOARCH), task); err != nil {
		t.Fatal(err)
	}
	replaceEngine(t, task, nil)
	for how, lost := range map[string]int{"error": 0, "panic": 0, "hang": 0, "memory": 1, "directive": 1} {
		t.Run(how, func(t *testing.T) {
			address := free(t)
			var log log
			c := exec.CommandContext(t.Context(), emulator, "--runtime-interface-emulator-address", address, "--runtime-api-address", free(t), filepath.Join(task, "bootstrap"))
			c.Dir = task
			c.Env = plainly("HOME_ASSISTANT_URL="+server.URL, "HOME_ASSISTANT_TOKEN="+demohome.DefaultToken, "BROKEN="+how, "TMPDIR="+t.TempDir(), "AWS_LAMBDA_FUNCTION_TIMEOUT=10")
			c.Stdout, c.Stderr = &log, &log
			c.WaitDelay = 5 * time.Second
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			defer func() {
				_ = c.Process.Signal(os.Interrupt)
				_ = c.Wait()
			}()
			listening(t, address)
			for n := range 3 {
				answer := post(t, address, `{"directive":{"header":{"namespace":"Alexa.PowerController","name":"TurnOn","payloadVersion":"3","messageId":"1","correlationToken":"2"},
					"endpoint":{"endpointId":"light#porch_light","scope":{"type":"BearerToken","token":"any"}},"payload":{}}}`)
				if answered := bytes.Contains(answer, []byte(`"value":"ON"`)); answered != (n >= lost) {
					t.Errorf("event %d is answered %.300s\n%s", n+1, answer, &log)
				}
			}
			if !strings.Contains(log.String(), "[FAILSAFE] Mode active: the engine does not work here: ") {
				t.Errorf("the failsafe was not taken:\n%s", &log)
			}
		})
	}
}

// post sends the emulator an event and returns the answer.
func post(t *testing.T, address, event string) []byte {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, "http://"+address+"/2015-03-31/functions/function/invocations", strings.NewReader(event))
	if err != nil {
		t.Fatal(err)
	}
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

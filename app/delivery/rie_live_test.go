//go:build live

package delivery

import (
	"bytes"
	"net"
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

// TestInAmazonsEmulator has the package run by AWS's Lambda Runtime Interface
// Emulator, which is not of our making, and be sent events by lee invoke.
func TestInAmazonsEmulator(t *testing.T) {
	emulator := os.Getenv("LEE_RIE")
	if emulator == "" {
		t.Fatal("LEE_RIE is not set: make live sets it")
	}
	task := t.TempDir()
	if err := lambdapackage.Unpack(packageFor(t, runtime.GOARCH), task); err != nil {
		t.Fatal(err)
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
	for _, mode := range modes {
		t.Run(mode, func(t *testing.T) {
			address := free(t)
			var log bytes.Buffer
			c := exec.CommandContext(t.Context(), emulator, "--runtime-interface-emulator-address", address, "--runtime-api-address", free(t), filepath.Join(task, "bootstrap"))
			c.Dir = task
			c.Env = plainly("HOME_ASSISTANT_URL="+server.URL, "HOME_ASSISTANT_TOKEN="+demohome.DefaultToken, "LAMBDA_MODE="+mode, "TMPDIR="+t.TempDir(), "AWS_LAMBDA_FUNCTION_TIMEOUT=10")
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
			for event, want := range map[string]string{
				`{"test":"ping"}`: `"statusCode": 200`,
				`{"directive":{"header":{"namespace":"Alexa.PowerController","name":"TurnOn","payloadVersion":"3","messageId":"1","correlationToken":"2"},
					"endpoint":{"endpointId":"light#kitchen_lights","scope":{"type":"BearerToken","token":"any"}},"payload":{}}}`: `"value": "ON"`,
			} {
				invoke := exec.CommandContext(t.Context(), dist(t, "lee"), "invoke", "-", "--address", address)
				invoke.Stdin = strings.NewReader(event)
				if out, err := invoke.CombinedOutput(); err != nil || !strings.Contains(string(out), want) {
					t.Errorf("%s gives %v: %s", event, err, out)
				}
			}
		})
	}
}

// free returns an address that nobody listened on a moment ago.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// listening waits until somebody listens there.
func listening(t *testing.T, address string) {
	t.Helper()
	for patience := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
			return
		}
		if time.Now().After(patience) {
			t.Fatal(err)
		}
	}
}

package endtoend

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// TestLee runs the scripts in testdata/lee. They find the programs in the path,
// a home that is not the demo house at $HOME_URL with $HOME_TOKEN, nothing at
// $NOWHERE, and the command `light on|off`, which fails unless that home's
// kitchen light is.
func TestLee(t *testing.T) {
	t.Parallel()
	folder := filepath.Dir(program(t, "lee"))
	testscript.Run(t, testscript.Params{
		Dir: "testdata/lee",
		Setup: func(e *testscript.Env) error {
			house := demohome.New(demohome.Options{Token: ownCanary})
			server, err := house.Listen("127.0.0.1:0")
			if err != nil {
				return err
			}
			if err := house.Set("light.kitchen_lights", "off", nil); err != nil {
				return err
			}
			e.Defer(func() {
				_ = server.Close()
				_ = house.Close()
			})
			secure, err := house.ListenTLS("127.0.0.1:0", true)
			if err != nil {
				return err
			}
			e.Defer(func() { _ = secure.Close() })
			for name, pem := range map[string][]byte{"ca.pem": secure.CA, "cert.pem": secure.ClientCert, "key.pem": secure.ClientKey} {
				if err := os.WriteFile(filepath.Join(e.WorkDir, name), pem, 0o600); err != nil {
					return err
				}
			}
			e.Setenv("PATH", folder+string(filepath.ListSeparator)+e.Getenv("PATH"))
			e.Setenv("DIST", folder)
			e.Setenv("GORACE", raceOptions)
			e.Setenv("HOME_URL", server.URL)
			e.Setenv("SECURE_URL", secure.URL)
			e.Setenv("HOME_TOKEN", ownCanary)
			e.Setenv("NOWHERE", nobody)
			e.Values["house"] = house
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"light": func(ts *testscript.TestScript, neg bool, args []string) {
			house, _ := ts.Value("house").(*demohome.House)
			if s, _ := house.State("light.kitchen_lights"); neg || len(args) != 1 || s.State != args[0] {
				ts.Fatalf("the kitchen light is %s", s.State)
			}
		}},
	})
}

// TestServe: with --serve it stays up, takes events at its address from any
// Lambda client, and ends well with Ctrl-C.
func TestServe(t *testing.T) {
	t.Parallel()
	out := &output{}
	serve := exec.Command(program(t, "lee"), "run", "--serve", "--address", "127.0.0.1:0")
	serve.Env = []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + t.TempDir(), "GORACE=" + raceOptions}
	serve.Stdout, serve.Stderr = out, out
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- serve.Wait() }()
	defer func() { _ = serve.Process.Kill() }()

	line := out.wait(t, "Serving")
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+/2015-03-31/functions/function/invocations`).FindString(line)
	if url == "" {
		t.Fatalf("no invoke address in %q", line)
	}
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	response, err := client.Post(url, "application/json", strings.NewReader(`{"test":"ping"}`))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil || string(answer) != `{"statusCode":200,"body":"pong"}` {
		t.Errorf("answered %s, %v", answer, err)
	}

	address := strings.Split(url, "/")[2]
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	invoke := exec.CommandContext(ctx, program(t, "lee"), "invoke", "-", "--address", address)
	invoke.Stdin = bytes.NewReader(marshal(map[string]any{"directive": directive{name: "Alexa.ReportState", endpoint: "light#kitchen_lights"}.message()}))
	if said, err := invoke.CombinedOutput(); err != nil || !strings.Contains(string(said), `"StateReport"`) {
		t.Errorf("lee invoke --address: %v\n%s", err, said)
	}

	if err := serve.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ended with %v:\n%s", err, out)
		}
	case <-time.After(patience):
		t.Errorf("it does not end:\n%s", out)
	}
}

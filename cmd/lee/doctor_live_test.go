//go:build live

package main

import (
	"bytes"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

// liveHome is what leads to the real Home Assistant.
func liveHome() map[string]string {
	return map[string]string{"HOME_ASSISTANT_URL": os.Getenv("HOME_ASSISTANT_URL"), "HOME_ASSISTANT_TOKEN": os.Getenv("HOME_ASSISTANT_TOKEN")}
}

// TestDoctorLive looks at a real Home Assistant, with its token and with none of
// its tokens.
func TestDoctorLive(t *testing.T) {
	env := liveHome()
	out, code := visit(t, env)
	for _, want := range []string{"  ✓ Home Assistant answers at ", "  ✓ It is Home Assistant 20", "  ✓ She gets ", "  ✓ 10 answers took ", "\nVerdict  all is well\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if code != 0 {
		t.Errorf("it ended with %d", code)
	}
	token := env["HOME_ASSISTANT_TOKEN"]
	env["HOME_ASSISTANT_TOKEN"] = token[:len(token)-4] + "AAAA"
	if out, code := visit(t, env); code != 2 || !strings.Contains(out, "  ✗ Home Assistant does not accept the token.\n") || strings.Contains(out, token[:20]) {
		t.Errorf("with another token it ended with %d:\n%s", code, out)
	}
}

// askFunction starts LEE as Lambda runs it, and has lee doctor ask it.
func askFunction(t *testing.T, env map[string]string) (out string, code int) {
	t.Helper()
	var log bytes.Buffer
	f, err := lambdaapi.Start(lambdaapi.Config{
		Executable: filepath.Join(os.Getenv("LEE_DIST"), "bootstrap"), Env: env, Region: "eu-west-1",
		Address: "127.0.0.1:0", Output: &log, Timeout: 10 * time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if _ = f.Close(); t.Failed() {
			t.Logf("the function printed\n%s", &log)
		}
	}()
	address, err := url.Parse(f.InvokeURL())
	if err != nil {
		t.Fatal(err)
	}
	out, code = visit(t, map[string]string{
		"AWS_ENDPOINT_URL_LAMBDA": "http://" + address.Host, "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret-key",
	}, "--function", "function", "--region", "eu-west-1")
	if strings.Contains(out, env["HOME_ASSISTANT_TOKEN"]) {
		t.Errorf("the token is in\n%s", out)
	}
	return out, code
}

// TestDoctorLiveFunction has the real engine look at a real Home Assistant, and the
// real failsafe answer in its place.
func TestDoctorLiveFunction(t *testing.T) {
	env := liveHome() // visit changes the environment
	out, code := askFunction(t, env)
	for _, want := range []string{
		"From     the function\n", " answered, ", "  ✓ Home Assistant answers at ", "  ✓ It is Home Assistant 20", "  ✓ She gets ",
		"  ✓ The function is in eu-west-1, where Alexa calls from.\n", "\nVerdict  all is well\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if code != 0 {
		t.Errorf("it ended with %d", code)
	}
	env["LAMBDA_MODE"] = "failsafe"
	if out, code := askFunction(t, env); code != 1 || !strings.Contains(out, "  ! The failsafe answers instead of LEE: LAMBDA_MODE is failsafe.\n") {
		t.Errorf("in failsafe mode it ended with %d:\n%s", code, out)
	}
}

// TestDoctorLiveSilence: a function whose home says nothing has time to tell.
func TestDoctorLiveSilence(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0") // nobody accepts, and the system does
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	for scheme, want := range map[string]string{"http": "  ✗ The connection stands, and no answer comes.\n", "https": "  ✗ The server takes connections on port "} {
		out, code := askFunction(t, map[string]string{"HOME_ASSISTANT_URL": scheme + "://" + silent.Addr().String(), "HOME_ASSISTANT_TOKEN": "canary.canary.canary"})
		if code != 2 || !strings.Contains(out, " answered, ") || !strings.Contains(out, want) {
			t.Errorf("it ended with %d:\n%s", code, out)
		}
	}
}

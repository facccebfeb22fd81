//go:build live

package delivery

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdapackage"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// emulation is a package that Amazon's emulator runs, with a demo house behind it.
type emulation struct{ emulator, task, house string }

// newEmulation unpacks the package for this machine and starts the house.
func newEmulation(t *testing.T) emulation {
	t.Helper()
	e := emulation{emulator: os.Getenv("LEE_RIE"), task: t.TempDir()}
	if e.emulator == "" {
		t.Fatal("LEE_RIE is not set: make live sets it")
	}
	file := packageFor(t, runtime.GOARCH)
	if err := portstest.Alone(func() error { return lambdapackage.Unpack(file, e.task) }); err != nil {
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
	e.house = server.URL
	return e
}

// start starts the emulator with a variable more, until the test ends. It returns where
// events are taken, and what the function logs.
func (e emulation) start(t *testing.T, variable string) (address string, logged *log) {
	t.Helper()
	address, logged = free(t), &log{}
	// The test's context ends before what the test cleans up, and would leave the function behind.
	c := exec.CommandContext(context.WithoutCancel(t.Context()), e.emulator, "--runtime-interface-emulator-address", address, "--runtime-api-address", free(t), filepath.Join(e.task, "bootstrap"))
	c.Dir = e.task
	c.Env = plainly("HOME_ASSISTANT_URL="+e.house, "HOME_ASSISTANT_TOKEN="+demohome.DefaultToken, variable, "TMPDIR="+t.TempDir(), "AWS_LAMBDA_FUNCTION_TIMEOUT=10")
	c.Stdout, c.Stderr = logged, logged
	c.WaitDelay = 5 * time.Second
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(os.Interrupt)
		_ = c.Wait()
	})
	listening(t, address)
	return address, logged
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

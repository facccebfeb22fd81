package delivery

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// breakage is put into the engine to break it on purpose: a file for each package
// that it is put into, and what of the package's own is changed to call it. How it
// breaks is said by its environment.
var breakage = map[string]struct{ added, file, instead, is string }{
	"app/wiring": {file: "wiring.go", instead: "\t\tnewClock,\n", is: "\t\tbrokenClock,\n", added: `package wiring

import (
	"errors"
	"os"
	"syscall"
	"time"

	"github.com/lambda-execution-engine/lee/ports"
)

func brokenClock() (ports.Clock, error) {
	switch os.Getenv("BROKEN") {
	case "error":
		return nil, errors.New("there is no clock")
	case "panic":
		panic("the clock has stopped")
	case "memory":
		_ = syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: 2 << 30, Max: 2 << 30}) // where the kernel does not end it before
		for kept := [][]byte(nil); ; {
			kept = append(kept, make([]byte, 16<<20))
			for i := 0; i < 16<<20; i += 4096 {
				kept[len(kept)-1][i] = 1
			}
		}
	case "hang":
		time.Sleep(time.Hour)
	}
	return newClock(), nil
}
`},
	"cmd/engine": {file: "main.go", instead: "Handler: start(t),", is: "Handler: brokenHandler{start(t)},", added: `package main

import (
	"bytes"
	"context"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

var _ = func() int {
	if os.Getenv("BROKEN") == "hang before main" {
		time.Sleep(time.Hour)
	}
	return 0
}()

type brokenHandler struct{ lambda.Handler }

func (h brokenHandler) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	if bytes.Contains(event, []byte("directive")) {
		switch os.Getenv("BROKEN") {
		case "directive":
			go func() { panic("a part that nobody guards") }()
			<-ctx.Done()
		case "directive that hangs":
			time.Sleep(time.Hour)
		}
	}
	return h.Handler.Invoke(ctx, event)
}
`},
}

// brokenEngine returns an engine that breaks when its environment says so.
var brokenEngine = sync.OnceValues(func() (string, error) {
	whole, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	put := func(place, content string) error {
		file := filepath.Join(built, "overlay", strings.ReplaceAll(place, "/", "_"))
		overlay.Replace[filepath.Join(whole, filepath.FromSlash(place))] = file
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			return err
		}
		return os.WriteFile(file, []byte(content), 0o600)
	}
	for folder, b := range breakage {
		source, err := os.ReadFile(filepath.Join(whole, filepath.FromSlash(folder), b.file))
		if err == nil && strings.Count(string(source), b.instead) != 1 {
			err = &os.PathError{Op: "break", Path: folder + "/" + b.file, Err: os.ErrNotExist}
		}
		if err == nil {
			err = put(folder+"/"+b.file, strings.Replace(string(source), b.instead, b.is, 1))
		}
		if err == nil {
			err = put(folder+"/broken.go", b.added)
		}
		if err != nil {
			return "", err
		}
	}
	raw, err := json.Marshal(overlay)
	if err != nil {
		return "", err
	}
	list, engine := filepath.Join(built, "overlay", "overlay.json"), filepath.Join(built, "overlay", "engine")
	if err := os.WriteFile(list, raw, 0o600); err != nil {
		return "", err
	}
	build := exec.Command("go", "build", "-overlay", list, "-trimpath", "-buildvcs=false", "-tags", "lambda.norpc,nethttpomithttp2", "-ldflags", "-s -w -buildid=", "-o", engine, "./cmd/engine")
	build.Dir = whole
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+runtime.GOARCH)
	if out, err := build.CombinedOutput(); err != nil {
		return "", &os.PathError{Op: "build", Path: string(out), Err: err}
	}
	return engine, nil
})

// replaceEngine puts another engine into an unpacked package: one that breaks by its
// environment, or one that is no engine.
func replaceEngine(t *testing.T, task string, change func(engine []byte) []byte) {
	t.Helper()
	path := filepath.Join(task, "engine")
	source := path
	if change == nil {
		var err error
		if source, err = brokenEngine(); err != nil {
			t.Fatal(err)
		}
		change = func(engine []byte) []byte { return engine }
	}
	raw, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	raw = change(raw)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if raw == nil {
		return
	}
	if err := portstest.WriteProgram(path, raw); err != nil {
		t.Fatal(err)
	}
}

package alexatest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// beside is where Amazon's schema lies, seen from the module's root, unless the
// environment says otherwise.
const beside = "../shared/alexa_smart_home_message_schema.json"

// loaded reads and compiles Amazon's schema, once for the test binary: it takes
// some 50 ms. The schema is nil when there is none and none is required.
var loaded = sync.OnceValues(func() (*schema, error) {
	path, err := locate(os.Getenv)
	if err != nil {
		return without(err, os.Getenv, os.Stderr)
	}
	return load(path)
})

// without decides what becomes of the tests when locate has failed: it says so
// loudly and lets them go on, or returns an error where the schema is required.
func without(err error, getenv func(string) string, loudly io.Writer) (*schema, error) {
	if !errors.Is(err, errNoSchema) || getenv("CI") == "true" || getenv("LEE_REQUIRE_SCHEMA") == "1" {
		return nil, err
	}
	_, err = fmt.Fprintf(loudly, "alexatest: running without Amazon's schema: %v\n", err)
	return nil, err
}

// amazon returns Amazon's schema, nil when the tests have to do without. It ends
// the test when that is not allowed or the schema is broken.
func amazon(tb testing.TB) *schema {
	tb.Helper()
	s, err := loaded()
	if err != nil {
		tb.Fatalf("Amazon's schema is required here: %v", err)
	}
	return s
}

var errNoSchema = errors.New("there is no such file")

// locate returns the schema's path. The error is errNoSchema when the
// environment names none and none lies beside the module; a path that the
// environment names and that is wrong is an error of its own.
func locate(getenv func(string) string) (string, error) {
	if path := getenv("ALEXA_SCHEMA"); path != "" {
		if _, err := os.Stat(path); err != nil {
			return "", fmt.Errorf("ALEXA_SCHEMA: %w", err)
		}
		return path, nil
	}
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	path := filepath.Join(root, beside)
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("%w: %s, and ALEXA_SCHEMA is not set", errNoSchema, path)
	}
	return path, nil
}

// moduleRoot returns the folder of go.mod: tests run in their package's folder,
// which is somewhere below it.
func moduleRoot() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("the test runs outside of a module")
		}
		folder = parent
	}
}

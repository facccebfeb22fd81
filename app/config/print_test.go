package config

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// TestPrint has what `lee config` prints, as a file that people can read.
func TestPrint(t *testing.T) {
	f := start(t, variables{
		"HOME_ASSISTANT_URL": here, "HA_TIMEOUT": "2.5", "CONFIGURATION_TIER": "huge",
		"HOME_ASSISTANT_HEADERS":            "file:headers.txt",
		"file headers.txt":                  "CF-Access-Client-Id: canary\nCF-Access-Client-Secret: canary\n",
		"HOME_ASSISTANT_CLIENT_KEY":         "/var/task/key.pem",
		"OPERATOR_SECRET":                   "canary",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE":   "256",
		"HOME_ASSISTANT_CLIENT_CERT":        " ",
		"HOME_ASSISTANT_CLIENT_CERT_KEY":    "",
		"HOME_ASSISTANT_SOMETHING_NOT_OURS": "x",
	})
	f.put("homeassistant/token", "canary-token")
	f.put("homeassistant/assistant_name", "Jarvis")
	f.put("homeassistant/colour", "blue")
	f.store.Put(ports.Parameter{Name: "/p/homeassistant/features", Type: ports.ParameterString})
	f.url()
	f.put("homeassistant/locale", "xx")
	_, _ = f.Reload(t.Context())

	var b strings.Builder
	if err := Print(&b, f.Report()); err != nil {
		t.Fatal(err)
	}
	golden := "testdata/print.txt"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("it prints (UPDATE=1 writes it)\n%s\nwant\n%s", b.String(), want)
	}
}

// full is a writer that takes n more bytes.
type full struct{ n int }

func (f *full) Write(b []byte) (int, error) {
	if f.n -= len(b); f.n < 0 {
		return 0, errors.New("full")
	}
	return len(b), nil
}

func TestPrintFails(t *testing.T) {
	r := Report{Settings: []setting.Entry{{Variable: "A", Note: "n"}}}
	for n := range 20 {
		if err := Print(&full{n}, r); err == nil {
			t.Errorf("no error of a writer that takes %d bytes", n)
		}
	}
}

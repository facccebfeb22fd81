package config

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// canary is what must not show. It is written so that each kind of secret takes
// it.
const canary = "canary0123456789abcdef"

// exposures are values that are secret, or that people put into the wrong place.
func exposures() []string {
	return []string{
		canary,
		"'" + canary + "'",
		"Bearer " + canary,
		"X-Secret: " + canary,
		canary + ": value",
		"lock.front_door=" + canary,
		canary + "=lock.front_door",
		`{"X-Secret": "` + canary + `"}`,
		`{"X-Secret": "` + canary,
		"https://home.example.org?token=" + canary,
		"https://me:" + canary + "@home.example.org",
		"-----BEGIN PRIVATE KEY-----\n" + canary + "\n-----END PRIVATE KEY-----\n",
		"-----BEGIN CERTIFICATE-----\n" + canary + "\n-----END CERTIFICATE-----\n",
	}
}

// TestCanary puts secrets into every variable, rightly and wrongly, and looks for
// them in all that can be printed.
func TestCanary(t *testing.T) {
	for _, v := range Variables() {
		for _, value := range exposures() {
			if !v.Secret && v.Set(new(Settings), value) == nil {
				continue // it is not a secret then
			}
			for name, given := range map[string]variables{
				"alone":             {v.Name: value},
				"token beside it":   {v.Name: value, "HOME_ASSISTANT_TOKEN": canary},
				"secret beside it":  {v.Name: value, "OPERATOR_SECRET": canary},
				"headers beside it": {v.Name: value, "HOME_ASSISTANT_HEADERS": "X-Secret: " + canary},
			} {
				lookFor(t, v.Name+" "+name, value, read(setting.Sources{Environment: given.environment()}))
			}
			if v.Path != "" {
				parameters := map[string]setting.Parameter{v.Path: {Value: secret.New(value)}}
				lookFor(t, v.Name+" from the store", value, read(setting.Sources{Environment: variables{"USE_PARAMETER_STORE": "true"}.environment(), Parameters: parameters, Store: setting.StoreRead}))
			}
		}
	}
}

// lookFor looks for the canary in all that a reading prints. Headers' names are
// not secret.
func lookFor(t *testing.T, where, value string, r reading) {
	t.Helper()
	if strings.HasPrefix(value, canary+":") && strings.Contains(where, "HOME_ASSISTANT_HEADERS") {
		return
	}
	var printed strings.Builder
	if err := Print(&printed, Report{Settings: r.Entries, Mistakes: r.Mistakes}); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		fmt.Sprintf("%v %+v %#v", r.settings, r.settings, r.settings), inJSON(t, r.settings),
		r.Mistakes.Error(), fmt.Sprintf("%+v %#v", r.Mistakes, r.Mistakes), inJSON(t, r.Mistakes),
		inJSON(t, r.Entries), printed.String(),
	} {
		if strings.Contains(strings.ToLower(text), canary) {
			t.Errorf("%s=%q shows: %s", where, value, text)
		}
	}
}

// TestTokenInTwoPlaces has a token that does not look like one in other variables
// too, where it is shown otherwise.
func TestTokenInTwoPlaces(t *testing.T) {
	const plain = "nothing.but.letters"
	for _, secretly := range []variables{
		{"HOME_ASSISTANT_TOKEN": plain},
		{"OPERATOR_SECRET": plain},
		{"HOME_ASSISTANT_HEADERS": "X-Secret: " + plain},
	} {
		for _, name := range []string{"HOME_ASSISTANT_URL", "HA_ASSISTANT_NAME", "LOG_LEVEL", "HA_FEATURES"} {
			secretly[name] = plain
		}
		r := read(setting.Sources{Environment: secretly.environment()})
		if text := r.Mistakes.Error() + inJSON(t, r.Entries); strings.Contains(text, plain) || len(r.Mistakes) != 3 {
			t.Errorf("it shows: %s", text)
		}
	}
}

func inJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestCanaryLive has secrets come and go in the Parameter Store, rightly and
// wrongly, and looks for them in the log, the errors and the report.
func TestCanaryLive(t *testing.T) {
	store := &portstest.ParameterStore{}
	var log strings.Builder
	core := zapcore.NewCore(zapcore.NewJSONEncoder(zap.NewDevelopmentEncoderConfig()), zapcore.AddSync(&log), zap.DebugLevel)
	l := NewLive(Options{
		Environment: variables{"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/p"}.environment(),
		Parameters:  store, Clock: portstest.NewClock(), Log: zap.New(core),
	})
	look := func(err error) {
		t.Helper()
		var printed strings.Builder
		report := l.Report()
		if err := Print(&printed, report); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{log.String(), fmt.Sprintf("%v %+v %#v", err, err, err), inJSON(t, report), printed.String(), fmt.Sprintf("%+v", l.Current())} {
			if strings.Contains(strings.ToLower(text), canary) {
				t.Errorf("it shows: %s", text)
			}
		}
		log.Reset()
	}
	_, err := l.Settings(t.Context())
	look(err)
	for _, v := range Variables() {
		for i, value := range exposures() {
			if v.Path == "" || !v.Secret && v.Set(new(Settings), value) == nil || i == 4 && v.Path == "homeassistant/headers" {
				continue
			}
			store.Put(ports.Parameter{Name: "/p/" + v.Path, Value: secret.New(value), Type: ports.ParameterType(i % 3)})
			_, err := l.Reload(t.Context())
			look(err)
		}
		_, err := l.Rollback(t.Context(), 0)
		look(err)
		store.Delete("/p/" + v.Path)
	}
}

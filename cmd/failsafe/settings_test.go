package main

import (
	"fmt"
	"io"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestSettingsAlike has the failsafe and the engine read the same texts of the environment
// and of the Parameter Store, right and wrong ones, alone and in pairs. Both must have the
// same settings then, and say the same of the mistakes.
func TestSettingsAlike(t *testing.T) {
	texts := []string{
		"", " ", "true", "off", "no", "maybe", "0", "2.5", "1e3", "900", "901", "basic", "core, alexa", "alexa;scripts", "minimal", "de-de", "en_GB", "xx",
		"https://home.example/base/", "http://home:8123", "https://me:pw@home", "ftp://home", "home", "https://home/?x", "https://h#",
		"abc.def-_~+/=", "Bearer abc", "a b", "light, -light.attic", "!light", "none", "all", "area:Kitchen", "area", "area, all",
		"light.kitchen: name=Stove", "lock.front=1234", "alarm_control_panel.home=1,lock.front=2", `{"lock.front":"1"}`, `{"lock.front":1}`, "light.a=1",
		"X-A: b", "X-A: b\nX-A: c", `{"X-A": "b"}`, "Authorization: x", "X-A", "-----BEGIN CERTIFICATE----- AAAA -----END CERTIFICATE-----",
		"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "/does/not/exist", "file:nothing", "./here",
	}
	for _, v := range setting.HomeTable().Variables {
		if v.Path == "" { // what says where the store is cannot be in it
			continue
		}
		for _, name := range append([]string{v.Name}, v.Aliases...) {
			for _, text := range texts {
				for _, more := range []map[string]string{nil, {"HOME_ASSISTANT_URL": "http://home"}, {v.Name: "true"}} {
					env := map[string]string{}
					for n, value := range more {
						env[n] = value
					}
					env[name] = text
					alike(t, env, nil)
				}
			}
		}
	}
	for _, text := range texts {
		stored := map[string]string{}
		for _, v := range setting.HomeTable().Variables {
			if v.Path != "" {
				stored[v.Path] = text
			}
		}
		for _, kind := range []ports.ParameterType{ports.ParameterString, ports.ParameterStringList, ports.ParameterSecureString} {
			alike(t, map[string]string{"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/home"}, stored, kind)
		}
	}
}

// alike compares what the failsafe and the engine read.
func alike(t *testing.T, env, stored map[string]string, kind ...ports.ParameterType) {
	t.Helper()
	theirs, ours := &portstest.ParameterStore{}, &awsStore{T: t}
	for path, value := range stored {
		p := ports.Parameter{Name: "/home/" + path, Value: secret.New(value), Type: kind[0]}
		theirs.Put(p)
		ours.parameters = append(ours.parameters, parameter{p.Name, p.Type.String(), value})
	}
	if stored != nil {
		server := httptest.NewServer(ours)
		defer server.Close()
		for name, value := range map[string]string{
			"AWS_ENDPOINT_URL_SSM": server.URL, "AWS_REGION": "eu-west-1",
			"AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secretKey, "AWS_SESSION_TOKEN": awsSession,
		} {
			env[name] = value
		}
	}
	s := newFunction(func(name string) string { return env[name] }, "a test", time.Now(), io.Discard).service(t.Context())
	live := config.NewLive(config.Options{Parameters: theirs, Environment: setting.Environment{
		Lookup: func(name string) (string, bool) { value, ok := env[name]; return value, ok },
		Open:   config.Open,
	}})
	want, err := live.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(s.settings, want.Home) {
		t.Errorf("with %q and %q stored the failsafe reads\n%+v, and the engine\n%+v", env, stored, s.settings, want.Home)
	}
	mistakes := strings.ReplaceAll(strings.Join(live.Report().Mistakes.Texts(), " "), "\n", " ")
	if got := s.mistaken; got == nil && mistakes != "" || got != nil && got.Error() != mistakes {
		t.Errorf("with %q and %q stored the failsafe says\n%v, and the engine\n%s", env, stored, got, mistakes)
	}
	if got, wanted := fmt.Sprint(s.broken), fmt.Sprint(want.NoSmartHome(live.Mistaken)); got != wanted {
		t.Errorf("with %q and %q stored the failsafe has %s, and the engine %s", env, stored, got, wanted)
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/checkup"
)

// visit runs lee doctor and returns what it prints and what it ends with.
func visit(t *testing.T, env map[string]string, args ...string) (out string, code int) {
	t.Helper()
	names := []string{"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_LAMBDA", "AWS_ENDPOINT_URL_SSM"}
	for _, variable := range config.Variables() {
		names = append(names, variable.Name)
	}
	for _, name := range names {
		t.Setenv(name, env[name])
	}
	var printed bytes.Buffer
	c := root()
	c.SetArgs(append([]string{"doctor"}, args...))
	c.SetOut(&printed)
	c.SetErr(&printed)
	if err := c.ExecuteContext(t.Context()); err != nil {
		var untold bool
		if code, untold = exitCode(err); untold {
			printed.WriteString("lee: " + err.Error())
		}
	}
	for _, secret := range []string{demohome.DefaultToken, "secret-key"} {
		if strings.Contains(printed.String(), secret) {
			t.Errorf("a secret is in\n%s", &printed)
		}
	}
	return printed.String(), code
}

// demo is a house that is looked at as one of one's own.
func demo(t *testing.T) map[string]string {
	t.Helper()
	house := demohome.New(demohome.Options{})
	server, err := house.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(); _ = house.Close() })
	return map[string]string{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken}
}

func TestDoctor(t *testing.T) {
	env := demo(t)
	with := func(pairs ...string) map[string]string {
		more := maps.Clone(env)
		for pair := range slices.Chunk(pairs, 2) {
			more[pair[0]] = pair[1]
		}
		return more
	}
	for title, c := range map[string]struct {
		env  map[string]string
		args []string
		code int
		has  []string
	}{
		// The demo house's token is no JSON Web Token.
		"well":           {env, nil, 1, []string{"From     this machine\n", "  ✓ Home Assistant answers at http://127.0.0.1:", "  ✓ She gets ", "\nVerdict  1 warning\n"}},
		"a wrong token":  {with("HOME_ASSISTANT_TOKEN", "wrong.wrong.wrong"), nil, 2, []string{"  ✗ Home Assistant does not accept the token.\n    → It was deleted,", "\nVerdict  1 error, 1 warning\n"}},
		"nothing":        {nil, nil, 2, []string{"Home     not known\n", "\nSettings\n  ✗ LEE does not know where Home Assistant is: HOME_ASSISTANT_URL is not set.\n"}},
		"no entities":    {with("HA_EXPOSE", "none"), nil, 2, []string{"  ✗ She gets no device of "}},
		"an idle rule":   {with("HA_EXPOSE", "light, ligth.*"), nil, 1, []string{"  ! HA_EXPOSE has rules about no entity of this home: ligth.*.\n"}},
		"starting":       {starting(t), nil, 1, []string{"  ! Home Assistant is still starting, and does not know all of its devices yet.\n    → Try again in half a minute."}},
		"another region": {with("HA_LOCALE", "de-DE", "USE_PARAMETER_STORE", "false"), []string{"--region", "us-east-1"}, 1, []string{"HA_LOCALE is de-DE, for which Alexa calls a function in eu-west-1"}},
	} {
		t.Run(title, func(t *testing.T) {
			out, code := visit(t, c.env, c.args...)
			if code != c.code {
				t.Errorf("it ended with %d", code)
			}
			for _, want := range c.has {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not in\n%s", want, out)
				}
			}
			for line := range strings.Lines(out) {
				if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > 80 {
					t.Errorf("too long: %s", line)
				}
			}
		})
	}
}

// TestDoctorOfTheParameterStore: a home that is in the Parameter Store is found there when a
// flag says where that is. Without the flag lee says which flag that is.
func TestDoctorOfTheParameterStore(t *testing.T) {
	house := demo(t)
	url := keptParameter{here + "homeassistant/url", house["HOME_ASSISTANT_URL"], "String"}
	token := keptParameter{here + "homeassistant/token", house["HOME_ASSISTANT_TOKEN"], "SecureString"}
	for name, c := range map[string]struct {
		kept []keptParameter
		use  string // USE_PARAMETER_STORE
		args []string
		code int
		has  string
	}{
		"no region":        {[]keptParameter{url, token}, "", nil, 2, "HOME_ASSISTANT_URL is not set.\n    → If the URL is in the Parameter Store, name the region of your function:\n      `lee doctor --region eu-west-1` reads it there."},
		"a region":         {[]keptParameter{url, token}, "", []string{"--region", "eu-west-1"}, 1, "  ✓ Home Assistant answers at " + url.Value},
		"a variable":       {[]keptParameter{url, token}, "true", nil, 1, "  ✓ Home Assistant answers at " + url.Value},
		"a region, and no": {[]keptParameter{url, token}, "false", []string{"--region", "eu-west-1"}, 2, "HOME_ASSISTANT_URL is not set."},
		"no URL in there":  {[]keptParameter{token}, "", []string{"--region", "eu-west-1"}, 2, "HOME_ASSISTANT_URL is not set,\n    and it is not in the Parameter Store.\n    → `lee parameters set HOME_ASSISTANT_URL` keeps it there."},
		"nothing in there": {nil, "", []string{"--region", "eu-west-1"}, 2, "  ✗ The Parameter Store has nothing for LEE below /lambda-execution-engine.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			newParameterStore(t, c.kept...)
			env := map[string]string{"USE_PARAMETER_STORE": c.use}
			for _, variable := range []string{"AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
				env[variable] = os.Getenv(variable)
			}
			if out, code := visit(t, env, c.args...); code != c.code || !strings.Contains(out, c.has) {
				t.Errorf("it ended with %d:\n%s", code, out)
			}
		})
	}
}

func TestDoctorJSON(t *testing.T) {
	out, code := visit(t, demo(t), "--json")
	var r checkup.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != 1 || r.Verdict != checkup.Warning || r.From != checkup.Here {
		t.Fatalf("%v, %d, %s", err, code, out)
	}
	for _, id := range []string{"settings.token.odd", "home.answer", "alexa.devices", "speed.budget"} {
		if !slices.ContainsFunc(r.Findings, func(f checkup.Finding) bool { return f.ID == id && f.Sentence != "" }) {
			t.Errorf("%s is not in %s", id, out)
		}
	}
}

// TestDoctorOfAFunction has a function be asked by way of what stands in for AWS.
func TestDoctorOfAFunction(t *testing.T) {
	seen, err := json.Marshal(checkup.Facts{From: checkup.Function, Settings: checkup.Settings{URL: "https://home.example.org", Given: 2}, Way: &checkup.Way{
		Host: "home.example.org", Port: "443", Secure: true, Chosen: -1, Addresses: []checkup.Address{{Text: "2001:db8::7", V6: true, Trouble: checkup.NoRoute}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for title, c := range map[string]struct {
		status int
		failed string
		answer string
		code   int
		has    string
	}{
		"a home without IPv4": {200, "", string(seen), 2, "  ✗ home.example.org has no IPv4 address, and the function has no IPv6.\n"},
		"no such function":    {404, "", `{"Message":"Function not found: lee"}`, 2, "  ✗ There is no function lee in eu-west-1.\n"},
		"not yours":           {403, "", `{"Message":"User is not authorized"}`, 2, "  ✗ AWS does not let you invoke lee: User is not authorized.\n"},
		"throttled":           {429, "", `{"message":"Rate Exceeded."}`, 2, "or cannot run the function: Rate\n    Exceeded.\n"},
		"crashed":             {200, "Unhandled", `{"errorMessage":"Runtime exited with error: exit status 1"}`, 2, "  ✗ lee failed when it was asked: Runtime exited with error: exit status 1.\n"},
		"failsafe":            {200, "", `{"error":{"kind":"invalid","message":"In failsafe mode LEE knows directives and {\"test\":\"ping\"}."}}`, 1, "  ! The failsafe answers instead of LEE: LAMBDA_MODE is failsafe.\n"},
		"an old one":          {200, "", `{"error":{"kind":"invalid","message":"LEE has no operation \"doctor\"; it knows config."}}`, 2, "  ✗ What is deployed as lee does not know how to check itself up.\n"},
		"another function":    {200, "", `"Hello from Lambda!"`, 2, "  ✗ What is deployed as lee does not know how to check itself up.\n"},
	} {
		t.Run(title, func(t *testing.T) {
			aws := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				if title == "failsafe" && string(body) == `{"operation":"health"}` {
					_, _ = io.WriteString(w, `{"status":"degraded","components":[{"name":"failsafe","status":"impaired","detail":"The failsafe answers: LAMBDA_MODE is failsafe."},{"name":"home","status":"up"}]}`)
					return
				}
				if string(body) != `{"operation":"doctor"}` || r.URL.Path != "/2015-03-31/functions/lee/invocations" {
					t.Errorf("%s %s", r.URL, body)
				}
				if c.failed != "" {
					w.Header().Set("X-Amz-Function-Error", c.failed)
				}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.answer)
			}))
			defer aws.Close()
			env := map[string]string{"AWS_ENDPOINT_URL_LAMBDA": aws.URL, "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret-key"}
			out, code := visit(t, env, "--function", "lee", "--region", "eu-west-1")
			if code != c.code || !strings.Contains(out, c.has) || !strings.HasPrefix(out, "From     the function\n") {
				t.Errorf("it ended with %d:\n%s", code, out)
			}
		})
	}
}

// TestDoctorOfAFunctionUnasked: no region, and nobody to ask for one.
func TestDoctorOfAFunctionUnasked(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if out, code := visit(t, nil, "--function", "lee"); code != 2 || !strings.Contains(out, "  ✗ The function cannot be asked from here: no region of AWS is named:") {
		t.Errorf("it ended with %d:\n%s", code, out)
	}
}

// TestExitCode: what a check-up found is told already, other errors are not.
func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		err    error
		code   int
		untold bool
	}{{exit(2), 2, false}, {errors.New("odd"), 1, true}} {
		if code, untold := exitCode(c.err); code != c.code || untold != c.untold {
			t.Errorf("%v: %d, %t", c.err, code, untold)
		}
	}
}

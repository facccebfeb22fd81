package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// parameterStore is a Parameter Store in memory, as far as lee asks for it.
type parameterStore struct {
	kept map[string]keptParameter
	// scope is what the last request was signed for: the key's id, the day, the
	// region.
	scope []string
}

type keptParameter struct{ Name, Value, Type string }

// newParameterStore leads lee to a Parameter Store that has some parameters.
func newParameterStore(t *testing.T, kept ...keptParameter) *parameterStore {
	t.Helper()
	s := &parameterStore{kept: map[string]keptParameter{}}
	for _, p := range kept {
		s.kept[p.Name] = p
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	for _, name := range []string{"AWS_DEFAULT_REGION", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ENDPOINT_URL_SSM"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_ENDPOINT_URL", server.URL)
	t.Setenv("AWS_REGION", "eu-west-1")
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "any")
	return s
}

func (s *parameterStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, scope, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	s.scope = strings.Split(scope, "/")
	var in struct{ Name, Value, Type, Path string }
	_ = json.NewDecoder(r.Body).Decode(&in)
	answer := map[string]any{}
	switch r.Header.Get("X-Amz-Target") {
	case "AmazonSSM.PutParameter":
		s.kept[in.Name] = keptParameter{in.Name, in.Value, in.Type}
	case "AmazonSSM.GetParametersByPath":
		list := []keptParameter{}
		for _, p := range s.kept {
			if strings.HasPrefix(p.Name, in.Path+"/") {
				list = append(list, p)
			}
		}
		answer["Parameters"] = list
	default:
		w.WriteHeader(http.StatusBadRequest)
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	_ = json.NewEncoder(w).Encode(answer)
}

// command puts a command of a name on the path that does what the script says. Its
// arguments are written to the file that is returned, one a line.
func command(t *testing.T, name, script string) (arguments string) {
	t.Helper()
	folder := t.TempDir()
	arguments = filepath.Join(folder, "arguments")
	script = "#!/bin/sh\nprintf '%s\\n' \"$@\" > '" + arguments + "'\n" + script
	if err := portstest.WriteProgram(filepath.Join(folder, name), []byte(script)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	return arguments
}

// TestAccount: who is meant and where comes from the flags, the environment and
// AWS's own command line, in this order.
func TestAccount(t *testing.T) {
	const cli = `case "$*" in
*"get region"*) echo us-west-2 ;;
*export-credentials*) printf 'AWS_ACCESS_KEY_ID=AKIDCLI\nAWS_SECRET_ACCESS_KEY=a=b\nAWS_SESSION_TOKEN=session\n' ;;
esac`
	for _, c := range []struct {
		name, cli   string
		env         map[string]string
		args        []string
		key, region string
		problem     string
	}{
		{name: "the environment", key: "AKIDENVIRONMENT", region: "eu-west-1"},
		{name: "a flag for the region", args: []string{"--region", "us-east-1"}, key: "AKIDENVIRONMENT", region: "us-east-1"},
		{name: "the command line", cli: cli, env: map[string]string{"AWS_REGION": "", "AWS_ACCESS_KEY_ID": ""}, key: "AKIDCLI", region: "us-west-2"},
		{name: "a profile", cli: cli, args: []string{"--profile", "home"}, key: "AKIDCLI", region: "us-west-2"},
		{name: "no region", cli: "exit 1", env: map[string]string{"AWS_REGION": ""}, problem: "no region of AWS is named"},
		{name: "no credentials", cli: "exit 1", env: map[string]string{"AWS_ACCESS_KEY_ID": ""}, problem: "no credentials for AWS"},
		{name: "not signed in", cli: "true", env: map[string]string{"AWS_SECRET_ACCESS_KEY": ""}, problem: "no credentials for AWS"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newParameterStore(t)
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			arguments := command(t, "aws", c.cli)
			_, err := lee("", append([]string{"parameters", "list"}, c.args...)...)
			if c.problem != "" {
				if err == nil || !strings.Contains(err.Error(), c.problem) {
					t.Errorf("the error is %v, want one with %q", err, c.problem)
				}
				return
			}
			if err != nil || len(s.scope) < 3 || s.scope[0] != c.key || s.scope[2] != c.region {
				t.Errorf("%v; it was %q who asked, want %s in %s", err, s.scope, c.key, c.region)
			}
			raw, _ := os.ReadFile(arguments)
			asked := strings.Fields(string(raw))
			if profile := slices.Contains(asked, "--profile"); profile != slices.Contains(c.args, "--profile") {
				t.Errorf("the command line was asked %q", asked)
			}
		})
	}
}

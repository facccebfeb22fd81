package main

import (
	"os"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

const (
	here       = "/lambda-execution-engine/"
	notToShow  = "not.to.be.shown.anywhere"
	notSecured = "(not shown) should be a SecureString"
)

func TestParametersSet(t *testing.T) {
	for _, c := range []struct {
		name, stdin string
		args        []string
		want        map[string]keptParameter
		problem     string
	}{
		{"a line each", "http://127.0.0.1:1\n" + notToShow + "\n", nil, map[string]keptParameter{
			here + "homeassistant/url":   {Value: "http://127.0.0.1:1", Type: "String"},
			here + "homeassistant/token": {Value: notToShow, Type: "SecureString"},
		}, ""},
		{"an empty line for none", "https://home.example.org\n\n", nil, map[string]keptParameter{
			here + "homeassistant/url": {Value: "https://home.example.org", Type: "String"}}, ""},
		{"all of it for one", "X-One: 1\nX-Two: " + notToShow + "\n", []string{"HOME_ASSISTANT_HEADERS"}, map[string]keptParameter{
			here + "homeassistant/headers": {Value: "X-One: 1\nX-Two: " + notToShow, Type: "SecureString"}}, ""},
		{"by an alias, elsewhere", "false", []string{"HA_VERIFY_SSL", "--prefix", "/else"}, map[string]keptParameter{
			"/else/homeassistant/verify_ssl": {Value: "false", Type: "String"}}, ""},
		{"by its path", notToShow, []string{"homeassistant/token"}, map[string]keptParameter{
			here + "homeassistant/token": {Value: notToShow, Type: "SecureString"}}, ""},
		{"a wrong value keeps none", "ftp://home\n" + notToShow + "\n", nil, nil, "HOME_ASSISTANT_URL "},
		{"a wrong secret is not shown", notToShow + "\nof two lines", []string{"HOME_ASSISTANT_TOKEN"}, nil, "nothing was kept"},
		{"nothing", "", []string{"HOME_ASSISTANT_TOKEN"}, nil, "nothing was given"},
		{"too few lines", "https://home.example.org", nil, nil, "no line for HOME_ASSISTANT_TOKEN"},
		{"no such setting", "x", []string{"HOME_TOKEN"}, nil, "HOME_TOKEN is no setting"},
		{"one for the environment only", "x", []string{"LAMBDA_MODE"}, nil, "LAMBDA_MODE is no setting"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newParameterStore(t)
			out, err := lee(c.stdin, append([]string{"parameters", "set"}, c.args...)...)
			switch {
			case c.problem == "" && err != nil, c.problem != "" && (err == nil || !strings.Contains(err.Error(), c.problem)):
				t.Errorf("the error is %v, want one with %q", err, c.problem)
			case err != nil && strings.Contains(err.Error(), notToShow), strings.Contains(out, notToShow):
				t.Errorf("the secret is shown: %v\n%s", err, out)
			}
			if len(s.kept) != len(c.want) {
				t.Errorf("%d are kept, want %d: %v", len(s.kept), len(c.want), s.kept)
			}
			for name, want := range c.want {
				if want.Name = name; s.kept[name] != want {
					t.Errorf("kept is %+v, want %+v", s.kept[name], want)
				}
			}
		})
	}
}

// TestParametersSetTriesTheHome: what is wrong with a URL or a token is better known
// now.
func TestParametersSetTriesTheHome(t *testing.T) {
	house := demohome.New(demohome.Options{})
	server, err := house.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Close()
		_ = house.Close()
	})
	newParameterStore(t)
	for token, want := range map[string]string{demohome.DefaultToken: "Home     ", notToShow: "Warning  from here: Home Assistant does not accept the token"} {
		out, err := lee(server.URL+"\n"+token+"\n", "parameters", "set")
		if err != nil || !strings.Contains(out, want) || strings.Contains(out, token) {
			t.Errorf("%v, said is\n%s, want %q", err, out, want)
		}
	}
}

func TestParametersList(t *testing.T) {
	newParameterStore(t,
		keptParameter{here + "homeassistant/url", "https://home.example.org", "String"},
		keptParameter{here + "homeassistant/token", notToShow, "SecureString"},
		keptParameter{here + "operator_secret", notToShow, "String"},
		keptParameter{here + "somebody/elses", notToShow, "String"},
	)
	out, err := lee("", "parameters", "list")
	if err != nil || strings.Contains(out, notToShow) {
		t.Fatalf("%v, said is\n%s", err, out)
	}
	for _, want := range []string{"https://home.example.org", "SecureString (not shown)\n", notSecured, "(no setting of LEE's)"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing from\n%s", want, out)
		}
	}
	if out, err := lee("", "parameters", "list", "--prefix", "/nothing"); err != nil || !strings.Contains(out, "nothing below /nothing") {
		t.Errorf("%v, said is %s", err, out)
	}
}

// TestNotATerminal: a file or a pipe is read to its end, and nobody is asked.
func TestNotATerminal(t *testing.T) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if _, ok := openTerminal(null, nil); ok {
		t.Error("/dev/null is taken for a terminal")
	}
	if _, ok := openTerminal(strings.NewReader(""), nil); ok {
		t.Error("a reader is taken for a terminal")
	}
}

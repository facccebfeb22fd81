package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

func TestSkill(t *testing.T) {
	for _, name := range []string{"HOME_ASSISTANT_URL", "HOME_ASSISTANT_TOKEN", "HA_ASSISTANT_NAME", "HA_EXPOSE"} {
		t.Setenv(name, "")
	}
	const (
		url      = "--url=https://home.example.org"
		function = "--function=arn:aws:lambda:eu-west-1:123456789012:function:lee"
		client   = "--client-id=amzn1.application-oa2-client.x"
	)
	for _, c := range []struct {
		name    string
		args    []string
		linking string
		said    []string
		problem string
	}{
		{"first", []string{url}, "https://pitangui.amazon.com/", []string{"Wrote    ", "no function yet", "ask deploy", "--skill-id SKILL_ID "}, ""},
		{"second", []string{url, function, "--locales=en-GB,de-DE", "--skill-id=amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"}, "https://layla.amazon.com/", []string{"--skill-id amzn1.ask.skill.0"}, ""},
		{"by Amazon", []string{function, "--linking=amazon", client, "--locales=en-GB,en-US"}, "https://www.amazon.com/ap/oa", []string{"no function in us-east-1", "secret in the developer console"}, ""},
		{"one word", []string{url, function, "--invocation=Jarvis", "--locales=en-GB"}, "https://layla.amazon.com/", []string{"Warning  en-GB", "(one-word); better: jarvis home", `"Alexa, open jarvis"`}, ""},
		{"a name that Amazon refuses", []string{url, function, "--invocation=Alexa Home"}, "", nil, `(wake-word); better: home assistant`},
		{"a name in German", []string{url, function, "--invocation=Our House", "--invocation=de-DE=Öffne Haus", "--locales=en-GB,de-DE"}, "", nil, `de-DE: "öffne" is a word by which skills are opened`},
		{"a name for nobody", []string{url, function, "--invocation=fr-FR=Notre maison"}, "", nil, "no locale of the skill"},
		{"devices only", []string{url, function, "--no-assistant", "--invocation=Alexa"}, "https://pitangui.amazon.com/", []string{"no function in us-east-1"}, ""},
		{"a language with conversation alone", []string{url, function, "--locales=nl-NL"}, "https://layla.amazon.com/", []string{"Warning  In nl-NL people can talk to"}, ""},
		{"no URL", nil, "", nil, "Home Assistant's URL is needed"},
		{"no client id", []string{"--linking=amazon"}, "", nil, "client id of a security profile"},
		{"no such linking", []string{"--linking=paper"}, "", nil, "home-assistant or amazon"},
		{"no such locale", []string{url, "--locales=xx-XX"}, "", nil, "no locale"},
		{"no locale", []string{url, "--locales="}, "", nil, "no locale"},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			out, err := lee("", append([]string{"skill", "--to", folder}, c.args...)...)
			if c.problem != "" {
				if err == nil || !strings.Contains(err.Error(), c.problem) {
					t.Errorf("the error is %v, want one with %q", err, c.problem)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(filepath.Join(folder, "account-linking.json"))
			if err != nil || !strings.Contains(string(raw), c.linking) {
				t.Errorf("%v: accounts are linked by %s", err, raw)
			}
			for _, want := range c.said {
				if !strings.Contains(out, want) {
					t.Errorf("%q is missing from\n%s", want, out)
				}
			}
			if warned := strings.Contains(strings.Join(c.said, " "), "no function") || strings.Contains(strings.Join(c.said, " "), "Warning"); strings.Contains(out, "Warning") != warned {
				t.Errorf("said is\n%s", out)
			}
			talks := !slices.Contains(c.args, "--no-assistant")
			if strings.Contains(out, "interactionModels") != talks || strings.Contains(out, "Alexa, open") != talks {
				t.Errorf("people talk to it: %t\n%s", talks, out)
			}
		})
	}
}

// TestSkillOfAHouse: the names are the home's, and one that does not answer is told of.
func TestSkillOfAHouse(t *testing.T) {
	house := demohome.New(demohome.Options{})
	defer house.Close()
	server, err := house.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME_ASSISTANT_URL", server.URL)
	t.Setenv("HOME_ASSISTANT_TOKEN", demohome.DefaultToken)
	t.Setenv("HA_ASSISTANT_NAME", "Our House")
	t.Setenv("HA_EXPOSE", "-script.bedtime")
	folder := t.TempDir()
	args := []string{"skill", "--url=https://home.example.org", "--locales=de-DE", "--to", folder}
	out, err := lee("", args...)
	if err != nil || !regexp.MustCompile(`Names {4}\d+ automations?, \d+ script`).MatchString(out) || !strings.Contains(out, "open our house") {
		t.Fatalf("%v\n%s", err, out)
	}
	raw, err := os.ReadFile(filepath.Join(folder, "skill-package", "interactionModels", "custom", "de-DE.json"))
	if err != nil || !strings.Contains(string(raw), `"automation.welcome_home"`) || strings.Contains(string(raw), "script.bedtime") {
		t.Errorf("%v: the model is\n%s", err, raw)
	}
	if err := errors.Join(server.Close(), house.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := lee("", args...); err == nil || !strings.Contains(err.Error(), "--no-house") {
		t.Errorf("of a home that is away is said: %v", err)
	}
	if out, err := lee("", append(args, "--no-house")...); err != nil || !strings.Contains(out, "Names    any house's\n") {
		t.Errorf("%v\n%s", err, out)
	}
}

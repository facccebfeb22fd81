package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSkill(t *testing.T) {
	t.Setenv("HOME_ASSISTANT_URL", "")
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
			if strings.Contains(out, "Warning") != strings.Contains(strings.Join(c.said, " "), "no function") {
				t.Errorf("said is\n%s", out)
			}
		})
	}
}

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDeploy: what sam is told, and the template that it gets.
func TestDeploy(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"lee-arm64.zip", "lee-x86_64.zip"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	url := func(prefix string) keptParameter {
		return keptParameter{prefix + "homeassistant/url", "https://home.example.org", "String"}
	}
	template := filepath.Join("..", "..", "deploy", "template.yaml")
	always := []string{"--template", template, "--packages", folder}
	for _, c := range []struct {
		name         string
		kept         []keptParameter
		args         []string
		architecture string
		want         []string
		never        string
		problem      string
	}{
		{name: "as it is", kept: []keptParameter{url(here)}, args: always, architecture: "arm64",
			want: []string{"--stack-name", "lee", "--region", "eu-west-1", "CAPABILITY_IAM", "--resolve-s3"}, never: "--parameter-overrides"},
		{name: "for other processors", kept: []keptParameter{url(here)}, args: append([]string{"--architecture", "x86_64"}, always...), architecture: "x86_64"},
		{name: "all that can be said", kept: []keptParameter{url("/else/")}, architecture: "arm64",
			args: append([]string{"--stack", "two", "--bucket", "mine", "--skill-id", "amzn1.ask.skill.1", "--set", "KeepWarm=rate(5 minutes)", "--set", `AlarmEmail="me"@example.org`, "--set", "ParameterPrefix=/else"}, always...),
			want: []string{"two", "--s3-bucket", "mine", "--parameter-overrides", `KeepWarm="rate(5 minutes)"`, `AlarmEmail="\"me\"@example.org"`, `ParameterPrefix="/else"`, `SkillId="amzn1.ask.skill.1"`}, never: "--resolve-s3"},
		{name: "no parameters", args: always, problem: "lee parameters set"},
		{name: "no package", kept: []keptParameter{url(here)}, args: []string{"--template", template, "--packages", t.TempDir()}, problem: "`make package` makes it"},
		{name: "no template", kept: []keptParameter{url(here)}, args: []string{"--packages", folder}, problem: "lee deploy is run in LEE's folder"},
		{name: "another template", kept: []keptParameter{url(here)}, args: []string{"--template", filepath.Join("..", "..", "deploy", "dashboard.json"), "--packages", folder}, problem: "does not have the line"},
		{name: "no such architecture", args: append([]string{"--architecture", "mips"}, always...), problem: "arm64 and x86_64"},
		{name: "no value", args: append([]string{"--set", "KeepWarm"}, always...), problem: "is not NAME=VALUE"},
		{name: "no such parameter", args: append([]string{"--set", "Mod=failsafe"}, always...), problem: "--set Mod: the template has no such parameter; it has FunctionName, SkillId,"},
		{name: "what is no parameter", args: append([]string{"--set", "Function=lee"}, always...), problem: "no such parameter"},
		{name: "the skill twice", args: append([]string{"--skill-id", "a", "--set", "SkillId=b"}, always...), problem: "say one of them"},
	} {
		t.Run(c.name, func(t *testing.T) {
			newParameterStore(t, c.kept...)
			seen := filepath.Join(t.TempDir(), "template.yaml")
			arguments := command(t, "sam", `cp "$3" '`+seen+"'\n")
			out, err := lee("", append([]string{"deploy"}, c.args...)...)
			if c.problem != "" {
				if err == nil || !strings.Contains(err.Error(), c.problem) {
					t.Errorf("the error is %v, want one with %q", err, c.problem)
				}
				return
			}
			if err != nil || !strings.Contains(out, "lee skill --function") {
				t.Fatalf("%v: %s", err, out)
			}
			raw, err := os.ReadFile(arguments)
			if err != nil {
				t.Fatal(err)
			}
			told := strings.Split(strings.TrimSpace(string(raw)), "\n")
			for _, want := range c.want {
				if !slices.Contains(told, want) {
					t.Errorf("sam was told %q, not %q", told, want)
				}
			}
			if c.never != "" && slices.Contains(told, c.never) {
				t.Errorf("sam was told %q", told)
			}
			given, err := os.ReadFile(seen)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"Architectures: [" + c.architecture + "]\n", "CodeUri: \"" + filepath.Join(folder, "lee-"+c.architecture+".zip") + "\"\n"} {
				if !strings.Contains(string(given), want) {
					t.Errorf("the template has no %q", want)
				}
			}
			if _, err := os.Stat(told[2]); err == nil {
				t.Errorf("%s was left behind", told[2])
			}
		})
	}
}

func TestDeployFails(t *testing.T) {
	newParameterStore(t, keptParameter{here + "homeassistant/url", "https://home.example.org", "String"})
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "lee-arm64.zip"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"deploy", "--template", filepath.Join("..", "..", "deploy", "template.yaml"), "--packages", folder}
	command(t, "sam", "exit 3\n")
	if _, err := lee("", args...); err == nil || !strings.Contains(err.Error(), "sam deploy failed: exit status 3") {
		t.Errorf("the error is %v", err)
	}
	t.Setenv("PATH", "")
	if _, err := lee("", args...); err == nil || !strings.Contains(err.Error(), "there is no sam here") {
		t.Errorf("the error is %v", err)
	}
}

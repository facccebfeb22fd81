package delivery

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// fenced is a block of commands in a page, with what stands before it when a test runs it.
var fenced = regexp.MustCompile("(?s)(<!-- run -->\n)?```sh\n(.*?)```")

// block is a block of commands in a page.
type block struct {
	// run says that the commands need nothing but a clone. A live test runs them.
	run bool
	// script is what the block holds: a script for a shell.
	script string
}

// blocks returns the blocks of commands of each page of the documentation, in the page's order.
func blocks(t *testing.T) map[string][]block {
	t.Helper()
	all := map[string][]block{}
	for page := range pages(t) {
		for _, found := range fenced.FindAllStringSubmatch(read(t, page), -1) {
			all[page] = append(all[page], block{run: found[1] != "", script: found[2]})
		}
	}
	return all
}

// fromFreshClone are the pages that somebody follows who has just cloned LEE. The readers of
// all others have followed the quick start before, so LEE is built.
var fromFreshClone = []string{"README.md", "CONTRIBUTING.md", "docs/quick-start.md", "docs/moving-over.md"}

// TestDocumentedCommands follows each page as a reader does: in a shell, in a clone, from the
// page's first command to its last. A command finds the folder, the variables and the files
// that the commands before it left behind. Stand-ins take the place of the programs.
func TestDocumentedCommands(t *testing.T) {
	for page, blocks := range blocks(t) {
		name := strings.TrimPrefix(filepath.ToSlash(page), root+"/")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var script strings.Builder
			for _, b := range blocks {
				script.WriteString(b.script)
			}
			r := newReader(t, !slices.Contains(fromFreshClone, name))
			if problems := r.follow(script.String()); problems != "" {
				t.Error(problems)
			}
		})
	}
}

// TestReader shows what a reader trips over, and what is well.
func TestReader(t *testing.T) {
	for name, c := range map[string]struct {
		script, problem string // "" for none
		built           bool
	}{
		"all is well":                {script: "make package # first\ndist/lee parameters set \\\n  --region eu-west-1"},
		"another folder":             {script: "dist/lee skill --url https://home.example.org\ncd skill\ndist/lee doctor", problem: "dist/lee: No such file", built: true},
		"a folder for one command":   {script: "dist/lee skill --url https://home.example.org\n(cd skill && ask deploy)\ndist/lee doctor", built: true},
		"no folder":                  {script: "(cd skill && ask deploy)", problem: "skill: No such file"},
		"ask elsewhere":              {script: "ask deploy --target skill-metadata", problem: "ask-resources.json"},
		"no file for ask":            {script: "ask smapi update-account-linking-info --account-linking-request file:linking.json", problem: "linking.json"},
		"make elsewhere":             {script: "cd deploy\nmake run", problem: "make"},
		"nothing built":              {script: "dist/lee doctor", problem: "dist/lee: No such file"},
		"no target":                  {script: "make riches", problem: "riches"},
		"no command of lee's":        {script: "dist/lee dance", problem: "unknown command", built: true},
		"no subcommand of lee's":     {script: "dist/lee parameters dance", problem: "there is no command lee parameters dance", built: true},
		"no flag of lee's":           {script: "dist/lee doctor --dance", problem: "unknown flag", built: true},
		"no region for lee":          {script: "dist/lee doctor --function lee", problem: "no region", built: true},
		"kept, and not looked for":   {script: "dist/lee parameters set --region eu-west-1\ndist/lee doctor", problem: "HOME_ASSISTANT_URL is not set", built: true},
		"kept, and looked for":       {script: "dist/lee parameters set --region eu-west-1\ndist/lee doctor --region eu-west-1", built: true},
		"no region for AWS":          {script: "aws lambda invoke --function-name lee /dev/stdout", problem: "no region"},
		"a region for all":           {script: "export AWS_REGION=eu-west-1\naws lambda invoke --function-name lee /dev/stdout"},
		"no file for AWS":            {script: "aws lambda invoke --region eu-west-1 --payload file://event.json /dev/stdout", problem: "event.json"},
		"a file made before":         {script: "aws cloudformation package --region eu-west-1 --output-template-file dist/p.yaml\naws cloudformation deploy --region eu-west-1 --template-file dist/p.yaml", built: true},
		"no template":                {script: "sam deploy --region eu-west-1 --template-file template.yaml", problem: "template.yaml"},
		"no file to read":            {script: "dist/lee parameters set HOME_ASSISTANT_CA --region eu-west-1 < nowhere.pem", problem: "nowhere.pem", built: true},
		"no such program":            {script: "docker run lee", problem: "docker"},
		"a pipe that breaks":         {script: "aws ssm get-parameters-by-path | xargs echo", problem: "no region"},
		"no package to test":         {script: "go test ./app/nowhere", problem: "./app/nowhere"},
		"a script that does not end": {script: "echo 'never ends", problem: "unexpected EOF"},
		"the reader types":           {script: "read -rs TOKEN && export TOKEN\n[ -n \"$TOKEN\" ]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			problems := newReader(t, c.built).follow(c.script)
			if !strings.Contains(problems, c.problem) || (problems == "") != (c.problem == "") {
				t.Errorf("the reader meets %q, want %q", problems, c.problem)
			}
		})
	}
}

// spoken is a command of ours within a sentence: `lee doctor --function`.
var spoken = regexp.MustCompile("`(?:dist/)?lee ([^`]+)`")

// TestCommandsInSentences: each command of ours within a sentence is one that there is, with
// flags that it has. A sentence may leave out what a flag is set to.
func TestCommandsInSentences(t *testing.T) {
	asked := map[string]bool{}
	for file, page := range pages(t) {
		for _, found := range spoken.FindAllStringSubmatch(page, -1) {
			if command := strings.NewReplacer(`\<`, "<", "…", "").Replace(found[1]); !asked[command] {
				asked[command] = true
				args := arguments(command)
				if err := understood(dist(t, "lee"), args); err != nil && !strings.Contains(err.Error(), "flag needs an argument") {
					t.Errorf("%s: lee %s: %v", file, command, err)
				}
			}
		}
	}
	if len(asked) < 20 {
		t.Errorf("there are %d commands of ours in sentences", len(asked))
	}
}

// arguments splits a command at its spaces, up to where a file is redirected.
func arguments(command string) (words []string) {
	for _, word := range regexp.MustCompile(`(?:[^\s']|'[^']*')+`).FindAllString(command, -1) {
		if word == "<" || word == ">" {
			break
		}
		words = append(words, strings.ReplaceAll(word, "'", ""))
	}
	return words
}

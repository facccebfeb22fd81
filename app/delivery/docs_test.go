package delivery

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// block are the commands of a piece of documentation.
type block struct {
	file string
	// run says that they can be carried out anywhere, and are by a test: it is said
	// in the documentation by a comment before them.
	run      bool
	commands []string
}

var fenced = regexp.MustCompile("(?s)(<!-- run -->\n)?```sh\n(.*?)```")

// blocks returns all commands in all documentation.
func blocks(t *testing.T) []block {
	t.Helper()
	var all []block
	for _, pattern := range []string{"*.md", "docs/*.md"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %d files", pattern, err, len(files))
		}
		for _, file := range files {
			for _, found := range fenced.FindAllStringSubmatch(read(t, file), -1) {
				b := block{file: file, run: found[1] != ""}
				for line := range strings.Lines(strings.ReplaceAll(found[2], "\\\n", " ")) {
					if line, _, _ = strings.Cut(line, " #"); strings.TrimSpace(line) != "" && line[0] != '#' {
						b.commands = append(b.commands, strings.TrimSpace(line))
					}
				}
				all = append(all, b)
			}
		}
	}
	return all
}

// piped are commands with a | between them, which quotes may hold too.
var piped = regexp.MustCompile(`(?:[^|']|'[^']*')+`)

// others are programs that documentation may name and that are not ours.
var others = []string{"ask", "aws", "cd", "echo", "export", "git", "go", "read", "sam"}

// TestDocumentedCommands: each command of ours in the documentation is one that
// there is, with flags that it has.
func TestDocumentedCommands(t *testing.T) {
	targets := regexp.MustCompile(`(?m)^([a-z-]+):`).FindAllStringSubmatch(read(t, filepath.Join(root, "Makefile")), -1)
	known := func(target string) bool {
		return slices.ContainsFunc(targets, func(found []string) bool { return found[1] == target })
	}
	n := 0
	for _, b := range blocks(t) {
		for _, line := range b.commands {
			for i, command := range piped.FindAllString(line, -1) {
				words := arguments(command)
				for len(words) > 1 && regexp.MustCompile(`^[A-Z_]+=`).MatchString(words[0]) {
					words = words[1:]
				}
				switch {
				case words[0] == "make":
					n++
					for _, word := range words[1:] {
						if !strings.Contains(word, "=") && !known(word) {
							t.Errorf("%s: %s: there is no target %s", b.file, command, word)
						}
					}
				case words[0] == "dist/lee", words[0] == "lee":
					n++
					if problem := understood(t, words[1:]); problem != "" {
						t.Errorf("%s: %s: %s", b.file, command, problem)
					}
				case i == 0 && !slices.Contains(others, words[0]):
					t.Errorf("%s: %s: what is %s?", b.file, command, words[0])
				}
			}
		}
	}
	if n < 10 {
		t.Errorf("there are %d commands of ours in the documentation", n)
	}
}

// understood has lee read its arguments, and do nothing but tell of the command.
func understood(t *testing.T, args []string) string {
	t.Helper()
	if redirected := slices.IndexFunc(args, func(arg string) bool { return arg == "<" || arg == ">" }); redirected >= 0 {
		args = args[:redirected]
	}
	c := exec.CommandContext(t.Context(), dist(t, "lee"), append(slices.Clone(args), "--help")...)
	c.Env = plainly()
	out, err := c.CombinedOutput()
	switch {
	case err != nil:
		return strings.TrimSpace(string(out))
	case !strings.Contains(string(out), "Usage:\n  lee "+args[0]):
		return "there is no such command"
	}
	return ""
}

// arguments splits a command as a shell does, as far as documentation goes.
func arguments(command string) (words []string) {
	for _, word := range regexp.MustCompile(`(?:[^\s']|'[^']*')+`).FindAllString(command, -1) {
		words = append(words, strings.ReplaceAll(word, "'", ""))
	}
	return words
}

// TestWorkflow: contributors' CI runs what everybody runs.
func TestWorkflow(t *testing.T) {
	for file, want := range map[string][]string{
		".github/workflows/ci.yml": {"bash .ci/run\n"},
		".ci/run":                  {"make --no-print-directory check\n", "make --no-print-directory live\n"},
	} {
		for _, line := range want {
			if !strings.Contains(read(t, filepath.Join(root, filepath.FromSlash(file))), line) {
				t.Errorf("%s does not run %q", file, line)
			}
		}
	}
}

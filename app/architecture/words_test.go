package architecture

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// word is one that LEE's comments, messages and pages do without.
type word struct {
	// finds matches it, and instead is what to write.
	finds   *regexp.Regexp
	instead string
}

func unwanted(pattern, instead string) word {
	return word{regexp.MustCompile(`(?i)\b(` + pattern + `)\b`), instead}
}

// words are old words and riddles. A reader whose English is plain stumbles over each.
var words = []word{
	unwanted("ane"+"w", `"again", "a new …"`),
	unwanted("whoe"+"ver", `the role: "the caller", "the sender", "anyone who"`),
	unwanted("whiche"+"ver", `"any", "the one that"`),
	unwanted("tells o"+"f", `"reports", "describes"`),
	unwanted("of no accoun"+"t", `"ignored", "not looked at"`),
	unwanted("as it come"+"s", `"as it arrives", "by default"`),
	unwanted("had bette"+"r", `"should"`),
	unwanted("les"+"t", `"so that … not"`),
	unwanted("henc"+"e", `"so"`),
	unwanted("thereupo"+"n", `"then"`),
	unwanted("in vai"+"n", `"without success"`),
	unwanted("at han"+"d", `"known", "there"`),
	unwanted("needs mus"+"t|nough"+"t|witha"+"l|hithert"+"o|heretofor"+"e", "a word of today"),
}

// unread are where the words of people stand: what they say to the assistant, what it says
// to them in other languages, and what is compared with others.
var unread = []string{
	"domain/capability/translations.go", "domain/hearing/grammar.go", "domain/intent/", "domain/phrase/", "domain/sentence/", "adapters/skillpackage/", "testdata/",
}

// TestWords wants none of the words in code, pages and scripts.
func TestWords(t *testing.T) {
	files := textFiles(t)
	if len(files) < 500 {
		t.Fatalf("there are %d files", len(files))
	}
	top := root(t)
	for _, file := range files {
		raw, err := os.ReadFile(filepath.Join(top, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range unwantedWords(file, string(raw)) {
			t.Error(problem)
		}
	}
}

// TestUnwantedWords plants each of the words.
func TestUnwantedWords(t *testing.T) {
	for _, sentence := range []string{
		"// start starts it ane" + "w.", "Whoe" + "ver asks is told.", `"this tells o` + `f an error"`, "It is of no accoun" + "t.", "HENC" + "E it is closed.", "It waits in vai" + "n.",
	} {
		if got := unwantedWords("docs/planted.md", "Fine.\n"+sentence+"\n"); len(got) != 1 || !strings.HasPrefix(got[0], "docs/planted.md:2: ") {
			t.Errorf("of %q it finds %q", sentence, got)
		}
	}
	for _, sentence := range []string{"The newest lesson is whole.", "It is handed over.", "the lists of rows"} {
		if got := unwantedWords("docs/planted.md", sentence); got != nil {
			t.Errorf("of %q it finds %q", sentence, got)
		}
	}
}

// unwantedWords returns what is wrong with a file.
func unwantedWords(file, text string) (problems []string) {
	if slices.ContainsFunc(unread, func(place string) bool { return strings.Contains(file, place) }) {
		return nil
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		for _, w := range words {
			if found := w.finds.FindString(line); found != "" {
				problems = append(problems, file+":"+strconv.Itoa(n)+": "+strconv.Quote(found)+" is no plain English. Write "+w.instead+".")
			}
		}
	}
	return problems
}

// textFiles returns the files of code, pages and scripts that are kept in the repository,
// or lie in its folders where there is no repository.
func textFiles(t *testing.T) []string {
	t.Helper()
	top := root(t)
	var files []string
	add := func(file string) {
		base := filepath.Base(file)
		if slices.Contains([]string{".go", ".md", ".sh", ".yml", ".yaml", ".py"}, filepath.Ext(base)) || base == "Makefile" || strings.HasPrefix(file, ".ci/") {
			files = append(files, file)
		}
	}
	command := exec.CommandContext(t.Context(), "git", "-c", "safe.directory=*", "ls-files", "-z")
	command.Dir = top
	listed, err := command.Output()
	if err != nil {
		t.Logf("git lists no files (%v), so the folders are read", err)
		for _, folder := range []string{".ci", "adapters", "app", "cmd", "deploy", "docs", "domain", "ports"} {
			err := filepath.WalkDir(filepath.Join(top, folder), func(path string, entry os.DirEntry, err error) error {
				if err == nil && entry.Type().IsRegular() {
					file, _ := filepath.Rel(top, path)
					add(filepath.ToSlash(file))
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for file := range strings.SplitSeq(string(listed), "\x00") {
		if _, err := os.Stat(filepath.Join(top, file)); file != "" && err == nil {
			add(file)
		}
	}
	return files
}

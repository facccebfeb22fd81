package delivery

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)
	code    = regexp.MustCompile("(?s)```.*?```")
)

// pages returns the documentation: where it is, and what it says outside of blocks of
// code.
func pages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md"} {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %d files", pattern, err, len(files))
		}
		for _, file := range files {
			all[filepath.Clean(file)] = code.ReplaceAllString(read(t, file), "")
		}
	}
	return all
}

// anchors returns what a page's headings are called in links, as GitHub makes it: in lower
// case, without signs, with hyphens for spaces.
func anchors(page string) map[string]bool {
	all := map[string]bool{}
	for _, found := range heading.FindAllStringSubmatch(page, -1) {
		all[strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, found[1])] = true
	}
	return all
}

// TestLinks: what a page links to is there, to the very heading.
func TestLinks(t *testing.T) {
	all := pages(t)
	n := 0
	for file, page := range all {
		for _, found := range link.FindAllStringSubmatch(page, -1) {
			target, anchor, _ := strings.Cut(found[1], "#")
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			n++
			to := file
			if target != "" {
				to = filepath.Join(filepath.Dir(file), filepath.FromSlash(target))
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s links to %s, which is not there", file, found[1])
			} else if anchor != "" && !anchors(all[to])[anchor] {
				t.Errorf("%s links to %s, and that page has no such heading", file, found[1])
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d links were found", n)
	}
}

// TestFAQ: each question has an answer, and is asked once.
func TestFAQ(t *testing.T) {
	page := read(t, filepath.Join(root, "docs", "faq.md"))
	asked := map[string]bool{}
	for _, section := range strings.Split(page, "\n### ")[1:] {
		question, answer, _ := strings.Cut(section, "\n")
		answer, _, _ = strings.Cut(answer, "\n## ")
		if asked[question] || len(strings.TrimSpace(answer)) < 10 {
			t.Errorf("%q is asked twice, or has no answer", question)
		}
		asked[question] = true
	}
	if len(asked) < 30 {
		t.Errorf("there are %d questions", len(asked))
	}
}

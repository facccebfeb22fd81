package config

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

const (
	page  = "../../docs/configuration.md"
	begin = "<!-- The table is made from app/config and domain/setting: make golden -->\n"
	end   = "<!-- end of the table -->\n"
)

// TestDocument: the page for operators has every setting, as it is.
func TestDocument(t *testing.T) {
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	before, rest, ok := strings.Cut(text, begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no place for the table", page)
	}
	want := before + begin + documented() + end + after
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(page, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if text != want {
		t.Errorf("%s is not of these settings: UPDATE=1 go test -run TestDocument ./app/config writes it", page)
	}
}

// documented returns the settings as a table in Markdown.
func documented() string {
	var b strings.Builder
	b.WriteString("| variable | parameter | default | what it may be | what it is for |\n|---|---|---|---|---|\n")
	for _, v := range Variables() {
		names := "`" + v.Name + "`"
		for _, alias := range v.Aliases {
			names += "<br>`" + alias + "`"
		}
		path := "–"
		if v.Path != "" {
			path = "`" + v.Path + "`"
		}
		fallback := v.DefaultRule
		switch {
		case v.Default != "":
			fallback = "`" + v.Default + "`"
		case fallback == "":
			fallback = "–"
		}
		doc := v.Doc
		if v.Secret {
			doc += " A secret."
		}
		if v.WhenWrong != "" {
			doc += " A mistake counts as `" + v.WhenWrong + "`."
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", names, path, cell(fallback), cell(v.Allowed()), cell(doc))
	}
	return b.String()
}

// cell writes a text so that a table in Markdown takes it.
func cell(text string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "*", "\\*", "<", "&lt;").Replace(text)
}

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const failedLine = `{"message":"answered","correlation":"1-2","outcome":"unreachable","took":20.5,"operation":"ha_status","crumbs":[{"name":"house.config","outcome":"unreachable","start":0.5,"took":20}]}`

// lee runs the command with these arguments and standard input.
func lee(stdin string, args ...string) (stdout string, err error) {
	var out bytes.Buffer
	c := root()
	c.SetIn(strings.NewReader(stdin))
	c.SetOut(&out)
	c.SetArgs(args)
	err = c.Execute()
	return out.String(), err
}

// TestTrace: the page goes beside the file, to where it is told, or to standard
// output.
func TestTrace(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "lee.log")
	if err := os.WriteFile(file, []byte("START\n"+failedLine+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(folder, "elsewhere.html")
	for _, c := range []struct {
		name, stdin string
		args        []string
		page        string // "" for standard output
	}{
		{"beside", "", []string{file}, filepath.Join(folder, "lee.html")},
		{"elsewhere", "", []string{file, "--html", elsewhere}, elsewhere},
		{"standard output", failedLine, []string{"-"}, ""},
		{"standard input to a file", failedLine, []string{"-", "--html", elsewhere}, elsewhere},
	} {
		t.Run(c.name, func(t *testing.T) {
			_ = os.Remove(elsewhere)
			page, err := lee(c.stdin, append([]string{"trace"}, c.args...)...)
			if err != nil {
				t.Fatal(err)
			}
			if c.page != "" {
				if want := c.page + " shows 1 invocation\n"; page != want {
					t.Errorf("said %q, want %q", page, want)
				}
				raw, err := os.ReadFile(c.page)
				if err != nil {
					t.Fatal(err)
				}
				page = string(raw)
			}
			for _, want := range []string{"<!doctype html>", "<svg", "ha_status", "house.config", "unreachable", "1-2"} {
				if !strings.Contains(page, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
		})
	}
}

func TestTraceFolded(t *testing.T) {
	out, err := lee(failedLine, "trace", "-", "--folded")
	if want := "ha_status 500\nha_status;house.config 20000\n"; err != nil || out != want {
		t.Errorf("got %q, %v, want %q", out, err, want)
	}
}

func TestTraceMistakes(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"trace", "-"}, "-: no trace in it"},
		{[]string{"trace", filepath.Join(t.TempDir(), "none.json")}, "no such file"},
		{[]string{"trace"}, "1 arg"},
	} {
		if _, err := lee("{}", c.args...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.args, err, c.want)
		}
	}
	if _, err := lee(failedLine, "trace", "-", "--html", t.TempDir()); err == nil {
		t.Error("a folder was taken for a page")
	}
}

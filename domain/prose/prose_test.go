package prose_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/prose"
)

// TestPlain is of the texts in testdata/plain.json.
func TestPlain(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/plain.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Text, Said string }
	if err := json.Unmarshal(raw, &cases); err != nil || len(cases) == 0 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		if got := prose.Plain(c.Text); got != c.Said {
			t.Errorf("%q is said %q, should be %q", c.Text, got, c.Said)
		}
		if got := prose.Plain(c.Said); got != c.Said {
			t.Errorf("%q is plain, and becomes %q", c.Said, got)
		}
	}
}

// TestPlainAgain wants what is plain to stay, whatever marks a text is made of.
func TestPlainAgain(t *testing.T) {
	t.Parallel()
	pieces := rapid.SampledFrom([]string{
		"milk", "Bath", " ", "\n", "*", "**", "_", "__", "`", "```", "- ", "# ", "[a](b)", "](", "|", "~~", "1. ", "> ", "😀", "https://x.example/a", ".", "-3 °C", "<b>", "&", "!", "é",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 12).Draw(t, "pieces"), "")
		once := prose.Plain(text)
		if again := prose.Plain(once); again != once {
			t.Fatalf("%q is said %q, and that %q", text, once, again)
		}
		if strings.ContainsAny(once, "\n😀") {
			t.Fatalf("%q is said %q", text, once)
		}
		for _, word := range []string{"milk", "Bath", "-3 °C"} {
			if strings.Contains(text, word) && !strings.Contains(text, "http") && !strings.Contains(text, "](") && !strings.Contains(text, "```") && !strings.Contains(once, word) {
				t.Fatalf("%q is said %q, without %s", text, once, word)
			}
		}
	})
}

// FuzzPlain wants no more than was there, but for full stops, and valid text of valid
// text.
func FuzzPlain(f *testing.F) {
	for _, text := range []string{"**a** [b](c)", "- a\n- b", "```\n*", "| a | b |", "https://", "[[[a](b)](c)](d)", "😀\u200d😀"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := prose.Plain(text)
		if stops := strings.Count(text, "\n") + 1; len(got) > len(text)+stops {
			t.Errorf("%q grows to %q", text, got)
		}
		if utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Errorf("%q becomes %q", text, got)
		}
	})
}

// TestHostile wants texts of marks alone to cost no more than their length: an agent can
// write anything.
func TestHostile(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"*a", "_a", "[a", "`", "**a", "(", "[a](", "~~", "https://a ", "- ", "1. ", "# ", "|"} {
		got := prose.Plain(strings.Repeat(piece, 1<<20/len(piece)))
		if len(got) > 33<<10 {
			t.Errorf("of a megabyte of %q it says %d bytes", piece, len(got))
		}
	}
}

func BenchmarkHostile(b *testing.B) {
	text := strings.Repeat("*a_b[c", 4<<10)
	for b.Loop() {
		prose.Plain(text)
	}
}

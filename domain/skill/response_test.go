package skill_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
)

func TestResponse(t *testing.T) {
	type attributes = map[string]any
	for name, test := range map[string]struct {
		response skill.Response
		want     string
	}{
		"nothing to say": {skill.Response{}, `{"version":"1.0","response":{"shouldEndSession":true}}`},
		"nothing may be said": {
			skill.Response{Silent: true, Speech: "Bye.", Open: true, Attributes: attributes{"a": 1}, Card: &skill.Card{Link: true}},
			`{"version":"1.0","response":{}}`,
		},
		"an end": {
			skill.Response{Speech: "Done.", Reprompt: "Are you there?"},
			`{"version":"1.0","response":{"outputSpeech":{"type":"SSML","ssml":"<speak>Done.</speak>"},"shouldEndSession":true}}`,
		},
		"a question": {
			skill.Response{Speech: "Which one?", Reprompt: "The first?", Open: true, Attributes: attributes{"n": 2, "c": "01J"}},
			`{"version":"1.0","sessionAttributes":{"c":"01J","n":2},"response":{"outputSpeech":{"type":"SSML","ssml":"<speak>Which one?</speak>"},` +
				`"reprompt":{"outputSpeech":{"type":"SSML","ssml":"<speak>The first?</speak>"}},"shouldEndSession":false}}`,
		},
		"a card": {
			skill.Response{Card: &skill.Card{Title: "Jarvis\n", Text: "One & two\r\n<b>three</b>\x00"}},
			`{"version":"1.0","response":{"card":{"type":"Simple","title":"Jarvis","content":"One & two \n<b>three</b>"},"shouldEndSession":true}}`,
		},
		"an empty card": {skill.Response{Card: &skill.Card{Title: " \x01"}}, `{"version":"1.0","response":{"shouldEndSession":true}}`},
		"account linking": {
			skill.Response{Speech: "Please link.", Card: &skill.Card{Link: true, Title: "x", Text: "y"}},
			`{"version":"1.0","response":{"outputSpeech":{"type":"SSML","ssml":"<speak>Please link.</speak>"},"card":{"type":"LinkAccount"},"shouldEndSession":true}}`,
		},
		"whatever comes next": {
			skill.Response{Speech: "Yes?", Elicit: "query", ElicitIn: "ConverseIntent"},
			`{"version":"1.0","response":{"outputSpeech":{"type":"SSML","ssml":"<speak>Yes?</speak>"},"directives":[{"type":"Dialog.ElicitSlot","slotToElicit":"query",` +
				`"updatedIntent":{"name":"ConverseIntent","confirmationStatus":"NONE","slots":{"query":{"name":"query","confirmationStatus":"NONE"}}}}],"shouldEndSession":false}}`,
		},
		"what cannot be kept": {
			skill.Response{Attributes: attributes{"a": math.NaN(), "b": strings.Repeat("x", skill.MostAttributes), "c": 1}},
			`{"version":"1.0","sessionAttributes":{"c":1},"response":{"shouldEndSession":true}}`,
		},
	} {
		skilltest.Check(t, test.response)
		raw, err := json.Marshal(test.response)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(raw))
		if got != test.want {
			t.Errorf("%s is written as\n%s, should be\n%s", name, got, test.want)
		}
	}
}

func TestSSML(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		" \n\t\x00 ":                     "",
		"Turned on the light":            "Turned on the light",
		`<b>1 & 2 > "0"</b>`:             `&lt;b&gt;1 &amp; 2 &gt; "0"&lt;/b&gt;`,
		"</speak><audio src='x'/>":       "&lt;/speak&gt;&lt;audio src='x'/&gt;",
		"&amp; already":                  "&amp;amp; already",
		"]]> <!-- --> <?x?>":             "]]&gt; &lt;!-- --&gt; &lt;?x?&gt;",
		"two\r\nlines\tand\u00a0a tab":   "two lines and a tab",
		"a\x1b[31m\x07\u009bb":           "a[31mb",
		"bad \xff\xfe\xed\xa0\x80 bytes": "bad bytes",
		"no \ufffe\uffff\U0001ffff char": "no char",
		"21 °C, 50 %, 東京 🏠":              "21 °C, 50 %, 東京 🏠",
		"a\u2028b\u2029c":                "a b c",
	} {
		if want != "" {
			want = "<speak>" + want + "</speak>"
		}
		if got := skill.SSML(text); got != want {
			t.Errorf("%q becomes %q, should be %q", text, got, want)
		}
	}
}

// TestLong: whatever is said, and however long, it is cut where it hurts least.
func TestLong(t *testing.T) {
	sentence := "The kitchen has 21 degrees. "
	for name, test := range map[string]struct {
		text, ends string
		least      int // characters
	}{
		"sentences":               {strings.Repeat(sentence, 400), "degrees.", 7900},
		"questions":               {strings.Repeat("Is it? ", 2000), "it?", 7900},
		"Japanese sentences":      {strings.Repeat("台所は二十一度です。", 2000), "です。", 7900},
		"Hindi sentences":         {strings.Repeat("रसोई ठीक है। ", 2000), "है।", 7900},
		"lines":                   {strings.Repeat("one line\n", 2000), "line…", 7900},
		"words":                   {strings.Repeat("word ", 3000), "word…", 7900},
		"one word":                {strings.Repeat("x", 20000), "x…", 7900},
		"markup":                  {strings.Repeat("<", 20000), "<…", 1990},
		"emoji":                   {strings.Repeat("🏠", 20000), "🏠…", 3900},
		"a sentence, then no end": {sentence + strings.Repeat("x", 20000), "x…", 7900},
		"decimals":                {strings.Repeat("3.14159", 3000), "…", 7900},
	} {
		a := skilltest.Check(t, skill.Response{
			Speech: test.text, Reprompt: test.text, Open: true, Card: &skill.Card{Title: test.text, Text: test.text},
			Attributes: map[string]any{"a": strings.Repeat("<", 2000), "b": strings.Repeat("é", 2000)},
		})
		for where, got := range map[string]string{"speech": a.Speech, "reprompt": a.Reprompt} {
			if !strings.HasSuffix(got, test.ends) || len([]rune(got)) < test.least {
				t.Errorf("%s: the %s has %d characters and ends with %q", name, where, len([]rune(got)), tail(got))
			}
		}
		if n := len(utf16.Encode([]rune(a.Text))); n < 7700 {
			t.Errorf("%s: the card has %d characters", name, n)
		}
	}
	exact := strings.Repeat("x", skill.MostSpeech-len("<speak></speak>"))
	if a := skilltest.Check(t, skill.Response{Speech: exact}); a.Speech != exact {
		t.Errorf("what just fits ends with %q", tail(a.Speech))
	}
}

func tail(s string) string {
	runes := []rune(s)
	return string(runes[max(0, len(runes)-10):])
}

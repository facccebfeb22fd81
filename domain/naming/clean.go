package naming

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// unspoken are the signs that Alexa does not take in a name. They are dropped and
// nothing is put in their place, as Home Assistant's own Alexa integration does
// (TRANSLATION_TABLE in its components/alexa/entities.py): a device that moves
// over keeps its name to the letter.
const unspoken = "}{\\/|\"()[]+~!><*%"

// joiners are the two characters without a width that some scripts need inside
// of words (Persian, Malayalam); emoji are put together with one of them.
const joiners = "\u200c\u200d"

// Clean returns a name as Alexa takes it: without the signs that it refuses and
// without control characters, with single spaces, and at most 128 characters
// long. Letters of any language stay. It is "" for a name in which nothing is
// left that can be said.
func Clean(name string) string {
	cleaned, _ := clean(name)
	return cleaned
}

// clean is Clean, and says whether the name had to be cut.
func clean(name string) (cleaned string, cut bool) {
	var b strings.Builder
	sayable, gap := false, false
	for _, r := range name {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			gap = b.Len() > 0
			continue
		case r == unicode.ReplacementChar, strings.ContainsRune(unspoken, r), unicode.Is(unicode.Cf, r) && !strings.ContainsRune(joiners, r):
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
		sayable = sayable || unicode.IsLetter(r) || unicode.IsNumber(r)
	}
	if !sayable {
		return "", false
	}
	return clip(b.String())
}

// Clip returns a text cut to the 128 characters that Alexa takes.
func Clip(s string) string {
	clipped, _ := clip(s)
	return clipped
}

// clip cuts a text to what Alexa takes, between characters. Amazon does not say
// what it counts; nothing that it could count is more than UTF-16's units are.
func clip(s string) (clipped string, cut bool) {
	if len(s) <= alexa.MaxText {
		return s, false
	}
	units := 0
	for i, r := range s {
		if units += max(utf16.RuneLen(r), 1); units > alexa.MaxText {
			return strings.TrimSpace(s[:i]), true
		}
	}
	return s, false
}

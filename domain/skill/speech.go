package skill

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MostSpeech is how many characters what is said may have at most, markup
// included, and all texts of a card together; MostBytes is how large an answer may
// be (https://developer.amazon.com/docs/alexa/custom-skills/request-and-response-json-reference.html#response-format).
const (
	MostSpeech = 8000
	MostBytes  = 120_000
)

const speak, unspeak = "<speak>", "</speak>"

// SSML returns a plain text as speech markup that says it, escaped and cut to
// MostSpeech, at the end of a sentence where there is one. Whatever is in the text
// is said: nothing in it is markup. It is "" when there is nothing to be said.
func SSML(text string) string {
	text = cut(spoken(text), MostSpeech-len(speak)-len(unspeak), escapedLength)
	if text == "" {
		return ""
	}
	return speak + escape.Replace(text) + unspeak
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escapedLength is how many characters r takes in the markup, counted as Java does,
// in units of UTF-16: that is the most that anybody may count.
func escapedLength(r rune) int {
	switch r {
	case '&':
		return len("&amp;")
	case '<', '>':
		return len("&lt;")
	}
	return length(r)
}

func length(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// spoken returns the text as it can be said: in one line, without what XML cannot
// hold.
func spoken(text string) string { return strings.Join(strings.Fields(shown(text)), " ") }

// shown returns the text as it can be shown: without control characters but line
// ends, without what is no character, and valid UTF-8.
func shown(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError || unicode.IsControl(r) || r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, text)
}

// cut returns as much of the text as takes no more than most characters, each of
// which takes as many as cost says. It ends with a sentence, or else with a word and an
// ellipsis, unless half of it would be lost by that.
func cut(text string, most int, cost func(rune) int) string {
	const more = "…"
	sum, sentence, word, anywhere := 0, 0, 0, 0
	var last rune
	for i, r := range text {
		if unicode.IsSpace(r) {
			if ends(last) {
				sentence = i
			}
			if sum < most {
				word = i
			}
		} else if i > 0 && endsAlone(last) {
			sentence = i
		}
		if sum < most {
			anywhere = i // and there is room for the ellipsis
		}
		if sum += cost(r); sum > most {
			switch half := anywhere / 2; {
			case sentence > half:
				return strings.TrimSpace(text[:sentence])
			case word > half:
				return text[:word] + more
			}
			return text[:anywhere] + more
		}
		last = r
	}
	return text
}

// ends says whether a sentence may end with r, when a space follows it.
func ends(r rune) bool { return strings.ContainsRune(".!?…:;।؟", r) || endsAlone(r) }

// endsAlone says whether a sentence ends with r, whatever follows.
func endsAlone(r rune) bool { return strings.ContainsRune("。！？\n", r) }

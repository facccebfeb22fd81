// Package prose makes text that can be read aloud of text that language models write:
// without marks for emphasis, headings, lists, links, code and tables, and without emoji.
// Words, numbers and signs that are part of what is said stay: "2 * 3", "sensor_one_two",
// "-3 °C".
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxPasses is how often marks within marks are taken off.
	maxPasses = 8
	// maxBytes is how much of a text is read: Alexa says 8,000 characters.
	maxBytes = 16 << 10
	// maxSpan is how long a text between two marks may be, in bytes. A mark without its
	// other is not looked for to the end of the text.
	maxSpan = 500
)

// Plain returns a text without marks, in one paragraph. A line that is a heading or an
// item of a list ends as a sentence does. It is "" when nothing is left to be said. Plain
// of what it returns is the same, unless marks are nested deeper than maxPasses.
func Plain(text string) string {
	text = cut(text, maxBytes)
	for range maxPasses {
		plain := tidy(inline(lines(text)))
		if plain == text {
			break
		}
		text = plain
	}
	return text
}

// cut returns the beginning of a text, as many bytes as a number of whole characters fits.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// lines takes off the marks at the beginning of lines, and joins the lines.
func lines(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || fence(line) || rule(line) {
			continue
		}
		for strings.HasPrefix(line, "> ") {
			line = strings.TrimSpace(line[1:])
		}
		marked := false
		if rest, ok := heading(line); ok {
			line, marked = rest, true
		} else if rest, ok := item(line); ok {
			line, marked = rest, true
		} else if cells, ok := row(line); ok {
			line, marked = cells, true
		}
		if line != "" {
			if marked {
				line = ended(line)
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, " ")
}

// fence says whether a line begins or ends a block of code. Backticks may have the name of
// a language after them.
func fence(line string) bool {
	return strings.HasPrefix(line, "```") && !strings.ContainsAny(line, " \t") || strings.HasPrefix(line, "~~~") && strings.Trim(line, "~") == ""
}

// rule says whether a line is a horizontal one, or that below the head of a table.
func rule(line string) bool {
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-*_|:= \t", r) {
			return -1
		}
		return r
	}, line)
	return bare == "" && len(line) >= 3 && strings.ContainsAny(line, "-*_=")
}

// heading returns the text of a heading; ok is false for any other line.
func heading(line string) (text string, ok bool) {
	rest := strings.TrimLeft(line, "#")
	level := len(line) - len(rest)
	if level == 0 || level > 6 || !strings.HasPrefix(rest, " ") {
		return "", false
	}
	return strings.TrimSpace(strings.TrimRight(rest, "# ")), true
}

// item returns the text of an item of a list without its bullet; a number stays, since
// people say it. ok is false for any other line.
func item(line string) (text string, ok bool) {
	bullet, size := utf8.DecodeRuneInString(line)
	switch rest := line[size:]; {
	case strings.ContainsRune("-*+•–", bullet) && strings.HasPrefix(rest, " "):
		rest = strings.TrimSpace(rest)
		for _, box := range []string{"[ ] ", "[x] ", "[X] "} {
			rest = strings.TrimPrefix(rest, box)
		}
		return rest, true
	default:
		number := strings.TrimLeft(line, "0123456789")
		numbered := len(number) < len(line) && (strings.HasPrefix(number, ". ") || strings.HasPrefix(number, ") "))
		return line, numbered
	}
}

// row returns the cells of a table's row with commas; ok is false for any other line.
func row(line string) (cells string, ok bool) {
	if len(line) < 3 || line[0] != '|' || line[len(line)-1] != '|' {
		return "", false
	}
	var all []string
	for cell := range strings.SplitSeq(line[1:len(line)-1], "|") {
		if cell = strings.TrimSpace(cell); cell != "" {
			all = append(all, cell)
		}
	}
	return strings.Join(all, ", "), true
}

// ended returns a line with a full stop, unless it ends as a sentence does.
func ended(line string) string {
	bare := strings.TrimRight(line, "*_`~ ")
	if last, _ := utf8.DecodeLastRuneInString(bare); strings.ContainsRune(".!?:;,…。！？", last) {
		return line
	}
	return line + "."
}

// inline takes off the marks within a line, one level of each.
func inline(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		if kept, size := link(text[i:]); size > 0 && (i == 0 || !wordBefore(text[:i])) {
			out.WriteString(kept)
			i += size
			continue
		}
		if kept, size := span(text[:i], text[i:]); size > 0 {
			out.WriteString(kept)
			i += size
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if next := text[i+size:]; !emoji(r, next) {
			out.WriteString(text[i : i+size])
		}
		i += size
	}
	return out.String()
}

func wordBefore(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return word(r)
}

// word says whether a character is a part of a word. Languages that are written without
// spaces between words have emphasis anywhere.
func word(r rune) bool {
	if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_'
}

// link returns the text of a link or picture at the beginning of a text, and how long it
// is in bytes; 0 where there is none. Of an address alone its host is said.
func link(text string) (said string, size int) {
	start := 0
	if strings.HasPrefix(text, "!") {
		start = 1
	}
	switch {
	case strings.HasPrefix(text[start:], "["):
		label, _, ok := strings.Cut(cut(text[start+1:], maxSpan), "]")
		rest := text[start+1+len(label):]
		if !ok || strings.ContainsAny(label, "[\n") || !strings.HasPrefix(rest, "](") {
			return "", 0
		}
		rest = rest[1:]
		end := closing(cut(rest, maxSpan))
		if end < 0 {
			return "", 0
		}
		return label, start + 1 + len(label) + 1 + end + 1
	case strings.HasPrefix(text, "http://"), strings.HasPrefix(text, "https://"), strings.HasPrefix(text, "<http://"), strings.HasPrefix(text, "<https://"):
		end := strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '>' || r == ')' || r == '"' })
		if end < 0 {
			end = len(text)
		}
		whole := end
		if text[0] == '<' && end < len(text) && text[end] == '>' {
			whole = end + 1
		}
		_, address, _ := strings.Cut(text[:end], "://")
		host := address
		if i := strings.IndexAny(address, "/?#"); i >= 0 {
			host = address[:i]
		}
		host = strings.TrimRight(host, ".,;:!?*_")
		tail := text[:end][len(strings.TrimRight(text[:end], ".,;:!?")):]
		if host == "" {
			return "", 0
		}
		return host + tail, whole
	default:
		return "", 0
	}
}

// closing returns where the bracket ends that a text begins with; -1 where it does not.
func closing(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		case '\n':
			return -1
		}
	}
	return -1
}

// span returns what is between two equal marks at the beginning of a text, and how long
// it is with them; 0 where the marks are none. Before is the text before it.
func span(before, text string) (inner string, size int) {
	mark := ""
	for _, m := range []string{"***", "___", "**", "__", "~~", "``", "*", "_", "`"} {
		if strings.HasPrefix(text, m) {
			mark = m
			break
		}
	}
	// "das **Licht**wort": two stars are emphasis within a word too, one is in "2*3*4" none.
	within := mark == "**" || mark == "***" || mark == "~~" || strings.HasPrefix(mark, "`")
	if mark == "" || wordBefore(before) && !within {
		return "", 0
	}
	rest := cut(text[len(mark):], maxSpan)
	if first, _ := utf8.DecodeRuneInString(rest); mark[0] != '`' && (unicode.IsSpace(first) || first == rune(mark[0])) {
		return "", 0
	}
	for from := 0; ; {
		at := strings.Index(rest[from:], mark)
		if at < 0 {
			return "", 0
		}
		at += from
		inner, after := rest[:at], rest[at+len(mark):]
		last, _ := utf8.DecodeLastRuneInString(inner)
		next, _ := utf8.DecodeRuneInString(after)
		closes := mark[0] == '`' || !unicode.IsSpace(last) && (within || !word(next)) && next != rune(mark[0])
		if inner != "" && closes {
			return inner, len(mark) + at + len(mark)
		}
		from = at + len(mark)
		if from >= len(rest) {
			return "", 0
		}
	}
}

// emoji says whether a character is an emoji, or one that only changes the look of one.
// Next is what follows it.
func emoji(r rune, next string) bool {
	switch {
	case r >= 0x1F000 && r <= 0x1FAFF, r >= 0x2600 && r <= 0x27BF, r >= 0x23E9 && r <= 0x23FA, r >= 0xE0020 && r <= 0xE007F:
		return true
	case r == 0xFE0F, r == 0x20E3, r == 0x231A, r == 0x231B, r == 0x2B05, r == 0x2B06, r == 0x2B07, r == 0x2B1B, r == 0x2B1C, r == 0x2B50, r == 0x2B55:
		return true
	case r == 0x200D: // joins emoji, and letters of some languages
		joined, _ := utf8.DecodeRuneInString(next)
		return emoji(joined, "")
	default:
		return false
	}
}

// tidy returns a text with single spaces, and none before a full stop or comma.
func tidy(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for _, sign := range []string{".", ",", "!", "?"} {
		text = strings.ReplaceAll(text, " "+sign+" ", sign+" ")
		if strings.HasSuffix(text, " "+sign) {
			text = strings.TrimSuffix(text, " "+sign) + sign
		}
	}
	return text
}

// Package foreign is where text enters LEE that somebody else wrote: the words of a
// refusal, the cause of an error, a name. Such text may quote what LEE sent, its token
// above all, and it reaches logs, answers and people. All of it passes a Filter first.
package foreign

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

const (
	// maxRunes limits what is kept of a text: some sentences.
	maxRunes = 200
	// maxTextBytes limits what is looked at of a text. To find secrets takes time.
	maxTextBytes = 4 << 10
)

// Filter takes secrets out of texts. Make one with Knowing. The zero value knows no
// secret, and conceals only what follows the name of a scheme of authentication. It is
// immutable and safe for concurrent use.
type Filter struct {
	shown  []secret.Text
	traces func() traces // nil where nothing is known
}

// Knowing returns a Filter that knows what LEE has shown: tokens, values of headers,
// codes. Empty ones are left out. It does no work before a text comes.
func Knowing(shown ...secret.Text) Filter {
	var f Filter
	for _, one := range shown {
		if !one.Empty() {
			f.shown = append(f.shown, one)
		}
	}
	if len(f.shown) > 0 {
		f.traces = sync.OnceValue(func() traces { return newTraces(f.shown) })
	}
	return f
}

// And returns a Filter that knows more secrets.
func (f Filter) And(shown ...secret.Text) Filter {
	return Knowing(append(shown, f.shown...)...)
}

// Text returns a foreign text as LEE may repeat it. First secrets are concealed, whole or
// in part and as others write them. Then control characters are escaped, and white space
// becomes single spaces. Last it is cut to 200 characters, with "…" at its end. Of a text of
// more than 4 KB the rest is not looked at: of a secret that is cut there, the part before
// is concealed.
func (f Filter) Text(raw string) string {
	if len(raw) <= maxTextBytes {
		return cut(escaped(f.Conceal(raw)))
	}
	return cut(escaped(f.Conceal(raw[:maxTextBytes])) + "…")
}

// Conceal returns a foreign text without secrets, and otherwise as it is: for what is read
// on, and goes through Text before anybody sees it.
func (f Filter) Conceal(raw string) string {
	if f.traces != nil {
		raw = f.traces().masked(raw)
	}
	return authless(raw)
}

// Error returns a foreign error whose message is Text's. What is in its chain is found as
// before. It returns nil for nil.
func (f Filter) Error(err error) error {
	if err == nil {
		return nil
	}
	return &filtered{err, f.Text(err.Error())}
}

// filtered is a foreign error with another message.
type filtered struct {
	error
	text string
}

// Error implements error.
func (e *filtered) Error() string { return e.text }

// Unwrap returns the error as it came.
func (e *filtered) Unwrap() error { return e.error }

// escaped returns a text on one line, without characters that a terminal or a page would
// act on.
func escaped(text string) string {
	var out strings.Builder
	space := true // none at the beginning
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			if !space {
				out.WriteByte(' ')
			}
			space = true
			continue
		case unicode.IsPrint(r):
			out.WriteRune(r)
		default:
			quoted := strconv.QuoteRuneToASCII(r)
			out.WriteString(quoted[1 : len(quoted)-1])
		}
		space = false
	}
	return strings.TrimSuffix(out.String(), " ")
}

// cut returns the beginning of a text.
func cut(text string) string {
	n := 0
	for at := range text {
		if n++; n > maxRunes {
			return text[:at] + "…"
		}
	}
	return text
}

// Log writes what packages write to package log's standard logger. net/http quotes there
// what comes on an idle connection, which may be anything: a sentence replaces that.
type Log struct{ io.Writer }

// Write implements io.Writer. It is called once for each line.
func (l Log) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("Unsolicited response")) {
		if _, err := io.WriteString(l.Writer, "Something came on an idle connection, which is closed.\n"); err != nil {
			return 0, err
		}
		return len(line), nil
	}
	return l.Writer.Write(line)
}

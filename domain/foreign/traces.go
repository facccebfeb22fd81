package foreign

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

const (
	// pieceBytes is how long a part of a secret must be to be found. Hardly any other text
	// has so long a part by accident.
	pieceBytes = 6
	// minSecretBytes is how long a secret must be to be looked for. What is shorter is in
	// every other text, and its absence would tell it.
	minSecretBytes = 4
)

// traces are what secrets look like, in small letters: a proxy that quotes a header may
// cut it, or write it in capitals, in Base64, in hex or as in a URL.
type traces struct {
	// forms are all forms of all secrets, each on a line of its own. A text that shares
	// a piece with one of them holds a part of a secret.
	forms string
	// short are secrets that are shorter than a piece.
	short []string
}

func newTraces(shown []secret.Text) traces {
	var t traces
	var forms strings.Builder
	for _, one := range shown {
		for _, part := range parts(one.Reveal()) {
			if len(part) < pieceBytes {
				t.short = append(t.short, lower(part))
				continue
			}
			for _, form := range formsOf(part) {
				forms.WriteString(lower(form))
				forms.WriteByte('\n')
			}
		}
	}
	t.forms = forms.String()
	return t
}

// parts returns what is secret in the value of a header: without the name of a scheme, and
// the name and the password that it may have in Base64 ("Basic bmFtZTpwYXNzd29yZA==").
func parts(value string) (list []string) {
	fields := strings.Fields(value)
	if len(fields) == 2 && isScheme(fields[0]) {
		value = fields[1]
	}
	list = append(list, value)
	if pair, err := base64.StdEncoding.DecodeString(value); err == nil {
		if name, password, ok := strings.Cut(string(pair), ":"); ok {
			list = append(list, name, password)
		}
	}
	return slices.DeleteFunc(list, func(part string) bool { return len(part) < minSecretBytes })
}

// formsOf returns a secret as it is and as others write it, each form once.
func formsOf(part string) []string {
	quoted, inASCII := strconv.Quote(part), strconv.QuoteToASCII(part)
	quoted, inASCII = quoted[1:len(quoted)-1], inASCII[1:len(inASCII)-1]
	forms := []string{
		part, inURL(part, unreserved, "+"), inURL(part, unreserved, "%20"), inURL(part, unreserved+"$&+=:@", "%20"), hex.EncodeToString([]byte(part)),
		quoted, inASCII, slashed.Replace(quoted), slashed.Replace(inASCII), safeJSON.Replace(quoted), inHTML.Replace(part), namedInHTML.Replace(part),
	}
	// In Base64 it looks different by what stands before it, "name:" perhaps.
	for before := range 3 {
		whole := base64.RawStdEncoding.EncodeToString([]byte("\x00\x00"[:before] + part))
		own := whole[(before*8+5)/6:]
		if (before+len(part))%3 != 0 {
			own = own[:len(own)-1] // what stands behind it is in the last letter
		}
		forms = append(forms, own, urlLetters.Replace(own))
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

// unreserved are the marks that stand in a URL as they are (RFC 3986, section 2.3). In a
// path others do too.
const unreserved = "-._~"

// inURL returns a text as it stands in a URL: letters, digits and these marks as they are,
// and space for a blank.
func inURL(text, marks, space string) string {
	var out strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case c == ' ':
			out.WriteString(space)
		case 'a' <= c && c <= 'z', inSecretOnly(rune(c)), strings.IndexByte(marks, c) >= 0:
			out.WriteByte(c)
		default:
			out.WriteByte('%')
			out.WriteString(hex.EncodeToString([]byte{c}))
		}
	}
	return out.String()
}

var (
	urlLetters = strings.NewReplacer("+", "-", "/", "_")
	// slashed and safeJSON write a text in JSON as PHP and as Go do.
	slashed  = strings.NewReplacer("/", `\/`)
	safeJSON = strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`)
	// inHTML and namedInHTML write a text in HTML: quotes by number, or by name and in hex.
	inHTML      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")
	namedInHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#x27;")
)

// masked returns a text with a mask in place of each run of pieces.
func (t traces) masked(text string) string {
	small := lower(text)
	var out strings.Builder
	kept := 0 // text before it is written
	for at := 0; at < len(text); {
		end := t.end(small, at)
		if end == at {
			at++
			continue
		}
		out.WriteString(text[kept:at])
		out.WriteString(secret.Mask)
		at, kept = end, end
	}
	return out.String() + text[kept:]
}

// end returns where a run of pieces ends that begins at a place; the place for none.
func (t traces) end(small string, at int) int {
	end := at
	for next := at; next <= end && next+pieceBytes <= len(small); next++ {
		if strings.Contains(t.forms, small[next:next+pieceBytes]) {
			end = next + pieceBytes
		}
	}
	for _, short := range t.short {
		if strings.HasPrefix(small[at:], short) {
			end = max(end, at+len(short))
		}
	}
	return end
}

// lower returns a text with small letters for the capitals of ASCII, and of the same
// length.
func lower(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// isScheme says whether a word names a scheme of HTTP authentication.
func isScheme(word string) bool {
	return strings.EqualFold(word, "bearer") || strings.EqualFold(word, "basic")
}

// authless returns a text without the credentials that follow "Bearer" or "Basic", whose
// they may be. Credentials have digits or capitals, which tells them from a sentence.
func authless(text string) string {
	var out strings.Builder
	small := lower(text)
	kept := 0
	for at := 0; at < len(text); at++ {
		begin, ok := credentialsAt(small, at)
		if !ok {
			continue
		}
		end := begin + len(text[begin:]) - len(strings.TrimLeftFunc(text[begin:], inCredentials))
		if strings.ContainsFunc(text[begin:end], inSecretOnly) {
			out.WriteString(text[kept:begin])
			out.WriteString(secret.Mask)
			kept = end
		}
		at = max(at, end-1) // nothing before the end is looked at twice
	}
	return out.String() + text[kept:]
}

// credentialsAt returns where credentials begin. ok is false unless the name of a scheme
// begins at the place, and white space follows, which may be written as in a URL.
func credentialsAt(small string, at int) (begin int, ok bool) {
	for _, scheme := range []string{"bearer", "basic"} {
		after, ok := strings.CutPrefix(small[at:], scheme)
		if !ok {
			continue
		}
		for _, blank := range []string{"+", "%20"} {
			if credentials, ok := strings.CutPrefix(after, blank); ok {
				return len(small) - len(credentials), true
			}
		}
		credentials := strings.TrimLeft(after, " \t\r\n")
		return len(small) - len(credentials), credentials != after
	}
	return 0, false
}

// inCredentials says whether a character may be in credentials (token68 of RFC 9110).
func inCredentials(r rune) bool {
	return 'a' <= r && r <= 'z' || inSecretOnly(r) || strings.ContainsRune("-._~+/=", r)
}

func inSecretOnly(r rune) bool { return 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' }

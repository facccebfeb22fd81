package setting

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/textproto"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// headers are HTTP headers by their canonical names: one a line, as HTTP writes them, or an
// object in JSON. Headers that LEE sets itself are mistakes.
var headers = Kind{
	Allowed: `headers, one a line ("Name: value"), an object in JSON ({"Name": "value"}), or the path of a file that holds them`,
	Parse:   parseHeaders,
	Show: func(value any) string {
		m, _ := value.(map[string]secret.Text)
		shown := make([]string, 0, len(m))
		for _, name := range slices.Sorted(maps.Keys(m)) {
			shown = append(shown, name+": "+m[name].String())
		}
		return strings.Join(shown, ", ")
	},
}

func parseHeaders(text string) (any, error) {
	m := map[string]secret.Text{}
	if strings.HasPrefix(text, "{") {
		return m, eachText(text, "header", func(name, value string) error { return addHeader(m, name, value) })
	}
	return m, headersOfLines(m, text)
}

func headersOfLines(m map[string]secret.Text, text string) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return fmt.Errorf("has no colon in line %d", n)
		}
		if err := addHeader(m, name, value); err != nil {
			return fmt.Errorf("%w (line %d)", err, n)
		}
	}
	return nil
}

// eachText hands the members of an object of texts in JSON to add, one after the
// other, so that one given twice is noticed. The error of add gets the number of
// the member in words: what is called "header" or "pair".
func eachText(text, what string, add func(name, value string) error) error {
	d := json.NewDecoder(strings.NewReader(text))
	broken := errors.New("is not an object of texts in JSON")
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return broken
	}
	for n := 1; d.More(); n++ {
		var value string
		key, err := d.Token()
		name, ok := key.(string)
		if err != nil || !ok || d.Decode(&value) != nil {
			return broken
		}
		if err := add(name, value); err != nil {
			return fmt.Errorf("%w (%s %d)", err, what, n)
		}
	}
	if _, err := d.Token(); err != nil {
		return broken
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return broken
	}
	return nil
}

// ownHeaders are set by LEE's HTTP client itself.
var ownHeaders = []string{
	"Accept-Encoding", "Authorization", "Connection", "Content-Length", "Content-Type", "Host", "Te", "Trailer",
	"Transfer-Encoding", "Upgrade",
}

// addHeader adds a header. The error does not repeat the name: what is written in
// the wrong place may be a secret.
func addHeader(m map[string]secret.Text, name, value string) error {
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !isToken(name) {
		return errors.New("has a header whose name is not one")
	}
	if value == "" || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
		return errors.New("has a header whose value is empty or holds control characters")
	}
	name = textproto.CanonicalMIMEHeaderKey(name)
	if slices.Contains(ownHeaders, name) {
		return fmt.Errorf("sets %s, which LEE sets itself", name)
	}
	if _, twice := m[name]; twice {
		return errors.New("has a header twice")
	}
	m[name] = secret.New(value)
	return nil
}

// isToken says whether s is a token of RFC 9110 section 5.6.2.
func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !letterOrDigit(r) && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	})
}

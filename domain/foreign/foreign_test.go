package foreign_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

const (
	token  = "eyJhbGciOiJIUzI1NiJ9.Y2FuYXJ5LTEyMzQ.sW3q-9Lk_0Zp"
	door   = "canary+door/key ü"
	basic  = "Basic bmFtZTpjYW5hcnktcGFzcw==" // name:canary-pass
	pin    = "4711"
	bearer = "Bearer " + token
)

var knowing = foreign.Knowing(secret.New(token), secret.New(door), secret.New(basic), secret.New(pin), secret.Text{})

// TestText is of texts and what is left of them.
func TestText(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"nothing":                {"", ""},
		"a sentence":             {"Provided temperature 99.0 is not valid. Accepted range is 7 to 35", "Provided temperature 99.0 is not valid. Accepted range is 7 to 35"},
		"another language":       {"Der Wert „99“ ist zu groß. 🔥", "Der Wert „99“ ist zu groß. 🔥"},
		"a token":                {"got " + token + ".", "got [secret]."},
		"twice":                  {token + " and " + token, "[secret] and [secret]"},
		"its beginning":          {"Authorization: Bearer " + token[:20] + "…", "Authorization: Bearer [secret]…"},
		"its end":                {"…" + token[20:], "…[secret]"},
		"within":                 {"…" + token[20:30] + "…", "…[secret]…"},
		"in capitals":            {strings.ToUpper("got " + token), "GOT [secret]"},
		"on two lines":           {token[:20] + "\r\n " + token[20:], "[secret] [secret]"},
		"a header":               {"X-Door: " + door, "X-Door: [secret]"},
		"as in a URL":            {"?door=" + url.QueryEscape(door) + "&a=b", "?door=[secret]&a=b"},
		"as in JSON":             {fmt.Sprintf("%q", "a "+door), `"a [secret]"`},
		"in hex":                 {fmt.Sprintf("%X!", token), "[secret]!"},
		"a password":             {"canary-pass is wrong for name", "[secret] is wrong for [secret]"},
		"name and password":      {basic, "Basic [secret]"},
		"a PIN":                  {"code 4711 is wrong", "code [secret] is wrong"},
		"another's token":        {"Authorization: Bearer abc.DEF-123_x, Accept: */*", "Authorization: Bearer [secret], Accept: */*"},
		"another's password":     {"basic dXNlcjpwYXNz", "basic [secret]"},
		"behind white space":     {"Authorization: Bearer \r\n\tabc.DEF-123_x.", "Authorization: Bearer [secret]"},
		"another's in a URL":     {"?a=Bearer%20abcDEF&b=basic+dXNlcjpwYXNz", "?a=Bearer%20[secret]&b=basic+[secret]"},
		"a scheme at the end":    {"no bearer ", "no bearer"},
		"a scheme in a sentence": {"A bearer token or basic authentication is needed.", "A bearer token or basic authentication is needed."},
		"lines":                  {"one\r\n\r\ntwo\tthree ", "one two three"},
		"control characters":     {"a\x00b\x1b[31mc\u202ed\u200be", `a\x00b\x1b[31mc\u202ed\u200be`},
		"no UTF-8":               {"a\xffb", "a\ufffdb"},
		"long":                   {strings.Repeat("ü", 201), strings.Repeat("ü", 200) + "…"},
		"as long as may be":      {strings.Repeat("ü", 200), strings.Repeat("ü", 200)},
		"very long":              {strings.Repeat(" ", 4<<10-8) + token + token, "[secret]…"},
		"across the cut":         {strings.Repeat("x", 195) + token, strings.Repeat("x", 195) + "[secr…"},
	} {
		if got := knowing.Text(c.raw); got != c.want {
			t.Errorf("%s is %q, want %q", name, got, c.want)
		}
	}
	if got := (foreign.Filter{}).Text(token + " 4711"); got != token+" 4711" {
		t.Errorf("one that knows nothing leaves %q", got)
	}
}

// TestWritten: a secret is found in whatever way a server writes it, also where no six
// characters of it stand together.
func TestWritten(t *testing.T) {
	const password = `a/"b"<c>&'d'/e+f\g=ü`
	known := foreign.Knowing(secret.New(password))
	inGo, err := json.Marshal(password)
	if err != nil {
		t.Fatal(err)
	}
	named := strings.NewReplacer("&#34;", "&quot;", "&#39;", "&#x27;").Replace(html.EscapeString(password))
	for name, written := range map[string]string{
		"as it is": password, "by Go": strings.Trim(string(inGo), `"`), "quoted": strconv.Quote(password), "in ASCII": strconv.QuoteToASCII(password),
		"by PHP": strings.ReplaceAll(strconv.QuoteToASCII(password), "/", `\/`), "by PHP, not in ASCII": strings.ReplaceAll(strconv.Quote(password), "/", `\/`),
		"in HTML": html.EscapeString(password), "in HTML with names": named, "in a URL": url.QueryEscape(password), "in a path": url.PathEscape(password),
	} {
		if got := strings.Trim(known.Conceal(written), `"`); got != secret.Mask {
			t.Errorf("%s it is %s, of which %s is left", name, written, got)
		}
	}
}

// FuzzConceal: however a text quotes a secret, no part of it is left that is as long as six
// characters; what is left is one line and not long.
func FuzzConceal(f *testing.F) {
	f.Add("got ", " back", uint8(3), uint8(40), uint8(0))
	f.Fuzz(func(t *testing.T, before, after string, from, to, form uint8) {
		begin := int(from) % len(token)
		part := token[begin : begin+int(to)%(len(token)-begin)+1]
		quoted := []func() string{
			func() string { return part },
			func() string { return strings.ToUpper(part) },
			func() string { return url.QueryEscape(part) },
			func() string { return fmt.Sprintf("%x", part) },
			func() string { return base64.StdEncoding.EncodeToString([]byte("name:" + token)) },
			func() string { return base64.RawURLEncoding.EncodeToString([]byte(token)) },
		}[int(form)%6]()
		got := knowing.Text(before + quoted + after)
		rest := strings.ToLower(before + after + secret.Mask)
		small := strings.ToLower(got)
		for at := 0; at+6 <= len(token); at++ {
			if piece := strings.ToLower(token[at : at+6]); strings.Contains(small, piece) && !strings.Contains(rest, piece) {
				t.Fatalf("%q is left of %q in %q", piece, quoted, got)
			}
		}
		if n := utf8.RuneCountInString(got); n > 201 || strings.ContainsFunc(got, func(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }) {
			t.Fatalf("%d characters: %q", n, got)
		}
	})
}

// TestBase64 wants a secret to be found in Base64 wherever it stands in what was encoded.
func TestBase64(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rapid.String().Draw(t, "before"), rapid.String().Draw(t, "after")
		for _, coding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
			got := knowing.Conceal(coding.EncodeToString([]byte(before + token + after)))
			if !strings.Contains(got, secret.Mask) {
				t.Fatalf("%q", got)
			}
			if longest := len(got) - len(secret.Mask) - len(coding.EncodeToString([]byte(before+after))); longest > 12 {
				t.Fatalf("%d characters are left of it in %q", longest, got)
			}
		}
	})
}

// TestError: a foreign error says what Text says, and is what it was.
func TestError(t *testing.T) {
	err := fmt.Errorf("malformed header %q: %w", bearer, io.ErrUnexpectedEOF)
	got := knowing.Error(err)
	if got.Error() != `malformed header "Bearer [secret]": unexpected EOF` || !errors.Is(got, io.ErrUnexpectedEOF) || errors.Unwrap(got) != err { //nolint:errorlint // the very one
		t.Errorf("it is %v", got)
	}
	var other foreign.Filter
	if again := other.Error(fmt.Errorf("the home: %w", got)); again.Error() != "the home: "+got.Error() {
		t.Errorf("a second time it is %v", again)
	}
	if knowing.Error(nil) != nil {
		t.Error("no error is one")
	}
	if text := fmt.Sprintf("%v %+v %s %q", got, got, got, got); strings.Contains(text, token) {
		t.Errorf("it is printed as %s", text)
	}
}

func BenchmarkText(b *testing.B) {
	long := secret.New(strings.Repeat(token, 4))
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			_ = foreign.Knowing(long).Text("2026.11.0")
		}
	})
	f := foreign.Knowing(long)
	b.Run("later", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = f.Text("2026.11.0")
		}
	})
}

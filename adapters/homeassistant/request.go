package homeassistant

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

const (
	// mostBytes is how much of an answer is read, unpacked: a house of 100,000
	// entities fits, and no answer fills the memory.
	mostBytes = 64 << 20
	// drained is how much of an answer is read for nothing, so that its
	// connection can be used again: the end of what was decoded.
	drained = 4 << 10
)

// request is one request to Home Assistant.
type request struct {
	method, path string
	body         []byte
	// command says that the request has an effect and must not be repeated.
	command bool
	// declined makes the fault of a refusal from the home's own words, which it must
	// not repeat where the body holds a secret; nil for declined, or declinedQuietly
	// where somebody has spoken.
	declined func(message string) *fault.Error
	// large says that the answer is worth compressing.
	large bool
	// plain says that the answer's JSON comes as plain text.
	plain bool
	// optional says that a home may be without what the path leads to.
	optional bool
	// decode reads the body of a good answer.
	decode func(*decoder) error
	// told is set to when a good answer was made, by the clock of whoever made it;
	// nil when that does not matter.
	told *time.Time
}

// do sends a request and reads its answer. Its error is a *fault.Error, which
// says of a command whether the home may have received it.
func (c *Client) do(ctx context.Context, r request) error {
	token, own, err := c.token(ctx)
	if err != nil {
		return err
	}
	if r.declined == nil && ports.Spoken(ctx) {
		r.declined = declinedQuietly
	}
	if c.config.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.config.Timeout)
		defer cancel()
	}
	var sent atomic.Bool
	if r.command {
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
			// net/http begins anew, and asks for a connection again, when the one that
			// it had turns out to be closed before a byte went out.
			GetConn:      func(string) { sent.Store(false) },
			WroteHeaders: func() { sent.Store(true) },
		})
	}
	response, err := c.send(ctx, r, token)
	if err != nil {
		return unanswered(ctx, err, sent.Load())
	}
	defer func() {
		_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, drained))
		_ = response.Body.Close()
	}()
	failure := c.read(ctx, response, r)
	if failure == nil {
		return nil
	}
	if failure.Kind == fault.TokenRejected && (own || !c.rejectsAgain(ctx, token)) {
		failure = notAllowed(own)
	}
	c.conceal(failure, token)
	failure.Sent = r.command // there is an answer, so it got through
	return failure
}

// token returns the token to show, and whether it is LEE's own. Its error is a
// *fault.Error.
func (c *Client) token(ctx context.Context) (token secret.Text, own bool, err error) {
	token, own = c.config.Token, true
	if token.Empty() {
		token, own = ports.Bearer(ctx), false
	}
	switch {
	case token.Empty():
		return token, own, fault.New(fault.Misconfigured, "HOME_ASSISTANT_TOKEN is not set, and the request brought no token.")
	case !printable(token.Reveal()):
		return token, own, fault.New(fault.NotAllowed, "The token holds characters that no token has.")
	default:
		return token, own, nil
	}
}

// printable says whether HTTP takes s as a header's value.
func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// repeating are the headers that net/http takes for leave to repeat a POST.
var repeating = []string{"Idempotency-Key", "X-Idempotency-Key"}

func (c *Client) send(ctx context.Context, r request, token secret.Text) (*http.Response, error) {
	var body io.Reader
	if r.body != nil {
		body = bytes.NewReader(r.body)
	}
	q, err := http.NewRequestWithContext(ctx, r.method, c.base+r.path, body)
	if err != nil {
		return nil, err
	}
	for name, value := range c.config.Headers {
		q.Header.Set(name, value.Reveal())
	}
	for _, name := range repeating {
		q.Header.Del(name)
	}
	q.Header.Set("Authorization", "Bearer "+token.Reveal())
	if r.body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	if r.large {
		q.Header.Set("Accept-Encoding", "gzip")
	}
	// Not by an http.Client: that follows redirects, and a POST that is redirected
	// becomes a GET, a command that is lost and reported as done.
	return c.transport.RoundTrip(q)
}

// read reads the answer to a request.
func (c *Client) read(ctx context.Context, response *http.Response, r request) *fault.Error {
	if r.optional && response.StatusCode == http.StatusNotFound {
		return fault.New(fault.Unsupported, "Home Assistant does not have this integration.")
	}
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusCreated {
		return refused(response, r)
	}
	if !isJSON(response.Header) && (!r.plain || !isText(response.Header)) {
		return strange(response.StatusCode)
	}
	if err := decode(response, r.decode); err != nil {
		return garbled(ctx, err, r.command)
	}
	if at, err := http.ParseTime(response.Header.Get("Date")); err == nil && r.told != nil {
		*r.told = at
	}
	return nil
}

// rejectsAgain asks a second time, at another address of the same home, whether
// the token is rejected: an account must not be unlinked by a slip of a proxy.
func (c *Client) rejectsAgain(ctx context.Context, token secret.Text) bool {
	response, err := c.send(ctx, request{method: http.MethodGet, path: "/api/"}, token)
	if err != nil {
		return false
	}
	defer func() { _ = response.Body.Close() }()
	return response.StatusCode == http.StatusUnauthorized && refused(response, request{}).Kind == fault.TokenRejected
}

// decode reads an answer. Its error does not say where in the answer something is
// wrong by the names of members, which may hold anything.
func decode(response *http.Response, into func(*decoder) error) error {
	body := io.Reader(response.Body)
	if response.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(body)
		if err != nil {
			return err
		}
		body = unzipped
	}
	err := into(newDecoder(io.LimitReader(body, mostBytes)))
	if wrong, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		bare := *wrong
		bare.JSONPointer = ""
		return &bare
	}
	return err
}

func isJSON(h http.Header) bool {
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

func isText(h http.Header) bool {
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && media == "text/plain"
}

package homeassistant

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
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
	// most is how many bytes of the answer are read, unpacked; 0 for maxBytes.
	most int
	// plain says that the answer's JSON comes as plain text.
	plain bool
	// optional says that a home may be without what the path leads to.
	optional bool
	// decode reads the body of a good answer.
	decode func(*decoder) error
	// told is set to when a good answer was made, by the clock of the one that made it;
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
	var on passage
	if r.command {
		ctx = on.traced(ctx, c.config.Clock)
	}
	a, err := c.send(ctx, r, token)
	if err != nil {
		return c.foreign(c.unsent(ctx, errors.Join(on.late, err), on.sent.Load()), token)
	}
	defer a.close()
	failure := c.read(ctx, a, r, token)
	if failure == nil {
		return nil
	}
	if failure.Kind == fault.TokenRejected && (own || !c.rejectsAgain(ctx, token)) {
		failure = notAllowed(own)
	}
	failure.Sent = r.command // there is an answer, so it got through
	return c.foreign(failure, token)
}

// passage is how far a command has got.
type passage struct {
	sent atomic.Bool
	late error // why it was not sent: there was no time for it any more
}

// traced returns a context for a command's request.
func (p *passage) traced(ctx context.Context, clock ports.Clock) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		// net/http begins again, and asks for a connection again, when the one that
		// it had turns out to be closed before a byte went out.
		GetConn: func(string) { p.sent.Store(false) },
		// It may have waited for the connection while the process was frozen.
		GotConn: func(got httptrace.GotConnInfo) {
			if p.late = ports.InTime(ctx, clock); p.late != nil {
				_ = got.Conn.Close()
			}
		},
		WroteHeaders: func() { p.sent.Store(true) },
	})
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
		return token, own, home.NoToken()
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

// send sends a request. The answer must be closed.
func (c *Client) send(ctx context.Context, r request, token secret.Text) (*answer, error) {
	var body io.Reader
	if r.body != nil {
		body = bytes.NewReader(r.body)
	}
	send, cancel := c.transport.send, func() {}
	if r.method == http.MethodGet {
		var v *rival
		v, ctx = c.transport.reading(ctx)
		send, cancel = v.first, v.yield
	}
	q, err := http.NewRequestWithContext(ctx, r.method, c.base+r.path, body)
	if err != nil {
		cancel()
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
	return answered(send(q)) //nolint:bodyclose // the caller closes it
}

// read reads the answer to a request.
func (c *Client) read(ctx context.Context, a *answer, r request, token secret.Text) *fault.Error {
	if r.optional && a.StatusCode == http.StatusNotFound {
		return fault.New(fault.Unsupported, "Home Assistant does not have this integration.")
	}
	if a.StatusCode != http.StatusOK && a.StatusCode != http.StatusCreated {
		return refused(a, r, c.filter(token))
	}
	if !isJSON(a.Header) && (!r.plain || !isText(a.Header)) {
		return home.Strange(a.StatusCode)
	}
	if a.packed() && !r.large {
		return garbled(ctx, errPacked, r.command)
	}
	if err := a.decode(int64(cmp.Or(r.most, maxBytes)), r.decode); err != nil {
		return garbled(ctx, err, r.command)
	}
	if at, err := http.ParseTime(a.Header.Get("Date")); err == nil && r.told != nil {
		*r.told = at
	}
	return nil
}

// rejectsAgain asks a second time, at another address of the same home, whether
// the token is rejected: an account must not be unlinked by a slip of a proxy.
func (c *Client) rejectsAgain(ctx context.Context, token secret.Text) bool {
	a, err := c.send(ctx, request{method: http.MethodGet, path: "/api/"}, token)
	if err != nil {
		return false
	}
	defer a.close()
	return a.StatusCode == http.StatusUnauthorized && refused(a, request{}, c.known).Kind == fault.TokenRejected
}

func isJSON(h http.Header) bool {
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

func isText(h http.Header) bool {
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && media == "text/plain"
}

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

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// request is one request to Home Assistant.
type request struct {
	method, path string
	body         []byte
	// command says that the request has an effect and must not be repeated.
	command bool
	// large says that the answer is worth compressing.
	large bool
	// decode reads the body of a good answer; nil when nobody needs it.
	decode func(*decoder) error
}

// do sends a request and reads its answer. Its error is a *fault.Error.
func (c *Client) do(ctx context.Context, r request) error {
	token, own := c.token(ctx)
	if token.Empty() {
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_TOKEN is not set, and the request brought no token.")
	}
	if c.config.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.config.Timeout)
		defer cancel()
	}
	var sent atomic.Bool
	if r.command {
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }})
	}
	response, err := c.send(ctx, r, token)
	if err != nil {
		return unanswered(ctx, err, r.command && sent.Load())
	}
	defer func() {
		_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 4<<10)) // so that the connection can be used again
		_ = response.Body.Close()
	}()
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusCreated {
		err := c.refused(response, r)
		if fault.Of(err) == fault.TokenRejected && (own || !c.rejectsAgain(ctx, token)) {
			return notAllowed(own)
		}
		return err
	}
	if !isJSON(response.Header) {
		return strange(response.StatusCode, r.command)
	}
	if r.decode == nil {
		return nil
	}
	if err := decode(response, r.decode); err != nil {
		if ctx.Err() != nil || errors.Is(err, io.ErrUnexpectedEOF) {
			return unanswered(ctx, err, r.command)
		}
		return fault.Wrap(fault.Unreachable, "What answered does not speak as Home Assistant does.", err)
	}
	return nil
}

// token returns the token to show, and whether it is LEE's own.
func (c *Client) token(ctx context.Context) (token secret.Text, own bool) {
	if !c.config.Token.Empty() {
		return c.config.Token, true
	}
	return ports.Bearer(ctx), false
}

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
	q.Header.Set("Authorization", "Bearer "+token.Reveal())
	if r.body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	if r.large {
		q.Header.Set("Accept-Encoding", "gzip")
	}
	return c.http.Do(q)
}

// rejectsAgain asks a second time, at another address of the same home, whether
// the token is rejected: an account must not be unlinked by a slip of a proxy.
func (c *Client) rejectsAgain(ctx context.Context, token secret.Text) bool {
	response, err := c.send(ctx, request{method: http.MethodGet, path: "/api/"}, token)
	if err != nil {
		return false
	}
	defer func() { _ = response.Body.Close() }()
	return fault.Of(c.refused(response, request{})) == fault.TokenRejected
}

func decode(response *http.Response, into func(*decoder) error) error {
	body := io.Reader(response.Body)
	if response.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(body)
		if err != nil {
			return err
		}
		body = unzipped
	}
	return into(newDecoder(body))
}

func isJSON(h http.Header) bool {
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

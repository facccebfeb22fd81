package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// request is one request to Home Assistant.
type request struct {
	path string
	// command is what is posted; nil for a question.
	command []byte
	// secret says that what is posted holds a code.
	secret bool
	// optional says that a home may be without what the path leads to.
	optional bool
	// read reads a good answer.
	read func(*stream) error
	// told is set to when a good answer was made, by the clock of the home; nil where
	// that does not matter.
	told *time.Time
}

const (
	// maxErrorBytes is how much is read of the answer to a request that failed,
	// maxHeaderBytes how long the headers of an answer may be.
	maxErrorBytes, maxHeaderBytes = 8 << 10, 64 << 10
)

// repeating are the headers that net/http takes for leave to repeat a POST.
var repeating = []string{"Idempotency-Key", "X-Idempotency-Key"}

// do sends a request once and reads its answer. The error is a *fault.Error, and has the
// request's method and path.
func (h *plainHome) do(ctx context.Context, bearer secret.Text, r request) error {
	method := http.MethodGet
	if r.command != nil {
		method = http.MethodPost
	}
	return fault.At(method+" "+r.path, h.send(ctx, bearer, r))
}

func (h *plainHome) send(ctx context.Context, bearer secret.Text, r request) error {
	if !h.Token.Empty() {
		bearer = h.Token
	}
	if bearer.Empty() {
		return home.NoToken()
	}
	if h.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, h.Timeout)
		defer cancel()
	}
	var sent atomic.Bool // the home may have received the whole request
	question, err := r.http(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn:      func(string) { sent.Store(false) }, // also for the second time, when nothing went out on the first
		WroteHeaders: func() { sent.Store(true) },
	}), h.URL)
	if err != nil {
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not a URL.")
	}
	for name, value := range h.Headers {
		question.Header.Set(name, value.Reveal())
	}
	for _, name := range repeating {
		question.Header.Del(name)
	}
	question.Header.Set("Authorization", "Bearer "+bearer.Reveal())
	h.distrust()
	// Not by an http.Client: a POST that it redirects becomes a GET, and the command is lost.
	response, err := h.transport.RoundTrip(question)
	switch {
	case err != nil && h.demand.Unmet(ctx, err):
		return home.WantsCertificate(nil)
	case err != nil && r.command != nil && sent.Load():
		return unanswered()
	case err != nil:
		return fault.New(fault.Unreachable, "The home cannot be reached, or did not answer in time.")
	}
	h.demand.Answered()
	// The rest of the answer is not waited for: closing the body closes the connection.
	defer func() { _ = response.Body.Close() }()
	switch {
	case response.StatusCode != http.StatusOK:
		return rejected(response, r, h.known.And(bearer))
	case !isJSON(response.Header):
		return home.Strange(response.StatusCode)
	}
	if err := r.read(newStream(response.Body)); err != nil {
		return garbled(ctx, h.known.And(bearer).Error(err), r.command != nil)
	}
	if at, err := http.ParseTime(response.Header.Get("Date")); err == nil && r.told != nil {
		*r.told = at
	}
	return nil
}

// http returns the request for net/http.
func (r request) http(ctx context.Context, base string) (*http.Request, error) {
	if r.command == nil {
		return http.NewRequestWithContext(ctx, http.MethodGet, base+r.path, http.NoBody)
	}
	question, err := http.NewRequestWithContext(ctx, http.MethodPost, base+r.path, bytes.NewReader(r.command))
	if err == nil {
		question.Header.Set("Content-Type", "application/json")
	}
	return question, err
}

// distrust closes connections that were idle for too long by the wall clock. The monotonic
// clock stands still while Lambda freezes the process. When the wall clock was put back, no
// connection is trusted.
func (h *plainHome) distrust() {
	now := time.Now().UnixNano()
	idle := time.Duration(now - h.used.Swap(now))
	if idle < 0 || idle > idleTrust {
		h.transport.CloseIdleConnections()
	}
}

// opening returns what an answer that is not a good one says, without waiting for its
// end: the JSON value that it is, or its first words as long as they may be Home
// Assistant's own.
func opening(response *http.Response) []byte {
	if isJSON(response.Header) {
		raw, _ := newStream(io.LimitReader(response.Body, maxErrorBytes)).raw(maxErrorBytes)
		return raw
	}
	var words []byte
	own := []byte(home.NoService)
	for len(words) < len(own) && bytes.Equal(words, own[:len(words)]) {
		piece := make([]byte, len(own)-len(words))
		n, err := response.Body.Read(piece)
		if words = append(words, piece[:n]...); err != nil {
			break
		}
	}
	return words
}

// rejected turns an answer that is not a good one into a fault. No status is ever a
// reason to unlink an account here: the failsafe does not look closely enough to be
// sure.
func rejected(response *http.Response, r request, filter foreign.Filter) *fault.Error {
	status := response.StatusCode
	if status == http.StatusSwitchingProtocols { // nothing bounds how long its body takes
		return home.Strange(status)
	}
	switch {
	case status == http.StatusNotFound && strings.HasPrefix(r.path, "/api/states/") && message(response) == "Entity not found.":
		return home.NoSuchEntity()
	case status == http.StatusNotFound && r.optional:
		return fault.New(fault.Unsupported, "Home Assistant does not have this.")
	case status == http.StatusBadRequest:
		f, ok := home.Declined(opening(response), filter)
		if ok && r.secret {
			f.Text = "Home Assistant declined it. Its own log says why." // its words may repeat the code
		}
		if ok {
			return f
		}
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fault.Newf(fault.NotAllowed, "Home Assistant, or something in front of it, turns LEE away (HTTP status %d).", status)
	}
	return home.StatusFault(status, r.command != nil)
}

// message reads an error in JSON and returns its message, "" when there is none.
func message(response *http.Response) string {
	var in struct {
		Message string `json:"message"`
	}
	if !isJSON(response.Header) || json.Unmarshal(opening(response), &in) != nil {
		return ""
	}
	return in.Message
}

// garbled turns an answer that cannot be read into a fault. For a command it is like no
// answer: the home may have carried it out.
func garbled(ctx context.Context, err error, command bool) error {
	switch {
	case command:
		return unanswered()
	case ctx.Err() != nil:
		return fault.New(fault.Unreachable, "The home cannot be reached, or did not answer in time.")
	default:
		return fault.Wrap(fault.Unreachable, "What answers is not Home Assistant.", err)
	}
}

// unanswered is the fault for a command that the home may have received and did not answer.
func unanswered() *fault.Error {
	return fault.New(fault.Unanswered, "The home did not say in time whether it was done.")
}

func isJSON(h http.Header) bool {
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

package homeassistant

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// refused turns an answer to a request that is not a good one into a fault. It reads
// the body where that says more than the status.
func refused(response *answer, r request, filter foreign.Filter) *fault.Error {
	status := response.StatusCode
	switch {
	case status == http.StatusUnauthorized && own401(response):
		return fault.New(fault.TokenRejected, "Home Assistant does not accept the token that came with the request.")
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fault.Newf(fault.NotAllowed, "Something in front of Home Assistant, or a ban, turns LEE away (HTTP status %d).", status)
	case status == http.StatusNotFound && message(response) == "Entity not found.":
		return home.NoSuchEntity()
	case status == http.StatusBadRequest && r.declined != nil && message(response) != "":
		return r.declined(message(response))
	case status == http.StatusBadRequest:
		if f, ok := home.Declined(response.text(), filter); ok {
			return f
		}
	}
	e := home.StatusFault(status, r.command)
	if e.Kind == fault.Throttled || status >= 500 && e.Kind == fault.Unreachable {
		e.RetryAfter = retryAfter(response)
	}
	return e
}

// own401 says whether a 401 is Home Assistant's own: its words and nothing else.
// A proxy's or a WAF's is a page.
func own401(response *answer) bool {
	return strings.HasPrefix(response.Header.Get("Content-Type"), "text/plain") &&
		strings.TrimSpace(string(response.text())) == "401: Unauthorized"
}

// message returns the message of an error in JSON, "" when there is none.
func message(response *answer) string {
	var in struct {
		Message string `json:"message"`
	}
	if !isJSON(response.Header) || json.Unmarshal(response.text(), &in) != nil {
		return ""
	}
	return in.Message
}

// declinedQuietly is a refusal without the home's words.
func declinedQuietly(message string) *fault.Error {
	e := home.DeclinedBy(message, foreign.Filter{})
	e.Text = "Home Assistant declined it. Its own log says why."
	return e
}

// notAllowed is what becomes of a rejected token that is LEE's own, or that the
// home did not reject twice.
func notAllowed(own bool) *fault.Error {
	if own {
		return fault.New(fault.NotAllowed, "Home Assistant does not accept the token in HOME_ASSISTANT_TOKEN.")
	}
	return fault.New(fault.NotAllowed, "Home Assistant, or something in front of it, turned the request away.")
}

// retryAfter returns how long the other side asked to be left alone (Retry-After
// in seconds or as a date, RFC 9110); 0 when it did not say.
func retryAfter(response *answer) time.Duration {
	const most = 24 * time.Hour
	after := response.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(after); err == nil {
		return time.Duration(min(max(seconds, 0), int(most/time.Second))) * time.Second
	}
	at, err := http.ParseTime(after)
	if err != nil {
		return 0
	}
	return min(max(time.Until(at), 0), most)
}

// unsent turns a failure to get any answer to a request into a fault.
func (c *Client) unsent(ctx context.Context, err error, sent bool) *fault.Error {
	if late, ok := errors.AsType[*fault.Error](err); ok { // by ports.InTime: nothing was sent
		return late
	}
	if c.transport.demand.Unmet(ctx, err) {
		e := home.WantsCertificate(err)
		e.Sent = sent
		return e
	}
	return unanswered(ctx, err, sent)
}

// unanswered turns a failure to get any answer into a fault. A command of which
// something was sent may have been carried out.
func unanswered(ctx context.Context, err error, sent bool) *fault.Error {
	switch {
	case sent:
		return &fault.Error{Kind: fault.Unanswered, Text: "The home did not answer.", Cause: err, Sent: true}
	case ctx.Err() != nil:
		return fault.Wrap(fault.Deadline, "The home did not answer in time.", err)
	default:
		return fault.Wrap(fault.Unreachable, "The home cannot be reached.", err)
	}
}

// garbled turns an answer that cannot be read to its end into a fault. For a command this is
// as if no answer came.
func garbled(ctx context.Context, err error, command bool) *fault.Error {
	var broken net.Error
	switch {
	case errors.Is(err, errTooLarge) && !command:
		return fault.Wrap(fault.Failed, "The home answers with more than LEE can hold.", err)
	case command || ctx.Err() != nil || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &broken):
		return unanswered(ctx, err, command)
	default:
		return fault.Wrap(fault.Unreachable, "What answered does not speak as Home Assistant does.", err)
	}
}

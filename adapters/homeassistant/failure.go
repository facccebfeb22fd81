package homeassistant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// refused turns an answer that is not 200 into a fault. It reads the body, as
// much of it as any answer of Home Assistant's has.
func (c *Client) refused(response *http.Response, r request) error {
	body, _ := io.ReadAll(io.LimitReader(response.Body, 8<<10))
	status := response.StatusCode
	switch {
	case status == http.StatusUnauthorized && own401(response, body):
		return fault.New(fault.TokenRejected, "Home Assistant does not accept the token that came with the request.")
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fault.Newf(fault.NotAllowed, "Something in front of Home Assistant, or a ban, turns LEE away (HTTP status %d).", status)
	case status == http.StatusNotFound && message(response, body) == "Entity not found.":
		return notFound()
	case status == http.StatusBadRequest && strings.HasPrefix(string(body), "400: Bad Request"):
		return fault.New(fault.Unsupported, "Home Assistant has no such service, or it does not take these values.")
	case status == http.StatusBadRequest && message(response, body) != "":
		return declined(message(response, body))
	case status == http.StatusTooManyRequests:
		return throttled(fault.Throttled, "The home asks to be left alone for a moment.", response)
	case status == http.StatusInternalServerError:
		return fault.New(fault.Failed, "Home Assistant tried and could not do it.")
	case status == http.StatusGatewayTimeout && r.command, status == 524 && r.command: // 524 is Cloudflare's
		return &fault.Error{Kind: fault.Unanswered, Text: "The home did not answer in time.", Sent: true}
	case status >= 500:
		return throttled(fault.Unreachable, fmt.Sprintf("What stands in front of Home Assistant cannot reach it (HTTP status %d).", status), response)
	case status >= 300 && status < 400:
		return fault.New(fault.Unreachable, "HOME_ASSISTANT_URL redirects to another address; it must name that one.")
	}
	return strange(status, r.command)
}

// own401 says whether a 401 is Home Assistant's own: its words and nothing else.
// A proxy's or a WAF's is a page.
func own401(response *http.Response, body []byte) bool {
	return strings.HasPrefix(response.Header.Get("Content-Type"), "text/plain") &&
		strings.TrimSpace(string(body)) == "401: Unauthorized"
}

// message returns the message of an error in JSON, "" when there is none.
func message(response *http.Response, body []byte) string {
	var in struct {
		Message string `json:"message"`
	}
	if !isJSON(response.Header) || json.Unmarshal(body, &in) != nil {
		return ""
	}
	return in.Message
}

// declined is what a 400 with a message is: the words of the integration, which
// people may read.
func declined(message string) error {
	const most = 200
	kind := fault.Refused
	if strings.Contains(message, "does not support action") {
		kind = fault.Unsupported
	}
	if runes := []rune(message); len(runes) > most {
		message = string(runes[:most]) + "…"
	}
	return fault.New(kind, message)
}

func notFound() error { return fault.New(fault.NotFound, "The home has no such device any more.") }

func notAllowed(own bool) error {
	if own {
		return fault.New(fault.NotAllowed, "Home Assistant does not accept the token in HOME_ASSISTANT_TOKEN.")
	}
	return fault.New(fault.NotAllowed, "Something in front of Home Assistant turned the request away.")
}

// strange is an answer that Home Assistant does not give.
func strange(status int, command bool) error {
	e := fault.Newf(fault.Unreachable, "What answers at HOME_ASSISTANT_URL is not Home Assistant (HTTP status %d).", status)
	e.Sent = command
	return e
}

// throttled adds how long the other side asked to be left alone (Retry-After in
// seconds or as a date, RFC 9110).
func throttled(kind fault.Kind, text string, response *http.Response) error {
	e := &fault.Error{Kind: kind, Text: text, Sent: true}
	after := response.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(after); err == nil && seconds > 0 {
		e.RetryAfter = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(after); err == nil {
		e.RetryAfter = max(time.Until(at), 0)
	}
	return e
}

// unanswered turns a failure to get any answer into a fault. A command of which
// something was sent may have been carried out.
func unanswered(ctx context.Context, err error, sent bool) error {
	switch {
	case sent:
		return &fault.Error{Kind: fault.Unanswered, Text: "The home did not answer.", Cause: scrub(err), Sent: true}
	case ctx.Err() != nil:
		return fault.Wrap(fault.Deadline, "The home did not answer in time.", scrub(err))
	default:
		return fault.Wrap(fault.Unreachable, "The home cannot be reached.", scrub(err))
	}
}

// scrub takes the URL out of net/http's errors: it names the home to whoever
// reads the log, and may hold what is secret.
func scrub(err error) error {
	var withURL interface{ Unwrap() error }
	if errors.As(err, &withURL) {
		if inner := withURL.Unwrap(); inner != nil {
			return inner
		}
	}
	return err
}

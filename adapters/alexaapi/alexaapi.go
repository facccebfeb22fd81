// Package alexaapi speaks to Amazon while a custom skill's answer is being made
// (https://developer.amazon.com/docs/alexa/custom-skills/send-the-user-a-progressive-response.html).
package alexaapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/ports"
)

// patience bounds saying something, whatever the context allows: what comes later
// would come after the answer.
const patience = 1500 * time.Millisecond

// mostProgress is how many characters may be said, markup included.
const mostProgress = 600

// Client is Amazon as a skill speaks to it. It is safe for concurrent use. Close
// it when it is no longer needed.
type Client struct {
	transport *http.Transport
}

var _ ports.Progress = (*Client)(nil)

// New returns a client. It does not connect.
func New() *Client {
	return &Client{&http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: patience}).DialContext,
		TLSHandshakeTimeout: patience,
		ForceAttemptHTTP2:   true,
	}}
}

// Close closes the connections. It never fails.
func (c *Client) Close() error {
	c.transport.CloseIdleConnections()
	return nil
}

// directive is what Amazon is sent.
type directive struct {
	Header struct {
		Request string `json:"requestId"`
	} `json:"header"`
	Directive struct {
		Type   string `json:"type"`
		Speech string `json:"speech"`
	} `json:"directive"`
}

// Say implements ports.Progress. Whatever address a request brings along, its token
// goes to Amazon alone.
func (c *Client) Say(ctx context.Context, to skill.API, request, speech string) error {
	at, err := endpoint(to.Endpoint)
	if err != nil {
		return err
	}
	var d directive
	d.Header.Request = request
	d.Directive.Type, d.Directive.Speech = "VoicePlayer.Speak", skill.SSML(speech)
	switch {
	case to.Token.Empty() || strings.ContainsFunc(to.Token.Reveal(), func(r rune) bool { return r <= ' ' || r > '~' }):
		return fault.New(fault.Misconfigured, "The request brought no token to speak to Amazon with.")
	case d.Directive.Speech == "" || len(d.Directive.Speech) > mostProgress:
		return fault.New(fault.Invalid, "What is said meanwhile must be a sentence or two.")
	}
	body, err := json.Marshal(d)
	if err != nil { // texts can always be written
		return fault.Wrap(fault.Internal, "What is said meanwhile cannot be sent.", err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return c.post(ctx, at, to, body)
}

func (c *Client) post(ctx context.Context, at string, to skill.API, body []byte) error {
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, at, bytes.NewReader(body))
	if err != nil {
		return fault.New(fault.Misconfigured, "The address that came with the request is none.")
	}
	q.Header.Set("Authorization", "Bearer "+to.Token.Reveal())
	q.Header.Set("Content-Type", "application/json")
	// Not by an http.Client: that would follow a redirect, with the token.
	response, err := c.transport.RoundTrip(q)
	if err != nil {
		err = foreign.Knowing(to.Token).Error(err)
		if ctx.Err() != nil {
			return fault.Wrap(fault.Deadline, "Amazon did not take in time what was to be said meanwhile.", err)
		}
		return fault.Wrap(fault.Unreachable, "Amazon cannot be reached.", err)
	}
	defer func() {
		_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 4<<10))
		_ = response.Body.Close()
	}()
	switch {
	case response.StatusCode < http.StatusMultipleChoices:
		return nil
	case response.StatusCode >= http.StatusInternalServerError || response.StatusCode == http.StatusTooManyRequests:
		return fault.Newf(fault.Unreachable, "Amazon cannot take now what was to be said meanwhile (HTTP status %d).", response.StatusCode)
	}
	return fault.Newf(fault.Refused, "Amazon does not take what was to be said meanwhile (HTTP status %d).", response.StatusCode)
}

// amazons is where Amazon's services for skills are: api.amazonalexa.com,
// api.eu.amazonalexa.com, api.fe.amazonalexa.com.
const amazons = ".amazonalexa.com"

// endpoint returns where directives go at an address that a request brought along.
func endpoint(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || u.RawQuery != "" || u.Fragment != "" ||
		strings.Trim(u.Path, "/") != "" || !amazonsHost(u.Host) {
		return "", fault.New(fault.Misconfigured, "The address that came with the request is not Amazon's.")
	}
	return "https://" + u.Host + "/v1/directives", nil
}

// amazonsHost says whether a host is one below amazons, by plain letters.
func amazonsHost(host string) bool {
	name, ok := strings.CutSuffix(host, amazons)
	return ok && name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.'
	})
}

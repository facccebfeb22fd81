package homeprobe

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

const (
	// mostAsked is how often the home is asked to see how long it takes, within
	// mostAsking.
	mostAsked  = 10
	mostAsking = 2 * time.Second
	// mostBody is how much of an answer is read, and mostTelling how much of it is
	// looked at to tell who wrote it: Cloudflare's pages say so within the first
	// kilobytes.
	mostBody    = 256 << 10
	mostTelling = 16 << 10
	// endTime is how long the end of an answer is waited for that is there as a whole.
	endTime = 50 * time.Millisecond
	// mostHeader is how long the headers of an answer may be.
	mostHeader = 64 << 10
)

// ask asks the home on the one connection: once to see who answers and, if that is
// Home Assistant and the look is a close one, again to see how long it takes.
func (v *visit) ask(ctx context.Context) {
	opened := make(chan net.Conn, 1)
	opened <- v.conn
	v.conn = nil
	asking := &asker{visit: v, transport: v.transport(opened)}
	defer func() {
		asking.transport.CloseIdleConnections()
		select {
		case conn := <-opened: // which was never taken
			_ = conn.Close()
		default:
		}
	}()
	path := "/api/"
	if v.token.Empty() {
		path = "/auth/providers" // what everybody is told
	}
	began := time.Now()
	page, _, err := asking.get(ctx, path)
	if v.way.AnswerTook = time.Since(began); err != nil {
		v.way.Answer = answerTrouble(err)
		return
	}
	v.way.Who, v.way.Shown, v.way.Status, v.way.Location = page.Speaker(), page.Shown(), page.Status, v.known.Text(page.Location)
	v.way.Times = nil // how long a stranger takes tells nothing
	if v.way.Who != checkup.Home || !v.closely {
		return
	}
	if !v.token.Empty() {
		if _, body, err := asking.get(ctx, "/api/config"); err == nil {
			var own struct{ Version string }
			_ = json.Unmarshal(body, &own) // one that cannot be read has no version
			v.way.Version = v.known.Text(own.Version)
		}
	}
	v.way.Times, v.way.Reused = nil, 0
	for began = time.Now(); len(v.way.Times) < mostAsked && time.Since(began) < mostAsking; {
		if _, _, err := asking.get(ctx, path); err != nil {
			break
		}
	}
	if len(v.way.Times) == 0 {
		v.way.Times, v.way.Reused = []time.Duration{v.way.AnswerTook}, 0
	}
}

// asker asks on one connection as long as it stands.
type asker struct {
	*visit
	transport *http.Transport
}

// transport returns one that begins with the connection that has been opened. It
// dials on goroutines of its own, which may be about when the visit is over.
func (v *visit) transport(opened <-chan net.Conn) *http.Transport {
	host, secure, address := v.way.Host, v.way.Secure, net.JoinHostPort(v.way.Addresses[v.way.Chosen].Text, v.way.Port)
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		select {
		case conn := <-opened:
			return conn, nil
		default:
		}
		conn, err := v.config.Dialer(ctx, address)
		if err != nil || !secure {
			return conn, err
		}
		return v.again(ctx, conn, host)
	}
	return &http.Transport{
		DialContext: dial, DialTLSContext: dial, MaxConnsPerHost: 1, DisableCompression: true, MaxResponseHeaderBytes: mostHeader,
	}
}

// again shakes hands on a further connection, which must show a certificate as
// good as the first.
func (p *Probe) again(ctx context.Context, plain net.Conn, host string) (net.Conn, error) {
	other := &visit{Probe: p, way: checkup.Way{Host: host}}
	conn, err := other.shake(ctx, plain)
	if err == nil {
		if other.check(conn.ConnectionState().PeerCertificates); other.way.Certificate.Trouble == checkup.None {
			return conn, nil
		}
		err = net.ErrClosed
	}
	_ = plain.Close()
	return nil, err
}

// get asks for a path and notes how long that took, and what time it is there.
func (a *asker) get(ctx context.Context, path string) (page checkup.Page, body []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	reused := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) { reused = info.Reused }})
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(a.base.String(), "/")+path, http.NoBody)
	if err != nil {
		return page, nil, err
	}
	for name, value := range a.config.Headers {
		q.Header.Set(name, value.Reveal())
	}
	if !a.token.Empty() {
		q.Header.Set("Authorization", "Bearer "+a.token.Reveal())
	}
	ports.Requested(ctx)
	asked, started := a.config.Clock.Now(), time.Now()
	// Not by an http.Client: that would follow redirects, and show the token there.
	response, err := a.transport.RoundTrip(q)
	if err != nil {
		return page, nil, err
	}
	defer func() { _ = response.Body.Close() }()
	rest := io.LimitReader(response.Body, mostBody)
	switch {
	case response.StatusCode == http.StatusSwitchingProtocols: // what follows that has no end, and no deadline
	case strings.HasPrefix(response.Header.Get("Content-Type"), "application/json"):
		body, err = value(rest)
	default:
		body, err = io.ReadAll(rest)
	}
	if err != nil {
		return page, nil, err
	}
	a.way.Times = append(a.way.Times, time.Since(started))
	if reused {
		a.way.Reused++
	}
	a.clock(response.Header.Get("Date"), asked)
	if response.StatusCode != http.StatusSwitchingProtocols {
		// The connection can be used again when the end of the answer comes at once.
		late := time.AfterFunc(endTime, func() {
			_ = fault.Guard(func() error { cancel(); return nil })
		})
		_, _ = io.Copy(io.Discard, rest)
		late.Stop()
	}
	return a.page(response, body), body, nil
}

// value reads a value in JSON without waiting for what follows it. Of what is no JSON it
// returns all.
func value(in io.Reader) ([]byte, error) {
	var read bytes.Buffer
	var whole json.RawMessage
	err := json.NewDecoder(io.TeeReader(in, &read)).Decode(&whole)
	if err != nil { // what is wrong with the reading comes again
		_, err = io.Copy(&read, in)
	}
	return read.Bytes(), err
}

// clock compares the clock there with ours. HTTP tells whole seconds.
func (a *asker) clock(date string, asked time.Time) {
	told, err := http.ParseTime(date)
	if err != nil || a.way.Clocked {
		return
	}
	a.way.Clocked = true
	switch answered := a.config.Clock.Now(); {
	case told.Before(asked.Truncate(time.Second)):
		a.way.Skew = told.Sub(asked.Truncate(time.Second))
	case told.After(answered):
		a.way.Skew = told.Sub(answered.Truncate(time.Second))
	}
}

func (a *asker) page(response *http.Response, body []byte) checkup.Page {
	h := response.Header
	return checkup.Page{
		Status: response.StatusCode, Type: h.Get("Content-Type"), Server: a.known.Text(h.Get("Server")),
		Challenge: h.Get("WWW-Authenticate"), Mitigated: h.Get("Cf-Mitigated"),
		Location: a.known.Conceal(location(a.base, h.Get("Location"))), Body: a.known.Conceal(string(body[:min(len(body), mostTelling)])),
	}
}

// location returns where a redirect leads, without what follows the path: that may
// hold anything.
func location(base *url.URL, text string) string {
	if text == "" {
		return ""
	}
	to, err := base.Parse(text)
	if err != nil {
		return "a place that cannot be read"
	}
	return (&url.URL{Scheme: to.Scheme, Host: to.Host, Path: to.Path}).String()
}

// answerTrouble says why there was no answer.
func answerTrouble(err error) checkup.Trouble {
	const tlsAlert = "\x15\x03" // how a TLS server begins its complaint (RFC 8446, section 5.1)
	switch text := err.Error(); {
	case wantsCertificate(err):
		return checkup.WantsCertificate
	case strings.Contains(text, tlsAlert) || strings.Contains(text, `\x15\x03`):
		return checkup.SpeaksTLS
	case strings.Contains(text, "malformed HTTP"):
		return checkup.NotHTTP
	default:
		return trouble(err)
	}
}

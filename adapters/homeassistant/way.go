package homeassistant

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Way is the way to a Home Assistant. It is safe for concurrent use, and holds
// nothing that would have to be closed.
type Way struct {
	config Config
	base   *url.URL
	tls    *tls.Config
}

var _ ports.Way = (*Way)(nil)

// NewWay returns the way to the Home Assistant that config names. The error is
// that of New.
func NewWay(config Config) (*Way, error) {
	base, err := ParseURL(config.URL)
	if err != nil {
		return nil, err
	}
	security, err := tlsConfig(config.Access, base.Hostname())
	if err != nil {
		return nil, err
	}
	if config.Clock == nil {
		config.Clock = ports.WallClock{}
	}
	return &Way{config, base, security}, nil
}

// Walk implements ports.Way. A proxy that HTTPS_PROXY or HTTP_PROXY names is not
// taken.
func (w *Way) Walk(ctx context.Context) (ports.Walk, error) {
	p := &walker{Way: w}
	defer p.end()
	filter := w.config.Secrets()
	for _, step := range []struct {
		name string
		take func(context.Context) (found string, err error)
	}{
		{"name", p.resolve},
		{"connection", p.connect},
		{"encryption", p.encrypt},
		{"answer", p.ask},
	} {
		if step.name == "encryption" && w.base.Scheme != "https" {
			continue
		}
		started := time.Now()
		found, err := step.take(ctx)
		taken := ports.Step{Name: step.name, Took: time.Since(started), Found: filter.Text(found)}
		if err != nil {
			taken.Failure = filter.Text(failure(err))
		}
		p.walk.Steps = append(p.walk.Steps, taken)
		if err != nil {
			break
		}
	}
	return p.walk, nil
}

// walker is on the way.
type walker struct {
	*Way
	walk      ports.Walk
	addresses []string
	conn      net.Conn
}

func (p *walker) end() {
	if p.conn != nil {
		_ = p.conn.Close()
	}
}

func (p *walker) resolve(ctx context.Context) (found string, err error) {
	p.addresses, err = net.DefaultResolver.LookupHost(ctx, p.base.Hostname())
	return strings.Join(p.addresses, ", "), err
}

// connect connects to the first address that takes the connection.
func (p *walker) connect(ctx context.Context) (found string, err error) {
	_, port, err := net.SplitHostPort(address(p.base))
	if err != nil {
		return "", err
	}
	var errs []error
	for _, host := range p.addresses {
		dialer := net.Dialer{Timeout: dialTime}
		conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(host, port))
		if err == nil {
			p.conn = conn
			return conn.RemoteAddr().String(), nil
		}
		errs = append(errs, err)
	}
	return "", errors.Join(errs...)
}

func (p *walker) encrypt(ctx context.Context) (found string, err error) {
	conn := tls.Client(p.conn, p.tls)
	if err := conn.HandshakeContext(ctx); err != nil {
		return "", err
	}
	p.conn = conn
	state := conn.ConnectionState()
	leaf := state.PeerCertificates[0]
	checked := ""
	if p.config.Unverified {
		checked = ", not checked"
	}
	return fmt.Sprintf("%s, certificate of %s by %s, good until %s%s", tls.VersionName(state.Version),
		leaf.Subject.CommonName, leaf.Issuer.CommonName, leaf.NotAfter.UTC().Format(time.DateOnly), checked), nil
}

// ask asks how one may sign in, which Home Assistant tells everybody
// (https://developers.home-assistant.io/docs/auth_api). Its API without a token would
// do as well, and would count as a failed login: enough of those get an address banned.
func (p *walker) ask(ctx context.Context) (found string, err error) {
	transport := &http.Transport{
		DisableKeepAlives: true,
		DialContext:       func(context.Context, string, string) (net.Conn, error) { return p.conn, nil },
		DialTLSContext:    func(context.Context, string, string) (net.Conn, error) { return p.conn, nil },
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(p.base.String(), "/")+"/auth/providers", http.NoBody)
	if err != nil {
		return "", err
	}
	for name, value := range p.config.Headers {
		q.Header.Set(name, value.Reveal())
	}
	asked := p.config.Clock.Now()
	ports.Requested(ctx)
	response, err := answered(transport.RoundTrip(q)) //nolint:bodyclose // it is closed below
	if err != nil {
		return "", err
	}
	defer response.close()
	if date, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		p.walk.Clocked, p.walk.Skew = true, skew(date, asked, p.config.Clock.Now())
	}
	body := response.text()
	var told struct {
		Providers []struct {
			Type string `json:"type"`
		} `json:"providers"`
	}
	if response.StatusCode == http.StatusOK && json.Unmarshal(body, &told) == nil && len(told.Providers) > 0 && told.Providers[0].Type != "" {
		return "Home Assistant", nil
	}
	return fmt.Sprintf("HTTP status %d, which is not Home Assistant's own", response.StatusCode), nil
}

// skew returns by how much a clock is ahead that told a time, in whole seconds,
// between two moments of ours.
func skew(told, asked, answered time.Time) time.Duration {
	switch {
	case told.Before(asked.Truncate(time.Second)):
		return told.Sub(asked.Truncate(time.Second))
	case told.After(answered):
		return told.Sub(answered.Truncate(time.Second))
	default:
		return 0
	}
}

// failure says in a sentence why a step failed. What the world says goes to
// operators only.
func failure(err error) string {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return "There is no such name."
	case errors.As(err, &certificate):
		return "The certificate is not trusted: " + certificate.Err.Error() + "."
	case errors.Is(err, context.DeadlineExceeded):
		return fault.Text(context.DeadlineExceeded)
	default:
		return err.Error()
	}
}

// Package homeprobe looks at the way to a home for a check-up: its name, each of
// its addresses, its certificate, who answers, and how long that takes. It makes a
// connection of its own, so that what is wrong with a client's tells nothing, and
// classifies what it meets; package checkup says what that means.
package homeprobe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// Config says where a home is and how LEE goes there.
type Config struct {
	// URL is the home's base URL.
	URL string
	// Token is LEE's own, empty for none: then the home is asked for what it tells
	// everybody.
	Token secret.Text
	// Headers are sent with every request.
	Headers map[string]secret.Text
	// Unverified turns the certificate's check off. CA holds authorities to trust
	// besides the system's, in PEM; Cert and Key are what is shown to the home.
	Unverified bool
	CA, Cert   string
	Key        secret.Text
	// Resolver looks up names and Dialer connects; nil for those of the machine.
	Resolver Resolver
	Dialer   Dialer
	// Clock tells what time it is; nil means the wall clock.
	Clock ports.Clock
}

// Resolver returns the addresses of a name, as net.Resolver does for "ip".
type Resolver func(ctx context.Context, host string) ([]netip.Addr, error)

// Dialer connects to an address, as net.Dialer does by "tcp".
type Dialer func(ctx context.Context, address string) (net.Conn, error)

// Probe looks at one home. It is safe for concurrent use and holds nothing that
// would have to be closed.
type Probe struct {
	config Config
	base   *url.URL
	known  foreign.Filter  // of what LEE shows
	pool   *x509.CertPool  // nil for the system's
	shown  tls.Certificate // empty for none
}

var _ ports.Probe = (*Probe)(nil)

// New returns a probe. The error is a fault.Misconfigured when there is nothing to
// look at by this config.
func New(config Config) (*Probe, error) {
	base, err := url.Parse(config.URL)
	if err != nil || base.Hostname() == "" || base.Scheme != "http" && base.Scheme != "https" || base.User != nil {
		return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not the URL of a home.")
	}
	p := &Probe{config: config, base: base, known: foreign.Knowing(append(slices.Collect(maps.Values(config.Headers)), config.Token)...)}
	if p.config.Resolver == nil {
		p.config.Resolver = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	if p.config.Dialer == nil {
		p.config.Dialer = func(ctx context.Context, address string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "tcp", address)
		}
	}
	if p.config.Clock == nil {
		p.config.Clock = ports.WallClock{}
	}
	if config.CA != "" {
		if p.pool, err = x509.SystemCertPool(); err != nil {
			p.pool = x509.NewCertPool()
		}
		p.pool.AppendCertsFromPEM([]byte(config.CA))
	}
	if config.Cert != "" {
		if p.shown, err = tls.X509KeyPair([]byte(config.Cert), []byte(config.Key.Reveal())); err != nil {
			return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_CLIENT_CERT and HOME_ASSISTANT_CLIENT_KEY are not a certificate and its key.")
		}
	}
	return p, nil
}

// How long each step may take. Together they leave an invocation's seven seconds
// time for what comes after.
const (
	nameTime    = 2 * time.Second
	connectTime = 2500 * time.Millisecond
	shakeTime   = 2500 * time.Millisecond
	answerTime  = 4 * time.Second
)

// visit is one look.
type visit struct {
	*Probe
	way  checkup.Way
	conn net.Conn // the one that was opened, until requests go by it
	// wanted says that the home asked for a certificate.
	wanted bool
}

// Probe implements ports.Probe.
func (p *Probe) Probe(ctx context.Context) checkup.Way {
	v := &visit{Probe: p, way: checkup.Way{Host: p.base.Hostname(), Port: p.port(), Secure: p.base.Scheme == "https", Chosen: -1}}
	if proxy, err := http.ProxyFromEnvironment(&http.Request{URL: p.base}); err == nil && proxy != nil {
		v.way.Proxy = proxy.Host
	}
	defer func() {
		if v.conn != nil {
			_ = v.conn.Close()
		}
	}()
	if v.name(ctx) && v.connect(ctx) && v.encrypt(ctx) {
		v.ask(ctx)
	}
	return v.way
}

func (p *Probe) port() string {
	if port := p.base.Port(); port != "" {
		return port
	}
	return map[string]string{"http": "80", "https": "443"}[p.base.Scheme]
}

// Package homeprobe looks at the way to a home for a check-up: its name, each of
// its addresses, its certificate, who answers, and how long that takes. It makes a
// connection of its own, so that what is wrong with a client's tells nothing, and
// classifies what it meets; package checkup says what that means.
package homeprobe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// Config says where a home is and how LEE goes there.
type Config struct {
	// Without a token, a close look asks for what the home tells everybody, as any other
	// look does.
	home.Access
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
	trust, err := config.TLS()
	if err != nil {
		return nil, err
	}
	p := &Probe{config: config, base: base, known: config.Secrets(), pool: trust.RootCAs}
	if len(trust.Certificates) > 0 {
		p.shown = trust.Certificates[0]
	}
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
	// closely says that it is a close look; token is what it shows, empty for none.
	closely bool
	token   secret.Text
	way     checkup.Way
	conn    net.Conn // the one that was opened, until requests go by it
	// wanted says that the home asked for a certificate.
	wanted bool
}

// Probe implements ports.Probe.
func (p *Probe) Probe(ctx context.Context, closely bool) (checkup.Way, error) {
	v := &visit{Probe: p, closely: closely, way: checkup.Way{Host: p.base.Hostname(), Port: p.port(), Secure: p.base.Scheme == "https", Chosen: -1}}
	if closely {
		v.token = p.config.Token
	}
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
	return v.way, nil
}

func (p *Probe) port() string {
	if port := p.base.Port(); port != "" {
		return port
	}
	return map[string]string{"http": "80", "https": "443"}[p.base.Scheme]
}

package homeassistant

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"sync/atomic"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// TLS says how a home's certificate is checked and which one is shown to it. The
// zero value checks it against the system's authorities and shows none.
type TLS struct {
	// Insecure turns the check off (HOME_ASSISTANT_VERIFY_SSL=false).
	Insecure bool
	// CA holds the authorities to trust besides the system's, in PEM; "" for
	// none.
	CA string
	// Cert and Key are the client's certificate and its key, in PEM; both or
	// neither.
	Cert string
	Key  secret.Text
}

func (s TLS) config(host string) (*tls.Config, error) {
	c := &tls.Config{
		ServerName:         host,
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: s.Insecure, //nolint:gosec // the operator's own choice
		// A connection that is dialled anew after a pause costs no full handshake.
		ClientSessionCache: tls.NewLRUClientSessionCache(4),
		NextProtos:         []string{"http/1.1"},
	}
	if s.CA != "" {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM([]byte(s.CA)) {
			return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_CA holds no certificate in PEM form.")
		}
		c.RootCAs = pool
	}
	if s.Cert != "" || !s.Key.Empty() {
		pair, err := tls.X509KeyPair([]byte(s.Cert), []byte(s.Key.Reveal()))
		if err != nil {
			return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_CLIENT_CERT and HOME_ASSISTANT_CLIENT_KEY are not a certificate and its key in PEM form.")
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

// demand knows whether the home, or what stands in front of it, asked for a certificate
// of LEE's in a handshake and has not answered anything since. By TLS 1.3 it says only
// after the handshake that it does not take the one that it was shown, or none.
type demand struct{ open atomic.Bool }

// watch has the demand note for what a handshake by these settings asks. What is shown is
// what crypto/tls would show by itself.
func (d *demand) watch(c *tls.Config) {
	own := c.Certificates
	c.GetClientCertificate = func(asked *tls.CertificateRequestInfo) (*tls.Certificate, error) {
		d.open.Store(true)
		for i := range own {
			if asked.SupportsCertificate(&own[i]) == nil {
				return &own[i], nil
			}
		}
		return new(tls.Certificate), nil
	}
}

// answered notes that a request was answered.
func (d *demand) answered() {
	if d.open.Load() {
		d.open.Store(false)
	}
}

// unmet says whether a request failed with err because the demand was not met. Who does
// not take a certificate reads no request. Its alert gets lost when something was sent
// to it meanwhile: then it only shows that the connection has ended.
func (d *demand) unmet(ctx context.Context, err error) bool {
	var remote *net.OpError
	switch {
	case errors.As(err, &remote) && remote.Op == "remote error": // an alert, which has no type of its own
		alert := remote.Err.Error()
		return strings.Contains(alert, "certificate") || strings.Contains(alert, "access denied")
	default:
		return d.open.Load() && ctx.Err() == nil
	}
}

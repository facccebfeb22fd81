package home

import (
	"context"
	"crypto/tls"
	"strings"
	"sync/atomic"
)

// Demand knows whether the home, or what stands in front of it, asked for a client
// certificate in a handshake and has answered no request since. With TLS 1.3 it says only
// after the handshake that it does not accept the certificate, or wants one. The zero value
// is ready. It is safe for concurrent use.
type Demand struct{ open atomic.Bool }

// Watch makes handshakes with this configuration note that a certificate is asked for. They
// show the certificate that crypto/tls would show by itself.
func (d *Demand) Watch(c *tls.Config) {
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

// Answered notes that a request was answered.
func (d *Demand) Answered() {
	if d.open.Load() {
		d.open.Store(false)
	}
}

// Unmet says whether a request failed with err because the demand was not met. The other
// side reads no request then and sends an alert. The alert gets lost when LEE has written
// the request already: then LEE only sees that the connection has ended.
func (d *Demand) Unmet(ctx context.Context, err error) bool {
	if text := err.Error(); strings.Contains(text, "remote error: tls: ") { // an alert has no type that could be asked for
		return strings.Contains(text, "certificate") || strings.Contains(text, "access denied")
	}
	return d.open.Load() && ctx.Err() == nil
}

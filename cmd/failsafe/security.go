package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"sync/atomic"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// security says how the home's certificate is checked, and which one is shown to it.
// demands is set when the home asks for one.
func security(s settings, demands *atomic.Bool) (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: !s.Verify} //nolint:gosec // the operator's own choice
	if s.CA != "" {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		pool.AppendCertsFromPEM([]byte(s.CA)) // it was read before
		c.RootCAs = pool
	}
	shown := new(tls.Certificate)
	c.GetClientCertificate = func(asked *tls.CertificateRequestInfo) (*tls.Certificate, error) {
		demands.Store(true)
		if err := asked.SupportsCertificate(shown); err == nil {
			return shown, nil
		}
		return new(tls.Certificate), nil
	}
	if s.Cert == "" {
		return c, nil
	}
	pair, err := tls.X509KeyPair([]byte(s.Cert), []byte(s.Key.Reveal()))
	if err != nil {
		return c, fault.New(fault.Misconfigured, "HOME_ASSISTANT_CLIENT_CERT and HOME_ASSISTANT_CLIENT_KEY cannot be used.")
	}
	*shown = pair
	return c, nil
}

// turnedAway says whether a request failed with err because the other side does not accept
// LEE's certificate, or wants one that LEE does not have. In TLS 1.3 the other side finds
// that out after LEE's handshake is over, and before it reads a request. It sends an alert.
// The alert gets lost when LEE has written the request already: then LEE only sees that
// the connection has ended.
func (h *plainHome) turnedAway(ctx context.Context, err error) bool {
	var remote *net.OpError
	if errors.As(err, &remote) && remote.Op == "remote error" { // an alert, which has no type of its own
		alert := remote.Err.Error()
		return strings.Contains(alert, "certificate") || strings.Contains(alert, "access denied")
	}
	return h.demands.Load() && ctx.Err() == nil
}

package home

import (
	"crypto/tls"
	"crypto/x509"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Access is how LEE reaches a home. The zero value of all but URL is the usual one.
type Access struct {
	// URL is the base URL of Home Assistant, "https://home.example.org:8123", with or
	// without a path and without a slash at its end; "" when it is not known.
	URL string
	// Token is a long-lived access token of LEE's own. When it is empty, the token that
	// comes with each request is used.
	Token secret.Text
	// Headers are sent with every request, for what stands in front of Home Assistant, by
	// their canonical names; nil for none.
	Headers map[string]secret.Text
	// Unverified turns the check of the home's certificate off.
	Unverified bool
	// CA holds authorities to trust besides the system's, in PEM; "" for none.
	CA string
	// ClientCert and ClientKey are the certificate to show to the home and its key, in
	// PEM: both or neither.
	ClientCert string
	ClientKey  secret.Text
	// Timeout bounds one request, besides the deadline of its context; 0 for no bound.
	Timeout time.Duration
}

// Secrets returns a filter that knows the secrets that LEE shows with every request.
func (a Access) Secrets() foreign.Filter {
	known := make([]secret.Text, 0, len(a.Headers)+1)
	for _, value := range a.Headers {
		known = append(known, value)
	}
	return foreign.Knowing(append(known, a.Token)...)
}

// TLS returns a new configuration for connections to the home. The error is a
// fault.Misconfigured when the certificates cannot be used.
func (a Access) TLS() (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: a.Unverified} //nolint:gosec // the operator's own choice
	if a.CA != "" {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM([]byte(a.CA)) {
			return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_CA holds no certificate in PEM.")
		}
		c.RootCAs = pool
	}
	if a.ClientCert != "" || !a.ClientKey.Empty() {
		pair, err := tls.X509KeyPair([]byte(a.ClientCert), []byte(a.ClientKey.Reveal()))
		if err != nil {
			return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_CLIENT_CERT and HOME_ASSISTANT_CLIENT_KEY are not a certificate and its key in PEM.")
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

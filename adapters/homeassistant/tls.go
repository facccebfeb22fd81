package homeassistant

import (
	"crypto/tls"
	"crypto/x509"

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

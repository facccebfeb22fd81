package homeassistant

import (
	"crypto/tls"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// tlsConfig returns the TLS configuration of a client's connections to a host.
func tlsConfig(a home.Access, host string) (*tls.Config, error) {
	c, err := a.TLS()
	if err != nil {
		return nil, err
	}
	c.ServerName = host
	// A new connection after a pause costs no full handshake.
	c.ClientSessionCache = tls.NewLRUClientSessionCache(4)
	c.NextProtos = []string{"http/1.1"}
	return c, nil
}

package homeprobe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/checkup"
)

// encrypt shakes hands and looks at the certificate. The handshake itself checks
// nothing, so that what is wrong can be told; nothing is sent after it unless the
// check is passed, or is not wanted.
func (v *visit) encrypt(ctx context.Context) bool {
	if !v.way.Secure {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, shakeTime)
	defer cancel()
	c := &v.way.Certificate
	started := time.Now()
	conn, err := v.shake(ctx, v.conn)
	c.Took = time.Since(started)
	if err != nil {
		if c.Trouble, c.Detail = shakeTrouble(err); c.Trouble == checkup.Declined && v.wanted {
			c.Trouble = checkup.WantsCertificate
		}
		return false
	}
	v.conn = conn
	c.Protocol = tls.VersionName(conn.ConnectionState().Version)
	v.check(conn.ConnectionState().PeerCertificates)
	return c.Trouble == checkup.None
}

// shake makes the handshake.
func (v *visit) shake(ctx context.Context, plain net.Conn) (*tls.Conn, error) {
	conn := tls.Client(plain, &tls.Config{
		ServerName:         v.way.Host,
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, //nolint:gosec // check does it, and tells more
		NextProtos:         []string{"http/1.1"},
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			v.wanted = true
			return &v.shown, nil
		},
	})
	err := conn.HandshakeContext(ctx)
	return conn, err
}

// check says what is wrong with a chain of certificates.
func (v *visit) check(chain []*x509.Certificate) {
	c := &v.way.Certificate
	leaf := chain[0]
	c.Names, c.Issuer, c.From, c.Until = nil, v.known.Text(issuerOf(leaf)), leaf.NotBefore, leaf.NotAfter
	for _, name := range namesOf(leaf) {
		c.Names = append(c.Names, v.known.Text(name))
	}
	if v.config.Unverified {
		return
	}
	between := x509.NewCertPool()
	for _, above := range chain[1:] {
		between.AddCert(above)
	}
	now := v.config.Clock.Now()
	chains, err := leaf.Verify(x509.VerifyOptions{Roots: v.pool, Intermediates: between, CurrentTime: now, DNSName: v.way.Host})
	if err != nil {
		c.Trouble, c.Detail = distrust(err, chain, now), v.known.Text(strings.TrimPrefix(err.Error(), "x509: "))
		for _, one := range chain {
			if c.Trouble == checkup.Expired && one.NotAfter.Before(c.Until) {
				c.Until = one.NotAfter
			}
		}
		return
	}
	// Of several chains the one counts that is good for longest.
	var best time.Time
	for _, chain := range chains {
		until := chain[0].NotAfter
		for _, one := range chain {
			if one.NotAfter.Before(until) {
				until = one.NotAfter
			}
		}
		if until.After(best) {
			best = until
		}
	}
	c.Until = best
}

// distrust says why a chain is not trusted.
func distrust(err error, chain []*x509.Certificate, now time.Time) checkup.Trouble {
	leaf := chain[0]
	var invalid x509.CertificateInvalidError
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	expired := false
	for _, one := range chain {
		expired = expired || now.After(one.NotAfter)
	}
	switch {
	case now.Before(leaf.NotBefore):
		return checkup.NotYet
	case now.After(leaf.NotAfter):
		return checkup.Expired
	case errors.As(err, &name):
		return checkup.WrongName
	case expired:
		return checkup.Expired
	case !errors.As(err, &unknown) && !errors.As(err, &invalid):
		return checkup.Distrusted
	case leaf.CheckSignatureFrom(leaf) == nil, leaf.Issuer.String() == leaf.Subject.String():
		return checkup.SelfSigned
	// A server that shows a certificate with the address of its issuer's, and shows no
	// other, has left that one out. Private authorities seldom give the address.
	case len(chain) == 1 && len(leaf.IssuingCertificateURL) > 0:
		return checkup.Incomplete
	case errors.As(err, &unknown):
		return checkup.UnknownAuthority
	default:
		return checkup.Distrusted
	}
}

// shakeTrouble says why there was no handshake.
func shakeTrouble(err error) (checkup.Trouble, string) {
	var header tls.RecordHeaderError
	alert := alertOf(err)
	switch {
	case errors.As(err, &header):
		return checkup.NotTLS, ""
	case wantsCertificate(err):
		return checkup.WantsCertificate, ""
	case strings.Contains(alert, "protocol version"), strings.Contains(err.Error(), "selected unsupported protocol version"):
		return checkup.OldTLS, ""
	case alert != "":
		return checkup.Declined, alert
	case trouble(err) == checkup.TimedOut:
		return checkup.TimedOut, ""
	default:
		return checkup.Declined, ""
	}
}

// wantsCertificate says whether a connection was ended for want of a client's
// certificate: by TLS 1.3 that shows only after the handshake.
func wantsCertificate(err error) bool {
	alert := alertOf(err)
	return alert == "certificate required" || alert == "bad certificate"
}

// alertOf returns the alert by which the other side ended a connection, in the
// words that crypto/tls has for it ("bad certificate"); "" for none. It has no type
// of its own for them.
func alertOf(err error) string {
	var remote *net.OpError
	if !errors.As(err, &remote) || remote.Op != "remote error" {
		return ""
	}
	return strings.TrimPrefix(remote.Err.Error(), "tls: ")
}

// namesOf returns the names that a certificate is for, in a list of its own: crypto/tls
// hands the same certificate to other connections.
func namesOf(c *x509.Certificate) []string {
	names := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 && c.Subject.CommonName != "" {
		names = []string{c.Subject.CommonName}
	}
	return names
}

// issuerOf returns the name of who issued a certificate, "" for none.
func issuerOf(c *x509.Certificate) string {
	for _, name := range c.Issuer.Organization {
		if name != "" {
			return name
		}
	}
	return c.Issuer.CommonName
}

package homeprobe_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/homeprobe"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// day is a day of a certificate's life.
const day = 24 * time.Hour

// began is the moment from which all certificates here count: a test may run past midnight.
var began = time.Now()

// entity is who has a certificate and its key.
type entity struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func (e entity) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: e.certificate.Raw}))
}

func (e entity) keyPEM(t *testing.T) string {
	t.Helper()
	raw, err := x509.MarshalPKCS8PrivateKey(e.key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}))
}

// issue makes a certificate; by nobody it vouches for itself. change may be nil.
func issue(t *testing.T, by *entity, name string, change func(*x509.Certificate)) *entity {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<62))
	c := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name}, NotBefore: began.Add(-100 * day), NotAfter: began.Add(100 * day),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	if strings.Contains(name, ".") {
		c.DNSNames = []string{name}
	} else {
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage, c.Subject.Organization = true, true, x509.KeyUsageCertSign, []string{name}
	}
	if change != nil {
		change(c)
	}
	parent, signer := c, key
	if by != nil {
		parent, signer = by.certificate, by.key
	}
	raw, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return &entity{made, key}
}

// running is what Home Assistant answers.
func running(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Path == "/api/config" {
		_, _ = io.WriteString(w, `{"version":"2026.11.0","components":["`+strings.Repeat("light.", 8000)+`"]}`)
		return
	}
	_, _ = io.WriteString(w, `{"message":"API running."}`)
}

// healthy serves a home that is well, and returns its address.
func healthy(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(running))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// secure serves a home with a chain of certificates, the first of which is its own.
func secure(t *testing.T, change func(*tls.Config), chain ...*entity) string {
	t.Helper()
	shown := tls.Certificate{PrivateKey: chain[0].key}
	for _, e := range chain {
		shown.Certificate = append(shown.Certificate, e.certificate.Raw)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(running))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{shown}, MinVersion: tls.VersionTLS10}
	if change != nil {
		change(server.TLS)
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// TestEncryption is of certificates and handshakes.
func TestEncryption(t *testing.T) {
	const host = "home.example.org"
	root := issue(t, nil, "Root", nil)
	between := issue(t, root, "Between", nil)
	old := issue(t, root, "Old", func(c *x509.Certificate) { c.NotAfter = began.Add(-day) })
	good := issue(t, between, host, nil)
	until := func(d time.Duration) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.NotAfter = began.Add(d) }
	}
	date := func(d time.Duration) string { return began.Add(d).UTC().Format(time.DateOnly) }
	wanting := func(c *tls.Config) {
		c.ClientCAs, c.ClientAuth = x509.NewCertPool(), tls.RequireAndVerifyClientCert
		c.ClientCAs.AddCert(root.certificate)
	}
	client := issue(t, root, "client.example.org", nil)

	for name, c := range map[string]struct {
		address string
		change  func(*homeprobe.Config)
		want    string
	}{
		"good":     {secure(t, nil, good, between), nil, "encryption.certificate: The certificate by Between is for home.example.org, and good until " + date(100*day) + "."},
		"expiring": {secure(t, nil, issue(t, root, host, until(5*day+time.Hour))), nil, "encryption.expiring: The certificate ends on " + date(5*day+time.Hour) + ", in 5 days."},
		"one between expires": {
			secure(t, nil, issue(t, issue(t, root, "Soon", until(3*day+time.Hour)), host, nil), issue(t, root, "Other", nil)), nil, "encryption.authority: Nobody here knows Soon,",
		},
		"expired":             {secure(t, nil, issue(t, root, host, until(-day))), nil, "encryption.expired: The certificate, or one above it, ended on " + date(-day) + "."},
		"one between expired": {secure(t, nil, issue(t, old, host, nil), old), nil, "encryption.expired: The certificate, or one above it, ended on " + date(-day) + "."},
		"not yet": {
			secure(t, nil, issue(t, root, host, func(c *x509.Certificate) { c.NotBefore = began.Add(day) })), nil,
			"encryption.early: The certificate is good from " + date(day) + " on, which has yet to come.",
		},
		"wrong name":        {secure(t, nil, issue(t, root, "other.example.org", nil)), nil, "encryption.name: The certificate is for other.example.org, and not for home.example.org."},
		"self-signed":       {secure(t, nil, issue(t, nil, host, nil)), nil, "encryption.self-signed: The certificate vouches for itself, and nobody else does."},
		"no intermediate":   {secure(t, nil, issue(t, between, host, func(c *x509.Certificate) { c.IssuingCertificateURL = []string{"http://x1.i.example.org/"} })), nil, "encryption.incomplete: The server shows its own certificate, and not the one by Between that vouches for it."},
		"unknown authority": {secure(t, nil, issue(t, issue(t, nil, "Somebody", nil), host, nil)), nil, "encryption.authority: Nobody here knows Somebody, who vouches for the certificate."},
		"not for servers": {
			secure(t, nil, issue(t, root, host, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection} })), nil,
			"encryption.distrusted: The certificate is not trusted: certificate specifies an incompatible key usage.",
		},
		"unchecked":            {secure(t, nil, issue(t, nil, host, until(-day))), func(c *homeprobe.Config) { c.Unverified = true }, "encryption.unchecked: HOME_ASSISTANT_VERIFY_SSL is false"},
		"another port":         {secure(t, nil, good, between), func(c *homeprobe.Config) { c.URL = "https://" + host + ":8123" }, "encryption.port: Port 8123 does for LEE;"},
		"no TLS":               {healthy(t), nil, "encryption.missing: Port 443 of home.example.org does not speak TLS."},
		"old TLS":              {secure(t, func(c *tls.Config) { c.MaxVersion = tls.VersionTLS11 }, good, between), nil, "encryption.old: The server speaks only versions of TLS"},
		"declined":             {secure(t, func(c *tls.Config) { c.GetConfigForClient = refuse }, good), nil, "encryption.declined: The server ended the handshake: internal error."},
		"cut":                  {listen(t, func(net.Conn) {}), nil, "encryption.declined: The server ended the handshake: the connection was cut."},
		"wants a certificate":  {secure(t, wanting, good, between), nil, "encryption.client: The server wants to be shown a certificate, and does not take LEE's."},
		"wants one by TLS 1.2": {secure(t, func(c *tls.Config) { wanting(c); c.MaxVersion = tls.VersionTLS12 }, good, between), nil, "encryption.client: "},
		"is shown one": {secure(t, wanting, good, between), func(c *homeprobe.Config) {
			c.ClientCert, c.ClientKey = client.pem(), secret.New(client.keyPEM(t))
		}, "home.answer: Home Assistant answers at https://home.example.org."},
		"http to a TLS server": {secure(t, nil, good), func(c *homeprobe.Config) { c.URL = "http://" + host }, "home.tls: Port 80 of home.example.org speaks TLS, and the URL begins with http://."},
		"http to one that alerts": {listen(t, func(conn net.Conn) {
			_, _ = conn.Read(make([]byte, 1<<10))
			_, _ = conn.Write([]byte("\x15\x03\x01\x00\x02\x02\x46"))
		}), func(c *homeprobe.Config) { c.URL = "http://" + host }, "home.tls: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := homeprobe.Config{Access: home.Access{URL: "https://" + host, CA: root.pem()}, Resolver: resolving("203.0.113.7"), Dialer: reaching(c.address, nil)}
			if c.change != nil {
				c.change(&config)
			}
			if got, way := examine(t, config); !strings.Contains(got, c.want) {
				t.Errorf("found\n%s%+v\nwant %s", got, way, c.want)
			}
		})
	}
}

// TestSharedCertificate: several probes may look at the same certificate at once.
func TestSharedCertificate(t *testing.T) {
	const host = "home.example.org"
	root := issue(t, nil, "Root", func(c *x509.Certificate) { c.Subject.Organization = []string{"Root", "of", "all"} })
	shown := issue(t, root, host, func(c *x509.Certificate) {
		c.DNSNames, c.IPAddresses = []string{host, "a." + host, "b." + host}, []net.IP{net.IPv4(203, 0, 113, 7)}
	})
	address := secure(t, nil, shown)
	p, err := homeprobe.New(homeprobe.Config{
		Access: home.Access{URL: "https://" + host, CA: root.pem()}, Resolver: resolving("203.0.113.7"), Dialer: reaching(address, nil),
	})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			want := []string{host, "a." + host, "b." + host, "203.0.113.7"}
			way, err := p.Probe(t.Context(), true)
			if c := way.Certificate; err != nil || !slices.Equal(c.Names, want) || c.Issuer != "of" { // an organization is a set, and sorted
				t.Errorf("it is by %s for %q, %v", c.Issuer, c.Names, err)
			}
		})
	}
	all.Wait()
}

func refuse(*tls.ClientHelloInfo) (*tls.Config, error) { return nil, errors.New("no such host") }

// TestTokenStaysHere shows the token to nobody whose certificate is not good.
func TestTokenStaysHere(t *testing.T) {
	asked := make(chan struct{}, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked <- struct{}{} }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	got, _ := examine(t, homeprobe.Config{Access: home.Access{URL: server.URL}})
	if len(asked) != 0 || !strings.Contains(got, "encryption.") {
		t.Errorf("it was asked, %s", got)
	}
}

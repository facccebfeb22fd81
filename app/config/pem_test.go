package config

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// authority signs certificates for the tests.
type authority struct {
	t      *testing.T
	parent *x509.Certificate
	key    *ecdsa.PrivateKey
	// PEM is the authority's own certificate.
	PEM string
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t}
	a.key = a.newKey()
	a.parent = &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Home authority"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Date(2049, 12, 31, 0, 0, 0, 0, time.UTC),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	a.PEM = a.sign(a.parent, &a.key.PublicKey)
	return a
}

func (a *authority) newKey() *ecdsa.PrivateKey {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	return key
}

func (a *authority) sign(certificate *x509.Certificate, public *ecdsa.PublicKey) string {
	a.t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, certificate, a.parent, public, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// issue returns a certificate and its key, both in PEM.
func (a *authority) issue(name string) (certificate, key string) {
	a.t.Helper()
	own := a.newKey()
	certificate = a.sign(&x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Unix(0, 0), NotAfter: a.parent.NotAfter,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth},
	}, &own.PublicKey)
	der, err := x509.MarshalPKCS8PrivateKey(own)
	if err != nil {
		a.t.Fatal(err)
	}
	return certificate, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func TestPEM(t *testing.T) {
	a := newAuthority(t)
	cert, key := a.issue("lee")
	_, otherKey := a.issue("other")
	damaged := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("canary")}))
	locked := string(pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: []byte("canary")}))
	oldLocked := string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED"}, Bytes: []byte("canary")}))
	for _, c := range []struct {
		name    string
		given   variables
		problem string // "" for none
	}{
		{"an authority", variables{"HOME_ASSISTANT_CA": a.PEM}, ""},
		{"two authorities", variables{"HOME_ASSISTANT_CA": a.PEM + "\n" + newAuthority(t).PEM}, ""},
		{"written with \\n", variables{"HOME_ASSISTANT_CA": strings.ReplaceAll(a.PEM, "\n", `\n`)}, ""},
		{"all on one line", variables{"HOME_ASSISTANT_CA": strings.ReplaceAll(a.PEM+a.PEM, "\n", " ")}, ""},
		{"with Windows' line ends", variables{"HOME_ASSISTANT_CA": strings.ReplaceAll(a.PEM, "\n", "\r\n")}, ""},
		{"from a file", variables{"HOME_ASSISTANT_CA": "/var/task/ca.pem", "file /var/task/ca.pem": a.PEM}, ""},
		{"from a file beside", variables{"HOME_ASSISTANT_CA": "./ca.pem", "file ./ca.pem": a.PEM}, ""},
		{"from a file by name", variables{"HOME_ASSISTANT_CA": "file:ca.pem", "file ca.pem": a.PEM}, ""},
		{"no such file", variables{"HOME_ASSISTANT_CA": "/var/task/ca.pem"}, "names a file that cannot be read (file does not exist)"},
		{"an empty file", variables{"HOME_ASSISTANT_CA": "/ca.pem", "file /ca.pem": "\n"}, "names a file that is empty"},
		{"another file", variables{"HOME_ASSISTANT_CA": "/etc/passwd", "file /etc/passwd": "canary"}, "holds no certificate in PEM"},
		{"a damaged certificate", variables{"HOME_ASSISTANT_CA": damaged}, "holds a damaged certificate"},
		{"a key among the authorities", variables{"HOME_ASSISTANT_CA": a.PEM + key}, "holds a private key"},
		{"a request", variables{"HOME_ASSISTANT_CA": strings.ReplaceAll(a.PEM, "CERTIFICATE", "CERTIFICATE REQUEST")}, "holds something that is not a certificate"},
		{"a client certificate", variables{"HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": key}, ""},
		{"by the other spelling, from files", variables{
			"HOME_ASSISTANT_CLIENT_CERT": "/cert", "file /cert": cert + a.PEM,
			"HOME_ASSISTANT_CLIENT_CERT_KEY": "/key", "file /key": key,
		}, ""},
		{"its key on one line", variables{"HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": strings.ReplaceAll(key, "\n", " ")}, ""},
		{"another's key", variables{"HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": otherKey}, "does not belong to HOME_ASSISTANT_CLIENT_KEY"},
		{"no key", variables{"HOME_ASSISTANT_CLIENT_CERT": cert}, "is set, and HOME_ASSISTANT_CLIENT_KEY is not"},
		{"only the key", variables{"HOME_ASSISTANT_CLIENT_KEY": key}, "is not set, and HOME_ASSISTANT_CLIENT_KEY is"},
		{"a locked key", variables{"HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": locked}, "is locked with a pass phrase"},
		{"a key locked the old way", variables{"HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": oldLocked}, "is locked with a pass phrase"},
		{"a certificate for a key", variables{"HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": cert}, "is not a private key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, mistakes := FromEnvironment(c.given.environment())
			if c.problem != "" {
				if len(mistakes) != 1 || !strings.HasPrefix(mistakes[0].Problem, c.problem) {
					t.Fatalf("the mistakes are %v, want that it %s", mistakes, c.problem)
				}
				if s.Access.CA != "" || s.Access.ClientCert != "" || !s.Access.ClientKey.Empty() {
					t.Error("something of it is taken")
				}
				if text := mistakes.Error(); strings.Contains(text, "canary") || strings.Contains(text, "BEGIN") {
					t.Errorf("the mistake shows the content: %s", text)
				}
				return
			}
			if mistakes != nil {
				t.Fatal(mistakes)
			}
			if s.Access.CA == "" && (s.Access.ClientCert == "" || s.Access.ClientKey.Empty()) {
				t.Errorf("the settings are %+v", s)
			}
		})
	}
}

func TestCertificatesShown(t *testing.T) {
	a := newAuthority(t)
	s, _ := FromEnvironment(variables{"HOME_ASSISTANT_CA": a.PEM + a.PEM}.environment())
	ca := rowOf(t, "HOME_ASSISTANT_CA")
	if got := ca.Show(&s); got != "CN=Home authority (until 2049-12-31), CN=Home authority (until 2049-12-31)" {
		t.Errorf("certificates are shown as %s", got)
	}
}

// TestFiles reads files of the disk: an endless one, one that is missing, and a good one.
func TestFiles(t *testing.T) {
	good := filepath.Join(t.TempDir(), "rooms")
	if err := os.WriteFile(good, []byte("amzn1.ask.device.A=attic\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/dev/zero":   "names a file that cannot be read (the file is too large)",
		good + "/not": "names a file that cannot be read (not a directory)",
		good:          "",
	} {
		e := variables{"HA_ROOMS": path}.environment()
		e.Open = Open
		s, mistakes := FromEnvironment(e)
		if want == "" && (mistakes != nil || s.Rooms["amzn1.ask.device.A"] != "attic") {
			t.Errorf("%s gives %v, %v", path, s.Rooms, mistakes)
		}
		if want != "" && (len(mistakes) != 1 || mistakes[0].Problem != want) {
			t.Errorf("%s gives %v, want that it %s", path, mistakes, want)
		}
	}
}

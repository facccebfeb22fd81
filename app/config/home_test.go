package config

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// fortress is a home that lets nobody in without a client certificate of its own
// authority, the headers of what stands in front of it, and its token.
func fortress(t *testing.T, a *authority) (address string) {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("CF-Access-Client-Id") != "id" || r.Header.Get("CF-Access-Client-Secret") != "canary" ||
			r.Header.Get("Authorization") != "Bearer canary.token" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"version":"2026.11.0","unit_system":{"temperature":"°C"},"components":[],"time_zone":"UTC","language":"en"}`))
	}))
	cert, key := a.issue("localhost")
	pair, err := tls.X509KeyPair([]byte(cert), []byte(key))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(a.PEM))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, ClientCAs: pool, ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS12}
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it is told of every one that it keeps out
	server.StartTLS()
	t.Cleanup(server.Close)
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return "https://localhost:" + u.Port()
}

// TestHomeThatDemandsAll reaches such a home by settings from the environment,
// from files and from the Parameter Store, and not with any of them missing.
func TestHomeThatDemandsAll(t *testing.T) {
	a := newAuthority(t)
	cert, key := a.issue("lee")
	home := fortress(t, a)
	all := map[string]string{
		"HOME_ASSISTANT_URL":         home,
		"HOME_ASSISTANT_TOKEN":       "canary.token",
		"HOME_ASSISTANT_HEADERS":     "CF-Access-Client-Id: id\nCF-Access-Client-Secret: canary",
		"HOME_ASSISTANT_CA":          a.PEM,
		"HOME_ASSISTANT_CLIENT_CERT": cert,
		"HOME_ASSISTANT_CLIENT_KEY":  key,
	}
	for name, given := range map[string]func(without string) (setting.Environment, ports.Parameters){
		"environment": func(without string) (setting.Environment, ports.Parameters) {
			v := variables{}
			for name, value := range all {
				if name != without {
					v[name] = strings.ReplaceAll(value, "-----\n", `-----\n`)
				}
			}
			return v.environment(), nil
		},
		"files": func(without string) (setting.Environment, ports.Parameters) {
			v, folder := variables{}, t.TempDir()
			for name, value := range all {
				if row := rowOf(t, name); row.File && name != without {
					v[name] = filepath.Join(folder, name)
					if err := os.WriteFile(v[name], []byte(value), 0o600); err != nil {
						t.Fatal(err)
					}
				} else if name != without {
					v[name] = value
				}
			}
			return setting.Environment{Lookup: v.lookup, Open: Open}, nil
		},
		"parameter store": func(without string) (setting.Environment, ports.Parameters) {
			store := &portstest.ParameterStore{}
			for name, value := range all {
				if name != without {
					store.Put(ports.Parameter{Name: "/p/" + rowOf(t, name).Path, Value: secret.New(value), Type: ports.ParameterSecureString})
				}
			}
			return variables{"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/p"}.environment(), store
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, without := range []string{"", "HOME_ASSISTANT_TOKEN", "HOME_ASSISTANT_HEADERS", "HOME_ASSISTANT_CA", "HOME_ASSISTANT_CLIENT_CERT", "HOME_ASSISTANT_CLIENT_KEY"} {
				environment, parameters := given(without)
				l := NewLive(Options{Environment: environment, Parameters: parameters})
				s, err := l.Settings(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				err = visit(t.Context(), t, s)
				switch {
				case without == "" && err != nil:
					t.Errorf("the home is not reached: %v; mistakes: %v", err, l.Report().Mistakes)
				case without != "" && !slices.Contains([]fault.Kind{fault.Unreachable, fault.NotAllowed, fault.Misconfigured}, fault.Of(err)):
					t.Errorf("without %s: %v, want the home to keep LEE out", without, err)
				case err != nil && strings.Contains(err.Error(), "canary"):
					t.Errorf("the error shows a secret: %v", err)
				}
			}
		})
	}
}

func rowOf(t *testing.T, name string) setting.Variable {
	t.Helper()
	for _, v := range Variables() {
		if v.Name == name {
			return v
		}
	}
	t.Fatalf("there is no %s", name)
	return setting.Variable{}
}

// visit asks the home for something.
func visit(ctx context.Context, t *testing.T, s Settings) error {
	t.Helper()
	client, err := homeassistant.New(homeassistant.Config{Access: s.Access})
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }()
	_, err = client.Config(ctx)
	return err
}

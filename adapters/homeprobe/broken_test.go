package homeprobe_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/adapters/homeprobe"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary is every secret here.
const canary = "canary.0123456789.abcdef"

// nobody is the URL of a port on which nothing listens. One that was free a moment ago may
// be another test's by now.
const nobody = "http://127.0.0.1:9"

// examine looks at a home and returns what is found on the way to it, "id: sentence"
// by line. No secret is in it.
func examine(t *testing.T, c homeprobe.Config) (string, checkup.Way) {
	t.Helper()
	c.Token = secret.New(canary)
	c.Headers = map[string]secret.Text{"Cf-Access-Client-Secret": secret.New(canary + "2")}
	p, err := homeprobe.New(c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second) // a real network may be slow, and in a bubble this takes no time
	defer cancel()
	way, err := p.Probe(ctx, true)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	if c.Clock != nil {
		now = c.Clock.Now()
	}
	report := checkup.Examine(checkup.Facts{From: checkup.Here, Now: now, Way: &way, Settings: checkup.Settings{
		URL: c.URL, Unverified: c.Unverified, Token: checkup.Token{Given: true},
	}})
	var b strings.Builder
	for _, f := range report.Findings {
		b.WriteString(f.ID + ": " + f.Sentence + "\n")
	}
	if strings.Contains(b.String(), "canary") {
		t.Errorf("a secret is in\n%s", &b)
	}
	return b.String(), way
}

// says serves every connection the same bytes once a request has come, and closes
// it. It returns its address.
func says(t *testing.T, bytes string) string {
	t.Helper()
	return listen(t, func(conn net.Conn) {
		if request, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			_ = request.Body.Close()
			_, _ = io.WriteString(conn, bytes)
		}
	})
}

// listen serves connections one after another until the test ends.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			serve(conn)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	return l.Addr().String()
}

// TestAnswers has something else than Home Assistant answer, or it in a bad mood:
// each file of testdata/answers is such an answer.
func TestAnswers(t *testing.T) {
	const anywhere = "anywhere" // stands for the port
	for file, want := range map[string]string{
		"rejected":             "home.token: Home Assistant does not accept the token.",
		"banned":               "home.banned: Home Assistant has banned the address that this machine has.",
		"untrusted-proxy":      "home.proxy: Home Assistant does not trust the proxy in front of it (HTTP status 400).",
		"no-api":               "home.api: Home Assistant answers, and has no API at this URL.",
		"frontend":             "home.api: Home Assistant answers, and has no API at this URL.",
		"home-fails":           "home.failing: Home Assistant fails on the simplest request (HTTP status 500).",
		"cloudflare-challenge": "home.cloudflare.challenge: Cloudflare wants to see a browser, and lets no program in.",
		"cloudflare-block":     "home.cloudflare.block: Cloudflare blocks this machine (HTTP status 403).",
		"cloudflare-521":       "home.cloudflare.lost: Cloudflare does not get to Home Assistant (HTTP status 521).",
		"cloudflare-tunnel":    "home.cloudflare.lost: Cloudflare does not get to Home Assistant (HTTP status 530).",
		"cloudflare-access":    "home.cloudflare.access: Cloudflare Access wants somebody to log in.",
		"authelia":             "home.login: A page stands in front of Home Assistant and wants somebody to log in.",
		"authentik":            "home.login: Somebody stands in front of Home Assistant and wants somebody to log in.",
		"login-page":           "home.login: A page titled “Sign in” stands in front of Home Assistant and wants somebody to log in.",
		"basic":                "home.basic: Something in front of Home Assistant wants a name and a password.",
		"to-https":             "home.https: The URL leads on to https://127.0.0.1/api/.",
		"elsewhere":            "home.redirect: The URL leads on to http://new.example.org:8123/api/.",
		"plain-to-tls":         "home.tls: Port anywhere of 127.0.0.1 speaks TLS, and the URL begins with http://.",
		"certificate-wanted":   "encryption.client: The server wants to be shown a certificate, and does not take LEE's.",
		"nginx-403":            "home.forbidden: A page titled “403 Forbidden” in front of Home Assistant turns this machine away (HTTP status 403).",
		"traefik-404":          "home.missing: Somebody answers that there is nothing (HTTP status 404).",
		"limited":              "home.throttled: A page titled “429 Too Many Requests” asks to be left alone (HTTP status 429).",
		"nginx-502":            "home.gateway: A page titled “502 Bad Gateway” does not get to Home Assistant (HTTP status 502).",
		"nginx-504":            "home.gateway: A page titled “504 Gateway Time-out” does not get to Home Assistant (HTTP status 504).",
		"router":               "home.stranger: A page titled “Speedport Smart 4” answers, and is not Home Assistant (HTTP status 200).",
		"json-of-another":      "home.stranger: A server that calls itself Kestrel answers, and is not Home Assistant (HTTP status 200).",
		"not-http":             "home.protocol: What listens on port anywhere does not speak HTTP.",
		"nothing":              "home.cut: The connection ends without an answer.",
	} {
		t.Run(file, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("testdata", "answers", file+".http"))
			if err != nil {
				t.Fatal(err)
			}
			head, body, _ := strings.Cut(string(raw), "\n\n")
			address := says(t, strings.ReplaceAll(head, "\n", "\r\n")+"\r\n\r\n"+body)
			if len(raw) == 0 {
				address = says(t, "")
			}
			_, port, _ := net.SplitHostPort(address)
			got, way := examine(t, homeprobe.Config{Access: home.Access{URL: "http://" + address}})
			if want = strings.ReplaceAll(want, anywhere, port); !strings.Contains(got, want+"\n") {
				t.Errorf("found\n%s%+v\nwant %s", got, way, want)
			}
			if strings.Contains(got, "speed.") {
				t.Errorf("how long a stranger takes is told:\n%s", got)
			}
		})
	}
	files, err := filepath.Glob(filepath.Join("testdata", "answers", "*.http"))
	if err != nil || len(files) != 28 {
		t.Errorf("there are %d answers: %v", len(files), err)
	}
}

// failing is a dialer that fails.
func failing(errno error) homeprobe.Dialer {
	return func(context.Context, string) (net.Conn, error) { return nil, &net.OpError{Op: "dial", Err: errno} }
}

// resolving is a resolver that knows every name.
func resolving(addresses ...string) homeprobe.Resolver {
	return func(context.Context, string) (found []netip.Addr, err error) {
		for _, a := range addresses {
			found = append(found, netip.MustParseAddr(a))
		}
		return found, nil
	}
}

// lost is a resolver that knows none.
func lost(err error) homeprobe.Resolver {
	return func(context.Context, string) ([]netip.Addr, error) { return nil, err }
}

// reaching leads every address to one, but for those that fail.
func reaching(address string, fails map[string]error) homeprobe.Dialer {
	return func(ctx context.Context, to string) (net.Conn, error) {
		host, _, _ := net.SplitHostPort(to)
		if err := fails[host]; err != nil {
			return nil, &net.OpError{Op: "dial", Err: err}
		}
		var d net.Dialer
		return d.DialContext(ctx, "tcp", address)
	}
}

// TestNetwork is of names and connections.
func TestNetwork(t *testing.T) {
	address := healthy(t)
	both := resolving("203.0.113.7", "2001:db8::7")
	for name, c := range map[string]struct {
		config homeprobe.Config
		want   []string
	}{
		"no such name": {homeprobe.Config{Access: home.Access{URL: "https://home.invalid"}, Resolver: lost(&net.DNSError{IsNotFound: true})}, []string{"network.name.unknown: There is no name home.invalid."}},
		"a local name": {homeprobe.Config{Access: home.Access{URL: "http://homeassistant.local:8123"}, Resolver: lost(&net.DNSError{IsNotFound: true})}, []string{"network.name.local: The name homeassistant.local means something at home only."}},
		"no address":   {homeprobe.Config{Access: home.Access{URL: "https://home.example.org"}, Resolver: resolving()}, []string{"network.name.empty: The name home.example.org has no address."}},
		"no resolver": {homeprobe.Config{Access: home.Access{URL: "https://home.example.org"}, Resolver: lost(&net.DNSError{IsTimeout: true})}, []string{
			"network.name.silent: No name server says where home.example.org is.",
		}},
		"closed": {homeprobe.Config{Access: home.Access{URL: nobody}}, []string{"network.loopback: 127.0.0.1 is the machine itself:", "network.refused: 127.0.0.1 refuses connections on port "}},
		"silent": {homeprobe.Config{Access: home.Access{URL: "https://203.0.113.7"}, Dialer: failing(os.ErrDeadlineExceeded)}, []string{"network.silent: 203.0.113.7 does not answer on port 443."}},
		"no route": {homeprobe.Config{Access: home.Access{URL: "https://203.0.113.7"}, Dialer: failing(syscall.ENETUNREACH)}, []string{
			"network.route: There is no way from this machine to 203.0.113.7.",
		}},
		"cut": {homeprobe.Config{Access: home.Access{URL: "https://203.0.113.7"}, Dialer: failing(errors.New("odd"))}, []string{"network.cut: The connection to 203.0.113.7 on port 443 cannot be made."}},
		"private": {homeprobe.Config{Access: home.Access{URL: "http://home.example.org:8123"}, Resolver: resolving("192.168.1.7"), Dialer: reaching(address, nil)}, []string{
			"network.name: home.example.org is 192.168.1.7.", "network.private: 192.168.1.7 is within a private network, which AWS cannot reach.",
		}},
		"shared": {homeprobe.Config{Access: home.Access{URL: "http://home.example.org"}, Resolver: resolving("100.100.1.7"), Dialer: reaching(address, nil)}, []string{"network.private: 100.100.1.7 is"}},
		"IPv6 only": {homeprobe.Config{Access: home.Access{URL: "http://home.example.org"}, Resolver: resolving("2001:db8::7"), Dialer: reaching(address, nil)}, []string{
			"network.ipv6: home.example.org has no IPv4 address, and Lambda speaks IPv6 from within a VPC alone.", "network.connection: 2001:db8::7 takes connections on port 80",
		}},
		"IPv6 is dead": {homeprobe.Config{Access: home.Access{URL: "http://home.example.org"}, Resolver: both, Dialer: reaching(address, map[string]error{"2001:db8::7": syscall.ECONNREFUSED})}, []string{
			"network.name: home.example.org is 203.0.113.7, 2001:db8::7.", "network.half: Of the addresses of home.example.org, 2001:db8::7 takes no connections: it refuses them.",
		}},
		"IPv4 is dead": {homeprobe.Config{Access: home.Access{URL: "http://home.example.org"}, Resolver: both, Dialer: reaching(address, map[string]error{"203.0.113.7": os.ErrDeadlineExceeded})}, []string{
			"network.half: Of the addresses of home.example.org, 203.0.113.7 takes no connections: it does not answer.", "network.connection: 2001:db8::7 takes",
		}},
		"no IPv6 here": {homeprobe.Config{Access: home.Access{URL: "http://home.example.org"}, Resolver: both, Dialer: reaching(address, map[string]error{"2001:db8::7": syscall.ENETUNREACH})}, []string{
			"network.connection: 203.0.113.7 takes connections on port 80", "encryption.none: The URL begins with http://, so everybody on the way can read the token.",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, way := examine(t, c.config)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("found\n%s%+v\nwant %s", got, way, want)
				}
			}
			if name == "no IPv6 here" && strings.Contains(got, "network.half") {
				t.Errorf("that this side has no IPv6 is blamed on the home:\n%s", got)
			}
		})
	}
}

// TestMute is of what takes connections, and says nothing on them.
func TestMute(t *testing.T) {
	for url, want := range map[string]string{
		"http://203.0.113.7":  "home.silent: The connection stands, and no answer comes.",
		"https://203.0.113.7": "encryption.silent: The server takes connections on port 443 and does not answer to TLS.",
	} {
		t.Run(url, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got, way := examine(t, homeprobe.Config{Access: home.Access{URL: url}, Dialer: func(context.Context, string) (net.Conn, error) {
					ours, theirs := net.Pipe()
					go func() { _, _ = io.Copy(io.Discard, theirs) }()
					return ours, nil
				}})
				if !strings.Contains(got, want) {
					t.Errorf("found\n%s%+v\nwant %s", got, way, want)
				}
			})
		})
	}
}

// TestSwitchedProtocols is of what answers by changing the protocol, and says no more.
func TestSwitchedProtocols(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got, way := examine(t, homeprobe.Config{Access: home.Access{URL: "http://203.0.113.7"}, Dialer: func(context.Context, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			go func() {
				if _, err := http.ReadRequest(bufio.NewReader(theirs)); err == nil {
					_, _ = io.WriteString(theirs, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: tea\r\nConnection: Upgrade\r\n\r\n")
				}
				_, _ = io.Copy(io.Discard, theirs)
			}()
			return ours, nil
		}})
		if want := "home.stranger: Somebody answers, and is not Home Assistant (HTTP status 101)."; !strings.Contains(got, want) {
			t.Errorf("found\n%s%+v\nwant %s", got, way, want)
		}
	})
}

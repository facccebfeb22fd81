package homeassistant

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// TestCommandIsNotRepeated is of connections that end when a command has been
// sent: the home has seen it once, whatever comes of it.
func TestCommandIsNotRepeated(t *testing.T) {
	part := "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[{\"entity_id\":"
	for name, write := range map[string]string{
		"without an answer":          "",
		"within the status line":     "HTTP/1.",
		"within the headers":         "HTTP/1.1 200 OK\r\nContent-",
		"within the body":            part,
		"within a chunk":             "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n[{\"entity_id\":",
		"with what is no answer":     "SSH-2.0-OpenSSH_9.2\r\n",
		"with a length that is none": "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: -7\r\n\r\n",
	} {
		for how, used := range map[string]bool{"new": false, "used before": true} {
			for end, reset := range map[string]bool{"closed": false, "reset": true} {
				t.Run(name+"/"+how+"/"+end, func(t *testing.T) {
					var commands atomic.Int64
					c := client(t, rawHouse(t, func(conn net.Conn, r *http.Request) bool {
						if r.Method != http.MethodPost {
							_, _ = io.WriteString(conn, good)
							return true
						}
						commands.Add(1)
						_, _ = io.WriteString(conn, write)
						if tcp, ok := conn.(*net.TCPConn); ok && reset {
							_ = tcp.SetLinger(0)
						}
						return false
					}), func(config *Config) {
						config.Headers = map[string]secret.Text{"Idempotency-Key": secret.New("1"), "X-Idempotency-Key": secret.New("1")}
					})
					if used {
						if _, err := c.States(t.Context()); err != nil {
							t.Fatal(err)
						}
					}
					_, err := c.Call(t.Context(), turnOn)
					want(t, "Call", err, fault.Unanswered, true)
					if n := commands.Load(); n != 1 {
						t.Errorf("the home saw the command %d times", n)
					}
				})
			}
		}
	}
}

// TestReadIsRepeated wants a read to outlive a connection that the home closes as
// it is used.
func TestReadIsRepeated(t *testing.T) {
	var reads atomic.Int64
	c := client(t, rawHouse(t, func(conn net.Conn, _ *http.Request) bool {
		if reads.Add(1) == 2 {
			return false
		}
		_, _ = io.WriteString(conn, good)
		return true
	}))
	for range 2 {
		if _, err := c.States(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := reads.Load(); n != 3 {
		t.Errorf("the home saw %d reads, want 3", n)
	}
}

// TestHomeThatClosesAtAnyMoment sends many commands to a home that closes its
// connections at moments of its own: none is seen twice, and none is seen of
// which it is said that it was not sent.
func TestHomeThatClosesAtAnyMoment(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]int{}
	c := client(t, rawHouse(t, func(conn net.Conn, r *http.Request) bool {
		mu.Lock()
		seen[r.URL.Path]++
		mu.Unlock()
		_, _ = io.WriteString(conn, good)
		time.AfterFunc(time.Duration(rand.IntN(300))*time.Microsecond, func() { _ = conn.Close() })
		return true
	}))
	answered := 0
	for i := range 300 {
		service := "s" + string(rune('a'+i/26%26)) + string(rune('a'+i%26))
		_, err := c.Call(t.Context(), home.CallOn("light.lamp", "light", service))
		mu.Lock()
		n := seen["/api/services/light/"+service]
		mu.Unlock()
		switch {
		case err == nil && n == 1:
			answered++
		case err != nil && n == 0 && fault.Of(err) == fault.Unreachable:
			want(t, "Call", err, fault.Unreachable, false)
		case err != nil && n <= 1:
			want(t, "Call", err, fault.Unanswered, true)
		default:
			t.Errorf("the home saw command %d %d times: %v", i, n, err)
		}
		time.Sleep(time.Duration(rand.IntN(300)) * time.Microsecond)
	}
	if answered == 0 {
		t.Error("no command was answered")
	}
}

// TestClosedWhileFrozen is of a home that closed the connection while nobody
// looked: the command goes out on a new one. Where the end is noticed just when it
// is about to go out, nothing of it has, and the sender may do so again.
func TestClosedWhileFrozen(t *testing.T) {
	for name, h := range houses(t) {
		t.Run(name, func(t *testing.T) {
			c := client(t, h.URL, h.trust)
			for i := range int64(20) {
				if _, err := c.Call(t.Context(), turnOn); err != nil {
					want(t, "Call", err, fault.Unreachable, false)
					command(t, c)
				}
				h.CloseClientConnections()
				h.saw(t, i+1, i+1)
			}
		})
	}
}

// TestNothingSent is of commands that never left: they may be repeated.
func TestNothingSent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	soon, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	ended, end := context.WithCancel(t.Context())
	end()
	for name, test := range map[string]struct {
		ctx  context.Context //nolint:containedctx // a case's
		url  string
		want fault.Kind
	}{
		"no route":                    {t.Context(), nobody, fault.Unreachable},
		"no such port":                {t.Context(), "http://127.0.0.1:99999", fault.Unreachable},
		"no such name":                {t.Context(), "http://there-is-no-such-host.invalid", fault.Unreachable},
		"a handshake that never ends": {soon, "https://" + l.Addr().String(), fault.Deadline},
		"a context that has ended":    {ended, "http://" + l.Addr().String(), fault.Deadline},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := client(t, test.url).Call(test.ctx, turnOn)
			want(t, "Call", err, test.want, false)
		})
	}
}

// TestTimeout is of a home that takes the request and says nothing.
func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		timesOut(t, within(t, http.HandlerFunc(hang), brief))
	})
}

// TestBodyThatNeverEnds is of an answer that stops in its middle.
func TestBodyThatNeverEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		timesOut(t, within(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `[{"entity_id":`)
			_ = http.NewResponseController(w).Flush()
			hang(w, r)
		}), brief))
	})
}

// brief gives each request a moment.
func brief(config *Config) { config.Timeout = 50 * time.Millisecond }

// timesOut wants a read and a command to end when the client's own time has passed.
func timesOut(t *testing.T, c *Client) {
	t.Helper()
	for what, request := range map[string]struct {
		do   func() error
		kind fault.Kind
		sent bool
	}{
		"States": {func() error { _, err := c.States(t.Context()); return err }, fault.Deadline, false},
		"Call":   {func() error { _, err := c.Call(t.Context(), turnOn); return err }, fault.Unanswered, true},
	} {
		began := time.Now()
		want(t, what, request.do(), request.kind, request.sent)
		if took := time.Since(began); took != c.config.Timeout {
			t.Errorf("%s took %v", what, took)
		}
	}
}

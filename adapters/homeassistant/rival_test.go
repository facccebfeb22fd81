package homeassistant

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// router is the way to a home on which connections can be forgotten. What is sent on one
// that is forgotten gets no answer, and nobody is told. Requests take slow after it.
type router struct {
	mu        sync.Mutex
	conns     map[net.Conn]bool // whether it is forgotten
	requests  atomic.Int64      // that came on any connection
	forgotten atomic.Int64      // of these, on one that is forgotten
	slow      atomic.Int64      // nanoseconds
}

// newRouter returns a client and the way to its home.
func newRouter(t *testing.T) (*router, *Client) {
	t.Helper()
	r := &router{conns: map[net.Conn]bool{}}
	network := portstest.NewNetwork()
	serveRaw(t, network, func(conn net.Conn, q *http.Request) bool {
		r.mu.Lock()
		lost := r.conns[conn]
		r.conns[conn] = lost
		r.mu.Unlock()
		r.requests.Add(1)
		if lost {
			r.forgotten.Add(1)
			return true
		}
		time.Sleep(time.Duration(r.slow.Load()))
		answer := good
		if q.Method == http.MethodGet {
			answer = fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(lamp), lamp)
		}
		_, _ = io.WriteString(conn, answer)
		return true
	})
	return r, on(t, network)
}

// forget has all connections that stand be forgotten.
func (r *router) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for conn := range r.conns {
		r.conns[conn] = true
	}
}

// TestSilentConnection is of connections that were used before and have died without a
// word. A read is asked again on a new one; a command is not.
func TestSilentConnection(t *testing.T) {
	for name, c := range map[string]struct {
		ask       func(context.Context, *Client) error
		want      fault.Kind // 0 for none
		took      time.Duration
		requests  int64
		forgotten int64
	}{
		"a read":    {look, 0, silentTime, 2, 1},
		"a command": {call, fault.Unanswered, 5 * time.Second, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, client := newRouter(t)
				if err := look(t.Context(), client); err != nil {
					t.Fatal(err)
				}
				r.forget()
				ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
				defer cancel()
				began := time.Now()
				err := c.ask(ctx, client)
				took := time.Since(began)
				if c.want != 0 {
					want(t, name, err, c.want, true)
				} else if err != nil {
					t.Error(err)
				}
				requests, forgotten := r.requests.Load()-1, r.forgotten.Load()
				if took != c.took || requests != c.requests || forgotten != c.forgotten {
					t.Errorf("it took %v and %d requests, %d of them lost", took, requests, forgotten)
				}
			})
		})
	}
}

// TestSlowHome: a home that takes its time is asked a second time on another connection.
// The first answer counts, and it is whole.
func TestSlowHome(t *testing.T) {
	for name, c := range map[string]struct {
		used     bool
		slow     time.Duration
		requests int64
	}{
		"at once":                         {true, 0, 1},
		"just in time":                    {true, silentTime - 1, 1},
		"slow":                            {true, 3 * time.Second, 2},
		"slow on a connection of its own": {false, 3 * time.Second, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, client := newRouter(t)
				var before int64
				if c.used {
					before = 1
					if err := look(t.Context(), client); err != nil {
						t.Fatal(err)
					}
				}
				r.slow.Store(int64(c.slow))
				began := time.Now()
				if err := look(t.Context(), client); err != nil || time.Since(began) != c.slow || r.requests.Load()-before != c.requests {
					t.Errorf("after %v and %d requests: %v", time.Since(began), r.requests.Load()-before, err)
				}
				if err := call(t.Context(), client); err != errNothing { //nolint:errorlint // good is an empty list
					t.Error(err)
				}
			})
		})
	}
}

// TestSilentWhenOpenedAhead: a connection that was opened ahead may have waited for long.
func TestSilentWhenOpenedAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := portstest.NewNetwork()
		first := make(chan struct{}, 1)
		first <- struct{}{}
		serveRaw(t, network, func(conn net.Conn, _ *http.Request) bool {
			select {
			case <-first:
			default:
				_, _ = io.WriteString(conn, good)
			}
			return true
		})
		c := on(t, network)
		if err := c.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if _, err := c.States(t.Context()); err != nil || time.Since(began) > silentTime+glance {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
	})
}

// TestRivalCannotBeSent: where there is no other connection to be had, the first answer
// is waited for.
func TestRivalCannotBeSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, client := newRouter(t)
		if err := look(t.Context(), client); err != nil {
			t.Fatal(err)
		}
		client.transport.connect = func(context.Context, string, string) (net.Conn, error) { return nil, io.ErrClosedPipe }
		r.slow.Store(int64(3 * time.Second))
		if err := look(t.Context(), client); err != nil {
			t.Error(err)
		}
	})
}

// TestSwitchedProtocols is of a home that answers anything with a change of protocol, and
// goes on to say nothing. Nobody waits for that, and the connection is closed.
func TestSwitchedProtocols(t *testing.T) {
	for name, ask := range map[string]func(context.Context, *Client) error{
		"a read": look, "a command": call,
		"the states": lookAround,
		"a sentence": func(ctx context.Context, c *Client) error {
			_, err := c.Converse(ctx, home.Utterance{Text: "Hello"})
			return err
		},
		"a WebSocket": func(ctx context.Context, c *Client) error {
			_, err := c.Negotiable(ctx, []home.EntityID{"camera.door"})
			return err
		},
		"the registry": func(ctx context.Context, c *Client) error { _, err := portstest.ReadRegistry(ctx, c, nil); return err },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				network := portstest.NewNetwork()
				serveRaw(t, network, func(conn net.Conn, _ *http.Request) bool {
					_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: tea\r\nConnection: Upgrade\r\n\r\n")
					return true
				})
				c := on(t, network)
				var open sync.WaitGroup // counts connections
				c.transport.connect = func(ctx context.Context, n, address string) (net.Conn, error) {
					conn, err := network.Dial(ctx, n, address)
					if err == nil {
						open.Add(1)
						conn = &closing{conn, sync.OnceFunc(open.Done)}
					}
					return conn, err
				}
				began := time.Now()
				if err := ask(t.Context(), c); err == nil || time.Since(began) != 0 {
					t.Errorf("after %v: %v", time.Since(began), err)
				}
				open.Wait() // for ever, if one is left open: the bubble notices
			})
		})
	}
}

// closing tells when it is closed.
type closing struct {
	net.Conn
	closed func()
}

func (c *closing) Close() error {
	defer c.closed()
	return c.Conn.Close()
}

package homeassistant

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestNotSentAfterFreeze is of requests that wait for a connection when Lambda freezes the
// process, and go on when it thaws: the wall clock has jumped, and no timer has noticed.
// The answer that they belong to is out by then.
func TestNotSentAfterFreeze(t *testing.T) {
	asks := map[string]func(context.Context, *Client) error{
		"a sentence": func(ctx context.Context, c *Client) error {
			_, err := c.Converse(ctx, home.Utterance{Text: "Turn off the heating."})
			return err
		},
		"a command":  call,
		"a question": look,
		"a WebSocket": func(ctx context.Context, c *Client) error {
			_, err := c.Negotiable(ctx, []home.EntityID{"camera.door"})
			return err
		},
	}
	for what, ask := range asks {
		for when, freeze := range map[string]func(t *testing.T, c *Client, thaw func()) context.Context{
			"before anything": func(t *testing.T, c *Client, thaw func()) context.Context {
				t.Helper()
				if _, err := c.States(t.Context()); err != nil {
					t.Error(err)
				}
				thaw()
				return t.Context()
			},
			"while it dials": func(t *testing.T, c *Client, thaw func()) context.Context {
				t.Helper()
				dial := c.transport.connect
				c.transport.connect = func(ctx context.Context, network, address string) (net.Conn, error) {
					time.Sleep(time.Second)
					thaw()
					return dial(ctx, network, address)
				}
				return t.Context()
			},
			"while it waits for what was opened ahead": func(t *testing.T, c *Client, thaw func()) context.Context {
				t.Helper()
				dial, opening := c.transport.connect, make(chan struct{})
				c.transport.connect = func(ctx context.Context, network, address string) (net.Conn, error) {
					close(opening)
					time.Sleep(time.Second)
					thaw()
					return dial(ctx, network, address)
				}
				go func() { _ = c.Open(t.Context()) }()
				<-opening
				return t.Context()
			},
		} {
			t.Run(what+"/"+when, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					notSent(t, ask, freeze)
				})
			})
		}
	}
	// A connection that another request has given back needs no dialling.
	for _, what := range []string{"a sentence", "a command"} {
		t.Run(what+"/when it has a connection", func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				notSent(t, asks[what], func(t *testing.T, c *Client, thaw func()) context.Context {
					t.Helper()
					if _, err := c.States(t.Context()); err != nil {
						t.Error(err)
					}
					return httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{GetConn: func(string) { thaw() }})
				})
			})
		})
	}
}

// notSent asks, with a freeze at some moment, and wants nothing to arrive.
func notSent(t *testing.T, ask func(context.Context, *Client) error, freeze func(t *testing.T, c *Client, thaw func()) context.Context) {
	t.Helper()
	var arrived atomic.Int64
	network, clock := portstest.NewNetwork(), portstest.NewClock()
	serveRaw(t, network, func(conn net.Conn, _ *http.Request) bool {
		arrived.Add(1)
		_, _ = io.WriteString(conn, good)
		return true
	})
	c := on(t, network, func(config *Config) { config.Clock = clock })
	until, cancel := context.WithTimeout(t.Context(), 7*time.Second)
	defer cancel()
	began := ports.WithBegin(until, clock)
	// So short a freeze leaves connections that are trusted.
	ctx := freeze(t, c, func() { clock.Advance(20 * time.Second) })
	before := arrived.Load()
	// An errand goes on after its answer.
	errand, end := context.WithTimeout(context.WithoutCancel(began), time.Minute)
	defer end()
	if trace := httptrace.ContextClientTrace(ctx); trace != nil {
		errand = httptrace.WithClientTrace(errand, trace)
	}
	err := ask(errand, c)
	var e *fault.Error
	if !errors.As(err, &e) || e.Kind != fault.Deadline || e.Sent {
		t.Errorf("it ends with %v", err)
	}
	synctest.Wait()
	if n := arrived.Load() - before; n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

// TestSentInTime: without a freeze what belongs to an answer is sent until that is due, and
// an errand waits for the reply longer.
func TestSentInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := portstest.NewNetwork()
		serveRaw(t, network, func(conn net.Conn, _ *http.Request) bool {
			time.Sleep(30 * time.Second)
			_, _ = io.WriteString(conn, good)
			return true
		})
		c := on(t, network)
		until, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		defer cancel()
		ctx := context.WithoutCancel(ports.WithBegin(until, ports.WallClock{}))
		time.Sleep(6 * time.Second)
		if _, err := c.Call(ctx, turnOn); err != nil {
			t.Error(err)
		}
		_, err := c.Call(ctx, turnOn)
		want(t, "a command after the answer", err, fault.Deadline, false)
	})
}

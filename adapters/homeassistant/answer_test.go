package homeassistant

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// endless are ways to send an answer whose end never comes, though the connection stays
// open.
var endless = map[string]func(status int, media, body string) string{
	"without the last chunk": func(status int, media, body string) string {
		return fmt.Sprintf("HTTP/1.1 %d OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", status, media, len(body), body)
	},
	"within the last chunk": func(status int, media, body string) string {
		return fmt.Sprintf("HTTP/1.1 %d OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s", status, media, len(body), body)
	},
	"without a length": func(status int, media, body string) string {
		return fmt.Sprintf("HTTP/1.1 %d OK\r\nContent-Type: %s\r\n\r\n%s", status, media, body)
	},
	"by HTTP/1.0": func(status int, media, body string) string {
		return fmt.Sprintf("HTTP/1.0 %d OK\r\nContent-Type: %s\r\n\r\n%s", status, media, body)
	},
	"by HTTP/1.0, to be kept": func(status int, media, body string) string {
		return fmt.Sprintf("HTTP/1.0 %d OK\r\nContent-Type: %s\r\nConnection: keep-alive\r\n\r\n%s", status, media, body)
	},
	"with too great a length": func(status int, media, body string) string {
		return fmt.Sprintf("HTTP/1.1 %d OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", status, media, len(body)+100, body)
	},
}

// zipped returns a text packed.
func zipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, text)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestEndIsNotWaitedFor is of answers that are whole and never end. Theirs is waited for
// as long as an end may be on its way, however much time the request has.
func TestEndIsNotWaitedFor(t *testing.T) {
	for name, test := range map[string]struct {
		status      int
		media, body string
		ask         func(context.Context, *Client) error
		want        fault.Kind // of the error, where pause is not 0
		sent        bool
		pause       time.Duration
	}{
		"a command's states":  {status: 200, media: "application/json", body: "[" + lamp + "]", ask: call},
		"a state":             {status: 200, media: "application/json", body: lamp, ask: look},
		"packed states":       {status: 200, media: "application/json\r\nContent-Encoding: gzip", body: zipped(t, "["+lamp+"]"), ask: lookAround},
		"a refusal in JSON":   {status: 400, media: "application/json", body: `{"message":"No."}`, ask: call, want: fault.Refused, sent: true, pause: drainTime},
		"a refusal as text":   {status: 400, media: "text/plain", body: "400: Bad Request", ask: call, want: fault.Unsupported, sent: true, pause: maxPause},
		"a rejected token":    {status: 401, media: "text/plain", body: "401: Unauthorized", ask: call, want: fault.NotAllowed, sent: true, pause: maxPause},
		"no such entity":      {status: 404, media: "application/json", body: `{"message":"Entity not found."}`, ask: look, want: fault.NotFound, pause: 2 * drainTime},
		"a device that fails": {status: 500, media: "text/plain", body: "500", ask: call, want: fault.Failed, sent: true, pause: drainTime},
		"a page":              {status: 200, media: "text/html", body: "<html>", ask: look, want: fault.Unreachable, pause: drainTime},
		"a proxy's page":      {status: 502, media: "text/html", body: "<html>", ask: look, want: fault.Unreachable, pause: drainTime},
	} {
		for way, write := range endless {
			t.Run(name+"/"+way, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					network := portstest.NewNetwork()
					serveRaw(t, network, func(conn net.Conn, _ *http.Request) bool {
						_, _ = io.WriteString(conn, write(test.status, test.media, test.body))
						return true
					})
					c := on(t, network)
					for range 2 { // the second finds no rest of the first
						began := time.Now()
						err := test.ask(t.Context(), c)
						if took := time.Since(began); took > max(test.pause, drainTime) {
							t.Errorf("it took %v", took)
						}
						switch {
						case test.pause == 0 && err != nil:
							t.Error(err)
						case test.pause != 0:
							want(t, name, err, test.want, test.sent)
						}
					}
				})
			})
		}
	}
}

var errNothing = errors.New("nothing was read")

func call(ctx context.Context, c *Client) error {
	changed, err := c.Call(ctx, turnOn)
	if err == nil && len(changed) != 1 {
		return errNothing
	}
	return err
}

func lookAround(ctx context.Context, c *Client) error {
	states, err := c.States(ctx)
	if err == nil && len(states) != 1 {
		return errNothing
	}
	return err
}

func look(ctx context.Context, c *Client) error {
	_, err := c.State(ctx, "light.lamp")
	return err
}

// TestConnectionOutlivesLateEnd wants a connection to be used again when the end of an
// answer comes right after the rest.
func TestConnectionOutlivesLateEnd(t *testing.T) {
	for late, connections := range map[time.Duration]int64{drainTime - 1: 1, drainTime + 1: 3} {
		synctest.Test(t, func(t *testing.T) {
			network := portstest.NewNetwork()
			serveRaw(t, network, func(conn net.Conn, _ *http.Request) bool {
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n")
				time.Sleep(late)
				_, _ = io.WriteString(conn, "0\r\n\r\n")
				return true
			})
			c := on(t, network)
			var dials atomic.Int64
			c.transport.connect = func(ctx context.Context, n, address string) (net.Conn, error) {
				dials.Add(1)
				return network.Dial(ctx, n, address)
			}
			for range 3 {
				command(t, c)
			}
			if n := dials.Load(); n != connections {
				t.Errorf("%d connections were used with an end that came after %v, want %d", n, late, connections)
			}
		})
	}
}

// TestMessageEndIsNotWaitedFor is of a WebSocket on which the last message that counts is
// whole and goes on all the same.
func TestMessageEndIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, messageEndIsNotWaitedFor)
}

func messageEndIsNotWaitedFor(t *testing.T) {
	network := portstest.NewNetwork()
	serveRaw(t, network, func(conn net.Conn, r *http.Request) bool {
		sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "+
			base64.StdEncoding.EncodeToString(sum[:])+"\r\n\r\n")
		const whole, begun = 0x81, 0x01 // a text in one frame, and the first of several
		for _, message := range []struct {
			first byte
			text  string
		}{{whole, helloThere}, {whole, welcome}, {begun, `{"id":1,"type":"result","success":true,"result":{"frontend_stream_types":["web_rtc"]}}`}} {
			_, _ = conn.Write(append([]byte{message.first, byte(len(message.text))}, message.text...))
		}
		_, _ = io.Copy(io.Discard, conn)
		return false
	})
	began := time.Now()
	able, err := on(t, network).Negotiable(t.Context(), []home.EntityID{"camera.door"})
	if err != nil || len(able) != 1 || time.Since(began) != 0 {
		t.Errorf("%v can, %v, after %v", able, err, time.Since(began))
	}
}

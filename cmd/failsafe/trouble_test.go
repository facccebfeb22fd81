package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// raw answers with a text that is HTTP or not, and keeps the connection open until the
// other side closes it. closed counts these.
func raw(t *testing.T, text string, closed *atomic.Int32) http.HandlerFunc {
	t.Helper()
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, text)
		_, _ = io.Copy(io.Discard, conn)
		closed.Add(1)
		_ = conn.Close()
	}
}

// TestConnections: an answer that does not end is not waited for where it is whole, and
// not for longer than there is time where it is none. No connection is left behind.
func TestConnections(t *testing.T) {
	const (
		lamp     = `{"entity_id":"light.a","state":"on"}`
		changing = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
		head     = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	)
	for name, c := range map[string]struct {
		text, directive, want string
		most                  time.Duration
	}{
		"another protocol":               {changing, "Alexa.ReportState", "BRIDGE_UNREACHABLE", 0},
		"another protocol for a command": {changing, "Alexa.PowerController.TurnOn", "BRIDGE_UNREACHABLE", 0},
		"another protocol, which speaks": {changing + lamp, "Alexa.ReportState", "BRIDGE_UNREACHABLE", 0},
		"another protocol without a word of which": {
			"HTTP/1.1 101 Switching Protocols\r\n\r\n" + lamp, "Alexa.ReportState", "BRIDGE_UNREACHABLE", 0,
		},
		"no last chunk":            {head + "Transfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n", len(lamp), lamp), "Alexa.ReportState", "StateReport", 0},
		"no length":                {"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + lamp, "Alexa.ReportState", "StateReport", 0},
		"less than the length":     {head + "Content-Length: 1000\r\n\r\n" + lamp, "Alexa.ReportState", "StateReport", 0},
		"a command, no last chunk": {head + "Transfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n[%s]\r\n", len(lamp)+2, lamp), "Alexa.PowerController.TurnOn", "Response", 0},
		"a refusal, no length":     {"HTTP/1.0 400 Bad Request\r\nContent-Type: application/json\r\n\r\n{\"message\":\"No.\"}", "Alexa.PowerController.TurnOn", "INVALID_VALUE", 0},
		"no such service":          {"HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\n\r\n400: Bad Request", "Alexa.PowerController.TurnOn", "INVALID_DIRECTIVE", 0},
		"somebody's refusal":       {"HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\n\r\nNo.", "Alexa.PowerController.TurnOn", "BRIDGE_UNREACHABLE", 0},
		"a proxy's few words":      {"HTTP/1.0 502 Bad Gateway\r\nContent-Type: text/plain\r\n\r\nNobody.", "Alexa.ReportState", "BRIDGE_UNREACHABLE", 0},
		"an error without a word":  {"HTTP/1.1 500 No\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\n", "Alexa.ReportState", "INTERNAL_ERROR", 0},
		"turned away, no length":   {"HTTP/1.0 403 Forbidden\r\nContent-Type: application/json\r\n\r\n{", "Alexa.ReportState", "BRIDGE_UNREACHABLE", 0},
		"half an answer":           {head + "Content-Length: 1000\r\n\r\n" + lamp[:20], "Alexa.ReportState", "BRIDGE_UNREACHABLE", maxAnswerTime},
		"half a head":              {"HTTP/1.1 200 OK\r\nContent-", "Alexa.ReportState", "BRIDGE_UNREACHABLE", maxAnswerTime},
		"an endless head":          {"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 2*maxHeaderBytes), "Alexa.ReportState", "BRIDGE_UNREACHABLE", 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var opened, closed atomic.Int32
				answer := raw(t, c.text, &closed)
				f := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					opened.Add(1)
					answer(w, r)
				})).at(t, nil)
				began := time.Now()
				got := turn(t, f, c.directive, "light#a")
				if took := time.Since(began); got != c.want || took > c.most {
					t.Errorf("answered %s after %v", got, took)
				}
				f.kept.home.transport.CloseIdleConnections()
				synctest.Wait()
				if opened.Load() == 0 || opened.Load() != closed.Load() {
					t.Errorf("of %d connections %d are closed", opened.Load(), closed.Load())
				}
			})
		})
	}
}

// TestStoreSpeaksAnother: nor is the Parameter Store waited for without a bound when it
// changes the protocol.
func TestStoreSpeaksAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var closed atomic.Int32
		n := serve(t, raw(t, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", &closed))
		f := by(map[string]string{
			"USE_PARAMETER_STORE": "true", "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secretKey, "AWS_ENDPOINT_URL": "http://store",
		})
		f.aws.Transport = &http.Transport{DialContext: n.Dial}
		if got := report(t, f); got != string(alexa.BridgeUnreachable) {
			t.Errorf("answered %s", got)
		}
		synctest.Wait()
		if closed.Load() != 1 {
			t.Error("the connection stays open")
		}
	})
}

// TestDemandedCertificate: a home that wants a certificate which is not there has not been
// told the command. Nothing is waited for then.
func TestDemandedCertificate(t *testing.T) {
	house := demohome.New(demohome.Options{})
	server, err := house.ListenTLS("127.0.0.1:0", true)
	if err != nil {
		t.Fatal(err)
	}
	pair, err := tls.X509KeyPair(server.ClientCert, server.ClientKey)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = server.Close(), house.Close()
	synctest.Test(t, func(t *testing.T) {
		var dialled atomic.Int32
		n := network{portstest.NewNetwork()}
		t.Cleanup(func() { _ = n.Close() })
		go func() {
			for {
				conn, err := n.Accept()
				if err != nil {
					return
				}
				dialled.Add(1)
				go func() {
					secure := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS13})
					if _, err := http.ReadRequest(bufio.NewReader(secure)); err == nil || errors.Is(err, io.EOF) {
						t.Errorf("the home read the request, %v", err)
					}
					_ = secure.Close()
				}()
			}
		}()
		f := n.at(t, map[string]string{"HOME_ASSISTANT_URL": "https://home", "HA_VERIFY_SSL": "no"})
		began := time.Now()
		if got := turn(t, f, "Alexa.PowerController.TurnOn", "light#a"); got != string(alexa.BridgeUnreachable) || time.Since(began) != 0 || dialled.Load() != 1 {
			t.Errorf("answered %s after %v and %d connections", got, time.Since(began), dialled.Load())
		}
	})
}

// TestTakesOver: the first event may have waited since an engine that hung was started.
// Its answer goes out in what is left of Alexa's time.
func TestTakesOver(t *testing.T) {
	for name, c := range map[string]struct {
		before, idle time.Duration
		first, later time.Duration
	}{
		"chosen":                      {0, 0, maxAnswerTime, maxAnswerTime},
		"after a hang":                {4 * time.Second, 100 * time.Millisecond, maxAnswerTime - 4*time.Second - 100*time.Millisecond, maxAnswerTime},
		"after a long hang":           {6 * time.Second, 0, maxAnswerTime / 4, maxAnswerTime},
		"after a hang, before events": {4 * time.Second, time.Minute, maxAnswerTime, maxAnswerTime},
		"long after a hang":           {time.Hour, 0, maxAnswerTime, maxAnswerTime},
		"by a clock that was put off": {-time.Hour, 0, maxAnswerTime, maxAnswerTime},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
				f := n.at(t, nil)
				args := []string{"failsafe", "it hung", "0", fmt.Sprint(time.Now().Add(-c.before).UnixMilli())}
				f.wait = newFunction(f.getenv, f.why, begun(args, time.Now()), io.Discard).wait
				time.Sleep(c.idle)
				for i, want := range []time.Duration{c.first, c.later} {
					began := time.Now()
					got := turn(t, f, "Alexa.ReportState", "light#a")
					if took := time.Since(began); got != string(alexa.BridgeUnreachable) || took.Round(time.Second/4) != want.Round(time.Second/4) {
						t.Errorf("event %d is answered %s after %v, want %v", i, got, took, want)
					} else if i == 0 && c.idle < maxFollowTime && c.before < alexaPatience && c.before+c.idle+took > alexaPatience {
						t.Errorf("Alexa has given up by then")
					}
				}
			})
		})
	}
}

// TestIdleConnection: a connection that was idle for too long is not trusted with a
// command, nor is any by a clock that was put back.
func TestIdleConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var dialled atomic.Int32
		n := serve(t, asJSON(says(http.StatusOK, `{"entity_id":"light.a","state":"on"}`)))
		f := n.at(t, nil)
		h := f.kept.home
		h.transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			dialled.Add(1)
			return n.Dial(ctx, network, address)
		}
		for _, c := range []struct {
			idle time.Duration
			want int32
		}{{0, 1}, {idleTrust - time.Second, 1}, {idleTrust + time.Second, 2}, {0, 2}} {
			time.Sleep(c.idle)
			if got := turn(t, f, "Alexa.ReportState", "light#a"); got != "StateReport" || dialled.Load() != c.want {
				t.Errorf("after %v answered %s, by connection %d", c.idle, got, dialled.Load())
			}
		}
		h.used.Store(time.Now().Add(time.Hour).UnixNano())
		if got := turn(t, f, "Alexa.ReportState", "light#a"); got != "StateReport" || dialled.Load() != 3 {
			t.Errorf("by a clock that was put back answered %s, by connection %d", got, dialled.Load())
		}
	})
}

// TestAnswerThatIsTooLarge: in place of an answer that Lambda would not take goes one that
// says so.
func TestAnswerThatIsTooLarge(t *testing.T) {
	for answer, fits := range map[string]bool{strings.Repeat("x", maxAnswerBytes-2): true, strings.Repeat("x", maxAnswerBytes-1): false} {
		o := outcome{answer: answer, failed: failure}
		raw, err := o.write(nil)
		if (err == nil) != fits || len(raw) > maxAnswerBytes || fits == strings.Contains(string(raw), "Lambda") {
			t.Errorf("of an answer of %d bytes %d go out, %v: %.200s", len(answer), len(raw), err, raw)
		}
	}
}

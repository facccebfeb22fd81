//go:build check

package wiring_test

import (
	"bufio"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// parrot is a house, or what stands in front of one, that answers each request with words
// of its own making, given how the request shows who sent it. It is closed when the test
// is over.
func parrot(t *testing.T, answer func(r *http.Request, shown string) string) (url string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer func() { _ = conn.Close() }()
				in := bufio.NewReader(conn)
				r, err := http.ReadRequest(in)
				if err != nil {
					return
				}
				_, _ = io.Copy(io.Discard, r.Body)
				shown := "Authorization: " + r.Header.Get("Authorization") + ", X-Door: " + r.Header.Get("X-Door")
				_, _ = io.WriteString(conn, answer(r, shown))
				if r.Header.Get("Upgrade") != "" {
					_ = conn.SetReadDeadline(time.Now().Add(time.Second))
					_, _ = io.Copy(io.Discard, in) // what is sent first, before the connection is closed
				}
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		all.Wait()
	})
	return "http://" + l.Addr().String()
}

// inHTTP is an answer with a JSON body, which ends with the connection.
func inHTTP(status int, body string) string {
	return fmt.Sprintf("HTTP/1.1 %d Odd\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n%s", status, body)
}

// upgraded is what agrees to a WebSocket, and then sends frames of it.
func upgraded(r *http.Request, frames ...[]byte) string {
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	out := "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
		base64.StdEncoding.EncodeToString(sum[:]) + "\r\n\r\n"
	for _, frame := range frames {
		out += string(frame)
	}
	return out
}

// frame is a short frame of a WebSocket.
func frame(first byte, text string) []byte {
	text = text[:min(len(text), 120)]
	return append([]byte{first, byte(len(text))}, text...)
}

const (
	textFrame = 0x81
	byeFrame  = 0x88
)

// parrots are what houses, and what stands in front of them, make of who sent a request.
var parrots = map[string]func(r *http.Request, shown string) string{
	"a refusal": func(_ *http.Request, shown string) string { return inHTTP(400, `{"message":"Not `+shown+`"}`) },
	"a long refusal": func(_ *http.Request, shown string) string {
		return inHTTP(400, `{"message":"`+strings.Repeat("x", 150)+shown+`"}`)
	},
	"a refusal that is cut": func(_ *http.Request, shown string) string {
		return inHTTP(400, `{"message":"`+fmt.Sprintf("%.36s", shown)+`"}`)
	},
	"a refusal in capitals": func(_ *http.Request, shown string) string {
		return inHTTP(400, `{"message":"`+strings.ToUpper(shown)+`"}`)
	},
	"a refusal in Base64": func(_ *http.Request, shown string) string {
		return inHTTP(400, `{"message":"`+base64.StdEncoding.EncodeToString([]byte(shown))+`"}`)
	},
	"a refusal in hex": func(_ *http.Request, shown string) string { return inHTTP(400, fmt.Sprintf(`{"message":"%x"}`, shown)) },
	"a refusal over many lines": func(_ *http.Request, shown string) string {
		return inHTTP(400, `{"message":"`+strings.ReplaceAll(shown, ".", `\n\t.`)+`"}`)
	},
	"a status that is none":   func(_ *http.Request, shown string) string { return "HTTP/1.1 " + shown + "\r\n\r\n" },
	"a protocol that is none": func(_ *http.Request, shown string) string { return shown + "\r\n\r\n" },
	"a header that is none": func(_ *http.Request, shown string) string {
		return "HTTP/1.1 200 OK\r\n" + strings.ReplaceAll(shown, ":", "") + "\r\n\r\n"
	},
	"a length that is none": func(_ *http.Request, shown string) string {
		return "HTTP/1.1 200 OK\r\nContent-Length: " + shown + "\r\n\r\n"
	},
	"an encoding that is none": func(_ *http.Request, shown string) string {
		return "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + shown + "\r\n\r\n"
	},
	"names that are none": func(_ *http.Request, shown string) string { return inHTTP(200, `[{"`+shown+`":{"`+shown+`":nul}}]`) },
	"a version that is none": func(_ *http.Request, shown string) string {
		return inHTTP(200, `{"version":"`+shown+`","location_name":"`+shown+`"}`)
	},
	"an entity that is none": func(_ *http.Request, shown string) string {
		return inHTTP(200, `[{"entity_id":"`+shown+`","state":"`+shown+`"}]`)
	},
	"another place": func(_ *http.Request, shown string) string {
		return "HTTP/1.1 302 Found\r\nLocation: https://example.org/?a=" + strings.ReplaceAll(shown, " ", "+") + "\r\n\r\n"
	},
	"a server that says too much": func(_ *http.Request, shown string) string {
		return "HTTP/1.1 403 No\r\nServer: " + shown + "\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<title>" + fmt.Sprintf("%.60s", shown) + "</title>" + shown
	},
	"a WebSocket that is turned down": func(r *http.Request, shown string) string {
		if r.Header.Get("Upgrade") == "" {
			return inHTTP(200, `[]`)
		}
		return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + shown + "\r\n\r\n"
	},
	"a WebSocket that says good-bye": func(r *http.Request, shown string) string {
		if r.Header.Get("Upgrade") == "" {
			return inHTTP(200, `[]`)
		}
		return upgraded(r, frame(byeFrame, "\x03\xf0"+shown))
	},
	"a WebSocket that declines": func(r *http.Request, shown string) string {
		if r.Header.Get("Upgrade") == "" {
			return inHTTP(200, `[]`)
		}
		frames := [][]byte{frame(textFrame, `{"type":"auth_required"}`), frame(textFrame, `{"type":"auth_ok"}`)}
		for id := range 7 {
			frames = append(frames, frame(textFrame, fmt.Sprintf(`{"id":%d,"type":"result","error":{"code":"%.30s","message":"%.30s"}}`, id+1, shown[15:], shown[20:])))
		}
		return upgraded(r, frames...)
	},
	"a WebSocket that talks nonsense": func(r *http.Request, shown string) string {
		if r.Header.Get("Upgrade") == "" {
			return inHTTP(200, `[]`)
		}
		return upgraded(r, frame(textFrame, `{"`+fmt.Sprintf("%.40s", shown)+`":nul}`))
	},
}

// TestForeignText has houses quote who sent a request, in every way and to every event, at
// debug level, and looks for parts of it in all that goes out: the answers to Alexa and to
// operators, health, diagnostics and traces, the log, metrics.
func TestForeignText(t *testing.T) {
	for _, own := range []bool{true, false} {
		for name, answer := range parrots {
			t.Run(fmt.Sprintf("%s/with a token of its own: %v", name, own), func(t *testing.T) {
				t.Parallel()
				token := ""
				if own {
					token = tokenCanary
				}
				w := watch(t, demohome.New(demohome.Options{}), env{
					"HOME_ASSISTANT_URL": parrot(t, answer), "HOME_ASSISTANT_TOKEN": token, "HOME_ASSISTANT_CLIENT_CERT": "", "HOME_ASSISTANT_CLIENT_KEY": "",
				})
				w.within = 2 * time.Second
				w.fragments = true
				for _, event := range append(directives(t),
					`{"operation":"ha_call","service":"light.turn_on","entity_id":"light.a"}`, `{"operation":"ha_states"}`, `{"operation":"ha_discovery"}`,
					`{"operation":"ha_status"}`, `{"operation":"ha_connection_test"}`, `{"operation":"health"}`, `{"operation":"surroundings"}`, `{"operation":"doctor"}`,
					`{"operation":"trace","event":`+string(directiveFor(t, "Alexa.PowerController.TurnOn", "light#a"))+`}`, `{"operation":"trace"}`,
					`{"operation":"diagnostics"}`, httpEvent("GET", "/health", "Bearer "+operatorCanary, ""), httpEvent("GET", "/diagnostics", "Bearer "+operatorCanary, ""),
				) {
					w.ask(t, event)
				}
				w.look(t, "the log", w.log.String())
				w.look(t, "the metrics", w.metrics.String())
			})
		}
	}
}

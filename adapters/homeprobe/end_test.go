package homeprobe_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/homeprobe"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// TestLongAnswers: no more is read of headers than an answer may have, and no more is told
// of them than a line.
func TestLongAnswers(t *testing.T) {
	for name, c := range map[string]struct{ location, want string }{
		"a long place":    {"https://new.example.org/" + strings.Repeat("x", 1<<10), "home.redirect: The URL leads on to https://new.example.org/xxx"},
		"an endless head": {"https://new.example.org/" + strings.Repeat("x", 128<<10), "home.cut: The connection ends without an answer."},
	} {
		t.Run(name, func(t *testing.T) {
			got, way := examine(t, homeprobe.Config{Access: home.Access{URL: "http://" + says(t, "HTTP/1.1 302 Found\r\nLocation: "+c.location+"\r\nContent-Length: 0\r\n\r\n")}})
			if !strings.Contains(got, c.want) || len(way.Location) > 250 {
				t.Errorf("found\n%.1000s, and a place of %d bytes; want %s", got, len(way.Location), c.want)
			}
		})
	}
}

// TestAnswerWithoutEnd: a home whose answers do not end is found, as it is by commands.
func TestAnswerWithoutEnd(t *testing.T) {
	const running = `{"message":"API running.","version":"2026.11.0"}`
	for name, answer := range map[string]string{
		"no length":            "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + running,
		"less than the length": "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n" + running,
		"no last chunk":        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n", len(running), running),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				got, way := examine(t, homeprobe.Config{Access: home.Access{URL: "http://203.0.113.7"}, Dialer: func(context.Context, string) (net.Conn, error) {
					ours, theirs := net.Pipe()
					go func() {
						if _, err := http.ReadRequest(bufio.NewReader(theirs)); err == nil {
							_, _ = io.WriteString(theirs, answer)
						}
						_, _ = io.Copy(io.Discard, theirs)
					}()
					return ours, nil
				}})
				if took := time.Since(began); !strings.Contains(got, "home.answer: Home Assistant answers") || way.Version != "2026.11.0" || took > time.Second {
					t.Errorf("after %v found\n%s%+v", took, got, way)
				}
			})
		})
	}
}

// TestBrokenJSON: an answer that breaks off is none, and one that is no JSON is somebody's.
func TestBrokenJSON(t *testing.T) {
	for answer, want := range map[string]string{
		"Content-Length: 1000\r\n\r\n{\"message\":": "home.cut: ",
		"Content-Length: 11\r\n\r\n{\"message\":":   "home.stranger: ",
		"Content-Length: 5\r\n\r\nhello":            "home.stranger: ",
		"Content-Length: 0\r\n\r\n":                 "home.stranger: ",
	} {
		got, way := examine(t, homeprobe.Config{Access: home.Access{URL: "http://" + says(t, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"+answer)}})
		if !strings.Contains(got, want) {
			t.Errorf("%q: found\n%s%+v\nwant %s", answer, got, way, want)
		}
	}
}

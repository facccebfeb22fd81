package lambdaapi

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// hosts are what a Host header may have, and whether it is loopback.
var hosts = map[string]bool{
	"localhost": true, "localhost:9000": true, "LOCALHOST:80": true, "127.0.0.1": true, "127.0.0.1:9000": true, "127.8.9.10:1": true,
	"[::1]": true, "[::1]:9000": true, "[::ffff:127.0.0.1]:9000": true,
	"evil.example": false, "evil.example:9000": false, "localhost.evil.example": false, "127.0.0.1.evil.example:9000": false,
	"evil.example:127.0.0.1": false, "0.0.0.0:9000": false, "[::]:9000": false, "192.168.1.5:9000": false, "[fe80::1]:9000": false,
	"127.1": false, "2130706433": false, "0x7f.0.0.1": false, ":9000": false, "": false, "localhost@evil.example": false,
}

func TestIsLoopback(t *testing.T) {
	for host, want := range hosts {
		if got := isLoopback(host); got != want {
			t.Errorf("%q is loopback: %v", host, got)
		}
	}
}

// TestHostRefused: whatever its path, a request to another name is refused before its
// body is read. The body never comes here, so a handler that read it would not answer.
func TestHostRefused(t *testing.T) {
	f := start(t, nil)
	for host, own := range hosts {
		for _, path := range []string{invokePath, "/2018-06-01/runtime/invocation/next", "/2018-06-01/runtime/invocation/1/response", "/elsewhere"} {
			if own || strings.Contains(host, "@") { // Go's server refuses such a Host by itself
				continue
			}
			conn, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(f.InvokeURL(), "http://"), invokePath))
			if err != nil {
				t.Fatal(err)
			}
			_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
			_, _ = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 100\r\n\r\n", path, host)
			response, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatalf("Host %q, %s: %v", host, path, err)
			}
			body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<10))
			if response.StatusCode != http.StatusForbidden || !strings.Contains(string(body), "only requests to localhost") {
				t.Errorf("Host %q, %s: %s: %s", host, path, response.Status, body)
			}
			_ = conn.Close()
		}
	}
	if f.PID() != 0 {
		t.Error("the function was started")
	}
}

// TestAddressIsLoopback: nothing listens where others could reach it.
func TestAddressIsLoopback(t *testing.T) {
	for address, good := range map[string]bool{
		"127.0.0.1:0": true, "localhost:0": true, "": true, "0.0.0.0:0": false, ":0": false, "[::]:0": false, "192.0.2.1:0": false,
	} {
		_, err := Config{Executable: "/bin/sh", Address: address}.completed()
		if good != (err == nil) || !good && !strings.Contains(err.Error(), "loopback") {
			t.Errorf("address %q: %v", address, err)
		}
	}
}

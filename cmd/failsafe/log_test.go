package main

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/foreign"
)

// TestUnaskedIsNotLogged: what comes on an idle connection is not quoted.
func TestUnaskedIsNotLogged(t *testing.T) {
	var mu sync.Mutex
	var written bytes.Buffer
	before, flags := log.Writer(), log.Flags()
	t.Cleanup(func() {
		log.SetOutput(before)
		log.SetFlags(flags)
	})
	log.SetFlags(0)
	log.SetOutput(foreign.Log{Writer: writer(func(b []byte) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		return written.Write(b)
	})})
	synctest.Test(t, func(t *testing.T) {
		f := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 36\r\n\r\n"+`{"entity_id":"light.a","state":"on"}`)
			time.Sleep(time.Second)
			_, _ = io.WriteString(conn, "Authorization: Bearer canary")
			_ = conn.Close()
		})).at(t, nil)
		if got := turn(t, f, "Alexa.ReportState", "light#a"); got != "StateReport" {
			t.Errorf("answered %s", got)
		}
		time.Sleep(2 * time.Second)
	})
	if text := written.String(); strings.Contains(text, "canary") || !strings.Contains(text, "idle connection") {
		t.Errorf("logged is %q", text)
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(b []byte) (int, error) { return w(b) }

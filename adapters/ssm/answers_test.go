package ssm_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// TestQuoted: what answers may call an error by what LEE has shown, or by the value that
// was to be kept. No part of either is in an error.
func TestQuoted(t *testing.T) {
	const value = "canary-value-of-a-parameter"
	for name, shown := range map[string]string{"the session token": sessionToken, "the value": value, "a part": value[:15]} {
		t.Run(name, func(t *testing.T) {
			code := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusBadRequest, "Not"+shown) })
			store, server := open(t, code)
			w := writerAt(t, server.URL)
			p := ports.Parameter{Name: "/lee/x", Value: secret.New(value)}
			_, below := store.Below(t.Context(), "/lee")
			for call, err := range map[string]error{"Below": below, "Keep": store.Keep(t.Context(), p), "Put": w.Put(t.Context(), p, "")} {
				if call == "Below" && strings.HasPrefix(shown, value[:15]) { // it has shown none
					continue
				}
				if err == nil || strings.Contains(fmt.Sprintf("%v %+v", err, err), shown) {
					t.Errorf("%s gave %v", call, err)
				}
			}
		})
	}
}

// TestEndlessAnswer: no more is read of an answer than AWS sends.
func TestEndlessAnswer(t *testing.T) {
	var sent atomic.Int64
	store, _ := open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		_, _ = io.WriteString(w, `{"Parameters":[{"Value":"`)
		part := strings.Repeat("x", 64<<10)
		for r.Context().Err() == nil && sent.Load() < 64<<20 {
			n, err := io.WriteString(w, part)
			sent.Add(int64(n))
			if err != nil {
				return
			}
		}
	}))
	if _, err := store.Below(t.Context(), "/lee"); fault.Of(err) != fault.Unreachable {
		t.Errorf("Below gave %v", err)
	}
	if most := int64(32 << 20); sent.Load() > most { // what is in the buffers of the network included
		t.Errorf("%d bytes were taken", sent.Load())
	}
}

// TestSpeaksAnother: a store that changes the protocol is not waited for.
func TestSpeaksAnother(t *testing.T) {
	closed := make(chan struct{})
	store, _ := open(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		defer close(closed)
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")
		_, _ = io.Copy(io.Discard, conn)
		_ = conn.Close()
	}))
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if _, err := store.Below(ctx, "/lee"); fault.Of(err) != fault.Unreachable || ctx.Err() != nil {
		t.Errorf("Below gave %v, and the context %v", err, ctx.Err())
	}
	<-closed
}

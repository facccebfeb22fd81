package portstest_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := portstest.NewNetwork()
		go func() {
			for {
				conn, err := n.Accept()
				if err != nil {
					return
				}
				go func() {
					_, _ = io.WriteString(conn, "hello ") // before anybody reads
					_, _ = io.Copy(conn, conn)
					_ = conn.Close()
				}()
			}
		}()
		conn, err := n.Dial(t.Context(), "tcp", "home.example.org:8123")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, "there"); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, len("hello there"))
		if _, err := io.ReadFull(conn, b); err != nil || string(b) != "hello there" {
			t.Errorf("read %q, %v", b, err)
		}
		began := time.Now()
		_ = conn.SetReadDeadline(began.Add(time.Hour))
		if _, err := conn.Read(b); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(began) != time.Hour {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
		_ = n.Close()
		if _, err := n.Dial(t.Context(), "tcp", "home.example.org:8123"); err == nil {
			t.Error("somebody listens on a closed network")
		}
		_ = conn.SetReadDeadline(time.Time{})
		if _, err := io.WriteString(conn, "still"); err != nil {
			t.Error(err)
		}
		if n, err := io.ReadFull(conn, b[:len("still")]); err != nil {
			t.Errorf("the connection broke after %d bytes: %v", n, err)
		}
		_ = conn.Close()
	})
}

// TestNetworkEnds: who listens to one that has gone reads the end.
func TestNetworkEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := portstest.NewNetwork()
		accepted := make(chan net.Conn, 1)
		go func() {
			conn, _ := n.Accept()
			accepted <- conn
		}()
		ours, err := n.Dial(t.Context(), "tcp", "")
		if err != nil {
			t.Fatal(err)
		}
		theirs := <-accepted
		_ = ours.Close()
		if got, err := io.ReadAll(theirs); err != nil || len(got) > 0 {
			t.Errorf("read %q, %v", got, err)
		}
		synctest.Wait()
		if _, err := io.WriteString(theirs, "x"); err == nil {
			t.Error("what nobody takes was written")
		}
		_ = theirs.Close()

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := n.Dial(ctx, "tcp", ""); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("nobody accepts: %v", err)
		}
	})
}

func TestExpiring(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var happened atomic.Bool
		ctx := portstest.Expiring(t, happened.Load)
		time.Sleep(time.Second)
		if ctx.Err() != nil {
			t.Errorf("it has ended before anything happened: %v", ctx.Err())
		}
		happened.Store(true)
		<-ctx.Done()
		if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
			t.Errorf("it ends with %v", ctx.Err())
		}
	})
}

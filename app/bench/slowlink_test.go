//go:build bench

package bench

import (
	"io"
	"net"
	"sync"
	"testing"
	"time"
)

// slowLink is a line to the house with a delay in each direction: a proxy in
// process, which both sides are measured through.
type slowLink struct {
	listener net.Listener
	target   string
	delay    time.Duration
	wg       sync.WaitGroup
}

// newSlowLink returns a line to target whose round trip takes roundTrip. It ends
// with the test.
func newSlowLink(tb testing.TB, target string, roundTrip time.Duration) string {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	l := &slowLink{listener: listener, target: target, delay: roundTrip / 2}
	l.wg.Add(1)
	go l.accept()
	tb.Cleanup(func() { _ = listener.Close(); l.wg.Wait() })
	return listener.Addr().String()
}

func (l *slowLink) accept() {
	defer l.wg.Done()
	for {
		near, err := l.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", l.target)
		if err != nil {
			_ = near.Close()
			continue
		}
		go l.carry(near, far)
		go l.carry(far, near)
	}
}

// parcel is what was read at one moment and is delivered a delay later.
type parcel struct {
	due  time.Time
	data []byte
}

// carry delivers what from sends, each piece a delay after it came.
func (l *slowLink) carry(from, to net.Conn) {
	parcels := make(chan parcel, 1024)
	go func() {
		defer close(parcels)
		for {
			buffer := make([]byte, 32<<10)
			n, err := from.Read(buffer)
			if n > 0 {
				parcels <- parcel{time.Now().Add(l.delay), buffer[:n]}
			}
			if err != nil {
				return
			}
		}
	}()
	for p := range parcels {
		time.Sleep(time.Until(p.due))
		if _, err := to.Write(p.data); err != nil {
			break
		}
	}
	_ = to.Close()
	_, _ = io.Copy(io.Discard, from)
	for range parcels { //nolint:revive // let the reader end
	}
}

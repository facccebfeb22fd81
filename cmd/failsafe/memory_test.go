//go:build check

package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// smallest is the memory of the smallest function.
const smallest = 128 << 20

// meter notes how much memory is in use while a home is being written.
type meter struct {
	io.Writer
	written, looked int
	most            uint64
}

// Write implements io.Writer.
func (m *meter) Write(b []byte) (int, error) {
	if m.written += len(b); m.written-m.looked > 1<<20 {
		m.looked = m.written
		m.look()
	}
	return m.Writer.Write(b)
}

func (m *meter) look() {
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	m.most = max(m.most, now.HeapAlloc)
}

// lights writes a list of n lights, each with more in it; which has the number in %d.
func lights(w io.Writer, n int, more string) {
	_, _ = io.WriteString(w, "[")
	for i := range n {
		if i > 0 {
			_, _ = io.WriteString(w, ",")
		}
		_, _ = fmt.Fprintf(w, `{"entity_id":"light.a%d","state":"on","attributes":{"friendly_name":"Lamp %d","supported_color_modes":["onoff"]%s},"context":{"id":"01J"}}`, i, i, more)
	}
	_, _ = io.WriteString(w, "]")
}

// TestMemoryHolds: a home that sends too much does not take the failsafe down. What can
// be offered of it is.
func TestMemoryHolds(t *testing.T) {
	filler := strings.Repeat("x", 1<<10)
	for name, c := range map[string]struct {
		states  func(io.Writer)
		zipped  bool
		offered int
	}{
		"28 MB of states":       {func(w io.Writer) { lights(w, 25_000, `,"entity_picture":"`+filler+`"`) }, false, 300},
		"28 MB of what is used": {func(w io.Writer) { lights(w, 25_000, `,"effect":"`+filler+`","device_class":"`+filler+`"`) }, true, 300},
		"50 MB in one text": {func(w io.Writer) {
			_, _ = io.WriteString(w, `[{"entity_id":"light.b","state":"on","attributes":{"friendly_name":"`)
			for range 50 << 10 {
				_, _ = io.WriteString(w, filler)
			}
			_, _ = io.WriteString(w, `"}},{"entity_id":"light.a","state":"on"}]`)
		}, true, 2},
		"lists of small things": {func(w io.Writer) {
			lights(w, 300, `,"source_list":[`+strings.Repeat("1,", 20<<10)+`1],"options":[`+strings.Repeat("1,", 20<<10)+`1]`)
		}, true, 300},
		"more than is read, packed": {func(w io.Writer) {
			_, _ = io.WriteString(w, `[{"entity_id":"light.b","state":"`)
			for range 2 * maxBodyBytes >> 10 {
				if _, err := io.WriteString(w, filler); err != nil {
					return
				}
			}
			_, _ = io.WriteString(w, `"},{"entity_id":"light.a","state":"on"}]`) // which is not read any more
		}, true, 0},
		"many ids": {func(w io.Writer) { lights(w, 200_000, "") }, true, 300},
	} {
		t.Run(name, func(t *testing.T) {
			runtime.GC()
			m := &meter{}
			m.look()
			before := m.most
			// Garbage is collected then, and what is left is in use.
			unlimited := debug.SetMemoryLimit(int64(before) + smallest/2)
			defer debug.SetMemoryLimit(unlimited)
			home := newHome(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/api/config" {
					_, _ = w.Write([]byte(`{"version":"2026.11.0"}`))
					return
				}
				m.Writer = w
				if !c.zipped {
					c.states(m)
					return
				}
				w.Header().Set("Content-Encoding", "gzip")
				packed := gzip.NewWriter(w)
				m.Writer = packed
				c.states(m)
				_ = packed.Close()
			})
			raw, err := by(map[string]string{"HOME_ASSISTANT_URL": home, "HOME_ASSISTANT_TOKEN": "t"}).Invoke(t.Context(), []byte(
				`{"directive":{"header":{"namespace":"Alexa.Discovery","name":"Discover","payloadVersion":"3","messageId":"1"},"payload":{}}}`))
			m.look()
			if n := bytes.Count(raw, []byte(`"endpointId"`)); err != nil || n != c.offered {
				t.Errorf("%d are offered, want %d: %.300s %v", n, c.offered, raw, err)
			}
			if most := m.most - before; most > smallest/2 {
				t.Errorf("it took %d MB of memory", most>>20)
			} else {
				t.Logf("it took %d MB of memory", most>>20)
			}
		})
	}
}

package cache

import (
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestBuiltWhenNeeded: there is no list before something is kept, whatever else is
// asked of the cache; what was asked for is counted all the same.
func TestBuiltWhenNeeded(t *testing.T) {
	c := New(Settings{Bytes: 1 << 20, Entries: 10, TTL: TTLs(time.Minute)}, portstest.NewClock())
	key := ports.CacheKey{Section: ports.SectionHealth, Name: "a"}
	if _, ok := c.Get(key); ok {
		t.Error("it has what was never kept")
	}
	c.Drop(ports.SectionHealth, ports.SectionStates)
	if n := c.Shrink(0); n != 0 {
		t.Errorf("it has given up %d bytes", n)
	}
	if r := c.Report(); r.Entries != 0 || r.Bytes != 0 || r.Sections[ports.SectionHealth-1].Misses != 1 {
		t.Errorf("it reports %+v", r)
	}
	if c.list != nil {
		t.Error("it was built for nothing")
	}
	c.Put(key, 1, 1)
	if _, ok := c.Get(key); !ok || c.list == nil {
		t.Error("it was not built when it was needed")
	}
}

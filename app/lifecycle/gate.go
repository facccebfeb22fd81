package lifecycle

import "sync/atomic"

// gate is the way to something loaded: it counts who is inside, and is closed
// before the thing itself is. Nothing waits at it. The zero value is open.
//
// A caller that enters counts itself first and then looks whether the gate is closed;
// shut closes the gate first and then looks whether anybody is inside. Go's atomics are
// sequentially consistent, so one of the two always sees the other.
type gate struct {
	closed atomic.Bool
	// holds is how many live handles hold on to what is behind the gate.
	holds atomic.Int64
	// count counts in its lower half who is inside, in its upper half how often
	// somebody entered: the same atomic addition does both.
	count atomic.Uint64
}

const (
	entering = 1<<32 | 1
	leaving  = ^uint64(0) // minus one
)

// enter lets a caller in, which must call leave once; false when the gate is closed.
func (g *gate) enter() bool {
	g.count.Add(entering)
	if g.closed.Load() {
		g.leave()
		return false
	}
	return true
}

func (g *gate) leave() { g.count.Add(leaving) }

// inside returns how many are inside.
func (g *gate) inside() int64 { return int64(uint32(g.count.Load())) } // the lower half

// uses returns how often somebody entered. It wraps around after four billion:
// it is only good for telling whether there was one more.
func (g *gate) uses() uint32 { return uint32(g.count.Load() >> 32) }

// shut closes the gate unless somebody is inside or holds on. It must not be
// called twice at once.
func (g *gate) shut() bool {
	g.closed.Store(true)
	if g.inside() > 0 || g.holds.Load() > 0 {
		g.closed.Store(false)
		return false
	}
	return true
}

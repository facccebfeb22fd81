package lifecycle

import "sync/atomic"

// Lane is which of a few counters, each on a cache line of its own, a caller
// counts on. Invocations that run side by side on lanes of their own do not
// contend; the lane of an invocation is the gateway's business. Any number is
// valid.
type Lane uint8

// Lanes is how many lanes there are. A function has one event at a time and two
// CPUs at most until it is given gigabytes; four also serve a local server.
const Lanes = 4

// slot returns the lane's place in an array.
func (n Lane) slot() int { return int(n % Lanes) }

// gate is the way to something loaded: it counts who is inside, and is closed
// before the thing itself is. Nothing waits at it.
//
// Who enters counts himself first and then looks whether the gate is closed;
// who closes it does so first and then looks whether anybody is inside. Go's
// atomics are sequentially consistent, so one of the two always sees the other.
type gate struct {
	closed atomic.Bool
	// holds is how many live handles hold on to what is behind the gate.
	holds atomic.Int64
	_     [48]byte
	lanes [Lanes]lane
}

// lane counts in its lower half who is inside, in its upper half how often
// somebody entered: the same atomic addition does both.
type lane struct {
	count atomic.Uint64
	_     [56]byte
}

const (
	entering = 1<<32 | 1
	leaving  = ^uint64(0) // minus one
)

// enter lets a caller in; ok is false when the gate is closed. leave is to be
// called on the lane that it returns.
func (g *gate) enter(n Lane) (in *lane, ok bool) {
	in = &g.lanes[n.slot()]
	in.count.Add(entering)
	if g.closed.Load() {
		in.leave()
		return nil, false
	}
	return in, true
}

func (l *lane) leave() { l.count.Add(leaving) }

// inside returns how many are inside.
func (g *gate) inside() (n int64) {
	for i := range g.lanes {
		n += int64(uint32(g.lanes[i].count.Load())) // the lower half
	}
	return n
}

// uses returns how often somebody entered. It wraps around after four billion:
// it is only good for telling whether there was one more.
func (g *gate) uses() (n uint32) {
	for i := range g.lanes {
		n += uint32(g.lanes[i].count.Load() >> 32)
	}
	return n
}

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

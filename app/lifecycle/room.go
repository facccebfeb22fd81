package lifecycle

import (
	"runtime/debug"
	"sync"
)

// Room lets garbage lie for as long as something is under way that makes much of it
// at once and is over soon, as a discovery is. To collect it meanwhile takes a tenth
// of such a function's CPU. The limit that LimitMemory sets holds all the same. The
// zero Room is ready for use, safe for concurrent use, and there should be one of
// them: what it sets is the process's.
type Room struct {
	mu     sync.Mutex
	takers int
	before int
}

// roomy is by how many hundredths of what is in use the heap may grow before garbage
// is collected; Go's own is 100.
const roomy = 300

// Take gives room until the function that it returns is called, once. Where there is
// more already (GOGC), that stays.
func (r *Room) Take() (leave func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.takers++; r.takers == 1 {
		if r.before = debug.SetGCPercent(roomy); r.before < 0 || r.before > roomy {
			debug.SetGCPercent(r.before)
		}
	}
	return r.leave
}

func (r *Room) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.takers--; r.takers == 0 {
		debug.SetGCPercent(r.before)
	}
}

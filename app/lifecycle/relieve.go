package lifecycle

import (
	"context"
	"runtime/debug"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
)

// Relief is what an emergency unload did.
type Relief struct {
	// At is when it was; zero for never.
	At time.Time `json:"at"`
	// Before and After are the bytes in use before and after it, Won how many went back
	// to the system, never less than 0.
	Before int64 `json:"before"`
	After  int64 `json:"after"`
	Won    int64 `json:"won"`
	// Ports is how many ports were closed, Shrunk how many bytes the caches gave
	// up.
	Ports  int   `json:"ports"`
	Shrunk int64 `json:"shrunk"`
}

const (
	// cacheShare is how much of itself a cache keeps in an emergency.
	cacheShare = 0.25
	// between is how long after one emergency the next may follow: when the first
	// has won little, another would win nothing and cost a collection each time.
	between = time.Minute
)

// scarce says whether memory is still scarce, and an emergency not just over.
func (k *Keeper) scarce() bool {
	k.mu.Lock()
	last := k.relief.At
	k.mu.Unlock()
	passed := k.o.Clock.Now().Sub(last)
	return (last.IsZero() || passed < 0 || passed >= between) && k.o.Memory() >= k.o.Threshold
}

// Relieve is the emergency unload: it closes whatever may be closed, its grace
// and the minimum notwithstanding, has the caches shrink, gives the memory back
// to the system, and says in the log what was won. It collects garbage, which
// takes milliseconds; CarryOut calls it when memory is scarce.
func (k *Keeper) Relieve(ctx context.Context) Relief {
	k.carrying.Lock()
	defer k.carrying.Unlock()
	now := k.o.Clock.Now()
	relief := Relief{At: now, Before: k.o.Memory()}
	for _, c := range k.mayGo(ctx, now) {
		if err := k.unload(ctx, c.port, ReasonMemory); err == nil && !c.port.glance().loaded {
			relief.Ports++
		}
	}
	for _, s := range k.o.Shrinkers {
		relief.Shrunk += s.Shrink(cacheShare)
	}
	debug.FreeOSMemory()
	relief.After = k.o.Memory()
	relief.Won = max(relief.Before-relief.After, 0)
	k.mu.Lock()
	k.emergencies++
	k.relief, k.due = relief, nil
	k.mu.Unlock()
	k.log.Warn("[LUGS] memory was scarce", correlation.Field(ctx), zap.Int64("threshold", k.o.Threshold), zap.Int64("before", relief.Before),
		zap.Int64("after", relief.After), zap.Int64("won", relief.Won), zap.Int("ports", relief.Ports),
		zap.Int64("shrunk", relief.Shrunk))
	return relief
}

// mayGo returns the ports that may be closed in an emergency.
func (k *Keeper) mayGo(ctx context.Context, now time.Time) []candidate {
	k.mu.Lock()
	defer k.mu.Unlock()
	var may []candidate
	loaded := k.loaded()
	for _, c := range loaded {
		if !k.refused(ctx, c, now, len(loaded), true) {
			may = append(may, c)
		}
	}
	return may
}

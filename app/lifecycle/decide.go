package lifecycle

import (
	"cmp"
	"context"
	"slices"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
)

// candidate is a port with what was seen of it.
type candidate struct {
	port Unloadable
	glance
}

// Decide finds what is idle, for CarryOut to close on a later event. It takes
// microseconds and does no I/O. It is called at the end of each invocation, with its
// context.
func (k *Keeper) Decide(ctx context.Context) {
	if !k.o.Enabled {
		return
	}
	now := k.o.Clock.Now()
	pressed := k.o.Threshold > 0 && k.o.Memory() >= k.o.Threshold
	k.mu.Lock()
	defer k.mu.Unlock()
	k.pressed = pressed
	k.due = k.due[:0]
	loaded := k.loaded()
	resident := len(loaded)
	for _, c := range loaded {
		if k.refused(ctx, c, now, resident, false) {
			continue
		}
		k.due = append(k.due, due{c.port, c.mark})
		resident--
	}
}

// loaded returns the loaded ports, that which has been idle longest first: where
// only some may go, those go. mu must be held.
func (k *Keeper) loaded() []candidate {
	loaded := make([]candidate, 0, len(k.ports))
	for _, p := range k.ports {
		if g := p.glance(); g.loaded {
			loaded = append(loaded, candidate{p, g})
		}
	}
	slices.SortStableFunc(loaded, func(a, b candidate) int { return cmp.Compare(a.used.UnixNano(), b.used.UnixNano()) })
	return loaded
}

// refused says whether a port stays loaded, and counts the check that says so.
func (k *Keeper) refused(ctx context.Context, c candidate, now time.Time, resident int, emergency bool) bool {
	check, refused := situation{
		inFlight:  c.inFlight,
		held:      c.held,
		hot:       k.o.Hot(c.port.Name()),
		idle:      now.Sub(c.used),
		grace:     c.policy.Grace,
		resident:  resident,
		minimum:   k.o.Minimum,
		emergency: emergency,
	}.refusedBy()
	if refused {
		k.refuse(ctx, c.port, check)
	}
	return refused
}

func (k *Keeper) refuse(ctx context.Context, p Unloadable, check Check) {
	p.refuse(check)
	if debug := k.log.Check(zap.DebugLevel, "[LUGS] kept"); debug != nil {
		debug.Write(correlation.Field(ctx), zap.String("port", p.Name()), zap.Stringer("check", check))
	}
}

// CarryOut closes what Decide found idle, unless it was used since or the
// five-point check refuses it now. When Decide found memory scarce it relieves
// it instead (Relieve). It is called when the event has touched the ports that
// it needs, the context being the event's; a port whose unload hangs is left
// behind after a second. What was renewed while somebody used it is closed here
// too.
func (k *Keeper) CarryOut(ctx context.Context) {
	k.mu.Lock()
	list, pressed := k.due, k.pressed
	k.due, k.pressed = nil, false
	k.mu.Unlock()
	if pressed && k.scarce() {
		k.Relieve(ctx)
		return
	}
	k.carrying.Lock()
	defer k.carrying.Unlock()
	k.sweep(ctx)
	for _, d := range list {
		if reason, ok := k.stillDue(ctx, d); ok {
			_ = k.unload(ctx, d.port, reason) // logged, and counted by the port
		}
	}
}

// stillDue looks once more at a port that is to be closed.
func (k *Keeper) stillDue(ctx context.Context, d due) (reason Reason, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	g := d.port.glance()
	switch {
	case !g.loaded:
		return 0, false
	case g.inFlight:
		k.refuse(ctx, d.port, CheckInFlight)
		return 0, false
	case g.mark != d.mark: // used since, and be it by an event that came in between
		k.refuse(ctx, d.port, CheckGrace)
		return 0, false
	}
	if k.refused(ctx, candidate{d.port, g}, k.o.Clock.Now(), len(k.loaded()), false) {
		return 0, false
	}
	if g.policy.Grace > 0 {
		return ReasonIdle, true
	}
	return ReasonImmediate, true
}

package portstest

import (
	"context"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// PulseSetup says how to upset the home under test.
type PulseSetup struct {
	// Away makes the home unreachable; nil when that cannot be done.
	Away func()
}

// Pulse is the contract of ports.Pulse. open returns the pulse of a home that is there
// and has not been asked; it is called once for every test.
func Pulse(t *testing.T, open func(t *testing.T) (ports.Pulse, PulseSetup)) {
	t.Run("beats", func(t *testing.T) {
		pulse, _ := open(t)
		for range 2 {
			if err := pulse.Beat(t.Context()); err != nil {
				t.Errorf("Beat: %v", err)
			}
		}
	})
	t.Run("a context that has ended", func(t *testing.T) {
		pulse, _ := open(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		fails(t, "Beat", pulse.Beat(ctx), fault.Deadline, false)
	})
	t.Run("away", func(t *testing.T) {
		pulse, setup := open(t)
		if setup.Away == nil {
			t.Skip("this home cannot be made unreachable")
		}
		setup.Away()
		fails(t, "Beat", pulse.Beat(t.Context()), fault.Unreachable, false)
	})
	t.Run("counts its requests", func(t *testing.T) {
		pulse, _ := open(t)
		counted(t, "Beat", func(ctx context.Context) (want int64, err error) { return 1, pulse.Beat(ctx) })
	})
}

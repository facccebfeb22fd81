package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// deadLamp is a home with a lamp whose commands hang. Reads are answered, fail as the
// home says, or hang too.
type deadLamp struct {
	scripted
	reads error
}

var errHangs = errors.New("hangs")

func (d *deadLamp) State(ctx context.Context, id home.EntityID) (home.State, error) {
	if errors.Is(d.reads, errHangs) {
		<-ctx.Done()
		return home.State{}, fault.Wrap(fault.Deadline, "The home did not answer in time.", ctx.Err())
	}
	return home.State{ID: id}, d.reads
}

func (d *deadLamp) Call(ctx context.Context, call home.ServiceCall) ([]home.State, error) {
	if call.Targets[0] != "light.dead" {
		return nil, nil
	}
	<-ctx.Done()
	return nil, &fault.Error{Kind: fault.Unanswered, Text: "The home did not answer.", Cause: ctx.Err(), Sent: true}
}

// command sends a command that hangs for seven seconds, and does during beside it.
func (r *rig) command(ctx context.Context, during func(context.Context)) error {
	ctx, cancel := context.WithTimeout(ctx, 7*time.Second)
	defer cancel()
	beside := make(chan struct{})
	go func() {
		defer close(beside)
		time.Sleep(time.Second)
		during(ctx)
	}()
	_, err := r.home.Call(ctx, home.CallOn("light.dead", "light", "turn_on"))
	<-beside
	return err
}

// TestDeadDevice: commands that hang are no outage while the home answers anything
// else, and are one when it is silent.
func TestDeadDevice(t *testing.T) {
	read := func(ctx context.Context, r *rig) { _, _ = r.home.State(ctx, "light.other") }
	for name, c := range map[string]struct {
		reads  error
		beside func(context.Context, *rig)
		want   ports.BreakerState
	}{
		"a read is answered":      {nil, read, ports.BreakerClosed},
		"a read is declined":      {fault.New(fault.NotFound, "No."), read, ports.BreakerClosed},
		"another command is done": {nil, func(ctx context.Context, r *rig) { _, _ = r.home.Call(ctx, light) }, ports.BreakerClosed},
		"nothing is asked":        {nil, func(context.Context, *rig) {}, ports.BreakerOpen},
		"a read hangs":            {errHangs, read, ports.BreakerOpen},
		"a proxy answers":         {fault.New(fault.Unreachable, "No."), read, ports.BreakerOpen},
		"a token is not accepted": {fault.New(fault.NotAllowed, "No."), read, ports.BreakerOpen},
	} {
		for way, reflex := range map[string]int{"the long way": 0, "the short way": 50} {
			t.Run(name+"/"+way, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					h := &deadLamp{}
					r := newRig(t, rigOptions{home: h, failures: 3, reflex: reflex})
					r.heatState(t.Context(), t)
					h.reads = c.reads
					for n := range 3 {
						_ = r.command(t.Context(), func(ctx context.Context) { c.beside(ctx, r) })
						if _, command := r.breakers(); n < 2 && command != ports.BreakerClosed {
							t.Fatalf("the breaker is %v after %d commands", command, n+1)
						}
					}
					if _, command := r.breakers(); command != c.want {
						t.Errorf("the breaker is %v, want %v", command, c.want)
					}
				})
			})
		}
	}
}

// TestDeadDeviceFormerAnswer: an answer that came before the command went out excuses
// nothing.
func TestDeadDeviceFormerAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, rigOptions{home: &deadLamp{}, failures: 3})
		for range 3 {
			_, _ = r.home.State(t.Context(), "light.other")
			_ = r.command(t.Context(), func(context.Context) {})
		}
		if _, command := r.breakers(); command != ports.BreakerOpen {
			t.Errorf("the breaker is %v, want open", command)
		}
	})
}

// TestDeadDeviceModel: whatever comes in whatever order, the commands' breaker opens
// exactly when so many commands in a row hang beside which the home says nothing. A
// read that its own breaker holds back says nothing either.
func TestDeadDeviceModel(t *testing.T) {
	const failures = 3
	rapid.Check(t, func(rt *rapid.T) {
		steps := rapid.SliceOfN(rapid.SampledFrom([]string{"hangs", "hangs beside a read", "hangs beside silence", "is done"}), 1, 12).Draw(rt, "steps")
		var wrong error
		synctest.Test(t, func(t *testing.T) {
			h := &deadLamp{}
			r := newRig(t, rigOptions{home: h, failures: failures, open: time.Hour})
			row, silent := 0, 0 // commands and reads without an answer
			for i, step := range steps {
				beside := func(ctx context.Context) { _, _ = r.home.State(ctx, "light.other") }
				h.reads = nil
				var err error
				switch step {
				case "hangs":
					row++
					err = r.command(t.Context(), func(context.Context) {})
				case "hangs beside silence":
					row++
					silent++
					h.reads = errHangs
					err = r.command(t.Context(), beside)
				case "hangs beside a read":
					if row++; silent < failures {
						row, silent = 0, 0
					}
					err = r.command(t.Context(), beside)
				default:
					row = 0
					_, err = r.home.Call(t.Context(), light)
				}
				_, command := r.breakers()
				if open := row >= failures; open != (command == ports.BreakerOpen) {
					wrong = fmt.Errorf("after step %d the breaker is %v: %w", i+1, command, err)
				}
				if row >= failures || wrong != nil {
					return
				}
			}
		})
		if wrong != nil {
			rt.Fatal(wrong)
		}
	})
}

var _ gateway.HomeAssistant = (*deadLamp)(nil)

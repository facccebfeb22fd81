package engine_test

import (
	"context"
	"encoding/json"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

var turnOn = alexa.Key{Namespace: alexa.PowerController, Name: "TurnOn"}

// heeding is a handler that gives up when its time is over, as all should.
func heeding(ctx context.Context, _ alexa.Directive) (alexa.Answer, error) {
	<-ctx.Done()
	return alexa.Answer{}, fault.Wrap(fault.Unreachable, "The home cannot be reached.", ctx.Err())
}

func TestAnswerComesInTime(t *testing.T) {
	const second = time.Second
	for _, c := range []struct {
		name string
		// initialised is how long initialisation took, idle how long after it the
		// event came, function what Lambda gives an invocation (0: no deadline).
		initialised, idle, function time.Duration
		// heeds and ignores are when the answer of a handler comes that heeds its
		// context, and of one that does not.
		heeds, ignores time.Duration
	}{
		{"no deadline of Lambda's", 0, 0, 0, 7 * second, 7150 * time.Millisecond},
		{"a later deadline", 0, 0, 30 * second, 7 * second, 7150 * time.Millisecond},
		{"an earlier deadline", 0, 0, 3 * second, 2700 * time.Millisecond, 2850 * time.Millisecond},
		{"next to no time", 0, 0, 100 * time.Millisecond, 0, 150 * time.Millisecond},
		{"the event waited for initialisation", 2 * second, 0, 30 * second, 5 * second, 5150 * time.Millisecond},
		{"initialised ahead of any event", 2 * second, second, 30 * second, 7 * second, 7150 * time.Millisecond},
		{"initialisation took all there was", 9 * second, 0, 30 * second, 1750 * time.Millisecond, 1900 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				stuck := make(chan struct{})
				began := time.Now()
				parts := engine.Parts{Began: began, Directives: map[alexa.Key]engine.Directive{
					turnOn: heeding,
					{Namespace: alexa.PowerController, Name: "TurnOff"}: func(context.Context, alexa.Directive) (alexa.Answer, error) {
						<-stuck
						return alexa.Answer{}, nil
					},
				}}
				asks := func(r *rig, name string) (time.Duration, reply) {
					ctx := t.Context()
					if c.function > 0 {
						var cancel context.CancelFunc
						ctx, cancel = context.WithTimeout(ctx, c.function)
						defer cancel()
					}
					asked, started := event("Alexa.PowerController."+name, "light#kitchen"), time.Now()
					answer, _ := r.invoke(ctx, t, asked)
					return time.Since(started), checkReply(t, asked, answer)
				}
				heeds, ignores := newRig(parts), newRig(parts)
				time.Sleep(c.initialised)
				heeds.Ready()
				ignores.Ready()
				time.Sleep(c.idle)
				// Both are first events: time stands still while nobody sleeps.
				waited := make(chan struct{})
				go func() {
					defer close(waited)
					took, r := asks(ignores, "TurnOff")
					if took != c.ignores || r.Event.Payload.Type != alexa.EndpointUnreachable {
						t.Errorf("a handler that ignores its context: %s after %v, want %v", r.Event.Payload.Type, took, c.ignores)
					}
				}()
				took, r := asks(heeds, "TurnOn")
				if took != c.heeds || r.Event.Payload.Type != alexa.BridgeUnreachable {
					t.Errorf("a handler that heeds its context: %s after %v, want %v", r.Event.Payload.Type, took, c.heeds)
				}
				<-waited
				if took, _ := asks(heeds, "TurnOn"); took != min(7*second, max(c.function-300*time.Millisecond, 0)) && c.function > 0 {
					t.Errorf("the second event was answered after %v", took)
				}
				close(stuck)
			})
		})
	}
}

func TestOperationsComeInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := make(chan struct{})
		defer close(stuck)
		r := newRig(engine.Parts{Operations: map[string]engine.Operation{
			"stuck": func(context.Context, json.RawMessage) (any, error) { <-stuck; return nil, nil },
		}})
		started := time.Now()
		answer, _ := r.invoke(t.Context(), t, `{"operation":"stuck"}`)
		if took := time.Since(started); took > 8*time.Second || read(t, answer).Error.Kind != "unanswered" {
			t.Errorf("%s after %v", answer, took)
		}
	})
}

// TestHandlersThatBreak: whatever a handler does, Alexa has its answer and the
// next event has its own.
func TestHandlersThatBreak(t *testing.T) {
	var nothing map[string]int
	for name, do := range map[string]func(){
		"panic":                    func() { panic("at the disco") },
		"panic with an error":      func() { panic(fault.New(fault.TokenRejected, "gone")) },
		"panic with nil":           func() { panic(nil) }, //nolint:govet // that it is wrong is the point
		"panic of the runtime":     func() { nothing["x"] = 1 },
		"the end of the goroutine": runtime.Goexit,
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(engine.Parts{
				Directives: map[alexa.Key]engine.Directive{turnOn: func(context.Context, alexa.Directive) (alexa.Answer, error) {
					do()
					return alexa.Answer{}, nil
				}},
				Operations: map[string]engine.Operation{"break": func(context.Context, json.RawMessage) (any, error) {
					do()
					return nil, nil
				}},
			})
			asked := event("Alexa.PowerController.TurnOn", "light#kitchen")
			answer, logged := r.invoke(t.Context(), t, asked)
			if p := checkReply(t, asked, answer).Event.Payload; p.Type != alexa.InternalError || p.Message != "A part of LEE failed." {
				t.Errorf("answered %s", answer)
			}
			if logged.Level != "ERROR" {
				t.Errorf("logged at %s", logged.Level)
			}
			answer, _ = r.invoke(t.Context(), t, `{"operation":"break"}`)
			if got := read(t, answer).Error; got.Kind != "internal" || got.Message != "A part of LEE failed." {
				t.Errorf("answered %s", answer)
			}
			r.invoke(t.Context(), t, `{"test":"ping"}`)
		})
	}
}

// shifted is the wall clock of a process that was frozen for a while.
type shifted struct{ by atomic.Int64 }

func (c *shifted) Now() time.Time { return ports.WallClock{}.Now().Add(time.Duration(c.by.Load())) }

// TestNothingIsSentAfterFreeze: work that goes on after its answer may be sent while that is
// due, and no more when the process thaws.
func TestNothingIsSentAfterFreeze(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := &shifted{}
		var errand context.Context
		e := engine.New(engine.Parts{
			Clock: clock, Log: zap.NewNop(), Budget: engine.DefaultBudget(),
			Directives: map[alexa.Key]engine.Directive{{Namespace: alexa.Alexa, Name: "ReportState"}: func(ctx context.Context, _ alexa.Directive) (alexa.Answer, error) {
				errand = context.WithoutCancel(ctx) //nolint:fatcontext // of what goes on after the answer
				return alexa.Answer{}, nil
			}},
		})
		if _, err := e.Invoke(t.Context(), []byte(event("Alexa.ReportState", "light#a"))); err != nil {
			t.Fatal(err)
		}
		if err := ports.InTime(errand, clock); err != nil {
			t.Errorf("right after the answer: %v", err)
		}
		clock.by.Store(int64(time.Minute)) // no timer notices
		if err := ports.InTime(errand, clock); fault.Of(err) != fault.Deadline {
			t.Errorf("after a freeze of a minute: %v", err)
		}
	})
}

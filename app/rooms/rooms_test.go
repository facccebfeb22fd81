package rooms_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/rooms"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// house is a Parameter Store and the processes that use it.
type house struct {
	store portstest.ParameterStore
	clock *portstest.Clock
	logs  *observer.ObservedLogs
	env   map[string]string
}

func newHouse(more ...string) *house {
	h := &house{clock: portstest.NewClock(), env: map[string]string{"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/p"}}
	for i := 0; i < len(more); i += 2 {
		h.env[more[i]] = more[i+1]
	}
	return h
}

// process returns the rooms as one process has them.
func (h *house) process() *rooms.Book {
	core, logs := observer.New(zap.DebugLevel)
	h.logs = logs
	live := config.NewLive(config.Options{
		Environment: setting.Environment{Lookup: func(name string) (string, bool) { v, ok := h.env[name]; return v, ok }},
		Parameters:  &h.store, Clock: h.clock, Log: zap.NewNop(),
	})
	return rooms.New(live.Settings, &h.store, h.clock, zap.New(core))
}

func TestContract(t *testing.T) {
	for name, env := range map[string][]string{
		"in the Parameter Store": nil, "in memory": {"USE_PARAMETER_STORE", "false"},
	} {
		t.Run(name, func(t *testing.T) {
			portstest.Rooms(t, func(*testing.T) (ports.Rooms, portstest.RoomsSetup) {
				h := newHouse(env...)
				if env != nil {
					return h.process(), portstest.RoomsSetup{}
				}
				return h.process(), portstest.RoomsSetup{Lasting: true, Again: func() ports.Rooms { return h.process() }}
			})
		})
	}
}

func is(t *testing.T, b *rooms.Book, device, want string) {
	t.Helper()
	if area, err := b.Room(t.Context(), device); err != nil || area != want {
		t.Errorf("%s is in %q (%v), should be in %q", device, area, err, want)
	}
}

// TestOperator: what the settings say, nobody says otherwise.
func TestOperator(t *testing.T) {
	h := newHouse("HA_ROOMS", "echo=attic")
	h.store.Put(ports.Parameter{Name: "/p/homeassistant/rooms/" + rooms.Key("echo"), Value: secret.New("kitchen")})
	b := h.process()
	is(t, b, "echo", "attic")
	if _, err := b.Keep(t.Context(), "echo", "kitchen"); fault.Of(err) != fault.Refused {
		t.Errorf("Keep: %v", err)
	}
	if lasting, err := b.Keep(t.Context(), "echo", "attic"); err != nil || !lasting {
		t.Errorf("Keep what is so: %v, %v", lasting, err)
	}
	is(t, b, "echo", "attic")
}

// TestOtherProcess: what another process was told is known when the settings are
// read again, and goes before what this one was told earlier.
func TestOtherProcess(t *testing.T) {
	h := newHouse()
	one, other := h.process(), h.process()
	is(t, other, "echo", "")
	for _, area := range []string{"kitchen", "hall"} {
		if _, err := one.Keep(t.Context(), "echo", area); err != nil {
			t.Fatal(err)
		}
		is(t, one, "echo", area)
		h.clock.Advance(config.ParameterTTL + time.Second)
		is(t, other, "echo", area)
	}
	if _, err := other.Keep(t.Context(), "echo", "cellar"); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(2*config.ParameterTTL + time.Second)
	is(t, one, "echo", "cellar")
}

// TestNotTaken: a store that takes nothing makes the room this process's, and says
// why in the log, where the Echo's id is not.
func TestNotTaken(t *testing.T) {
	h := newHouse()
	b := h.process()
	is(t, b, "amzn1.ask.device.A", "")
	h.store.Fail(fault.New(fault.NotAllowed, "No."))
	if lasting, err := b.Keep(t.Context(), "amzn1.ask.device.A", "kitchen"); err != nil || lasting {
		t.Errorf("Keep: lasting %v, %v", lasting, err)
	}
	h.clock.Advance(time.Hour)
	is(t, b, "amzn1.ask.device.A", "kitchen")
	logged := h.logs.All()
	if len(logged) != 1 || logged[0].Level != zap.WarnLevel || strings.Contains(fmt.Sprint(logged[0].ContextMap()), "amzn1") {
		t.Errorf("it logged %+v", logged)
	}
}

func TestUnknownSettings(t *testing.T) {
	h := newHouse()
	h.store.Fail(fault.New(fault.Unreachable, "No."))
	b := h.process()
	if _, err := b.Room(t.Context(), "echo"); fault.Of(err) != fault.Unreachable {
		t.Errorf("Room: %v", err)
	}
	if _, err := b.Keep(context.Background(), "echo", "kitchen"); fault.Of(err) != fault.Unreachable {
		t.Errorf("Keep: %v", err)
	}
}

// TestMany: a sender of ids without end fills no memory.
func TestMany(t *testing.T) {
	h := newHouse("USE_PARAMETER_STORE", "false")
	b := h.process()
	for i := range 1001 {
		if _, err := b.Keep(t.Context(), strings.Repeat("x", i+1), "kitchen"); err != nil {
			t.Fatal(err)
		}
	}
	is(t, b, "x", "")
	is(t, b, strings.Repeat("x", 1001), "kitchen")
}

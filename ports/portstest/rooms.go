package portstest

import (
	"context"
	"sync"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// MemoryRooms is a ports.Rooms that keeps nothing for good. The zero value knows of
// no Echo and is ready to use. It is safe for concurrent use.
type MemoryRooms struct {
	// Lasting says whether it says that it keeps for good. It must not be changed
	// while the rooms are used.
	Lasting bool

	mu    sync.Mutex
	rooms map[string]string
	fault error
}

var _ ports.Rooms = (*MemoryRooms)(nil)

// Fail makes everything from now on fail with err; nil ends that.
func (m *MemoryRooms) Fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fault = err
}

// Room implements ports.Rooms.
func (m *MemoryRooms) Room(_ context.Context, device string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rooms[device], m.fault
}

// Keep implements ports.Rooms.
func (m *MemoryRooms) Keep(_ context.Context, device, area string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case device == "":
		return false, fault.New(fault.Invalid, "There is no Echo.")
	case m.fault != nil:
		return false, m.fault
	case m.rooms == nil:
		m.rooms = map[string]string{}
	}
	m.rooms[device] = area
	return m.Lasting, nil
}

// RoomsSetup says what rooms are under test.
type RoomsSetup struct {
	// Lasting says that what is kept outlives the process; Again opens the same
	// rooms as another process has them.
	Lasting bool
	Again   func() ports.Rooms
}

// Rooms is the contract of ports.Rooms. open is called again for every test.
func Rooms(t *testing.T, open func(t *testing.T) (ports.Rooms, RoomsSetup)) {
	for name, test := range map[string]func(ports.Rooms, RoomsSetup, *testing.T){
		"nobody has told": func(r ports.Rooms, _ RoomsSetup, t *testing.T) {
			room(t, r, "amzn1.ask.device.A", "")
			room(t, r, "", "")
		},
		"told, told otherwise, forgotten": func(r ports.Rooms, s RoomsSetup, t *testing.T) {
			for _, area := range []string{"kitchen", "living_room", "Küche & Flur", "", "kitchen"} {
				keep(t, r, "amzn1.ask.device.A", area, s.Lasting)
				room(t, r, "amzn1.ask.device.A", area)
				room(t, r, "amzn1.ask.device.a", "")
			}
		},
		"each Echo for itself": func(r ports.Rooms, s RoomsSetup, t *testing.T) {
			devices := map[string]string{"A": "kitchen", "B": "hall", "a/../b": "attic", "=,\n\x00": "cellar"}
			for device, area := range devices {
				keep(t, r, device, area, s.Lasting)
			}
			for device, area := range devices {
				room(t, r, device, area)
			}
		},
		"for good": func(r ports.Rooms, s RoomsSetup, t *testing.T) {
			if s.Again == nil {
				t.Skip("these rooms are one process's")
			}
			keep(t, r, "amzn1.ask.device.A", "kitchen", s.Lasting)
			keep(t, r, "amzn1.ask.device.B", "hall", s.Lasting)
			keep(t, r, "amzn1.ask.device.B", "", s.Lasting)
			room(t, s.Again(), "amzn1.ask.device.A", "kitchen")
			room(t, s.Again(), "amzn1.ask.device.B", "")
		},
		"no Echo": func(r ports.Rooms, _ RoomsSetup, t *testing.T) {
			_, err := r.Keep(t.Context(), "", "kitchen")
			fails(t, "Keep", err, fault.Invalid, false)
		},
		"many at once": func(r ports.Rooms, s RoomsSetup, t *testing.T) {
			var wg sync.WaitGroup
			for _, device := range []string{"A", "B", "C", "D"} {
				wg.Go(func() {
					keep(t, r, device, "in "+device, s.Lasting)
					room(t, r, device, "in "+device)
				})
			}
			wg.Wait()
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, s := open(t)
			test(r, s, t)
		})
	}
}

func room(t *testing.T, r ports.Rooms, device, want string) {
	t.Helper()
	if area, err := r.Room(t.Context(), device); err != nil || area != want {
		t.Errorf("%q is in %q (%v), should be in %q", device, area, err, want)
	}
}

func keep(t *testing.T, r ports.Rooms, device, area string, lasting bool) {
	t.Helper()
	if got, err := r.Keep(t.Context(), device, area); err != nil || got != lasting {
		t.Errorf("Keep(%q, %q): lasting %v, %v", device, area, got, err)
	}
}

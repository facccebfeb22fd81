package portstest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func furnished() *portstest.MemoryHome {
	modes := home.Field{Name: home.AttrHVACModes, Value: home.Texts("off", "heat")}
	return portstest.NewHome(
		home.State{ID: "light.bed_light", Value: home.Off},
		home.State{ID: "light.kitchen_lights", Value: home.On},
		home.State{ID: "lock.front_door", Value: "locked"},
		home.State{ID: "climate.heatpump", Value: "heat", Attributes: home.Fields{
			modes, {Name: home.AttrMinTemp, Value: home.Number(7)}, {Name: home.AttrMaxTemp, Value: home.Number(35)},
			{Name: home.AttrTemperature, Value: home.Number(20)},
		}},
	)
}

func TestMemoryHome(t *testing.T) {
	portstest.Home(t, func(t *testing.T) (ports.Home, portstest.HomeSetup) {
		t.Helper()
		h := furnished()
		return h, portstest.HomeSetup{
			Lights:     []home.EntityID{"light.bed_light", "light.kitchen_lights"},
			Thermostat: "climate.heatpump",
			Latched:    "lock.front_door",
			Away:       func() { h.SetAway(true) },
			Hang:       h.Hang,
			Lose: func() {
				h.Befall(portstest.Trouble{Op: portstest.OpCall, Err: &fault.Error{Kind: fault.Unanswered, Text: "No answer.", Sent: true}})
			},
		}
	})
	portstest.House(t, func(t *testing.T) (ports.House, portstest.HouseSetup) {
		t.Helper()
		h := furnished()
		return h, portstest.HouseSetup{Away: func() { h.SetAway(true) }}
	})
	portstest.Cameras(t, func(t *testing.T) (ports.Cameras, portstest.CamerasSetup) {
		t.Helper()
		h := portstest.NewHome(
			home.State{ID: "camera.door", Value: "idle", Attributes: home.Fields{{Name: home.AttrSupportedFeatures, Value: home.Number(3)}}},
			home.State{ID: "camera.still", Value: "idle"},
		)
		return h, portstest.CamerasSetup{
			Streaming: "camera.door", Negotiating: "camera.door", Blind: "camera.still",
			Off: func(_ *testing.T, id home.EntityID) {
				off := h.Now(id)
				off.Value = home.Off
				h.Set(off)
			},
			Away: func() { h.SetAway(true) },
		}
	})
	portstest.Registry(t, func(t *testing.T) (ports.Registry, portstest.RegistrySetup) {
		t.Helper()
		h := furnished()
		s := portstest.RegistrySetup{
			Tells: home.AllParts &^ home.PartExposure,
			Entries: []home.Entry{
				{ID: "light.kitchen_lights", Name: "Kitchen Lights", Area: "kitchen", Labels: []string{"a"}},
				{ID: "lock.front_door", Name: "Door", Area: "hall", Hidden: true},
			},
			Area: "Kitchen", Floor: "Upstairs", Aliases: []string{"", "Cooker"}, Unlisted: "light.bed_light",
			Away: func() { h.SetAway(true) },
		}
		areas := []home.Area{{ID: "kitchen", Name: "Kitchen", Floor: "first"}, {ID: "hall", Name: "Hall"}}
		h.SetRegistry(home.NewRegistry(home.SourceWebSocket, s.Tells, s.Entries, areas, nil).
			WithFloors([]home.Floor{{ID: "first", Name: "Upstairs"}}).
			WithAliases(map[home.EntityID][]string{"light.kitchen_lights": s.Aliases, "lock.front_door": {"Gate"}}))
		return h, s
	})
}

// TestMemoryHomeInTime wants devices to report when they should.
func TestMemoryHomeInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := furnished()
		h.Late("light.bed_light", 400*time.Millisecond)
		h.Travels("lock.front_door", 3*time.Second)
		is := func(id home.EntityID, want string) {
			t.Helper()
			if s, err := h.State(t.Context(), id); err != nil || s.Value != want {
				t.Errorf("%s is %q (%v), want %q", id, s.Value, err, want)
			}
		}
		if changed, err := h.Call(t.Context(), home.CallOn("light.bed_light", "light", "turn_on")); err != nil || len(changed) > 0 {
			t.Errorf("the late light told %v, %v", changed, err)
		}
		changed, err := h.Call(t.Context(), home.CallOn("lock.front_door", "lock", "unlock"))
		if err != nil || len(changed) != 1 || changed[0].Value != "unlocking" {
			t.Errorf("the lock told %v, %v", changed, err)
		}
		time.Sleep(399 * time.Millisecond)
		is("light.bed_light", home.Off)
		is("lock.front_door", "unlocking")
		time.Sleep(time.Millisecond)
		is("light.bed_light", home.On)
		time.Sleep(3 * time.Second)
		is("lock.front_door", "unlocked")
		if n := h.Count(portstest.OpCall); n != 2 {
			t.Errorf("the journal has %d calls, want 2", n)
		}
	})
}

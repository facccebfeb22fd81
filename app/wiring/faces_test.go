package wiring

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/ports"
)

// noFaces are what stands where a face of the gateway should, and why.
var noFaces = map[string]string{
	"rooms.Book": "it is no adapter: it keeps rooms through a ports.ParameterKeeper, and the walk goes on to that",
}

// notKept are types that hold ports for as long as a constructor runs.
var notKept = []string{"config.Options"}

// TestServicesHoldFaces walks through everything that is built. It wants each I/O port
// there to be a face of the gateway, and wants to meet all services that hold one.
func TestServicesHoldFaces(t *testing.T) {
	w := walked(t)
	for _, c := range w.complaints {
		t.Errorf("%s %s: it should be a face of app/gateway", c.at, c.what)
	}
	for name := range noFaces {
		if !w.excused[name] {
			t.Errorf("the entry %q in noFaces is of no use any more: remove it", name)
		}
	}
	all := holders(t, slices.Sorted(maps.Keys(ioPorts(t)))...)
	for _, name := range all {
		if !w.reached[name] && !slices.Contains(notKept, name) {
			t.Errorf("the walk does not reach %s, which holds I/O ports: have a constructor return it or what holds it", name)
		}
	}
	for _, name := range notKept {
		if w.reached[name] || !slices.Contains(all, name) {
			t.Errorf("%s is kept, or holds no I/O port any more: remove it from notKept", name)
		}
	}
}

// registry is ports.Registry by another name than that of its method.
type registry = ports.Registry

// strangers put something else than a face in the place of each port that a constructor
// returns, in that of ports.Probe nothing.
var strangers = map[string]fx.Option{
	"Home":            fx.Decorate(func() ports.Home { return struct{ ports.Home }{} }),
	"House":           fx.Decorate(func() ports.House { return struct{ ports.House }{} }),
	"Pulse":           fx.Decorate(func() ports.Pulse { return struct{ ports.Pulse }{} }),
	"Registry":        fx.Decorate(func() ports.Registry { return struct{ registry }{} }),
	"Cameras":         fx.Decorate(func() ports.Cameras { return struct{ ports.Cameras }{} }),
	"Conversation":    fx.Decorate(func() ports.Conversation { return struct{ ports.Conversation }{} }),
	"Progress":        fx.Decorate(func() ports.Progress { return struct{ ports.Progress }{} }),
	"Rooms":           fx.Decorate(func() ports.Rooms { return struct{ ports.Rooms }{} }),
	"Parameters":      fx.Decorate(func() ports.Parameters { return struct{ ports.Parameters }{} }),
	"ParameterKeeper": fx.Decorate(func() ports.ParameterKeeper { return struct{ ports.ParameterKeeper }{} }),
	"Probe":           fx.Decorate(func() ports.Probe { return nil }),
}

// TestStrangersAreFound puts a stranger in the place of each port, and wants the walk
// to find it in every service that holds the port.
func TestStrangersAreFound(t *testing.T) {
	for name := range ioPorts(t) {
		if strangers[name] == nil {
			t.Errorf("ports.%s lacks a stranger: add one to strangers", name)
		}
	}
	for name, stranger := range strangers {
		t.Run(name, func(t *testing.T) {
			var found []string
			for _, c := range walked(t, stranger).complaints {
				if holder := c.at[:strings.LastIndexByte(c.at, '.')]; holder != "constructors" {
					found = append(found, holder)
				}
			}
			slices.Sort(found)
			want := slices.DeleteFunc(holders(t, name), func(name string) bool { return slices.Contains(notKept, name) })
			if len(want) == 0 || !slices.Equal(found, want) {
				t.Errorf("found in %q, want %q", found, want)
			}
		})
	}
}

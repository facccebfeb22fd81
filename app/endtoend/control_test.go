package endtoend

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/capability"
)

// TestDirectives has every directive carried out in the demo house, and reads
// back what the house makes of it.
func TestDirectives(t *testing.T) {
	t.Parallel()
	h := newDemoWithRadio(t)
	f := start(t, h, nil)
	f.say(t, "Alexa.ReportState", "climate#hvac") // the house's units are known from then on
	eachCase(t, func(t *testing.T, c testCase) { c.run(t, f, h) })
}

// newDemoWithRadio returns the demo house of the cases.
func newDemoWithRadio(t *testing.T) *home {
	t.Helper()
	h := newDemo(t, demohome.Options{})
	const buttons = 8 | 16 | 32 | 128 | 256 | 512 | 1024 // mute, previous, next, on, off, play media, louder and quieter
	if err := h.demo.Set("media_player.radio", "on", map[string]any{
		"friendly_name": "Radio", "supported_features": buttons, "volume_level": 0.2, "is_volume_muted": false,
	}); err != nil {
		t.Fatal(err)
	}
	return h
}

// eachCase runs the cases that hold in the demo house.
func eachCase(t *testing.T, run func(*testing.T, testCase)) {
	t.Helper()
	all := cases(t)
	for _, file := range slices.Sorted(maps.Keys(all)) {
		t.Run(file, func(t *testing.T) {
			for _, c := range all[file] {
				t.Run(c.Name, func(t *testing.T) {
					if c.Only == "real" {
						t.Skip("a case of a real Home Assistant alone")
					}
					run(t, c)
				})
			}
		})
	}
}

// spoken are the domains whose every directive must have a case.
var spoken = []string{
	"light", "switch", "input_boolean", "group", "scene", "script", "automation", "lock", "cover", "fan", "climate", "media_player",
}

// impossible are directives that nothing in a home can carry out.
var impossible = map[string]string{
	"real: media_player: Alexa.SeekController.AdjustSeekPosition ": "the players of Home Assistant's demo integration that can be sent to a position raise an exception over it",
}

// TestEveryDirectiveHasACase: for each home, a directive that is carried out.
func TestEveryDirectiveHasACase(t *testing.T) {
	done := map[string]map[string]bool{"demo": {}, "real": {}}
	for _, file := range cases(t) {
		for _, c := range file {
			for where := range done {
				if domain, _, _ := strings.Cut(c.To, "."); c.Error == nil && (c.Only == "" || c.Only == where) {
					done[where][domain+": "+c.Say+" "+c.Instance] = true
				}
			}
		}
	}
	for _, kind := range capability.Kinds() {
		if !slices.Contains(spoken, kind.Domain) {
			continue
		}
		for _, i := range kind.Interfaces {
			for name := range i.Directives {
				id := kind.Domain + ": " + string(i.Namespace) + "." + name + " " + i.Instance
				for where := range done {
					if _, excused := impossible[where+": "+id]; done[where][id] == excused {
						t.Errorf("%s: %s: a case has it: %t, it is impossible: %t", where, id, !excused, excused)
					}
				}
			}
		}
	}
}

package config

import (
	"context"
	"fmt"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// restless are settings that lead elsewhere each time that they are read, for as
// often as it says.
type restless struct{ changes, read int }

func (r *restless) Settings(context.Context) (Settings, error) {
	r.read++
	return atURL(fmt.Sprint("http://", r.read)), nil
}

func (r *restless) Current() Settings {
	if r.read <= r.changes {
		return atURL("http://elsewhere")
	}
	return atURL(fmt.Sprint("http://", r.read))
}

func atURL(url string) Settings { return Settings{Home: setting.Home{Access: home.Access{URL: url}}} }

func sameURL(a, b Settings) bool { return a.Access.URL == b.Access.URL }

// TestBasisIsBounded: what is made by settings that change meanwhile is made by the
// new ones; where they never rest, that is an error.
func TestBasisIsBounded(t *testing.T) {
	for changes := range maxSettingsReads + 2 {
		r := &restless{changes: changes}
		b := &Basis{live: r, same: sameURL}
		s, err := b.Settings(t.Context())
		if changes >= maxSettingsReads {
			if fault.Of(err) != fault.Misconfigured || r.read != maxSettingsReads || b.Outdated(Settings{}) {
				t.Errorf("%d changes: %v after %d readings; outdated: %t", changes, err, r.read, b.Outdated(Settings{}))
			}
			continue
		}
		if want := fmt.Sprint("http://", changes+1); err != nil || s.Access.URL != want || b.Outdated(s) || !b.Outdated(Settings{}) {
			t.Errorf("%d changes: %s, %v, want %s; outdated: %t", changes, s.Access.URL, err, want, b.Outdated(s))
		}
	}
}

package config

import (
	"context"
	"sync/atomic"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Basis is the settings by which something is made that leads to the home. It says when
// that must be made again. Make one with NewBasis. It is safe for concurrent use.
type Basis struct {
	live settingsSource
	same func(a, b Settings) bool
	// latest are those of the latest Settings; nil until they are known.
	latest atomic.Pointer[Settings]
}

// settingsSource is what a Basis needs of a Live.
type settingsSource interface {
	Settings(ctx context.Context) (Settings, error)
	Current() Settings
}

// NewBasis returns a basis on the settings of live. same says whether two settings lead
// to the same home in the same way.
func NewBasis(live *Live, same func(a, b Settings) bool) *Basis {
	return &Basis{live: live, same: same}
}

// maxSettingsReads is how often settings are read for one load. A second reading is
// needed only where they change within microseconds of the first.
const maxSettingsReads = 5

// Settings returns the settings in force to make something by. A change meanwhile is
// found here, or by Outdated. The error is that of Live.Settings, or a
// fault.Misconfigured where the settings change each time that they are read.
func (b *Basis) Settings(ctx context.Context) (Settings, error) {
	for range maxSettingsReads {
		b.latest.Store(nil)
		s, err := b.live.Settings(ctx)
		if err != nil {
			return s, err
		}
		b.latest.Store(&s)
		if b.same(s, b.live.Current()) {
			return s, nil
		}
	}
	b.latest.Store(nil)
	return Settings{}, fault.New(fault.Misconfigured, "The settings of the home change too fast to connect to it. Let them rest, and try again.")
}

// Outdated says whether these settings lead to another home than those by which
// something was made, or is being made.
func (b *Basis) Outdated(by Settings) bool {
	latest := b.latest.Load()
	return latest != nil && !b.same(*latest, by)
}

package operator

import (
	"context"

	"github.com/lambda-execution-engine/lee/app/config"
)

// config answers with a config.Report, after the Parameter Store was asked where
// that is due.
func (d *Desk) config(ctx context.Context, _ none) (any, error) {
	_, _ = d.parts.Live.Settings(ctx) // what failed is in the report
	r := d.parts.Live.Report()
	r.Mistakes, r.Versions, r.Changes = listed(r.Mistakes), listed(r.Versions), listed(r.Changes)
	return r, nil
}

// Versioned is the answer to config_reload and config_rollback.
type Versioned struct {
	// Version is the version in force now, Before the one that was.
	Version int `json:"version"`
	Before  int `json:"before"`
	// Changes are what it changed, none when nothing has.
	Changes []config.Change `json:"changes"`
}

func (d *Desk) reload(ctx context.Context, _ none) (any, error) {
	before := d.parts.Live.Report().Version
	version, err := d.parts.Live.Reload(ctx)
	if err != nil {
		return nil, err
	}
	return d.versioned(before, version), nil
}

// rollbackAsked are the members of config_rollback.
type rollbackAsked struct {
	// Version is the version to go back to, 0 for the one before what is running.
	Version int `json:"version"`
}

func (d *Desk) rollback(ctx context.Context, asked rollbackAsked) (any, error) {
	before := d.parts.Live.Report().Version
	version, err := d.parts.Live.Rollback(ctx, asked.Version)
	if err != nil {
		return nil, err
	}
	return d.versioned(before, version), nil
}

func (d *Desk) versioned(before, version int) Versioned {
	answer := Versioned{version, before, []config.Change{}}
	for _, c := range d.parts.Live.Report().Changes {
		if c.Version > before && c.Version <= version {
			answer.Changes = append(answer.Changes, c)
		}
	}
	return answer
}

// debugAsked are the members of debug.
type debugAsked struct {
	// On turns it on or off; nil only asks.
	On *bool `json:"on"`
}

// Debug is the answer to debug.
type Debug struct {
	// Level is the least important level that is logged. It is that of this
	// environment of the function only.
	Level string `json:"log_level"`
}

func (d *Desk) debug(_ context.Context, asked debugAsked) (any, error) {
	if asked.On != nil {
		d.parts.Volume.SetDebug(*asked.On)
	}
	return Debug{d.parts.Volume.Level()}, nil
}

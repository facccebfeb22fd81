// Package doctor gathers what package checkup judges, from the settings, from the
// way to the home and from what Alexa would be offered. It is the same on the
// operator's machine and in the function; what it gets to see differs.
//
// The function only looks. Judging takes more code and words than looking, and the
// engine is loaded at every cold start: lee has them.
package doctor

import (
	"context"
	"errors"
	"time"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// Doctor gathers facts. It is safe for concurrent use when its parts are.
type Doctor struct {
	// From is where it is.
	From checkup.Place
	// Region is AWS's region that the function runs in, "" when that is not known.
	Region string
	// Clock is needed, and so is Live.
	Clock ports.Clock
	Live  *config.Live
	// Environ returns the environment as os.Environ does; nil for none.
	Environ func() []string
	// Probe returns what looks at the way to the home of these settings. What may
	// stand in the way of other requests, a breaker or an answer that is kept, is
	// not in the way of a check-up.
	Probe func(config.Settings) (ports.Probe, error)
	// Discover finds out what Alexa would be offered.
	Discover func(context.Context) (discovery.Report, error)
}

// rest is how much of the time is left for the discovery and the answer when the
// way has been looked at.
const rest = 3

// Look gathers the facts for a check-up. It changes nothing and does not fail: what
// goes wrong meanwhile is a fact.
func (d *Doctor) Look(ctx context.Context) checkup.Facts {
	settings, err := d.Live.Settings(ctx)
	facts := checkup.Facts{From: d.From, Settings: d.settings(settings, d.Live.Report(), err)}
	if settings.Access.URL != "" && settings.HomeEnabled {
		if probe, err := d.Probe(settings); err == nil {
			way := look(ctx, probe)
			facts.Way = &way
		}
	}
	// A home is asked on only where it took the token once: who shows a wrong one
	// again and again is banned.
	if answered(facts.Way) && facts.Settings.Token.Given {
		offer := d.offer(ctx)
		facts.Offer = &offer
	}
	facts.Now = d.Clock.Now()
	return facts
}

// look has the way looked at within a part of the time.
func look(ctx context.Context, probe ports.Probe) checkup.Way {
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(end)*(rest-1)/rest)
		defer cancel()
	}
	return probe.Probe(ctx)
}

func answered(w *checkup.Way) bool {
	return w != nil && w.Answer == checkup.None && w.Who == checkup.Home
}

func (d *Doctor) offer(ctx context.Context) checkup.Offer {
	report, err := d.Discover(ctx)
	if err != nil {
		return checkup.Offer{Failure: fault.Text(err), Starting: errors.Is(err, home.ErrStarting)}
	}
	return offered(report)
}

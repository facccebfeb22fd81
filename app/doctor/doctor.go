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
	// Probe looks at the way to the home; nil where the settings lead nowhere. Neither the
	// home's breakers nor a cached answer may hold it up.
	Probe ports.Probe
	// Discover finds out what Alexa would be offered.
	Discover func(context.Context) (discovery.Report, error)
}

// rest is the part of the time that is left when the way has been looked at: one of
// three.
const rest = 3

// Look gathers the facts for a check-up. It changes nothing and does not fail: what
// goes wrong meanwhile is a fact.
func (d *Doctor) Look(ctx context.Context) checkup.Facts {
	settings, err := d.Live.Settings(ctx)
	facts := checkup.Facts{From: d.From, Settings: d.settings(settings, d.Live.Report(), err)}
	if d.Probe != nil && settings.Access.URL != "" && settings.HomeEnabled {
		if way, err := d.Way(ctx, true); err == nil {
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

// Way looks at the way to the home as ports.Probe does. It leaves a third of the context's
// time to what comes after. Probe must not be nil.
func (d *Doctor) Way(ctx context.Context, closely bool) (checkup.Way, error) {
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(end)*(rest-1)/rest)
		defer cancel()
	}
	return d.Probe.Probe(ctx, closely)
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

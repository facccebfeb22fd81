package main

import (
	"context"
	"log"

	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// service answers Alexa by one set of settings.
type service struct {
	settings settings
	home     *plainHome
	// catalog has what is on, all what there is: the rest of that is not handed to
	// anybody else either.
	catalog, all *capability.Catalog
	// terms are those of the engine, as far as they can be known here. The home's
	// registries are not asked, so locks, alarms, doors, garage doors and gates are offered
	// only where the filter names them, and what depends on an area, a label or an
	// exposure is not offered at all.
	//
	// What is left out costs nothing: Alexa keeps the devices that a discovery does
	// not mention, and they go on working. What is let in by mistake stays in Alexa.
	// So a filter that cannot be read, or not be asked for, lets nothing in.
	terms offer.Terms
	// unsaid is why the settings are not all that the engine's are; nil when they are.
	unsaid error
	// broken is why the home cannot be spoken to at all; nil when it can.
	broken error
}

// newService returns the service by what the sources say.
func newService(from sources) *service {
	read, wrong := from.settings()
	s := &service{settings: read, unsaid: wrong.err()}
	kinds := capability.Kinds()
	s.all = capability.NewCatalog(kinds)
	s.catalog = capability.NewCatalogOf(kinds, func(f capability.Feature) bool { return read.Features.Named(string(f)) })
	s.terms = offer.Terms{
		Filter: read.Expose, Names: naming.Settings{Style: read.Style, Overrides: read.Overrides},
		House: capability.House{Locale: read.Locale, Codes: read.Codes, NoUnlock: !read.Unlocks, NoDisarm: !read.Disarms},
	}
	var err error
	s.home, err = newPlainHome(read)
	switch {
	case !read.Features.Has(setting.FeatureAlexa):
		s.broken = fault.New(fault.Misconfigured, "HA_FEATURES (or HA_FEATURE_PRESET) leaves out the feature alexa, the Smart Home.")
	case read.URL == "":
		s.broken = fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not set, or cannot be used.")
	case !read.Enabled:
		s.broken = fault.New(fault.Misconfigured, "HOME_ASSISTANT_ENABLED is false.")
	case wrong.has("HOME_ASSISTANT_TOKEN"):
		// Alexa's own token in its place would be somebody else's.
		s.broken = fault.New(fault.Misconfigured, "HOME_ASSISTANT_TOKEN cannot be used.")
	default:
		s.broken = err
	}
	return s
}

// service returns the service by the settings as they are known. Those of the
// Parameter Store are asked for with each event until it has answered, and then kept.
func (f *function) service(ctx context.Context) *service {
	if f.kept != nil {
		return f.kept
	}
	from := sources{getenv: f.getenv}
	var err error
	if f.store != nil {
		if from.parameters, err = f.store.read(ctx); err != nil {
			from.unknown = true
			log.Printf("[FAILSAFE] %s settings: %v", requestID(ctx), err)
		}
	}
	s := newService(from)
	if err != nil && (s.settings.URL == "" || s.settings.Token.Empty()) {
		// What is missing may be in the store. Without LEE's own token Alexa's would
		// be shown to the home, and enough wrong ones have it lock LEE out.
		s.broken = err
	}
	if s.unsaid != nil {
		log.Printf("[FAILSAFE] %s settings: %v", requestID(ctx), s.unsaid)
	}
	if err == nil {
		f.kept = s
	}
	f.stored = err
	return s
}

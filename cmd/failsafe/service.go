package main

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// service answers Alexa by one set of settings.
//
// Its terms are those of the engine, as far as they can be known here. The failsafe does not
// read the home's registries. So it offers locks, alarms, doors, garage doors and gates only
// where the filter names them, and does not offer what depends on an area, a label or an
// exposure.
//
// What a discovery leaves out costs nothing: Alexa keeps the devices that it knows, and they
// go on working. What a discovery lets in by mistake stays in Alexa. So a filter that is a
// mistake, or may be in a store that does not answer, lets nothing in.
type service struct {
	settings setting.Home
	home     *plainHome
	// catalog has what is on, all what there is: Home Assistant's own integration gets
	// no directive for the rest.
	catalog, all *capability.Catalog
	// mistaken are the mistakes in the settings; nil for none.
	mistaken error
	// broken is why the home cannot be spoken to at all; nil when it can.
	broken error
}

// newService returns the service by these settings.
func newService(settings setting.Home, mistakes setting.Mistakes) *service {
	kinds := capability.Kinds()
	s := &service{settings: settings, all: capability.NewCatalog(kinds)}
	s.catalog = capability.NewCatalogOf(kinds, settings.On)
	if len(mistakes) > 0 {
		s.mistaken = errors.New(strings.ReplaceAll(strings.Join(mistakes.Texts(), " "), "\n", " "))
	}
	if s.broken = settings.NoSmartHome(mistakes.Of); s.broken == nil {
		s.home, s.broken = newPlainHome(settings.Access)
	}
	return s
}

// service returns the service by the settings as they are known. The failsafe reads the
// Parameter Store at each event until it has answered, and keeps the service then.
func (f *function) service(ctx context.Context) *service {
	if f.kept != nil {
		return f.kept
	}
	from := setting.Sources{Environment: setting.Environment{
		Lookup: func(name string) (string, bool) { value := f.getenv(name); return value, value != "" },
		Open:   func(path string) (io.ReadCloser, error) { return os.Open(path) }, //nolint:gosec // the operator names it
	}}
	settings, mistakes := readSettings(from)
	if settings.UseParameterStore {
		f.store = setting.StoreRead
		if from.Parameters, f.stored = newParameterStore(f.getenv, settings.ParameterPrefix, f.aws).read(ctx); f.stored != nil {
			f.store = setting.StoreFailed
			log.Printf("[FAILSAFE] %s settings: %v", requestID(ctx), f.stored)
		}
		from.Store = f.store
		settings, mistakes = readSettings(from)
	}
	s := newService(settings, mistakes)
	if f.stored != nil && (settings.Access.URL == "" || settings.Access.Token.Empty()) {
		// What is missing may be in the store. Without LEE's own token Alexa's would
		// be shown to the home, and enough wrong ones make it ban LEE.
		s.broken = f.stored
	}
	if s.mistaken != nil {
		log.Printf("[FAILSAFE] %s settings: %v", requestID(ctx), s.mistaken)
	}
	if f.stored == nil {
		f.kept = s
	}
	return s
}

// readSettings returns the settings of the home.
func readSettings(from setting.Sources) (settings setting.Home, mistakes setting.Mistakes) {
	read := setting.HomeTable().Read(&settings, from)
	return settings, read.Mistakes
}

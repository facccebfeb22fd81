// Package smarthome answers Alexa's Smart Home directives by the settings in force.
package smarthome

import (
	"context"
	"slices"
	"sync/atomic"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/control"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/domain/stream"
	"github.com/lambda-execution-engine/lee/ports"
)

// Service answers Alexa by the settings in force. Make one with New. It is safe for
// concurrent use.
type Service struct {
	parts Parts
	// kinds are all kinds, all is the catalog of them, for when every feature is on.
	kinds   []capability.Kind
	all     *capability.Catalog
	running atomic.Pointer[services]
	room    lifecycle.Room
}

// Parts are what a Service is made of. All are needed.
type Parts struct {
	Live     *config.Live
	Home     ports.Home
	House    ports.House
	Registry ports.Registry
	Cameras  ports.Cameras
	Gateway  *gateway.Gateway
	Clock    ports.Clock
	Log      *zap.Logger
}

// services are what answers Alexa by one version of the settings. They hold nothing
// and are made in microseconds.
type services struct {
	// version is the number of that version.
	version   int
	control   *control.Service
	discovery *discovery.Service
	stream    *stream.Service
	// filter also keeps Alexa from what it knows from before.
	filter exposure.Filter
}

// New returns a Service.
func New(p Parts) *Service {
	s := &Service{parts: p, kinds: capability.Kinds()}
	s.all = capability.NewCatalog(s.kinds)
	s.adopt(p.Live.Current())
	return s
}

// adopt makes the services of these settings and returns them.
func (s *Service) adopt(settings config.Settings) *services {
	p, catalog := s.parts, s.catalog(settings.Features)
	known := capability.House{
		Locale: settings.Locale, Codes: settings.Codes,
		NoUnlock: !settings.VoiceUnlock, NoDisarm: !settings.VoiceDisarm,
	}
	made := &services{
		version: settings.Version(),
		control: control.New(p.Home, p.House, catalog, p.Clock, action.DefaultPatience(), known),
		discovery: discovery.New(p.Home, p.House, p.Registry, p.Cameras, catalog, offer.Terms{
			Filter: settings.Expose, Names: naming.Settings{Style: settings.Naming, Overrides: settings.Overrides}, House: known,
		}, s.discovered),
		stream: stream.New(p.Home, p.House, p.Cameras, catalog, p.Clock),
		filter: settings.Expose,
	}
	s.running.Store(made)
	return made
}

// catalog returns the catalog of those kinds whose feature is on.
func (s *Service) catalog(features config.Features) *capability.Catalog {
	on := func(f capability.Feature) bool { return features.Named(string(f)) }
	if !slices.ContainsFunc(s.kinds, func(k capability.Kind) bool { return k.Missing(on) != capability.FeatureCore }) {
		return s.all
	}
	return capability.NewCatalogOf(s.kinds, on)
}

// services returns the services by the settings in force. The error is that of
// config.Live, or a fault.Misconfigured when there is no Smart Home by these
// settings.
func (s *Service) services(ctx context.Context) (*services, error) {
	settings, err := s.parts.Live.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if !settings.Features.Has(config.FeatureAlexa) {
		return nil, fault.New(fault.Misconfigured, "HA_FEATURES (or HA_FEATURE_PRESET) leaves out the feature alexa, the Smart Home.")
	}
	if err := s.parts.Live.Homeless(settings); err != nil {
		return nil, err
	}
	if running := s.running.Load(); running.version == settings.Version() {
		return running, nil
	}
	return s.adopt(settings), nil
}

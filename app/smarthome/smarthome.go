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
	p, catalog := s.parts, s.catalog(settings.On)
	made := &services{
		version:   settings.Version(),
		control:   control.New(p.Home, p.House, catalog, p.Clock, action.DefaultPatience(), settings.Terms.House),
		discovery: discovery.New(p.Home, p.House, p.Registry, p.Cameras, catalog, settings.Terms, s.discovered),
		stream:    stream.New(p.Home, p.House, p.Cameras, catalog, p.Clock),
		filter:    settings.Terms.Filter,
	}
	s.running.Store(made)
	return made
}

// catalog returns the catalog of those kinds whose feature is on.
func (s *Service) catalog(on func(capability.Feature) bool) *capability.Catalog {
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
	if err := settings.NoSmartHome(s.parts.Live.Mistaken); err != nil {
		return nil, err
	}
	if running := s.running.Load(); running.version == settings.Version() {
		return running, nil
	}
	return s.adopt(settings), nil
}

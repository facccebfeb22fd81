package wiring

import (
	"context"
	"slices"
	"sync/atomic"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/control"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/domain/report"
	"github.com/lambda-execution-engine/lee/domain/stream"
	"github.com/lambda-execution-engine/lee/ports"
)

// smartHome answers Alexa by the settings in force. The services hold nothing and
// are made in microseconds. Each version of the settings has its own.
type smartHome struct {
	live     *config.Live
	home     ports.Home
	house    ports.House
	registry ports.Registry
	cameras  ports.Cameras
	clock    ports.Clock
	log      *zap.Logger
	// kinds are all kinds, all is the catalog of them, for when every feature is on.
	kinds   []capability.Kind
	all     *capability.Catalog
	running atomic.Pointer[services]
	room    lifecycle.Room
}

// services are what answers Alexa by one version of the settings.
type services struct {
	// version is the number of that version.
	version   int
	control   *control.Service
	report    *report.Service
	discovery *discovery.Service
	stream    *stream.Service
	// filter also keeps Alexa from what she knows from before.
	filter exposure.Filter
}

func newSmartHome(
	live *config.Live, c *changes, home ports.Home, house ports.House, registry ports.Registry, cameras ports.Cameras,
	clock ports.Clock, log *zap.Logger,
) *smartHome {
	h := &smartHome{
		live: live, home: home, house: house, registry: registry, cameras: cameras, clock: clock, log: log,
		kinds: capability.Kinds(),
	}
	h.all = capability.NewCatalog(h.kinds)
	h.adopt(live.Current())
	c.follow(func(_ context.Context, _, after config.Settings) { h.adopt(after) })
	return h
}

// adopt makes the services of these settings and returns them.
func (h *smartHome) adopt(s config.Settings) *services {
	catalog := h.catalog(s.Features)
	known := capability.House{
		Locale: s.Locale, Codes: s.Codes,
		NoUnlock: !s.VoiceUnlock, NoDisarm: !s.VoiceDisarm,
	}
	made := &services{
		version: s.Version(),
		control: control.New(h.home, h.house, catalog, h.clock, action.DefaultPatience(), known),
		report:  report.New(h.home, h.house, catalog, h.clock, known),
		discovery: discovery.New(h.home, h.house, h.registry, h.cameras, catalog, offer.Terms{
			Filter: s.Expose, Names: naming.Settings{Style: s.Naming, Overrides: s.Overrides}, House: known,
		}, h.discovered),
		stream: stream.New(h.home, h.house, h.cameras, catalog, h.clock),
		filter: s.Expose,
	}
	h.running.Store(made)
	return made
}

// catalog returns the catalog of those kinds whose feature is on.
func (h *smartHome) catalog(features config.Features) *capability.Catalog {
	on := func(f capability.Feature) bool { return features.Named(string(f)) }
	if !slices.ContainsFunc(h.kinds, func(k capability.Kind) bool { return k.Missing(on) != capability.FeatureCore }) {
		return h.all
	}
	return capability.NewCatalogOf(h.kinds, on)
}

// services returns the services by the settings in force. The error is that of
// config.Live, or a fault.Misconfigured when there is no Smart Home by these
// settings.
func (h *smartHome) services(ctx context.Context) (*services, error) {
	s, err := h.live.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if !s.Features.Has(config.FeatureAlexa) {
		return nil, fault.New(fault.Misconfigured, "HA_FEATURES (or HA_FEATURE_PRESET) leaves out the feature alexa, the Smart Home.")
	}
	if err := homeless(h.live, s); err != nil {
		return nil, err
	}
	if running := h.running.Load(); running.version == s.Version() {
		return running, nil
	}
	return h.adopt(s), nil // the settings are new, and the change has not been told here yet
}

// by returns a directive that is answered by one of the services in force.
func (h *smartHome) by(which func(*services) engine.Directive) engine.Directive {
	return func(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
		running, err := h.services(ctx)
		if err != nil {
			return alexa.Answer{}, err
		}
		if id, ok := capability.EntityID(d.Endpoint.EndpointID); ok && running.filter.Withholds(id) {
			return alexa.Answer{}, fault.New(fault.NotFound, "HA_EXPOSE keeps this device from Alexa.")
		}
		return which(running)(ctx, d)
	}
}

// roomy carries out a directive that makes much garbage.
func (h *smartHome) roomy(handle engine.Directive) engine.Directive {
	return func(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
		defer h.room.Take()()
		return handle(ctx, d)
	}
}

// newDirectives returns the table of all directives that LEE answers.
func newDirectives(h *smartHome, g *gateway.Gateway) map[alexa.Key]engine.Directive {
	table := map[alexa.Key]engine.Directive{
		{Namespace: alexa.Discovery, Name: "Discover"}:        h.by(func(s *services) engine.Directive { return h.roomy(afresh(g, h.clock, s.discovery)) }),
		{Namespace: alexa.Alexa, Name: "ReportState"}:         h.by(func(s *services) engine.Directive { return s.report.Handle }),
		{Namespace: alexa.Authorization, Name: "AcceptGrant"}: h.by(func(*services) engine.Directive { return engine.AcceptGrant }),
		capability.InitializeCameraStreams:                    h.by(func(s *services) engine.Directive { return s.stream.Handle }),
		capability.InitiateSessionWithOffer:                   h.by(func(s *services) engine.Directive { return s.stream.Negotiate }),
		capability.SessionConnected:                           h.by(func(s *services) engine.Directive { return s.stream.Connected }),
		capability.SessionDisconnected:                        h.by(func(s *services) engine.Directive { return s.stream.Disconnected }),
	}
	carryOut := h.by(func(s *services) engine.Directive { return s.control.Handle })
	for _, key := range h.all.Directives() {
		table[key] = carryOut
	}
	return table
}

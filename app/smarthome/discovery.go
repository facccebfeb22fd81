package smarthome

import (
	"context"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/found"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/ports"
)

// Discovery returns what discovers the home by the settings in force. The error is
// that of config.Live, or a fault.Misconfigured when there is no Smart Home by these
// settings.
func (s *Service) Discovery(ctx context.Context) (*discovery.Service, error) {
	running, err := s.services(ctx)
	if err != nil {
		return nil, err
	}
	return running.discovery, nil
}

// Discover has the home discovered as Alexa has it: the home is asked, whatever is known
// of it. What it tells is kept for operators' questions. The error is that of Discovery,
// or the home's (discovery.Service.Explain).
func (s *Service) Discover(ctx context.Context) (found.Report, error) {
	service, err := s.Discovery(ctx)
	if err != nil {
		return found.Report{}, err
	}
	return s.afresh(ctx, service)
}

// discover answers a discovery of Alexa's.
func (s *Service) discover(service *discovery.Service) engine.Directive {
	return func(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
		report, err := s.afresh(ctx, service)
		if err != nil {
			return alexa.Answer{}, err
		}
		return discovery.Answer(d, report.Findings), nil
	}
}

// afresh has the home discovered and asked for all of it: people who have their devices
// discovered have just changed something about them. The configuration says whether the
// home is starting, where the registries do not.
func (s *Service) afresh(ctx context.Context, service *discovery.Service) (found.Report, error) {
	ctx = gateway.Fresh(ctx, ports.SectionRegistry, ports.SectionDiscovery, ports.SectionConfiguration)
	return found.Discover(ctx, s.parts.Gateway, s.parts.Clock, service.Explain)
}

// discovered logs what a discovery found, and what somebody should know of it.
func (s *Service) discovered(ctx context.Context, r discovery.Report) {
	log := s.parts.Log
	reasons := map[offer.Reason]int{}
	for _, f := range r.Findings {
		reasons[f.Reason]++
	}
	log.Info("discovery", correlation.Field(ctx),
		zap.Int("endpoints", r.Endpoints), zap.Int("entities", len(r.Findings)), zap.Stringer("registries", r.Registry.Source()),
		zap.Strings("unknown", r.Registry.Lacks().Names()), zap.Int("namesakes", len(r.Namesakes())))
	if source := r.Registry.Source(); source == home.SourceNone || source == home.SourceMemory {
		log.Warn("discovery: the home does not tell its registries", correlation.Failure(ctx, r.RegistryError),
			zap.Int("locks, alarms, doors, garage doors and gates left out", reasons[offer.Reason(exposure.Unsure)]))
	}
	if n := reasons[offer.Reason(exposure.Undecided)]; n > 0 {
		log.Warn("discovery: HA_EXPOSE has rules about what the home does not tell", correlation.Field(ctx), zap.Int("left out", n))
	}
	if idle := r.Idle(); len(idle) > 0 {
		log.Warn("discovery: HA_EXPOSE has rules about nothing", correlation.Field(ctx), zap.Strings("rules", idle))
	}
	for _, reason := range []offer.Reason{offer.TooMany, offer.TooMuch, offer.TooLarge, offer.Cut} {
		if n := reasons[reason]; n > 0 {
			log.Warn("discovery: "+string(reason), correlation.Field(ctx), zap.Int("left out", n))
		}
	}
	for _, f := range r.Broken() {
		log.Error("discovery: "+string(offer.Broken), correlation.Failure(ctx, f.Failure), zap.String("entity", string(f.ID)))
	}
}

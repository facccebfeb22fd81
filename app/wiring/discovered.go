package wiring

import (
	"context"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/ports"
)

// afresh answers a discovery of Alexa's. The home is asked, whatever is known of it:
// who has his devices discovered has just changed something about them. What it
// tells is kept for operators' questions.
func afresh(g *gateway.Gateway, clock ports.Clock, service *discovery.Service) engine.Directive {
	return func(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
		found, err := operator.Discover(gateway.Fresh(ctx, ports.SectionRegistry, ports.SectionDiscovery), g, clock, service.Explain)
		if err != nil {
			return alexa.Answer{}, err
		}
		return discovery.Answer(d, found.Findings), nil
	}
}

// discovered logs what a discovery found, and what somebody should know of it.
func (h *smartHome) discovered(ctx context.Context, r discovery.Report) {
	reasons := map[offer.Reason]int{}
	for _, f := range r.Findings {
		reasons[f.Reason]++
	}
	h.log.Info("discovery", correlation.Field(ctx),
		zap.Int("endpoints", r.Endpoints), zap.Int("entities", len(r.Findings)), zap.Stringer("registries", r.Registry.Source()),
		zap.Strings("unknown", r.Registry.Lacks().Names()), zap.Int("namesakes", len(r.Namesakes())))
	if source := r.Registry.Source(); source == home.SourceNone || source == home.SourceMemory {
		h.log.Warn("discovery: the home does not tell its registries", correlation.Failure(ctx, r.RegistryError),
			zap.Int("locks, alarms, doors, garage doors and gates left out", reasons[offer.Reason(exposure.Unsure)]))
	}
	if n := reasons[offer.Reason(exposure.Undecided)]; n > 0 {
		h.log.Warn("discovery: HA_EXPOSE has rules about what the home does not tell", correlation.Field(ctx), zap.Int("left out", n))
	}
	if idle := r.Idle(); len(idle) > 0 {
		h.log.Warn("discovery: HA_EXPOSE has rules about nothing", correlation.Field(ctx), zap.Strings("rules", idle))
	}
	for _, reason := range []offer.Reason{offer.TooMany, offer.TooMuch, offer.TooLarge} {
		if n := reasons[reason]; n > 0 {
			h.log.Warn("discovery: "+string(reason), correlation.Field(ctx), zap.Int("left out", n))
		}
	}
	for _, f := range r.Broken() {
		h.log.Error("discovery: "+string(offer.Broken), correlation.Failure(ctx, f.Failure), zap.String("entity", string(f.ID)))
	}
}

package wiring

import (
	"context"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/breaker"
	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/app/smarthome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/ports"
)

func newClock() ports.Clock { return ports.WallClock{} }

// newLog returns the log, which may be turned up and down.
func newLog(s Start, v *operator.Volume) *zap.Logger { return telemetry.NewLog(s.Log, v.Enabler()) }

// inspected is told what of the home's states was looked at, and what is wrong with
// them.
type inspected func(ctx context.Context, states int, flaws []ports.Flaw)

// newFlaws returns what counts strange things that the home says, and what is told of
// them.
func newFlaws(i initial, log *zap.Logger) (*telemetry.Flaws, inspected) {
	meter := telemetry.NewFlaws(i.Tier.Limits().Validation)
	return meter, func(ctx context.Context, states int, flaws []ports.Flaw) {
		for _, flaw := range meter.Looked(states, flaws) {
			log.Warn("the home says what Home Assistant would not", correlation.Field(ctx),
				zap.String("entity", flaw.Entity), zap.String("member", flaw.Member), zap.String("problem", flaw.Problem))
		}
	}
}

func newGateway(i initial, clock ports.Clock, log *zap.Logger, answers *cache.Cache) *gateway.Gateway {
	limits := i.Tier.Limits()
	return gateway.New(gateway.Options{
		Clock:         clock,
		Log:           log,
		Retry:         gateway.DefaultRetry(),
		Cache:         answers,
		ReflexEntries: limits.ReflexEntries,
		BearerOnly:    i.Access.Token.Empty(),
		NewBreaker: func(string, gateway.Class) ports.Breaker {
			return breaker.New(breaker.Settings{Failures: limits.BreakerFailures, Open: limits.BreakerOpen}, clock)
		},
	})
}

// newVolume returns how much is logged.
func newVolume(i initial) *operator.Volume { return operator.NewVolume(*i.Settings) }

// newSmartHome returns what answers Alexa's directives.
func newSmartHome(
	live *config.Live, home ports.Home, house ports.House, registry ports.Registry, cameras ports.Cameras,
	g *gateway.Gateway, clock ports.Clock, log *zap.Logger,
) *smarthome.Service {
	return smarthome.New(smarthome.Parts{
		Live: live, Home: home, House: house, Registry: registry, Cameras: cameras, Gateway: g, Clock: clock, Log: log,
	})
}

// newDirectives returns the table of all directives that LEE answers.
func newDirectives(s *smarthome.Service) map[alexa.Key]engine.Directive { return s.Directives() }

// meter is what is measured of an invocation, and where that goes.
type meter struct {
	ports.Meter
	gauge func(*ports.Measurement)
}

// newMeter returns the meter, an empty one where metrics are not wanted.
func newMeter(s Start, i initial, g *gateway.Gateway, answers *cache.Cache, k *lifecycle.Keeper) meter {
	if s.Metrics == nil {
		return meter{}
	}
	function, _ := s.Environment.Lookup("AWS_LAMBDA_FUNCTION_NAME")
	counted := &engine.Gauge{Gateway: g, Cache: answers, Keeper: k}
	return meter{telemetry.NewMetrics(s.Metrics, function, i.Tier.Limits().Metrics), counted.Read}
}

func newEngine(
	s Start, i initial, clock ports.Clock, log *zap.Logger, rest between,
	directives map[alexa.Key]engine.Directive, skill engine.Skill, o operators, m meter,
) *engine.Engine {
	return engine.New(engine.Parts{
		Clock:      clock,
		Log:        log,
		Directives: directives,
		Operations: o.operations,
		Skill:      skill,
		HTTP:       o.router,
		KeepWarm:   o.desk.KeepWarm,
		Mode:       i.Mode,
		Modes:      o.modes,
		Budget:     engine.DefaultBudget(),
		Began:      s.Began,
		After:      rest,
		Journal:    o.journal,
		Meter:      m.Meter,
		Gauge:      m.gauge,
	})
}

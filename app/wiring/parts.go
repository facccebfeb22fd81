package wiring

import (
	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/breaker"
	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/ports"
)

func newClock() ports.Clock { return ports.WallClock{} }

func newCorrelation() *telemetry.Correlation { return &telemetry.Correlation{} }

// newLog returns the log, which may be turned up and down.
func newLog(s Start, v *volume, c *telemetry.Correlation) *zap.Logger {
	return telemetry.NewCorrelatedLog(s.Log, v.level, c)
}

// newFlaws returns what is told of strange things that the home says.
func newFlaws(i initial, log *zap.Logger) *telemetry.Flaws {
	return telemetry.NewFlaws(i.Tier.Limits().Validation, log)
}

func newGateway(i initial, clock ports.Clock, log *zap.Logger, answers *cache.Cache) *gateway.Gateway {
	limits := i.Tier.Limits()
	return gateway.New(gateway.Options{
		Clock:         clock,
		Log:           log,
		Retry:         gateway.DefaultRetry(),
		Cache:         answers,
		ReflexEntries: limits.ReflexEntries,
		BearerOnly:    i.HomeToken.Empty(),
		NewBreaker: func(endpoint string, class gateway.Class) ports.Breaker {
			return breaker.New(breaker.Settings{
				Name:     endpoint + " " + class.String(),
				Failures: limits.BreakerFailures,
				Open:     limits.BreakerOpen,
				Changed: func(name string, from, to ports.BreakerState) {
					log.Warn("breaker", zap.String("of", name), zap.Stringer("from", from), zap.Stringer("to", to))
				},
			}, clock)
		},
	})
}

func newEngine(
	s Start, i initial, clock ports.Clock, log *zap.Logger, c *telemetry.Correlation, rest between,
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
		Begin:      c.Begin,
		Journal:    o.journal,
		Meter:      m.Meter,
		Gauge:      m.gauge,
	})
}

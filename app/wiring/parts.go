package wiring

import (
	"slices"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/breaker"
	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/control"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/report"
	"github.com/lambda-execution-engine/lee/ports"
)

func newClock() ports.Clock { return ports.WallClock{} }

// levels are zap's levels by ours.
var levels = map[config.LogLevel]telemetry.Level{
	config.LevelDebug: zap.DebugLevel, config.LevelInfo: zap.InfoLevel, config.LevelWarning: zap.WarnLevel,
	config.LevelError: zap.ErrorLevel, config.LevelCritical: zap.DPanicLevel,
}

// newLog returns the log, and tells it of every mistake in the configuration.
func newLog(s Start) *zap.Logger {
	log := telemetry.NewLog(s.Log, levels[s.Settings.Level()])
	for _, mistake := range s.Mistakes {
		log.Error("configuration", zap.Stringer("mistake", mistake))
	}
	return log
}

func newGateway(s Start, clock ports.Clock, log *zap.Logger, answers *cache.Cache) *gateway.Gateway {
	limits := s.Settings.Tier.Limits()
	return gateway.New(gateway.Options{
		Clock:         clock,
		Log:           log,
		Retry:         gateway.DefaultRetry(),
		Cache:         answers,
		ReflexEntries: limits.ReflexEntries,
		BearerOnly:    s.Settings.HomeToken.Empty(),
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

// newCatalog returns the catalog of those kinds whose feature is on.
func newCatalog(s Start) *capability.Catalog {
	on := map[capability.Feature]bool{
		capability.FeatureCore:         true,
		capability.FeatureAutomations:  s.Settings.Features.Has(config.FeatureAutomations),
		capability.FeatureScripts:      s.Settings.Features.Has(config.FeatureScripts),
		capability.FeatureInputHelpers: s.Settings.Features.Has(config.FeatureInputHelpers),
	}
	return capability.NewCatalog(slices.DeleteFunc(capability.Kinds(), func(k capability.Kind) bool { return !on[k.Feature] }))
}

func newControl(s Start, home ports.Home, house ports.House, catalog *capability.Catalog, clock ports.Clock) *control.Service {
	return control.New(home, house, catalog, clock, control.DefaultPatience(), capability.House{Locale: s.Settings.Locale})
}

func newReport(s Start, home ports.Home, house ports.House, catalog *capability.Catalog, clock ports.Clock) *report.Service {
	return report.New(home, house, catalog, clock, capability.House{Locale: s.Settings.Locale})
}

func newDiscovery(s Start, home ports.Home, house ports.House, catalog *capability.Catalog) *discovery.Service {
	return discovery.New(home, house, catalog, capability.House{Locale: s.Settings.Locale})
}

// newDirectives returns the table of all directives that LEE answers.
func newDirectives(s Start, catalog *capability.Catalog, c *control.Service, r *report.Service, d *discovery.Service) map[alexa.Key]engine.Directive {
	table := map[alexa.Key]engine.Directive{
		{Namespace: alexa.Discovery, Name: "Discover"}:        d.Handle,
		{Namespace: alexa.Alexa, Name: "ReportState"}:         r.Handle,
		{Namespace: alexa.Authorization, Name: "AcceptGrant"}: engine.AcceptGrant,
	}
	for _, key := range catalog.Directives() {
		table[key] = c.Handle
	}
	if why := turnedOff(s); why != "" {
		engine.TurnOff(table, why)
	}
	return table
}

// turnedOff says why there is no Smart Home, "" when there is one. A token of
// LEE's own that cannot be used is a reason: with the account's in its place a
// slip of the operator's could unlink the account.
func turnedOff(s Start) string {
	mistaken := func(variable string) bool {
		return slices.ContainsFunc(s.Mistakes, func(m config.Mistake) bool { return m.Variable == variable })
	}
	switch {
	case !s.Settings.Features.Has(config.FeatureAlexa):
		return "HA_FEATURES leaves the Smart Home (alexa) out."
	case s.Settings.HomeURL == "":
		return "HOME_ASSISTANT_URL is not set, or cannot be used."
	case !s.Settings.HomeEnabled:
		return "HOME_ASSISTANT_ENABLED is false."
	case mistaken("HOME_ASSISTANT_TOKEN"):
		return "HOME_ASSISTANT_TOKEN cannot be used."
	default:
		return ""
	}
}

func newOperations(house ports.House) map[string]engine.Operation {
	return map[string]engine.Operation{"ha_status": engine.HomeStatus(house)}
}

func newEngine(s Start, clock ports.Clock, log *zap.Logger, rest between, directives map[alexa.Key]engine.Directive, operations map[string]engine.Operation) *engine.Engine {
	return engine.New(engine.Parts{
		Clock:      clock,
		Log:        log,
		Directives: directives,
		Operations: operations,
		Budget:     engine.DefaultBudget(),
		Began:      s.Began,
		After:      rest,
	})
}

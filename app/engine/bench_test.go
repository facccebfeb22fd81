package engine_test

import (
	"context"
	"io"
	"testing"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/ports"
)

// BenchmarkObserved is what it costs to watch a directive: the same one without a
// log, journal and metrics, with each, and with all that the standard tier has.
func BenchmarkObserved(b *testing.B) {
	log := func(p *engine.Parts) { p.Log = telemetry.NewLog(io.Discard, zap.InfoLevel) }
	remember := func(p *engine.Parts) { p.Journal = journal.New() }
	measure := func(p *engine.Parts) { p.Meter = telemetry.NewMetrics(io.Discard, "lee", 6) }
	for _, c := range []struct {
		name string
		with []func(*engine.Parts)
	}{
		{"bare", nil},
		{"log", []func(*engine.Parts){log}},
		{"journal", []func(*engine.Parts){remember}},
		{"metrics", []func(*engine.Parts){measure}},
		{"all", []func(*engine.Parts){log, remember, measure}},
	} {
		b.Run(c.name, func(b *testing.B) {
			parts := engine.Parts{
				Clock: ports.WallClock{}, Log: zap.NewNop(), Budget: engine.DefaultBudget(),
				Directives: map[alexa.Key]engine.Directive{turnOn: func(_ context.Context, d alexa.Directive) (alexa.Answer, error) {
					return alexa.Reply(d, alexa.Alexa, alexa.NameResponse, nil, []alexa.Property{}), nil
				}},
			}
			for _, add := range c.with {
				add(&parts)
			}
			e, asked := engine.New(parts), []byte(event("Alexa.PowerController.TurnOn", "light#kitchen"))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = e.Invoke(b.Context(), asked)
			}
		})
	}
}

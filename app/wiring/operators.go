package wiring

import (
	"context"
	"encoding/json"
	"net/http"
	"os"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/batch"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

func newBatch(home ports.Home) *batch.Service { return batch.New(home) }

func newJournal() *journal.Journal { return journal.New() }

// newDesk returns where operators' questions are answered.
func newDesk(
	s Start, clock ports.Clock, log *zap.Logger, v *volume, live *config.Live, parameters ports.Parameters,
	home ports.Home, house ports.House, pulse ports.Pulse, way ports.Way, batches *batch.Service, smart *smartHome,
	directives map[alexa.Key]engine.Directive,
	g *gateway.Gateway, k *lifecycle.Keeper, answers *cache.Cache, j *journal.Journal,
) *operator.Desk {
	said := func(name string) string {
		value, _ := s.Environment.Lookup(name)
		return value
	}
	var d *operator.Desk
	d = operator.New(operator.Parts{
		Clock: clock, Log: log, Home: home, House: house, Pulse: pulse, Way: way, Parameters: parameters, Batch: batches,
		Gateway: g, Keeper: k, Cache: answers, Live: live, Journal: j, Volume: v, Environ: os.Environ,
		Discovery: func(ctx context.Context) (*discovery.Service, error) {
			services, err := smart.services(ctx)
			if err != nil {
				return nil, err
			}
			return services.discovery, nil
		},
		// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
		Function: operator.Function{
			Name: said("AWS_LAMBDA_FUNCTION_NAME"), Version: said("AWS_LAMBDA_FUNCTION_VERSION"), Region: said("AWS_REGION"),
			Began: s.Began,
		},
		Dispatch: func() operator.Dispatch {
			return operator.Dispatch{Directives: len(directives), Operations: len(newOperations(d)) + len(engine.OwnOperations()), Routes: len(routes(d))}
		},
	})
	return d
}

// newOperations returns the table of the operators' operations.
func newOperations(d *operator.Desk) map[string]engine.Operation {
	table := map[string]engine.Operation{}
	for _, o := range d.Operations() {
		table[o.Name] = o.Answer
	}
	return table
}

// keepWarm answers scheduled events.
type keepWarm engine.Operation

func newKeepWarm(d *operator.Desk) keepWarm { return d.KeepWarm }

// newModes returns what answers in the modes that have an answer of their own,
// whatever the event.
func newModes(operations map[string]engine.Operation) map[config.Mode]engine.Operation {
	table := map[config.Mode]engine.Operation{}
	for mode, name := range map[config.Mode]string{
		config.ModeDiagnostic:     "surroundings",
		config.ModeConnectionTest: "ha_connection_test",
		config.ModeDiscovery:      "ha_discovery",
	} {
		answer := operations[name]
		table[mode] = func(ctx context.Context, _ json.RawMessage) (any, error) { return answer(ctx, nil) }
	}
	return table
}

// routes are what can be asked for by HTTP.
func routes(d *operator.Desk) []web.Route {
	return []web.Route{
		{Method: http.MethodGet, Path: "/health", Open: true, Handle: d.HTTPHealth},
		{Method: http.MethodGet, Path: "/diagnostics", Handle: d.HTTPDiagnostics},
		{Method: http.MethodPost, Path: "/webhook", Handle: d.HTTPForget},
	}
}

func newRouter(d *operator.Desk, live *config.Live) *web.Router {
	return web.New(routes(d), func(ctx context.Context) secret.Text {
		settings, _ := live.Settings(ctx) // what is known of them will do
		return settings.OperatorSecret
	})
}

package wiring

import (
	"context"
	"os"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/doctor"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/app/smarthome"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/batch"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// operators is all that operators can ask for, and how.
type operators struct {
	operations map[string]engine.Operation
	// modes answer in the modes that have an answer of their own, whatever the event.
	modes   map[config.Mode]engine.Operation
	desk    *operator.Desk
	router  *web.Router
	journal *journal.Journal
}

func newOperators(
	s Start, clock ports.Clock, log *zap.Logger, v *operator.Volume, live *config.Live, parameters ports.Parameters,
	home ports.Home, house ports.House, pulse ports.Pulse, smart *smarthome.Service, checkups *doctor.Doctor,
	directives map[alexa.Key]engine.Directive, g *gateway.Gateway, k *lifecycle.Keeper, answers *cache.Cache, flaws *telemetry.Flaws,
) operators {
	o := operators{operations: map[string]engine.Operation{}, modes: map[config.Mode]engine.Operation{}, journal: journal.New()}
	said := func(name string) string {
		value, _ := s.Environment.Lookup(name)
		return value
	}
	var table []web.Route
	o.desk = operator.New(operator.Parts{
		Clock: clock, Log: log, Home: home, House: house, Pulse: pulse, Parameters: parameters, Batch: batch.New(home),
		Gateway: g, Keeper: k, Cache: answers, Flaws: flaws, Live: live, Journal: o.journal, Volume: v, Environ: os.Environ,
		Discovery: smart.Discovery, Doctor: checkups,
		// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
		Function: operator.Function{
			Name: said("AWS_LAMBDA_FUNCTION_NAME"), Version: said("AWS_LAMBDA_FUNCTION_VERSION"), Region: said("AWS_REGION"),
			Began: s.Began,
		},
		Dispatch: func() operator.Dispatch {
			return operator.Dispatch{
				Directives: len(directives), Operations: len(o.operations) + len(engine.OwnOperations()), Routes: len(table),
			}
		},
	})
	for _, one := range o.desk.Operations() {
		o.operations[one.Name] = one.Answer
	}
	for mode, answer := range o.desk.Modes() {
		o.modes[mode] = answer
	}
	table = o.desk.Routes()
	o.router = web.New(table, func(ctx context.Context) secret.Text {
		settings, _ := live.Settings(ctx) // what is known of them will do
		return settings.OperatorSecret
	})
	return o
}

// Package wiring puts LEE together: it is the only package besides the commands
// that knows all the parts. Everything here is a plain constructor that would
// work without the container; fx calls each one once and finds out at test time
// when one is missing (fx.ValidateApp).
package wiring

import (
	"io"
	"time"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
)

// Start is what a process knows when it begins.
type Start struct {
	// Environment is what it was started with.
	Environment config.Environment
	// Began is when the process began.
	Began time.Time
	// Log is where the log goes, Metrics where metrics go; nil for none.
	Log, Metrics io.Writer
	// Ahead is what is being done ahead of the first event; nil for nothing.
	Ahead *Ahead
}

// Build puts an engine together. Nothing that does I/O is built yet: the ports
// are loaded when they are first needed. fx.Supply and fx.Populate would say the
// same in fewer words; they make functions by reflection, which takes a
// fiftieth of the start.
func Build(s Start) (*engine.Engine, error) {
	var e *engine.Engine
	app := fx.New(
		fx.NopLogger,
		fx.Provide(func() Start { return s }),
		Module(),
		fx.Invoke(func(built *engine.Engine) { e = built }),
	)
	return e, app.Err()
}

// Module returns the constructors of all parts, and begins what is opened ahead. It
// needs a Start.
func Module() fx.Option {
	return fx.Options(fx.Provide(
		newClock,
		newInitial,
		newVolume,
		newCorrelation,
		newLog,
		newCache,
		newFlaws,
		newGateway,
		newKeeper,
		newBetween,
		newChanges,
		newParameters,
		newLive,
		newHomeAssistant,
		newFaces,
		newWay,
		newConversation,
		newProgress,
		newRooms,
		newAssistant,
		newSkill,
		newSmartHome,
		newDirectives,
		newOperators,
		newMeter,
		newEngine,
	), fx.Invoke(openAhead))
}

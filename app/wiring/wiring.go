// Package wiring puts the engine together. Of the packages under app it alone knows
// adapters and fx.
//
// A plain function makes each part (constructors), and fx calls it when another part
// needs what it returns, once at most. A test finds a part that nobody makes
// (fx.ValidateApp).
//
// An adapter that does I/O reaches the services through a face of app/gateway, which
// loads it when it is first needed. app/architecture checks this.
//
// The package holds constructors only: what a part does is in the part's own package.
// That is so for what follows the settings, which may change while the process lives, as
// well. A constructor only says which part is told of a change, and of what
// (config.Changes).
package wiring

import (
	"io"
	"time"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// Start is what a process knows when it begins.
type Start struct {
	// Environment is what it was started with.
	Environment setting.Environment
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
func Module() fx.Option { return fx.Options(fx.Provide(constructors()...), fx.Invoke(finishAhead)) }

// constructors returns the functions that make all parts.
func constructors() []any {
	return []any{
		newClock,
		newInitial,
		newVolume,
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
		newProbe,
		newConversation,
		newProgress,
		newRooms,
		newAssistant,
		newSkill,
		newSmartHome,
		newDirectives,
		newDoctor,
		newOperators,
		newMeter,
		newEngine,
	}
}

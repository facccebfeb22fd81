// Package operator is what those who run the function can ask of it: how it is,
// what it did, what its settings are, and things to be done in the home that
// nobody would say to Alexa. Every answer is plain data that is written as JSON,
// and none holds a secret.
package operator

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/doctor"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/batch"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/ports"
)

// Operation is something that an operator can ask for, by an event
// {"operation":"NAME",…}.
type Operation struct {
	Name string
	// Does says in one sentence what it does.
	Does string
	// Answer answers the event.
	Answer Answer
}

// Desk is where operators' questions are answered. It is safe for concurrent use.
type Desk struct {
	parts   Parts
	batches tally
}

// Parts are what a Desk knows of. All are needed.
type Parts struct {
	Clock      ports.Clock
	Log        *zap.Logger
	Home       ports.Home
	House      ports.House
	Pulse      ports.Pulse
	Parameters ports.Parameters
	Batch      *batch.Service
	Gateway    *gateway.Gateway
	Keeper     *lifecycle.Keeper
	Cache      ports.CacheMeter
	Flaws      ports.FlawMeter
	Live       *config.Live
	Journal    *journal.Journal
	Volume     *Volume
	// Discovery returns what finds endpoints, by the settings in force.
	Discovery func(context.Context) (*discovery.Service, error)
	// Doctor gathers the facts for check-ups.
	Doctor *doctor.Doctor
	// Dispatch returns the sizes of the tables by which events are dispatched.
	Dispatch func() Dispatch
	// Function is what runs here, Environ returns its environment as os.Environ does.
	Function Function
	Environ  func() []string
}

// Function says what runs where.
type Function struct {
	// Name, Version and Region are Lambda's words for it, "" elsewhere.
	Name    string `json:"name,omitempty"`
	Version string `json:"version,omitempty"`
	Region  string `json:"region,omitempty"`
	// Began is when the process began.
	Began time.Time `json:"began"`
}

// New returns a Desk.
func New(p Parts) *Desk { return &Desk{parts: p} }

// Operations returns all operations, in the order in which they are documented.
func (d *Desk) Operations() []Operation {
	return []Operation{
		define("ha_status", "Asks the home what it is.", d.status),
		define("ha_states", "Reads the states of entities, all of them by default.", d.states),
		define("ha_call", "Calls services on entities and areas.", d.call),
		define("ha_area", "Calls a service on everything in an area.", d.area),
		define("ha_discovery", "Lists what Alexa would discover, or explains what becomes of one entity.", d.discovery),
		define("ha_connection_test", "Goes to the home step by step and asks it what it is.", d.connectionTest),
		define("doctor", "Looks at all between Alexa and the home; `lee doctor` says what it means.", d.doctor),
		define("health", "Says how LEE and what it needs are.", d.health),
		define("diagnostics", "Says all that has been counted and remembered.", d.diagnostics),
		define("surroundings", "Says what LEE sees of the machine and the network around it.", d.surroundings),
		define("config", "Lists the settings, where each came from, and what was wrong.", d.config),
		define("config_reload", "Reads the settings again.", d.reload),
		define("config_rollback", "Puts an earlier version of the settings into force again.", d.rollback),
		define("lugs", "Says which ports are loaded, closes what may be closed, holds what shall stay.", d.lugs),
		define("forget", "Has the cache forget what is known of entities or areas.", d.forget),
		define("debug", "Turns logging at debug level on and off.", d.debug),
	}
}

// Routes returns what can be asked for by HTTP.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		{Method: http.MethodGet, Path: "/health", Open: true, Handle: d.HTTPHealth},
		{Method: http.MethodGet, Path: "/diagnostics", Handle: d.HTTPDiagnostics},
		{Method: http.MethodPost, Path: "/webhook", Handle: d.HTTPForget},
	}
}

// Answer answers an event. Its error is a *fault.Error.
type Answer = func(ctx context.Context, event json.RawMessage) (any, error)

// Modes returns what answers in the modes that have an answer of their own, whatever
// the event. The answers are fresh.
func (d *Desk) Modes() map[config.Mode]Answer {
	return map[config.Mode]Answer{
		config.ModeDiagnostic:     fresh(d.surroundings),
		config.ModeConnectionTest: fresh(d.connectionTest),
		config.ModeDiscovery:      fresh(d.discovery),
	}
}

// fresh returns an operation that takes nothing from the cache and no members from the
// event.
func fresh[Q any](answer func(context.Context, Q) (any, error)) Answer {
	return func(ctx context.Context, _ json.RawMessage) (any, error) {
		var q Q
		return answer(gateway.Fresh(ctx), q)
	}
}

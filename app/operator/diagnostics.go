package operator

import (
	"context"
	"net/http"
	"runtime"
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/invocation"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// Diagnostics is all that has been counted and remembered since the process
// started. Times are in milliseconds, sizes in bytes.
type Diagnostics struct {
	Function      FunctionView              `json:"function"`
	Dispatch      Dispatch                  `json:"dispatch"`
	Invocations   InvocationsView           `json:"invocations"`
	Assistant     AssistantView             `json:"assistant"`
	Gateway       []gateway.OperationReport `json:"gateway"`
	Reflex        gateway.ReflexReport      `json:"reflex"`
	Cache         CacheView                 `json:"cache"`
	Validation    ports.FlawReport          `json:"validation"`
	Breakers      []gateway.BreakerReport   `json:"breakers"`
	Batches       BatchesView               `json:"batches"`
	LIGS          lifecycle.LIGS            `json:"ligs"`
	LUGS          lifecycle.LUGS            `json:"lugs"`
	Memory        MemoryView                `json:"memory"`
	Configuration ConfigurationView         `json:"configuration"`
	// Errors are the last invocations that went wrong and what they did, the latest
	// first.
	Errors []journal.Trace `json:"errors"`
}

// FunctionView is what runs here.
type FunctionView struct {
	Function
	// Uptime is how long the process has been there, the time that it was frozen
	// included.
	Uptime float64 `json:"uptime"`
	Go     string  `json:"go"`
	Mode   string  `json:"mode"`
	Tier   string  `json:"tier"`
	Log    string  `json:"log_level"`
	// Features are what LEE does with the home.
	Features []string `json:"features"`
}

// Dispatch is how much can be asked for: the sizes of the tables by which events
// are dispatched.
type Dispatch struct {
	Directives int `json:"directives"`
	Operations int `json:"operations"`
	Routes     int `json:"routes"`
}

// BatchesView is what was done in batches.
type BatchesView struct {
	// Batches are those that were carried out, Items what was in them, HomeCalls in
	// how many calls to the home the commands among them went. Refused are batches of
	// which nothing was done because of mistakes.
	Batches   uint64 `json:"batches"`
	Items     uint64 `json:"items"`
	HomeCalls uint64 `json:"home_calls"`
	Refused   uint64 `json:"refused"`
}

// InvocationsView is what invocations there were.
type InvocationsView struct {
	Count uint64 `json:"count"`
	// Failures are those in which LEE could not do its part.
	Failures uint64            `json:"failures"`
	Events   map[string]uint64 `json:"events"`
	Outcomes map[string]uint64 `json:"outcomes"`
	// P50, P95 and P99 are how long the quickest so many percent of the last 256
	// took.
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
	P99 float64 `json:"p99"`
}

// AssistantView is what the assistant is called, and who said so.
type AssistantView struct {
	Name   string `json:"name"`
	Source string `json:"source"`
	Note   string `json:"note,omitempty"`
	// Invocation is the name as people say it to Alexa, Findings what Amazon has
	// against it in the language of HA_LOCALE.
	Invocation string               `json:"invocation_name"`
	Findings   []invocation.Finding `json:"findings,omitempty"`
}

// ConfigurationView is the configuration's versions, without the settings
// themselves: the operation config lists these.
type ConfigurationView struct {
	Version  int                    `json:"version"`
	Content  int                    `json:"content"`
	Since    time.Time              `json:"since"`
	Cause    string                 `json:"cause"`
	Mistakes setting.Mistakes       `json:"mistakes"`
	Refused  setting.Mistakes       `json:"refused,omitempty"`
	HeldBack int                    `json:"held_back,omitempty"`
	Store    *config.StoreReport    `json:"parameter_store,omitempty"`
	Versions []config.VersionReport `json:"versions"`
	Changes  []config.Change        `json:"changes"`
}

func (d *Desk) diagnostics(context.Context, none) (any, error) { return d.Diagnostics(), nil }

// HTTPDiagnostics answers GET /diagnostics.
func (d *Desk) HTTPDiagnostics(context.Context, web.Request) (status int, answer any, err error) {
	return http.StatusOK, d.Diagnostics(), nil
}

// Diagnostics gathers everything. It asks nobody and changes nothing.
func (d *Desk) Diagnostics() Diagnostics {
	r := d.parts.Live.Report()
	settings := d.parts.Live.Current()
	keeper := d.parts.Keeper.Report()
	flaws := d.parts.Flaws.Report()
	flaws.Named = listed(flaws.Named)
	return Diagnostics{
		Function: FunctionView{
			Function: d.parts.Function, Uptime: journal.Milliseconds(d.parts.Clock.Now().Sub(d.parts.Function.Began)),
			Go: runtime.Version(), Mode: settings.Mode.String(), Tier: settings.Tier.String(), Log: d.parts.Volume.Level(),
			Features: settings.Features.Names(),
		},
		Dispatch:      d.parts.Dispatch(),
		Invocations:   invocations(d.parts.Journal.Summary()),
		Assistant:     assistant(settings, r),
		Gateway:       d.parts.Gateway.Report(),
		Reflex:        d.parts.Gateway.Reflex(),
		Cache:         cache(d.parts.Cache.Report(), d.parts.Live.Kept()),
		Validation:    flaws,
		Breakers:      d.parts.Gateway.Breakers(),
		Batches:       d.batches.view(),
		LIGS:          keeper.LIGS,
		LUGS:          keeper.LUGS,
		Memory:        memory(keeper, settings),
		Configuration: configuration(r),
		Errors:        tellAll(d.parts.Journal.Failed()),
	}
}

func invocations(s journal.Summary) InvocationsView {
	return InvocationsView{
		Count: s.Invocations, Failures: s.Failures, Events: s.Events, Outcomes: s.Outcomes,
		P50: journal.Milliseconds(s.P50), P95: journal.Milliseconds(s.P95), P99: journal.Milliseconds(s.P99),
	}
}

func assistant(s config.Settings, r config.Report) AssistantView {
	view := AssistantView{
		Name: s.AssistantName, Invocation: invocation.Name(s.AssistantName), Findings: invocation.Check(s.AssistantName, s.Terms.House.Locale),
	}
	if i := slices.IndexFunc(r.Settings, func(e setting.Entry) bool { return e.Variable == "HA_ASSISTANT_NAME" }); i >= 0 {
		view.Source, view.Note = r.Settings[i].Source.String(), r.Settings[i].Note
	}
	return view
}

func configuration(r config.Report) ConfigurationView {
	return ConfigurationView{
		Version: r.Version, Content: r.Content, Since: r.Since, Cause: r.Cause, Mistakes: listed(r.Mistakes), Refused: r.Refused,
		HeldBack: r.HeldBack, Store: r.Store, Versions: listed(r.Versions), Changes: listed(r.Changes),
	}
}

// listed returns a list that is written as one, though it may be empty.
func listed[L ~[]E, E any](list L) L {
	if list == nil {
		return L{}
	}
	return list
}

func tellAll(records []journal.Record) []journal.Trace {
	all := make([]journal.Trace, len(records))
	for i, r := range records {
		all[i] = journal.Tell(r)
	}
	return all
}

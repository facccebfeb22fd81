package operator

import (
	"math"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
)

// LIGSView is what was loaded when it was first needed.
type LIGSView struct {
	Loads    int64      `json:"loads"`
	Failures int64      `json:"failures"`
	Ports    []PortView `json:"ports"`
}

// PortView is a port and what has become of it.
type PortView struct {
	Name   string `json:"name"`
	Policy string `json:"policy"`
	Loaded bool   `json:"loaded"`
	// InFlight is how many calls use it now, Holds how many live handles there are.
	InFlight int64 `json:"in_flight"`
	Holds    int64 `json:"holds"`
	// Loads, Failures, Resurrections and Unloads count. LoadTime is how long the
	// last load took.
	Loads         int64   `json:"loads"`
	Failures      int64   `json:"failures"`
	Resurrections int64   `json:"resurrections"`
	Unloads       int64   `json:"unloads"`
	LoadTime      float64 `json:"load_time"`
	// Refused counts what the five-point check refused to close, by the check.
	Refused map[string]int64 `json:"refused"`
	// Allocated is about what it takes up, Given what closing it gave back so far.
	Allocated int64     `json:"allocated"`
	Given     int64     `json:"given"`
	Used      time.Time `json:"used,omitzero"`
}

func ligs(r lifecycle.KeeperReport) LIGSView {
	view := LIGSView{Loads: r.Loads, Failures: r.Failures, Ports: make([]PortView, len(r.Ports))}
	for i, p := range r.Ports {
		view.Ports[i] = PortView{
			Name: p.Name, Policy: p.Policy.String(), Loaded: p.Loaded, InFlight: p.InFlight, Holds: p.Holds,
			Loads: p.Loads, Failures: p.Failures, Resurrections: p.Resurrections, Unloads: p.Unloads,
			LoadTime: journal.Milliseconds(p.LoadTime), Refused: byCheck(p.Refused), Allocated: p.Allocated, Given: p.Given, Used: p.Used,
		}
	}
	return view
}

func byCheck(counts [lifecycle.Checks]int64) map[string]int64 {
	named := make(map[string]int64, len(counts))
	for i, n := range counts {
		named[lifecycle.Check(i).String()] = n
	}
	return named
}

func byReason(counts [lifecycle.Reasons]int64) map[string]int64 {
	named := make(map[string]int64, len(counts))
	for i, n := range counts {
		named[lifecycle.Reason(i).String()] = n
	}
	return named
}

// LUGSView is what was closed when nobody needed it any more.
type LUGSView struct {
	Enabled bool `json:"enabled"`
	// Resident is how many ports are loaded, Minimum how many stay so however idle,
	// Due how many the next event closes that does not use them, Hot which are kept
	// because they are called often.
	Resident int      `json:"resident"`
	Minimum  int      `json:"minimum"`
	Due      int      `json:"due"`
	Hot      []string `json:"hot"`
	// Unloads count all that was closed, by reason; Refused what was not, by the
	// check that refused.
	Unloads        int64            `json:"unloads"`
	ByReason       map[string]int64 `json:"by_reason"`
	Refused        map[string]int64 `json:"refused"`
	Resurrections  int64            `json:"resurrections"`
	UnloadFailures int64            `json:"unload_failures"`
	// Given is about how many bytes closing gave back.
	Given int64 `json:"given"`
	// Emergencies is how often memory was scarce, LastRelief what was done the last
	// time; nil for never.
	Emergencies int64       `json:"emergencies"`
	LastRelief  *ReliefView `json:"last_relief,omitempty"`
}

// ReliefView is what an emergency unload did.
type ReliefView struct {
	At     time.Time `json:"at"`
	Before int64     `json:"before"`
	After  int64     `json:"after"`
	Won    int64     `json:"won"`
	Ports  int       `json:"ports"`
	// Shrunk is how many bytes the caches gave up.
	Shrunk int64 `json:"shrunk"`
}

func lugs(r lifecycle.KeeperReport, g *gateway.Gateway) LUGSView {
	view := LUGSView{
		Enabled: r.Enabled, Resident: r.Resident, Minimum: r.Minimum, Due: r.Due, Hot: []string{},
		Unloads: r.Unloads, ByReason: byReason(r.Unloaded), Refused: byCheck(r.Refused), Resurrections: r.Resurrections,
		UnloadFailures: r.UnloadFailures, Given: r.Given, Emergencies: r.Emergencies,
	}
	for _, p := range r.Ports {
		if g.Hot(p.Name) {
			view.Hot = append(view.Hot, p.Name)
		}
	}
	if !r.LastRelief.At.IsZero() {
		view.LastRelief = relief(r.LastRelief)
	}
	return view
}

func relief(r lifecycle.Relief) *ReliefView {
	return &ReliefView{r.At, r.Before, r.After, r.Won(), r.Ports, r.Shrunk}
}

func memory(r lifecycle.KeeperReport, s config.Settings) MemoryView {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	view := MemoryView{
		InUse: r.InUse, Threshold: r.Threshold, Limit: debug.SetMemoryLimit(-1), Function: s.FunctionMemory,
		Heap: stats.HeapAlloc, Collections: stats.NumGC, Goroutines: runtime.NumGoroutine(),
	}
	if view.Limit == math.MaxInt64 {
		view.Limit = 0 // none is set
	}
	return view
}

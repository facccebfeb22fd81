package operator

import (
	"math"
	"runtime"
	"runtime/debug"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
)

// MemoryView is what the process uses.
type MemoryView struct {
	// InUse is what Go has from the system, Threshold from how much on it is scarce,
	// Limit what Go tries to stay below (0 for nothing), Function what Lambda gives.
	InUse     int64 `json:"in_use"`
	Threshold int64 `json:"threshold"`
	Limit     int64 `json:"limit"`
	Function  int64 `json:"function"`
	// Heap is what is allocated, Collections how often garbage was collected.
	Heap        uint64 `json:"heap"`
	Collections uint32 `json:"collections"`
	Goroutines  int    `json:"goroutines"`
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

package operator

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Surroundings is what LEE sees of the machine and the network around it.
type Surroundings struct {
	Function Function   `json:"function"`
	Go       string     `json:"go"`
	System   string     `json:"system"`
	CPUs     int        `json:"cpus"`
	Memory   MemoryView `json:"memory"`
	// Variables are the names of the environment variables that are set.
	Variables []string `json:"variables"`
	Home      WayView  `json:"home"`
	// ParameterStore is whether the Parameter Store answers; nil where it is not
	// used.
	ParameterStore *StoreView `json:"parameter_store,omitempty"`
}

// StoreView is how asking the Parameter Store went.
type StoreView struct {
	Prefix string   `json:"prefix"`
	Took   float64  `json:"took"`
	Error  *Failure `json:"error,omitempty"`
}

func (d *Desk) surroundings(ctx context.Context, _ none) (any, error) {
	store := d.store(ctx)
	return Surroundings{
		Function: d.parts.Function, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU(),
		Memory: memory(d.parts.Keeper.Report(), d.parts.Live.Current()), Variables: d.variables(),
		Home: d.way(ctx), ParameterStore: store,
	}, nil
}

// variables returns the names of the variables that are set.
func (d *Desk) variables() []string {
	names := []string{}
	for _, variable := range d.parts.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// store asks the Parameter Store, whether that is due or not. Nothing comes into
// force that it says.
func (d *Desk) store(ctx context.Context) *StoreView {
	settings := d.parts.Live.Current()
	if !settings.UseParameterStore {
		return nil
	}
	started := time.Now()
	_, err := d.parts.Parameters.Below(ctx, settings.ParameterPrefix)
	return &StoreView{settings.ParameterPrefix, journal.Milliseconds(time.Since(started)), failure(err)}
}

// Connection is the answer to ha_connection_test.
type Connection struct {
	// Status is "connected" or "failed".
	Status string  `json:"status"`
	Way    WayView `json:"way"`
	// Version and Name are what the home says of itself, Took is how long that took.
	Version string   `json:"version,omitempty"`
	Name    string   `json:"name,omitempty"`
	Took    float64  `json:"took,omitempty"`
	Error   *Failure `json:"error,omitempty"`
}

// connectionTest goes to the home and then asks it, with LEE's own token, what it is.
func (d *Desk) connectionTest(ctx context.Context, _ none) (any, error) {
	answer := Connection{Status: "failed", Way: d.way(ctx)}
	if answer.Error = answer.Way.Error; answer.Error != nil {
		return answer, nil
	}
	if last := answer.Way.Steps[len(answer.Way.Steps)-1]; last.Failure != "" {
		answer.Error = failure(fault.New(fault.Unreachable, "The way to the home ends at the step "+last.Step+": "+last.Failure))
		return answer, nil
	}
	started := time.Now()
	config, err := d.parts.House.Config(gateway.Fresh(ctx))
	answer.Took = journal.Milliseconds(time.Since(started))
	if answer.Error = failure(err); err == nil {
		answer.Status, answer.Version, answer.Name = "connected", config.Version, config.Name
	}
	return answer, nil
}

//go:build bench

package bench

import (
	"slices"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

// TestDiscovery measures discovery alone.
func TestDiscovery(t *testing.T) { print(discovery(t, build(t))) }

// discovery measures a house of 2,000 entities beside the bare GET of its states,
// and beside fetching everything that LEE fetches. Each is asked in turn; a command
// in between has LEE ask the house each time.
func discovery(t *testing.T, p programs) []row {
	const runs = 41
	h, env := house(t)
	h.Grow(2000)
	lee, _ := start(t, p.lee, env)
	states, _ := start(t, p.floor, and(env, map[string]string{"FLOOR": "states"}))
	all, _ := start(t, p.everything, env)
	functions := []*lambdaapi.Function{states, all, lee}
	took, spent := make([][]time.Duration, len(functions)), make([][]time.Duration, len(functions))
	for range runs {
		invoke(t, lee, []byte(turnOn))
		for i, f := range functions {
			before := cpu(t, f)
			took[i] = append(took[i], invoke(t, f, []byte(discover)).Duration)
			spent[i] = append(spent[i], cpu(t, f)-before)
		}
	}
	use, _ := lee.Resources()
	// What stands in the way of one run stands in the way of few: where a machine is
	// shared, the quicker quarter tells more than the middle.
	for i := range functions {
		slices.Sort(took[i])
		slices.Sort(spent[i])
	}
	const middle, quick = runs / 2, runs / 4
	return []row{
		{what: "discovery of 2,000 entities (floor: the bare GET of their states)", unit: "ms", floor: ms(took[0][middle]), lee: ms(took[2][middle]), target: 2},
		{what: "the quickest quarter of them stays below", unit: "ms", floor: ms(took[0][quick]), lee: ms(took[2][quick]), target: 2},
		{what: "discovery (floor: the states and the registries, thrown away)", unit: "ms", floor: ms(took[1][middle]), lee: ms(took[2][middle])},
		{what: "CPU time of a discovery (the same floor)", unit: "ms", floor: ms(spent[1][middle]), lee: ms(spent[2][middle])},
		{what: "resident after it, at its peak", unit: "MB", lee: mb(use.PeakResident), target: 40, absolute: true},
	}
}

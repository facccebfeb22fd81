//go:build bench

package bench

import (
	"maps"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

// lugs measures what LUGS costs while there is nothing to close, what it gives
// back, and what a command pays that finds its port closed. The floor of these rows
// is LEE without LUGS.
func lugs(t *testing.T, p programs) []row {
	with, without := map[string]string{}, map[string]string{"LUGS_ENABLED": "false"}
	return append(lugsInUse(t, p, with, without), lugsIdle(t, p, with, without)...)
}

// lugsInUse has both do the same, over and over.
func lugsInUse(t *testing.T, p programs, with, without map[string]string) []row {
	const runs = 1000
	h, env := house(t)
	var took, spent [2][]time.Duration
	var functions [2]*lambdaapi.Function
	for i, more := range []map[string]string{without, with} {
		functions[i], _ = start(t, p.lee, and(env, more))
	}
	for n := range runs + 50 {
		for i, f := range functions {
			turnOff(t, h)
			before := cpu(t, f)
			result := invoke(t, f, []byte(turnOn))
			if n >= 50 {
				took[i] = append(took[i], result.Duration)
				spent[i] = append(spent[i], cpu(t, f)-before)
			}
		}
	}
	use, _ := functions[0].Resources()
	useWith, _ := functions[1].Resources()
	return []row{
		{what: "warm TurnOn, p50, with LUGS (floor: without)", unit: "µs", floor: us(median(took[0])), lee: us(median(took[1]))},
		{what: "CPU time per directive, median, with LUGS (floor: without)", unit: "µs", floor: us(median(spent[0])), lee: us(median(spent[1]))},
		{what: "resident after 1,000 directives, with LUGS (floor: without)", unit: "MB", floor: mb(use.Resident), lee: mb(useWith.Resident)},
	}
}

// lugsIdle leaves both alone until LUGS has closed the home, and then says
// something: over TLS, 40 ms and with 7 % of a CPU, where a connection costs most.
func lugsIdle(t *testing.T, p programs, with, without map[string]string) []row {
	const runs = 5 // twice as many commands, so that the home does not get hot
	// With a grace of 0 and the minimum tier, in which one port stays loaded, two
	// events that need another port are enough.
	idle := map[string]string{"CONFIGURATION_TIER": "minimum", "LUGS_IDLE_TIMEOUT": "0"}
	h, env := farHouse(t)
	var resident [2]int64
	var next [2][]time.Duration
	for i, more := range []map[string]string{without, with} {
		f, _ := startConfined(t, p.lee, and(env, idle, more))
		for range runs {
			turnOff(t, h)
			invoke(t, f, []byte(turnOn))
			invoke(t, f, []byte(`{"operation":"surroundings"}`))
			invoke(t, f, []byte(`{"test":"ping"}`))
			invoke(t, f, []byte(`{"test":"ping"}`))
			use, _ := f.Resources()
			resident[i] = max(resident[i], use.Resident)
			turnOff(t, h)
			time.Sleep(200 * time.Millisecond) // the share's debt is paid
			next[i] = append(next[i], invoke(t, f, []byte(turnOn)).Duration)
		}
	}
	return []row{
		{what: "resident while idle, the home closed by LUGS (floor: without)", unit: "MB", floor: mb(resident[0]), lee: mb(resident[1])},
		{what: "the next command, the home closed by LUGS (floor: without)", unit: "ms", floor: ms(median(next[0])), lee: ms(median(next[1]))},
	}
}

func turnOff(t *testing.T, h *demohome.House) {
	t.Helper()
	if err := h.Set("light.kitchen_lights", "off", nil); err != nil {
		t.Fatal(err)
	}
}

// and returns an environment with more in it.
func and(env map[string]string, more ...map[string]string) map[string]string {
	all := maps.Clone(env)
	for _, m := range more {
		maps.Copy(all, m)
	}
	return all
}

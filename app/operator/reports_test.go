package operator

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

func samples() any {
	at := time.Date(2026, 11, 23, 3, 4, 5, 0, time.UTC)
	ops := []gateway.OperationReport{
		{Name: "home.call", Calls: 1, Level: lifecycle.Hot, Direct: true, Failures: 2, Refused: 3, Retries: 4, Shared: 5, Mean: 1234567, Breaker: ports.BreakerHalfOpen},
		{Name: "home.state"},
	}
	brs := []gateway.BreakerReport{{Endpoint: "home", Class: gateway.Command, State: ports.BreakerOpen, Quiet: ports.Milliseconds(1500 * time.Millisecond)}, {Endpoint: "way"}}
	rx := gateway.ReflexReport{Most: 50, FellOut: 2, Rows: []gateway.ReflexRow{{Name: "home.call light.turn_on", Port: "home", Calls: 7, Weight: 6.3, Level: lifecycle.Warm, Direct: true}}}
	c := ports.CacheReport{Entries: 1, MostEntries: 2, Bytes: 3, MostBytes: 4, Evicted: 5, Shrunk: 6, Sections: []ports.SectionReport{
		{Section: ports.SectionRegistry, TTL: ports.Milliseconds(2 * time.Minute), Entries: 7, Hits: 8, Misses: 9, Expired: 10}, {Section: ports.SectionParameters},
	}}
	kept := ports.SectionReport{Section: ports.SectionParameters, TTL: ports.Milliseconds(5 * time.Minute), Entries: 11, Hits: 12, Misses: 13, Expired: 14}
	fl := ports.FlawReport{Level: ports.ValidateComprehensive, Looked: 1, Flaws: 2, Named: []ports.NamedFlaw{{Flaw: ports.Flaw{Entity: "light.a", Member: "state", Problem: "no value"}, Count: 3}}}
	relief := lifecycle.Relief{At: at, Before: 30, After: 10, Won: 20, Ports: 2, Shrunk: 3}
	lugs := lifecycle.LUGS{
		Enabled: true, Resident: 1, Minimum: 2, Due: 3, Hot: []string{}, Resurrections: 6, Unloads: 7, Unloaded: lifecycle.ByReason{1, 2, 3, 4},
		Refused: lifecycle.ByCheck{1, 2, 3, 4, 5}, UnloadFailures: 8, Given: 9, Emergencies: 10, LastRelief: relief,
	}
	ligs := lifecycle.LIGS{
		Loads: 4, Failures: 5, Ports: []lifecycle.PortReport{
			{Name: "home", Policy: lifecycle.Conditional(20 * time.Second), Loaded: true, InFlight: 1, Holds: 2, Loads: 3, Failures: 4, Resurrections: 5, Unloads: 6,
				LoadTime: 7654321, Refused: lifecycle.ByCheck{5, 4, 3, 2, 1}, Allocated: 8, Given: 9, Used: at, UnloadFailures: 77},
			{Name: "way", Policy: lifecycle.Immediate()},
		},
	}
	return map[string]any{
		"gateway": ops, "breakers": brs, "reflex": rx, "reflex_empty": gateway.ReflexReport{Rows: []gateway.ReflexRow{}}, "cache": cache(c, kept),
		"validation": fl, "ligs": ligs, "lugs": lugs, "never": lifecycle.LUGS{Hot: []string{}}, "relief": relief,
	}
}

// TestReportsAsJSON: what operators read keeps its members, their order and their form.
func TestReportsAsJSON(t *testing.T) {
	got, err := json.MarshalIndent(samples(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	const file = "testdata/reports.json"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the reports are\n%s\nwant %s. UPDATE=1 writes it.", got, file)
	}
}

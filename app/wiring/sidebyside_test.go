package wiring_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// own is what an invocation does: the operations that it crosses, besides loads and
// parts that have no operation.
type own struct {
	kind, event string
	crosses     []string
}

// crossings are the operations whose names show in the log and in crumbs.
var crossings = []string{"home.state", "house.config", "house.pulse", "home.states", "registry.registry"}

// does says whether name is one that such an invocation may show.
func (o own) does(name string) bool {
	for _, crossing := range crossings {
		if strings.HasPrefix(name, crossing) && !strings.Contains(strings.Join(o.crosses, " ")+" ", crossing+" ") {
			return false
		}
	}
	return true
}

// TestSideBySide has two kinds of invocations run side by side in one engine, at a home
// that fails now and then: each line of the log, each crumb and each trace is of the
// invocation that it says.
func TestSideBySide(t *testing.T) {
	const rounds = 30
	h, there := house(t)
	b := build(t, there.and(env{"LOG_LEVEL": "DEBUG", "LUGS_IDLE_TIMEOUT": "0", "HA_CACHE_TTL": "0", "CONFIGURATION_TIER": "minimum"}), false)
	kinds := []own{
		{"report", string(directiveFor(t, "Alexa.ReportState", "light#porch_light")), []string{"home.state"}},
		{"status", `{"operation":"ha_status"}`, []string{"house.config"}},
	}
	h.Inject(&demohome.Fault{On: "/api/states/", Answer: &demohome.Answer{Status: 503}, Times: 20})
	var all sync.WaitGroup
	for _, kind := range kinds {
		for worker := range 2 {
			all.Go(func() {
				for round := range rounds {
					ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{
						AwsRequestID: fmt.Sprintf("%s-%d-%d", kind.kind, worker, round),
					})
					_, _ = b.Invoke(ctx, []byte(kind.event))
				}
			})
		}
	}
	all.Wait()

	of := func(id string) own {
		for _, kind := range kinds {
			if strings.HasPrefix(id, kind.kind+"-") {
				return kind
			}
		}
		t.Fatalf("there is no invocation %q", id)
		return own{}
	}
	answered, seen := map[string]int{}, map[string]bool{}
	for line := range strings.Lines(b.log.String()) {
		var l struct {
			Message, Correlation, Operation string
			Crumbs                          []struct{ Name string }
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		if l.Correlation == "" {
			t.Fatalf("a line shows no invocation: %s", line)
		}
		kind := of(l.Correlation)
		seen[l.Message+" of a "+kind.kind] = true
		if l.Message == "crossed" && !kind.does(l.Operation) {
			t.Errorf("a %s crosses %s: %s", kind.kind, l.Operation, line)
		}
		for _, crumb := range l.Crumbs {
			if !kind.does(crumb.Name) {
				t.Errorf("a %s has the crumb %s: %s", kind.kind, crumb.Name, line)
			}
		}
		if l.Message == "answered" {
			answered[l.Correlation]++
		}
	}
	if len(answered) != len(kinds)*2*rounds {
		t.Errorf("%d invocations have answered, want %d", len(answered), len(kinds)*2*rounds)
	}
	for id, n := range answered {
		if n != 1 {
			t.Errorf("%s has answered %d times", id, n)
		}
	}
	for _, message := range []string{"crossed of a report", "crossed of a status", "[LIGS] loaded", "[LUGS] kept", "[Reflex] promoted", "breaker"} {
		if !seen[message] && !seen[message+" of a report"] && !seen[message+" of a status"] {
			t.Errorf("no line says %q: %v", message, seen)
		}
	}
	b.traces(t, of)
}

// traces wants each trace to be of the invocation that it says.
func (b *built) traces(t *testing.T, of func(id string) own) {
	t.Helper()
	var told struct {
		Last, Failed []struct {
			Correlation string
			Crumbs      []struct{ Name string }
		}
	}
	if err := json.Unmarshal(b.invoke(t, []byte(`{"operation":"trace"}`)), &told); err != nil || len(told.Last) < 2 || len(told.Failed) < 2 {
		t.Fatalf("%d traces, and %d of failures: %v", len(told.Last), len(told.Failed), err)
	}
	for _, one := range append(told.Last, told.Failed...) {
		for _, crumb := range one.Crumbs {
			if kind := of(one.Correlation); !kind.does(crumb.Name) {
				t.Errorf("the trace of %s has the crumb %s", one.Correlation, crumb.Name)
			}
		}
	}
}

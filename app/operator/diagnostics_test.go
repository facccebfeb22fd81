package operator_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// diagnose returns the diagnostics.
func (r *rig) diagnose(t *testing.T) (d diagnosis) {
	t.Helper()
	r.must(t, `{"operation":"diagnostics"}`, &d)
	return d
}

// operation returns an operation's row.
func operation(t *testing.T, d diagnosis, name string) operationCounts {
	t.Helper()
	for _, o := range d.Gateway {
		if o.Name == name {
			return o
		}
	}
	t.Fatalf("there is no operation %s in %+v", name, d.Gateway)
	return operationCounts{}
}

// section returns a section's row.
func section(t *testing.T, d diagnosis, name string) sectionCounts {
	t.Helper()
	for _, s := range d.Cache.Sections {
		if s.Section == name {
			return s
		}
	}
	t.Fatalf("there is no section %s in %+v", name, d.Cache.Sections)
	return sectionCounts{}
}

// port returns a port's row.
func port(t *testing.T, d diagnosis, name string) portCounts {
	t.Helper()
	for _, p := range d.LIGS.Ports {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("there is no port %s in %+v", name, d.LIGS.Ports)
	return portCounts{}
}

// TestDiagnosticsAsksNobody: it is how one looks at a function that is unwell.
func TestDiagnosticsAsksNobody(t *testing.T) {
	r := newRig(t, with(map[string]string{"USE_PARAMETER_STORE": "true"}))
	d := r.diagnose(t)
	if len(r.house.Journal()) != 0 || r.store.Asked() != 0 {
		t.Errorf("the home was asked %+v, the store %d times", r.house.Journal(), r.store.Asked())
	}
	if d.LIGS.Loads != 0 || d.Cache.Entries != 0 || d.Invocations.Count != 0 || d.Configuration.Version != 0 {
		t.Errorf("at the start: %+v", d)
	}
}

func TestDiagnosticsOfTheFunction(t *testing.T) {
	r := newRig(t, with(map[string]string{"CONFIGURATION_TIER": "maximum", "HA_ASSISTANT_NAME": "My House", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256"}))
	r.clock.Advance(90 * time.Second)
	d := r.diagnose(t)
	f := d.Function
	if f.Name != "lee" || f.Version != "7" || f.Region != "eu-west-1" || f.Uptime != 90000 || !strings.HasPrefix(f.Go, "go1.") || f.Log != "INFO" {
		t.Errorf("the function is %+v", f)
	}
	if raw := r.text(t, `{"operation":"diagnostics"}`); !strings.Contains(raw, `"mode":"normal","tier":"maximum"`) {
		t.Errorf("mode and tier are not in %s", raw)
	}
	if d.Dispatch != (operator.Dispatch{Directives: 70, Operations: 16, Routes: 3}) || !slices.Contains(f.Features, "conversation") || slices.Contains(f.Features, "websocket") {
		t.Errorf("what can be asked for is %+v, the features are %q", d.Dispatch, f.Features)
	}
	if d.Assistant.Name != "My House" || d.Memory.Function != 256<<20 || d.Memory.InUse != 20<<20 || d.Memory.Threshold != 100<<20 ||
		d.Memory.Heap == 0 || d.Memory.Goroutines < 1 {
		t.Errorf("the assistant is %+v, the memory %+v", d.Assistant, d.Memory)
	}
	if raw := r.text(t, `{"operation":"diagnostics"}`); !strings.Contains(raw, `"assistant":{"name":"My House","source":"environment","invocation_name":"my house"}`) {
		t.Errorf("the name's source is not in %s", raw)
	}
}

func TestDiagnosticsOfABadName(t *testing.T) {
	r := newRig(t, with(map[string]string{"HA_ASSISTANT_NAME": "Alexa Haus", "HA_LOCALE": "de-DE"}))
	if raw := r.text(t, `{"operation":"diagnostics"}`); !strings.Contains(raw, `"findings":[{"rule":"wake-word","severity":"error","locale":"de-DE","sentence":"\"alexa\" wakes devices up","proposal":"haus zuhause"}]`) {
		t.Errorf("what Amazon has against the name is not in %s", raw)
	}
}

// TestDiagnosticsOfTheGateway: calls, heat, the short way.
func TestDiagnosticsOfTheGateway(t *testing.T) {
	r := newRig(t, usual())
	for range 30 {
		if _, err := r.home.State(t.Context(), "light.a"); err != nil {
			t.Fatal(err)
		}
	}
	_, _ = r.home.Call(t.Context(), home.CallOn("light.a", "light", "turn_on"))
	r.between(t)
	d := r.diagnose(t)
	if o := operation(t, d, "home.state"); o.Calls != 30 || o.Heat != "hot" || !o.Direct || o.Breaker != "closed" || o.Failures != 0 || o.Mean <= 0 {
		t.Errorf("home.state is %+v", o)
	}
	if o := operation(t, d, "home.call"); o.Calls != 1 || o.Heat != "cold" || o.Direct {
		t.Errorf("home.call is %+v", o)
	}
	if d.Reflex.Most != 50 || len(d.Reflex.Rows) < 2 || d.Reflex.Rows[0].Name != "home.state" || d.Reflex.Rows[0].Weight != 30 ||
		!d.Reflex.Rows[0].Direct || d.Reflex.Rows[0].Port != "home" || d.Reflex.Rows[0].Heat != "hot" {
		t.Errorf("the reflex table is %+v", d.Reflex)
	}
	if len(d.LUGS.Hot) != 1 || d.LUGS.Hot[0] != "home" {
		t.Errorf("hot are %q", d.LUGS.Hot)
	}
	r.clock.Advance(time.Hour) // six half-lives
	r.between(t)
	if d := r.diagnose(t); d.Reflex.Rows[0].Weight != 0.5 || operation(t, d, "home.state").Heat != "cold" || len(d.LUGS.Hot) != 0 {
		t.Errorf("an hour later: %+v, %q", d.Reflex.Rows[0], d.LUGS.Hot)
	}
}

// TestDiagnosticsOfTheCache: hits, misses and what expired, by section.
func TestDiagnosticsOfTheCache(t *testing.T) {
	r := newRig(t, usual())
	ask := func() { r.must(t, `{"operation":"ha_status"}`, new(operator.Status)) }
	for range 4 {
		ask()
	}
	d := r.diagnose(t)
	if s := section(t, d, "configuration"); s.Hits != 3 || s.Misses != 1 || s.HitRate != 75 || s.Entries != 1 || s.TTL != 60000 {
		t.Errorf("the section is %+v", s)
	}
	if c := d.Cache; c.Entries != 1 || c.Hits != 3 || c.Misses != 1 || c.HitRate != 75 || c.Bytes <= 0 || c.MostBytes != 1<<20 || c.MostEntries != 100 {
		t.Errorf("the cache is %+v", c)
	}
	if p := port(t, d, "home"); p.Loads != 1 {
		t.Errorf("the port is %+v", p)
	}
	for name, ttl := range map[string]float64{
		"registry": 60000, "discovery": 60000, "configuration": 60000, "health": 10000, "parameters": 300000, "states": 1000,
	} {
		if s := section(t, d, name); s.TTL != ttl {
			t.Errorf("the section is %+v", s)
		}
	}
	r.clock.Advance(61 * time.Second)
	ask()
	if s := section(t, r.diagnose(t), "configuration"); s.Expired != 1 || s.Misses != 2 || s.Hits != 3 {
		t.Errorf("later the section is %+v", s)
	}
}

// TestDiagnosticsOfBreakers: failures open one, and what it refuses is counted.
func TestDiagnosticsOfValidation(t *testing.T) {
	r := newRig(t, usual())
	r.flaws.Looked(122, []ports.Flaw{{Entity: "light.a", Member: "brightness", Problem: "is no number"}})
	v := r.diagnose(t).Validation
	if v.Level != "comprehensive" || v.Looked != 122 || v.Flaws != 1 || len(v.Named) != 1 || v.Named[0] != (flawCount{
		Entity: "light.a", Member: "brightness", Problem: "is no number", Count: 1,
	}) {
		t.Errorf("it is %+v", v)
	}
}

func TestDiagnosticsOfBreakers(t *testing.T) {
	r := newRig(t, usual())
	r.house.SetAway(true)
	for range 5 {
		_, _ = r.home.State(t.Context(), "light.a")
	}
	d := r.diagnose(t)
	if o := operation(t, d, "home.state"); o.Failures != 5 || o.Refused != 2 || o.Breaker != "open" {
		t.Errorf("home.state is %+v", o)
	}
	states := map[string]string{}
	for _, b := range d.Breakers {
		states[b.Endpoint+" "+b.Class] = b.State
	}
	if states["home read"] != "open" || states["home command"] != "closed" {
		t.Errorf("the breakers are %v", states)
	}
	r.house.SetAway(false)
	r.clock.Advance(2 * time.Minute)
	if _, err := r.home.State(t.Context(), "light.a"); err != nil {
		t.Fatal(err)
	}
	if o := operation(t, r.diagnose(t), "home.state"); o.Breaker != "closed" {
		t.Errorf("once it is well, home.state is %+v", o)
	}
}

// TestDiagnosticsOfLUGS: a port's birth, its refusals, its end and its return.
func TestDiagnosticsOfLUGS(t *testing.T) {
	r := newRig(t, usual())
	_, _ = r.home.State(t.Context(), "light.a")
	r.between(t)
	d := r.diagnose(t)
	if p := port(t, d, "home"); !p.Loaded || p.Loads != 1 || p.Policy != "conditional 30s" || p.Refused["grace"] != 1 || p.Used.IsZero() {
		t.Errorf("the port is %+v", p)
	}
	if l := d.LUGS; !l.Enabled || l.Resident != 1 || l.Minimum != 0 || l.Due != 0 || l.Refused["grace"] != 1 || l.Unloads != 0 {
		t.Errorf("LUGS are %+v", l)
	}
	r.clock.Advance(31 * time.Second)
	r.between(t)
	if l := r.diagnose(t).LUGS; l.Due != 1 || l.Resident != 1 {
		t.Errorf("when it is idle: %+v", l)
	}
	r.between(t)
	d = r.diagnose(t)
	if p := port(t, d, "home"); p.Loaded || p.Unloads != 1 || d.LUGS.ByReason["idle"] != 1 || d.LUGS.Resident != 0 || d.LUGS.Given != p.Given {
		t.Errorf("when it is gone: %+v, %+v", p, d.LUGS)
	}
	_, _ = r.home.State(t.Context(), "light.a")
	if d := r.diagnose(t); d.LUGS.Resurrections != 1 || d.LIGS.Loads != 2 || port(t, d, "home").Resurrections != 1 {
		t.Errorf("when it is back: %+v", d.LUGS)
	}
	if d.LUGS.LastRelief != nil {
		t.Errorf("there was no emergency: %+v", d.LUGS.LastRelief)
	}
}

// TestDiagnosticsOfMemory: when memory is scarce what may go goes.
func TestDiagnosticsOfMemory(t *testing.T) {
	r := newRig(t, usual())
	r.must(t, `{"operation":"ha_status"}`, new(operator.Status))
	r.memory = 120 << 20
	r.between(t)
	r.between(t)
	l := r.diagnose(t).LUGS
	if l.Emergencies != 1 || l.ByReason["memory"] != 1 || l.LastRelief == nil || l.LastRelief.Before != 120<<20 || l.LastRelief.Ports != 1 || l.LastRelief.Shrunk <= 0 {
		t.Errorf("LUGS are %+v, %+v", l, l.LastRelief)
	}
}

// TestDiagnosticsOfTheConfiguration: versions, mistakes, changes.
func TestDiagnosticsOfTheConfiguration(t *testing.T) {
	r := newRig(t, with(map[string]string{"USE_PARAMETER_STORE": "true", "LOG_LEVEL": "LOUD"}))
	r.keep("homeassistant/assistant_name", "First House")
	if _, err := r.live.Settings(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.keep("homeassistant/assistant_name", "Second House")
	r.text(t, `{"operation":"config_reload"}`)
	d := r.Diagnostics()
	c := d.Configuration
	if c.Version != 2 || c.Cause != "reload" || len(c.Mistakes) != 1 || len(c.Versions) != 2 || c.Store == nil || c.Store.Answered.IsZero() {
		t.Errorf("the configuration is %+v", c)
	}
	if last := c.Changes[len(c.Changes)-1]; last.Variable != "HA_ASSISTANT_NAME" || last.Before != "First House" || last.After != "Second House" {
		t.Errorf("the last change is %+v", last)
	}
	if d.Assistant.Name != "Second House" || d.Assistant.Findings != nil {
		t.Errorf("the assistant is %+v", d.Assistant)
	}
}

// TestDiagnosticsOfInvocations: counts, percentiles, and what the last ones did
// that went wrong.
func TestDiagnosticsOfInvocations(t *testing.T) {
	r := newRig(t, usual())
	trace := gateway.NewTrace("id-1")
	r.house.SetAway(true)
	_, _ = r.home.State(gateway.WithTrace(t.Context(), trace), "light.a")
	r.journal.Add(journal.Record{Correlation: "id-0", Event: "test", What: "ping", Outcome: journal.Done, Took: 2 * time.Millisecond})
	r.journal.Add(journal.Record{
		Correlation: "id-1", Event: "directive", What: "Alexa.ReportState", Outcome: "unreachable", Message: "The home is away.",
		Took: 8 * time.Millisecond, Failed: true, Trace: trace,
	})
	d := r.diagnose(t)
	if i := d.Invocations; i.Count != 2 || i.Failures != 1 || i.Events["directive"] != 1 || i.Outcomes["done"] != 1 || i.P50 != 2 || i.P99 != 8 {
		t.Errorf("the invocations are %+v", i)
	}
	if len(d.Errors) != 1 || d.Errors[0].Correlation != "id-1" || d.Errors[0].Message != "The home is away." {
		t.Fatalf("the errors are %+v", d.Errors)
	}
	var names []string
	for _, c := range d.Errors[0].Crumbs {
		names = append(names, c.Name+" "+c.Outcome)
	}
	if got := strings.Join(names, ", "); got != "home.state unreachable, load home done" {
		t.Errorf("what it did is %s", got)
	}
}

// TestHTTPDiagnostics: the same, for who comes by HTTP.
func TestHTTPDiagnostics(t *testing.T) {
	r := newRig(t, usual())
	status, answer, err := r.HTTPDiagnostics(t.Context(), web.Request{Operator: true})
	raw, _ := json.Marshal(answer)
	if err != nil || status != 200 || !strings.Contains(string(raw), `"gateway":[`) || strings.Contains(string(raw), canary) {
		t.Errorf("%d %s, %v", status, raw, err)
	}
}

// TestDiagnosticsOfBatches: what was in them, and in how many calls it was done.
func TestDiagnosticsOfBatches(t *testing.T) {
	r := newRig(t, usual())
	r.text(t, `{"operation":"ha_states","entity_id":["light.a","light.b"]}`)
	r.text(t, `{"operation":"ha_call","calls":[{"service":"light.turn_on","entity_id":"light.a"},{"service":"light.turn_on","entity_id":"light.b"},{"service":"lock.lock","entity_id":"lock.a"}]}`)
	r.text(t, `{"operation":"ha_area","area_id":"kitchen","service":"light.turn_off"}`)
	_ = r.ask(t, `{"operation":"ha_call","calls":[{"service":"light"}]}`, nil)
	_ = r.ask(t, `{"operation":"ha_call","calls":[{"service":"a.b","data":{"x":{}}}]}`, nil)
	if got, want := r.diagnose(t).Batches, (operator.BatchesView{Batches: 3, Items: 6, HomeCalls: 3, Refused: 2}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestListsAreLists: what is empty is written as an empty list, not as nothing.
func TestListsAreLists(t *testing.T) {
	r := newRig(t, usual())
	for _, operation := range []string{"diagnostics", "config", "ha_states", "ha_discovery", "lugs", "surroundings", "health"} {
		if got := r.text(t, `{"operation":"`+operation+`"}`); strings.Contains(got, "null") {
			t.Errorf("%s: %s", operation, got)
		}
	}
}

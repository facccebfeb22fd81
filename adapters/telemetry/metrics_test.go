package telemetry_test

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/ports"
)

var now = time.Date(2026, 11, 23, 3, 4, 5, 678_000_000, time.UTC)

// usual is an invocation as most are.
var usual = ports.Measurement{
	Correlation: "8f2b1f64-0f3c-4f0a-9a54-6f3a1f0b7c11", At: now, Took: 12345 * time.Microsecond, Failed: true, Cold: true,
	Memory: 24 << 20, Loaded: 2, Hits: 3, Misses: 1, BreakersOpen: 1, BreakersClosed: 4, RoundTrips: 2,
}

func write(t *testing.T, most int, m ports.Measurement) document {
	t.Helper()
	var out bytes.Buffer
	telemetry.NewMetrics(&out, "lee", most).Measure(m)
	d, wrong := checkEMF(out.Bytes(), now)
	if len(wrong) > 0 {
		t.Errorf("not a document of the format: %q\n%s", wrong, &out)
	}
	return d
}

// TestTiers: what each tier writes, with which values.
func TestTiers(t *testing.T) {
	minimum := map[string]float64{"ResponseTime": 12.345, "Errors": 1, "MemoryUsed": 24}
	standard := maps.Clone(minimum)
	maps.Copy(standard, map[string]float64{"ModulesLoaded": 2, "CacheHitRate": 75, "CircuitBreakerOpen": 1})
	maximum := maps.Clone(standard)
	maps.Copy(maximum, map[string]float64{"CacheMissRate": 25, "CircuitBreakerClosed": 4, "ColdStart": 1, "HomeRoundTrips": 2})
	for most, want := range map[int]map[string]float64{3: minimum, 6: standard, 10: maximum, 99: maximum, 0: {}, -1: {}} {
		d := write(t, most, usual)
		if !maps.Equal(d.metrics, want) {
			t.Errorf("%d metrics: %v, want %v", most, d.metrics, want)
		}
		if d.namespace != "LEE" || !maps.Equal(d.dimensions, map[string]string{"FunctionName": "lee"}) || !d.at.Equal(now.Truncate(time.Millisecond)) {
			t.Errorf("%d metrics: %+v", most, d)
		}
		if d.root["RequestId"] != usual.Correlation {
			t.Errorf("the request's id is %v", d.root["RequestId"])
		}
	}
}

// TestUnits: each in the unit that its name promises.
func TestUnits(t *testing.T) {
	want := map[string]string{
		"ResponseTime": "Milliseconds", "Errors": "Count", "MemoryUsed": "Megabytes", "ModulesLoaded": "Count",
		"CacheHitRate": "Percent", "CircuitBreakerOpen": "Count", "CacheMissRate": "Percent",
		"CircuitBreakerClosed": "Count", "ColdStart": "Count", "HomeRoundTrips": "Count",
	}
	if d := write(t, 10, usual); !maps.Equal(d.units, want) {
		t.Errorf("%v, want %v", d.units, want)
	}
	if names := telemetry.MetricNames(); len(names) != len(want) || !slices.Equal(names[:3], []string{"ResponseTime", "Errors", "MemoryUsed"}) {
		t.Errorf("the names are %q", names)
	}
}

// TestNoLookUps: a rate of nothing is no value, and no zero either.
func TestNoLookUps(t *testing.T) {
	m := usual
	m.Hits, m.Misses = 0, 0
	d := write(t, 10, m)
	for _, name := range []string{"CacheHitRate", "CacheMissRate"} {
		if value, there := d.root[name]; there {
			t.Errorf("%s is %v", name, value)
		}
		if _, there := d.metrics[name]; there {
			t.Errorf("%s is defined", name)
		}
	}
	if len(d.metrics) != 8 {
		t.Errorf("metrics: %v", d.metrics)
	}
}

// TestValid: whatever is measured makes a valid document.
func TestValid(t *testing.T) {
	for name, change := range map[string]func(*ports.Measurement){
		"nothing":        func(m *ports.Measurement) { *m = ports.Measurement{At: now} },
		"a long time":    func(m *ports.Measurement) { m.Took = math.MaxInt64 },
		"less than none": func(m *ports.Measurement) { m.Took, m.Memory = -1, -1 },
		"many": func(m *ports.Measurement) {
			m.Hits, m.Misses, m.Memory = math.MaxUint64/2, math.MaxUint64/2, math.MaxInt64
		},
		"overflowing":     func(m *ports.Measurement) { m.Hits, m.Misses = math.MaxUint64, 1 },
		"a strange id":    func(m *ports.Measurement) { m.Correlation = "\"},\n\u2028\x00ä\\" },
		"a very long one": func(m *ports.Measurement) { m.Correlation = strings.Repeat("x", 1000) },
	} {
		t.Run(name, func(t *testing.T) {
			m := usual
			change(&m)
			d := write(t, 10, m)
			if id, _ := d.root["RequestId"].(string); len(id) < len(m.Correlation) {
				t.Errorf("the id is %q", id)
			}
		})
	}
}

func TestNoFunctionName(t *testing.T) {
	var out bytes.Buffer
	telemetry.NewMetrics(&out, "", 3).Measure(usual)
	if d, wrong := checkEMF(out.Bytes(), now); len(wrong) > 0 || d.dimensions["FunctionName"] == "" {
		t.Errorf("%q: %s", wrong, &out)
	}
}

// TestRules: the rules see what is wrong.
func TestRules(t *testing.T) {
	var out bytes.Buffer
	telemetry.NewMetrics(&out, "lee", 6).Measure(usual)
	good := out.String()
	for name, c := range map[string]struct{ old, new string }{
		"no JSON":              {"}\n", ""},
		"more after it":        {"}\n", "}\n{}"},
		"no _aws":              {`"_aws"`, `"aws"`},
		"more in _aws":         {`"Timestamp"`, `"X":1,"Timestamp"`},
		"a text as time":       {`"Timestamp":1`, `"Timestamp":"1","x":1`},
		"seconds as time":      {`678,`, `,`},
		"no directive":         {`[{"Namespace"`, `[],"x":[{"Namespace"`},
		"AWS's own namespace":  {`"LEE"`, `"AWS/Lambda"`},
		"no namespace":         {`"LEE"`, `""`},
		"dimensions in no set": {`[["FunctionName"]]`, `["FunctionName"]`},
		"no set":               {`[["FunctionName"]]`, `[]`},
		"too many dimensions":  {`[["FunctionName"]]`, `[["1","2","3","4","5","6","7","8","9","10"]]`},
		"no value of it":       {`"FunctionName":"lee"`, `"Function":"lee"`},
		"a number of it":       {`"FunctionName":"lee"`, `"FunctionName":5`},
		"an empty value of it": {`"FunctionName":"lee"`, `"FunctionName":""`},
		"an unknown unit":      {`"Milliseconds"`, `"ms"`},
		"no name":              {`"Name":"Errors"`, `"Name":""`},
		"more in a metric":     {`"Name":"Errors"`, `"Name":"Errors","Value":1`},
		"no value":             {`"Errors":1`, `"Error":1`},
		"a text as value":      {`"Errors":1`, `"Errors":"1"`},
		"true as value":        {`"Errors":1`, `"Errors":true`},
		"no values":            {`"Errors":1`, `"Errors":[]`},
		"too many values":      {`"Errors":1`, `"Errors":[1` + strings.Repeat(",1", 100) + `]`},
		"twice":                {`"Name":"Errors"`, `"Name":"ResponseTime"`},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		if bad == good {
			t.Fatalf("%s: nothing to replace in %s", name, good)
		}
		if _, wrong := checkEMF([]byte(bad), now); len(wrong) == 0 {
			t.Errorf("%s: not seen in %s", name, bad)
		}
	}
}

// TestSideBySide: lines that are written at once do not get mixed up.
func TestSideBySide(t *testing.T) {
	var out bytes.Buffer
	w := telemetry.NewMetrics(&out, "lee", 10)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				w.Measure(usual)
			}
		})
	}
	all.Wait()
	lines := strings.SplitAfter(out.String(), "\n")
	if len(lines) != 801 {
		t.Fatalf("%d lines", len(lines)-1)
	}
	for _, line := range lines[:800] {
		if _, wrong := checkEMF([]byte(line), now); len(wrong) > 0 {
			t.Fatalf("%q: %s", wrong, line)
		}
	}
}

// full is a log that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestALogThatIsFull(*testing.T) { telemetry.NewMetrics(full{}, "lee", 10).Measure(usual) }

func BenchmarkMeasure(b *testing.B) {
	w := telemetry.NewMetrics(io.Discard, "lee", 6)
	b.ReportAllocs()
	for b.Loop() {
		w.Measure(usual)
	}
}

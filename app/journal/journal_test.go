package journal_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
)

func record(n int) journal.Record {
	r := journal.Record{
		Correlation: fmt.Sprint("id-", n), Event: "test", What: "ping", Outcome: journal.Done,
		Began: time.Unix(int64(n), 0), Took: time.Duration(n) * time.Millisecond,
	}
	if n%10 == 0 {
		r.Outcome, r.Event, r.Failed = "unreachable", "directive", true
	}
	return r
}

func ids(list []journal.Record) string {
	var b strings.Builder
	for _, r := range list {
		b.WriteString(strings.TrimPrefix(r.Correlation, "id-") + " ")
	}
	return b.String()
}

// TestLast: the last sixteen, the latest first; those that failed stay longer.
func TestLast(t *testing.T) {
	j := journal.New()
	if len(j.Last()) != 0 || len(j.Failed()) != 0 || j.Summary().P99 != 0 {
		t.Errorf("an empty journal holds %v, %v, %+v", j.Last(), j.Failed(), j.Summary())
	}
	for n := 1; n <= 3; n++ {
		j.Add(record(n))
	}
	if got := ids(j.Last()); got != "3 2 1 " {
		t.Errorf("the last are %s", got)
	}
	for n := 4; n <= 205; n++ {
		j.Add(record(n))
	}
	if got, want := ids(j.Last()), "205 204 203 202 201 200 199 198 197 196 195 194 193 192 191 190 "; got != want {
		t.Errorf("the last are %s, want %s", got, want)
	}
	if got, want := ids(j.Failed()), "200 190 180 170 160 150 140 130 120 110 100 90 80 70 60 50 "; got != want {
		t.Errorf("the last that failed are %s, want %s", got, want)
	}
}

func TestFind(t *testing.T) {
	j := journal.New()
	for n := 1; n <= 100; n++ {
		j.Add(record(n))
	}
	for n, want := range map[int]bool{100: true, 85: true, 84: false, 50: true, 10: true, 0: false, 101: false} {
		r, ok := j.Find(fmt.Sprint("id-", n))
		if ok != want || ok && r.Correlation != fmt.Sprint("id-", n) {
			t.Errorf("id-%d: %v, %v", n, r, ok)
		}
	}
}

func TestSummary(t *testing.T) {
	j := journal.New()
	j.Add(record(7))
	if s := j.Summary(); s.P50 != 7*time.Millisecond || s.P99 != 7*time.Millisecond {
		t.Errorf("of one: %+v", s)
	}
	j = journal.New()
	for n := 1; n <= 100; n++ {
		j.Add(record(n))
	}
	s := j.Summary()
	if s.Invocations != 100 || s.Failures != 10 ||
		!maps.Equal(s.Events, map[string]uint64{"test": 90, "directive": 10}) ||
		!maps.Equal(s.Outcomes, map[string]uint64{"done": 90, "unreachable": 10}) {
		t.Errorf("%+v", s)
	}
	if s.P50 != 50*time.Millisecond || s.P95 != 95*time.Millisecond || s.P99 != 99*time.Millisecond {
		t.Errorf("percentiles: %s, %s, %s", s.P50, s.P95, s.P99)
	}
	for n := 1001; n <= 1256; n++ { // the older ones do not count any more
		j.Add(record(n))
	}
	if s := j.Summary(); s.P50 != 1128*time.Millisecond {
		t.Errorf("the median is %s", s.P50)
	}
	s.Events["test"] = 0
	if j.Summary().Events["test"] == 0 {
		t.Error("a summary is the journal's own map")
	}
}

// TestTell: the form that is documented and drawn.
func TestTell(t *testing.T) {
	trace := gateway.NewTrace("id-1")
	ctx, end := gateway.Span(gateway.WithTrace(context.Background(), trace), "outer")
	_, endInner := gateway.Span(ctx, "inner")
	endInner(errors.New("broken"))
	end(nil)
	told := journal.Tell(journal.Record{
		Correlation: "id-1", Event: "operation", What: "health", Outcome: "done", Began: time.Unix(0, 0),
		Took: 1234567 * time.Nanosecond, Trace: trace,
	})
	if len(told.Crumbs) != 2 {
		t.Fatalf("%+v", told)
	}
	for i := range told.Crumbs {
		zero := 0.0
		told.Crumbs[i].Start, told.Crumbs[i].Took = &zero, &zero
	}
	raw, err := json.Marshal(told)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"correlation":"id-1","event":"operation","what":"health","began":"1970-01-01T00:00:00Z","took":1.235,"outcome":"done",` +
		`"crumbs":[{"number":0,"name":"outer","outcome":"done","start":0,"took":0,"attempts":0},` +
		`{"number":1,"within":0,"name":"inner","outcome":"internal","start":0,"took":0,"attempts":0}]}`
	if string(raw) != want {
		t.Errorf("got  %s\nwant %s", raw, want)
	}
	if raw, _ := json.Marshal(journal.Tell(journal.Record{})); !strings.Contains(string(raw), `"crumbs":[]`) {
		t.Errorf("without a trace: %s", raw)
	}
}

func TestSideBySide(t *testing.T) {
	j := journal.New()
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range 100 {
				j.Add(record(100*n + i))
				j.Last()
				j.Find("id-1")
				j.Summary()
			}
		})
	}
	all.Wait()
	if s := j.Summary(); s.Invocations != 800 || s.Failures != 80 {
		t.Errorf("%+v", s)
	}
}

func BenchmarkAdd(b *testing.B) {
	j, r := journal.New(), record(1)
	r.Trace = gateway.NewTrace("id-1")
	b.ReportAllocs()
	for b.Loop() {
		j.Add(r)
	}
}

//go:build check

package endtoend

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
)

const (
	// perMinute and originalGBs are what the Python original says of itself: the
	// load that it bears, and what it is billed for a thousand commands.
	perMinute   = 500
	originalGBs = 4.2
	// memoryMB is the function's memory.
	memoryMB = 128
	// tooLate is about when LEE gives up, to have an answer before Alexa does.
	tooLate = 6 * time.Second
)

// loadLasts returns for how long the load lasts: LEE_LOAD_MINUTES, or a third of a
// minute.
func loadLasts(t *testing.T) time.Duration {
	t.Helper()
	minutes, err := strconv.ParseFloat(cmp.Or(os.Getenv("LEE_LOAD_MINUTES"), "0.334"), 64)
	if err != nil || minutes <= 0 || minutes > 600 {
		t.Fatalf("LEE_LOAD_MINUTES is %q", os.Getenv("LEE_LOAD_MINUTES"))
	}
	return time.Duration(minutes * float64(time.Minute))
}

// TestLoad: 500 directives a minute, in a process that has what Lambda gives a
// function of 128 MB and is frozen between events. Every one is answered as it
// should be, memory stays where it is, and what may be cached is. How long answers
// take is told and not asserted: a machine that is busy with other things answers late,
// and one that is too late for Alexa is no error here.
//
//	LEE_LOAD_MINUTES=10 go test -tags check -run TestLoad -count=1 -v -timeout 20m ./app/endtoend
func TestLoad(t *testing.T) {
	t.Parallel()
	lasts := loadLasts(t)
	f := startAsReleased(t, newDemo(t, demohome.Options{}), nil)
	l := newLoad(f)
	for range 2 * len(mix) { // what grows once has grown then
		l.send(t)
	}
	begin, before := f.relieved(t), f.diagnose(t)
	l.tally = tally{}
	began, tenth := time.Now(), int64(0)
	for n := 0; ; n++ {
		due := began.Add(time.Duration(n) * time.Minute / perMinute)
		if due.Sub(began) >= lasts {
			break
		}
		if tenth == 0 && due.Sub(began) >= lasts/10 {
			tenth = resident(t, f)
		}
		time.Sleep(time.Until(due))
		l.send(t)
	}
	took, end := time.Since(began), resident(t, f)
	use, _ := f.Resources()
	d := f.diagnose(t).since(before)
	left := f.relieved(t)
	t.Logf("\n%s", l.table(took, tenth, end, use.PeakResident, d))

	if l.errors > 0 {
		t.Errorf("%d of %d were not answered as they should be", l.errors, len(l.took))
	}
	if float64(left) > 1.1*float64(begin)+1<<20 {
		t.Errorf("%.1f MB had come to stay at the begin and %.1f MB at the end", mb(begin), mb(left))
	}
	if use.PeakResident > memoryMB<<20 {
		t.Errorf("%.1f MB resident at its peak", mb(use.PeakResident))
	}
	if d.Memory.Function != memoryMB<<20 || d.Memory.Limit <= 0 || d.Memory.Limit >= d.Memory.Function {
		t.Errorf("Go has been told to stay below %.1f MB of %.1f MB", mb(d.Memory.Limit), mb(d.Memory.Function))
	}
	hits, misses, expired := d.kept()
	if lasts < 5*time.Minute { // in which there are too few hits between two that expire
		misses -= expired
	}
	if misses > 1 && hits < 9*misses { // the first is always a miss
		t.Errorf("%d hits and %d misses of what is kept for longer than a moment", hits, misses)
	}
	if d.Invocations.Failures > l.late || d.LIGS.Failures > 0 || d.LUGS.UnloadFailures > 0 || d.LUGS.Emergencies > 0 {
		t.Errorf("it says of itself %+v, %+v, %+v; %d answers were too late", d.Invocations, d.LIGS, d.LUGS, l.late)
	}
}

// relieved returns what is resident when all has been given up that is garbage, or may
// be: what is left has come to stay. It is an emergency as LUGS counts them.
func (f *function) relieved(t *testing.T) int64 {
	t.Helper()
	f.invoke(t, []byte(`{"operation":"lugs","unload":true}`))
	return resident(t, f)
}

// startAsReleased starts LEE as it is released, frozen between events and with
// what Lambda gives a function of 128 MB where this machine can hold it to that.
func startAsReleased(t *testing.T, h *home, env map[string]string) *function {
	t.Helper()
	return start(t, h, env, asReleased(t), func(c *lambdaapi.Config) {
		c.MemoryMB, c.Freeze, c.Confine = memoryMB, true, true
		c.Timeout = time.Minute           // LEE itself answers after seven seconds at the latest
		tried, err := lambdaapi.Start(*c) // no process yet
		if errors.Is(err, lambdaapi.ErrNoConfinement) {
			t.Log("it is not held to the memory and the CPU of a function of 128 MB: ", err)
			c.Confine = false
		}
		if err == nil {
			_ = tried.Close()
		}
	})
}

// load sends what a household says, and counts.
type load struct {
	*function
	random *rand.Rand
	tally
}

func newLoad(f *function) *load {
	return &load{function: f, random: rand.New(rand.NewPCG(4, perMinute))}
}

// send sends the next directive and checks its answer.
func (l *load) send(t *testing.T) {
	t.Helper()
	d := next(l.random)
	message := d.message()
	result := l.invoke(t, marshal(map[string]any{"directive": message}))
	asked, err := alexa.Parse(marshal(message))
	if err != nil {
		t.Fatal(err)
	}
	alexatest.CheckReply(t, asked, result.Payload)
	var a answer
	if err := json.Unmarshal(result.Payload, &a); err != nil {
		t.Fatal(err)
	}
	if a.Event.Header.Name == alexa.NameErrorResponse {
		if result.Duration < tooLate {
			l.errors++
		} else {
			l.late++
		}
		t.Logf("%s to %s was answered %s", d.name, d.endpoint, result.Payload)
	}
	l.took = append(l.took, result.Duration)
	billed := max(result.Duration+time.Millisecond-1, time.Millisecond).Truncate(time.Millisecond)
	l.billed += billed
	if d.endpoint == "" {
		l.discovering += billed
	}
}

// tally is what has been counted.
type tally struct {
	took []time.Duration
	// errors are answers that tell of one, late those of them that came when there was
	// no time left.
	errors, late int
	// billed is what Lambda bills: it rounds each up to a millisecond
	// (https://aws.amazon.com/lambda/pricing/). discovering is what of it was for
	// discoveries.
	billed, discovering time.Duration
}

// gbs returns billed time in gigabyte-seconds for a thousand directives.
func (l tally) gbs(billed time.Duration) float64 {
	return billed.Seconds() * memoryMB / 1024 / float64(len(l.took)) * 1000
}

// table tells all that was found, ready for docs/benchmarks.md.
func (l tally) table(took time.Duration, tenth, end, peak int64, d diagnosis) string {
	sorted := slices.Sorted(slices.Values(l.took))
	at := func(percent int) string {
		return fmt.Sprintf("%.1f ms", float64(sorted[(len(sorted)*percent+99)/100-1].Microseconds())/1000)
	}
	hits, misses, _ := d.kept()
	rows := [][2]string{
		{"directives", fmt.Sprintf("%d in %s, %d a minute", len(l.took), took.Round(time.Second), int(float64(len(l.took))/took.Minutes()+0.5))},
		{"errors", strconv.Itoa(l.errors)},
		{"p50, p95, p99", at(50) + ", " + at(95) + ", " + at(99)},
		{"resident after a tenth of the time", fmt.Sprintf("%.1f MB", mb(tenth))},
		{"resident at the end, at its peak", fmt.Sprintf("%.1f MB, %.1f MB", mb(end), mb(peak))},
		{"Go was told to stay below", fmt.Sprintf("%.1f MB of %.1f MB", mb(d.Memory.Limit), mb(d.Memory.Function))},
		{"cache hits of what may be cached", fmt.Sprintf("%.1f %% (%d of %d)", 100*float64(hits)/float64(hits+misses), hits, hits+misses)},
		{"GB-s for 1,000 commands", fmt.Sprintf("%.2f (the Python original: %.1f)", l.gbs(l.billed), originalGBs)},
		{"of these for discoveries", fmt.Sprintf("%.2f", l.gbs(l.discovering))},
	}
	var b strings.Builder
	b.WriteString("| figure | |\n|---|---|\n")
	for _, row := range rows {
		fmt.Fprintf(&b, "| %s | %s |\n", row[0], row[1])
	}
	return b.String()
}

func resident(t *testing.T, f *function) int64 {
	t.Helper()
	use, ok := f.Resources()
	if !ok {
		t.Skip("this machine does not say what a process uses")
	}
	return use.Resident
}

func mb(bytes int64) float64 { return float64(bytes) / (1 << 20) }

// diagnosis is what the tests look at of the answer to the operation diagnostics.
type diagnosis struct {
	Invocations struct {
		Count, Failures int
	}
	Cache struct {
		Sections []struct {
			Section               string
			Hits, Misses, Expired int
		}
	}
	LIGS struct {
		Loads, Failures int
	}
	LUGS struct {
		UnloadFailures int `json:"unload_failures"`
		Emergencies    int
	}
	Memory struct {
		Limit, Function int64
	}
}

// diagnose asks for all that has been counted.
func (f *function) diagnose(t *testing.T) (d diagnosis) {
	t.Helper()
	result, err := f.Invoke(context.Background(), []byte(`{"operation":"diagnostics"}`))
	if err != nil || result.Error != nil {
		t.Fatal(err, result.Error)
	}
	if err := json.Unmarshal(result.Payload, &d); err != nil {
		t.Fatalf("%v: %.400s", err, result.Payload)
	}
	return d
}

// since returns what has been counted since another diagnosis.
func (d diagnosis) since(before diagnosis) diagnosis {
	d.Invocations.Failures -= before.Invocations.Failures
	d.LIGS.Failures -= before.LIGS.Failures
	d.LUGS.UnloadFailures -= before.LUGS.UnloadFailures
	d.LUGS.Emergencies -= before.LUGS.Emergencies
	for i, was := range before.Cache.Sections {
		is := &d.Cache.Sections[i]
		is.Hits, is.Misses, is.Expired = is.Hits-was.Hits, is.Misses-was.Misses, is.Expired-was.Expired
	}
	return d
}

// kept returns the hits and misses, and those of them that had expired, of what may be cached for longer than a moment:
// all but the states, which are shared within a burst of about a second and never
// after it.
func (d diagnosis) kept() (hits, misses, expired int) {
	for _, s := range d.Cache.Sections {
		if s.Section != "states" {
			hits += s.Hits
			misses += s.Misses
			expired += s.Expired
		}
	}
	return hits, misses, expired
}

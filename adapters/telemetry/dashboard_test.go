package telemetry_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
)

// dashboard is a dashboard's body
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html).
type dashboard struct {
	Start, PeriodOverride string
	Variables             []struct {
		Type, Property, Pattern, InputType, ID, Label, DefaultValue, Search, PopulateFrom string
		Visible                                                                           bool
	}
	Widgets []widget
}

type widget struct {
	Type                string
	X, Y, Width, Height int
	Properties          struct {
		Markdown            string
		Title, View, Region string
		Period              int
		Stat                string
		Metrics             [][]json.RawMessage
		YAxis               map[string]struct {
			Min, Max  *float64
			Label     string
			ShowUnits bool
		}
		Annotations map[string][]struct {
			Label, Color string
			Value        float64
		}
	}
}

var stat = regexp.MustCompile(`^(Sum|Average|Minimum|Maximum|SampleCount|p\d{1,2}(\.\d+)?)$`)

func readDashboard(t *testing.T) (d dashboard) {
	t.Helper()
	f, err := os.Open("../../deploy/dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := json.NewDecoder(f)
	in.DisallowUnknownFields()
	if err := in.Decode(&d); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestDashboard: it shows every metric that is written and none that is not, and
// keeps to the rules of a dashboard's body.
func TestDashboard(t *testing.T) {
	d := readDashboard(t)
	shown := map[string]bool{}
	for i, w := range d.Widgets {
		if w.X < 0 || w.Y < 0 || w.Width < 1 || w.Height < 1 || w.X+w.Width > 24 || w.Height > 1000 {
			t.Errorf("widget %d is out of the grid: %+v", i, w)
		}
		for j, other := range d.Widgets[:i] {
			if w.X < other.X+other.Width && other.X < w.X+w.Width && w.Y < other.Y+other.Height && other.Y < w.Y+w.Height {
				t.Errorf("widgets %d and %d lie over each other", i, j)
			}
		}
		switch w.Type {
		case "text":
			if w.Properties.Markdown == "" {
				t.Errorf("widget %d is an empty text", i)
			}
		case "metric":
			for _, name := range checkGraph(t, w) {
				shown[name] = true
			}
		default:
			t.Errorf("widget %d is of type %q", i, w.Type)
		}
	}
	for _, name := range telemetry.MetricNames() {
		if !shown[name] {
			t.Errorf("%s is not shown", name)
		}
	}
}

// ofFailsafe is the metric that the failsafe writes besides (cmd/failsafe).
const ofFailsafe = "Failsafe"

// checkGraph checks a graph and returns the metrics that it shows.
func checkGraph(t *testing.T, w widget) (names []string) {
	t.Helper()
	p := w.Properties
	if p.Title == "" || p.Region == "" || p.View != "timeSeries" || p.Period <= 0 || p.Period%60 != 0 || p.Stat != "" && !stat.MatchString(p.Stat) {
		t.Errorf("%q: %+v", p.Title, p)
	}
	for _, metric := range p.Metrics {
		if len(metric) != 5 {
			t.Errorf("%q: a metric is %s", p.Title, metric)
			continue
		}
		words := make([]string, 4)
		for i := range words {
			if err := json.Unmarshal(metric[i], &words[i]); err != nil {
				t.Errorf("%q: %s: %v", p.Title, metric[i], err)
			}
		}
		var how struct{ Stat, Label, Color string }
		if err := json.Unmarshal(metric[4], &how); err != nil || !stat.MatchString(how.Stat) || how.Label == "" {
			t.Errorf("%q: %s is shown as %s (%v)", p.Title, words[1], metric[4], err)
		}
		if words[0] != telemetry.Namespace || words[2] != telemetry.Dimension || words[3] == "" || words[1] != ofFailsafe && !slices.Contains(telemetry.MetricNames(), words[1]) {
			t.Errorf("%q: nobody writes %q", p.Title, words)
		}
		names = append(names, words[1])
	}
	if len(names) == 0 {
		t.Errorf("%q shows nothing", p.Title)
	}
	return names
}

// TestDashboardVariables: the function can be chosen, and what is chosen replaces
// something.
func TestDashboardVariables(t *testing.T) {
	d := readDashboard(t)
	functions := 0
	for _, v := range d.Variables {
		if v.ID == "" || v.Type != "property" || v.Property != telemetry.Dimension && v.Property != "region" {
			t.Errorf("a variable is %+v", v)
		}
		if v.Property == telemetry.Dimension {
			functions++
			if v.PopulateFrom != telemetry.Dimension || v.Search != `{LEE,FunctionName} MetricName="ResponseTime"` || v.InputType != "select" {
				t.Errorf("the function is chosen from %+v", v)
			}
		}
	}
	if functions != 1 {
		t.Errorf("the function can be chosen %d times", functions)
	}
}

// TestPercentiles: half, 95 % and 99 % of the response times are shown.
func TestPercentiles(t *testing.T) {
	found := map[string]bool{}
	for _, w := range readDashboard(t).Widgets {
		for _, metric := range w.Properties.Metrics {
			if string(metric[1]) == `"ResponseTime"` {
				var how struct{ Stat string }
				if err := json.Unmarshal(metric[4], &how); err != nil {
					t.Error(err)
				}
				found[how.Stat] = true
			}
		}
	}
	for _, want := range []string{"p50", "p95", "p99"} {
		if !found[want] {
			t.Errorf("%s is not shown: %v", want, found)
		}
	}
}

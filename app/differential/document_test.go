package differential

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// page is what is made of the list.
const page = "../../docs/home-assistant-differences.md"

// update says that the test shall write docs/home-assistant-differences.md.
var update = os.Getenv("UPDATE") != ""

// TestList wants the list to say of every difference which it is and why it is
// right.
func TestList(t *testing.T) {
	t.Parallel()
	for _, reason := range readList(t).reasons {
		if reason.Title == "" || reason.Why == "" || len(reason.Rows) == 0 {
			t.Errorf("%q lacks a title, a reason or rows", reason.Title)
		}
		for i, r := range reason.Rows {
			if len(r.Endpoint) == 0 || len(r.Directive) == 0 || len(r.What) == 0 || len(r.Theirs) == 0 || len(r.Ours) == 0 {
				t.Errorf("%s: row %d does not say of which endpoint, directive and thing it is, and what both have", reason.Title, i+1)
			}
			if slices.Contains(r.What, "*") || slices.Contains(r.Theirs, "*") && slices.Contains(r.Ours, "*") {
				t.Errorf("%s: row %d is of anything", reason.Title, i+1)
			}
		}
	}
}

// TestFaults wants every fault of Home Assistant's that is known to be named by a
// row of the list.
func TestFaults(t *testing.T) {
	t.Parallel()
	named := faults(readList(t))
	for _, fault := range []string{
		"The context of an answer is the state from before the command.",
		"Services are called without waiting, so a failure still answers success.",
		"Error payload extras never leave it: no validRange, no currentDeviceMode.",
		"Thermostat and SecurityPanel errors go out under plain Alexa.",
		"Vacuum AdjustRangeValue answers a string.",
		"Humidifier SetMode loses the mode. prefix.",
		"SkipChannels answers an empty number.",
		"Fans that are only on or off report no rangeValue.",
		"The equaliser's mode is declared retrievable and never reported.",
		"With two instances of an interface the answer drops one.",
		"Hue 400 or 50,000 K is reported as done.",
		"TurnOn of a garage door that has no PowerController is done.",
		"A wrong PIN is INTERNAL_ERROR.",
		"Names over 128 characters go out whole.",
		"Null display categories for moisture and occupancy sensors.",
	} {
		if !slices.ContainsFunc(named, func(n faulty) bool { return n.fault == fault }) {
			t.Errorf("no row is of the fault: %s", fault)
		}
	}
}

// TestPage wants docs/home-assistant-differences.md to say what the list says.
// With UPDATE=1 the page is written.
func TestPage(t *testing.T) {
	t.Parallel()
	want := document(readList(t))
	if update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if is, err := os.ReadFile(page); err != nil || string(is) != want {
		t.Errorf("%s is behind (%v): UPDATE=1 go test ./app/differential -run TestPage writes it", page, err)
	}
}

// faulty is a fault of Home Assistant's and what LEE does instead.
type faulty struct{ fault, title string }

func faults(l *list) []faulty {
	var all []faulty
	for _, reason := range l.reasons {
		for _, r := range reason.Rows {
			if f := (faulty{r.Fault, reason.Title}); f.fault != "" && !slices.Contains(all, f) {
				all = append(all, f)
			}
		}
	}
	return all
}

const introduction = `# Where LEE differs from Home Assistant's own Alexa implementation

` + "`make live`" + ` sets up two real houses, one in °C and one in °F, with the devices of Home
Assistant's demo and with odd ones: features in any combination, devices that cannot be
reached, that report late, that refuse. Both implementations discover them. Then every
endpoint is told all that its capabilities allow, with edge values, and much that they
do not allow, each time from the same state of the house; what the house is like
afterwards and what was answered must be the same.

Where it is not, the difference is one of these. The test fails on one that is not in
[the list](../app/differential/testdata/differences.json), of which this page is made,
and on one in the list that no longer occurs. No endpoint, interface, property or
directive of Home Assistant's is missing, but for those named here.

## Faults of Home Assistant's

`

const kelvin = `
It was said that Home Assistant takes a set point's change in kelvin for one in degrees
Celsius. It does, and so does LEE: as a change they are the same, in both houses.
`

// parts are the page's parts, by what their differences are in.
var parts = []struct {
	title string
	has   func(*row) bool
}{
	{"What is done, and what is refused", func(r *row) bool { return of(r, "event", "state", "payload ") }},
	{"What is discovered", func(r *row) bool { return slices.Equal(r.Directive, patterns{"Alexa.Discovery.Discover"}) }},
	{"What is told", func(*row) bool { return true }},
}

// of says whether a row is of a thing that begins like this.
func of(r *row, beginnings ...string) bool {
	return slices.ContainsFunc(r.What, func(what string) bool {
		return slices.ContainsFunc(beginnings, func(beginning string) bool { return strings.HasPrefix(what, beginning) })
	})
}

// document returns the page.
func document(l *list) string {
	var b strings.Builder
	b.WriteString(introduction)
	b.WriteString("| Home Assistant | LEE |\n|---|---|\n")
	for _, f := range faults(l) {
		fmt.Fprintf(&b, "| %s | %s |\n", f.fault, f.title)
	}
	b.WriteString(kelvin)
	written := map[*reason]bool{}
	for _, part := range parts {
		fmt.Fprintf(&b, "\n## %s\n\n", part.title)
		for _, reason := range l.reasons {
			if !written[reason] && slices.ContainsFunc(reason.Rows, part.has) {
				written[reason] = true
				fmt.Fprintf(&b, "- **%s** %s\n  *%s*\n", reason.Title, reason.Why, where(reason))
			}
		}
	}
	return b.String()
}

// where says of which devices and which interfaces a reason is.
func where(r *reason) string {
	var devices, interfaces []string
	for _, row := range r.Rows {
		for _, endpoint := range row.Endpoint {
			domain, _, _ := strings.Cut(endpoint, "#")
			devices = append(devices, domain)
		}
		for _, directive := range row.Directive {
			name, _, _ := strings.Cut(strings.TrimPrefix(directive, "Alexa."), ".")
			interfaces = append(interfaces, name)
		}
	}
	if slices.ContainsFunc(devices, func(domain string) bool { return strings.Contains(domain, "*") }) {
		devices = []string{"any device"}
	}
	return strings.Join(distinct(devices), ", ") + ": " + strings.Join(distinct(interfaces), ", ")
}

// distinct returns the names sorted, each once.
func distinct(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

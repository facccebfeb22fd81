package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// print writes what was found for people: the devices by area and, with explain,
// what is left out by reason.
func (d *discovered) print(out io.Writer, explain bool) {
	fmt.Fprintf(out, "House    %s\n", d.what)
	fmt.Fprintf(out, "Alexa    gets %d of %d entities as %s\n", d.offered(), len(d.report.Findings), counted(d.report.Endpoints, "device"))
	fmt.Fprintf(out, "Filter   %s\n", cmp.Or(d.settings.Terms.Filter.String(), "none: all that is not hidden, diagnostic or a setting"))
	d.printDevices(out)
	if explain {
		d.printLeftOut(out)
	}
	if notes := d.notes(explain); len(notes) > 0 {
		fmt.Fprintln(out, "\nWorth knowing")
		for _, note := range notes {
			fmt.Fprintln(out, wrapped(note, "  - ", "    "))
		}
	}
	if left := len(d.report.Findings) - d.offered(); !explain && left > 0 {
		fmt.Fprintf(out, "\n%d left out: lee discover --explain says why.\n", left)
	}
}

func (d *discovered) offered() int {
	n := 0
	for _, f := range d.report.Findings {
		if f.Endpoint != nil {
			n++
		}
	}
	return n
}

// printDevices writes a table of the devices, area by area.
func (d *discovered) printDevices(out io.Writer) {
	byArea := map[string][][]string{}
	for _, f := range d.report.Findings {
		if f.Endpoint == nil {
			continue
		}
		area, _ := d.report.Registry.AreaOf(f.ID)
		for i, e := range offer.Endpoints([]discovery.Finding{f}) {
			row := []string{e.FriendlyName, string(e.DisplayCategories[0]), string(f.ID), abilities(&e)}
			if i > 0 {
				row = []string{e.FriendlyName, "", "", "(the same)"}
			}
			byArea[area.Name] = append(byArea[area.Name], row)
		}
	}
	areas := make([]string, 0, len(byArea))
	for name := range byArea {
		areas = append(areas, name)
	}
	slices.SortFunc(areas, func(a, b string) int {
		if a == "" || b == "" { // in no area: last
			return cmp.Compare(len(b), len(a))
		}
		return cmp.Compare(strings.ToLower(a), strings.ToLower(b))
	})
	var rows [][]string
	for _, name := range areas {
		rows = append(rows, byArea[name]...)
	}
	widths := columns(rows)
	for _, name := range areas {
		fmt.Fprintf(out, "\n%s\n", cmp.Or(name, "In no area"))
		for _, row := range byArea[name] {
			fmt.Fprintln(out, aligned(row, widths))
		}
	}
}

// printLeftOut writes what is left out, the reason with the most entities last:
// it is the least interesting.
func (d *discovered) printLeftOut(out io.Writer) {
	byReason := map[offer.Reason][][]string{}
	var rows [][]string
	for _, f := range d.report.Findings {
		if f.Endpoint == nil {
			row := []string{string(f.ID), f.Names.Name, cmp.Or(f.Rule, failure(f))}
			byReason[f.Reason] = append(byReason[f.Reason], row)
			rows = append(rows, row)
		}
	}
	reasons := make([]offer.Reason, 0, len(byReason))
	for reason := range byReason {
		reasons = append(reasons, reason)
	}
	slices.SortFunc(reasons, func(a, b offer.Reason) int {
		return cmp.Or(cmp.Compare(len(byReason[a]), len(byReason[b])), cmp.Compare(a, b))
	})
	widths := columns(rows)
	for _, reason := range reasons {
		fmt.Fprintf(out, "\nLeft out: %s (%d)\n", reason, len(byReason[reason]))
		slices.SortFunc(byReason[reason], func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
		for _, row := range byReason[reason] {
			fmt.Fprintln(out, aligned(row, widths))
		}
	}
}

// abilities says in a few words what an endpoint can do: "power, brightness".
func abilities(e *alexa.Endpoint) string {
	const most = 60
	var words []string
	length := 0
	for _, name := range interfaces(e) {
		word := ability(name)
		if length += len(word) + 2; length > most {
			return strings.Join(words, ", ") + ", …"
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// ability returns what people call an interface: "color temperature" for
// Alexa.ColorTemperatureController, "direction" for an instance fan.direction.
func ability(name string) string {
	if _, instance, ok := strings.Cut(name, ":"); ok {
		_, what, _ := strings.Cut(instance, ".")
		return strings.ReplaceAll(cmp.Or(what, instance), "_", " ")
	}
	name = strings.TrimSuffix(strings.TrimPrefix(name, "Alexa."), "Controller")
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

const (
	// widest is how wide a column gets; what is longer pushes the others aside.
	widest = 34
	// longestLine is how long a line of a table gets.
	longestLine = 118
)

// columns returns how wide the columns of rows are.
func columns(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], min(utf8.RuneCountInString(cell), widest))
		}
	}
	return widths
}

// aligned returns a row with its cells in their columns, indented.
func aligned(row []string, widths []int) string {
	var b strings.Builder
	for i, cell := range row {
		fmt.Fprintf(&b, "  %-*s", widths[i], cell)
	}
	line := []rune(strings.TrimRight(b.String(), " "))
	if len(line) > longestLine {
		line = append(line[:longestLine-1], '…')
	}
	return string(line)
}

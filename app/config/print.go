package config

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/lambda-execution-engine/lee/domain/setting"
)

// Print writes a report as a table for people: a line for each setting with its
// value, where that came from and its default, then the mistakes and what is known of
// the Parameter Store. The error is w's.
func Print(w io.Writer, r Report) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	row(t, "VARIABLE", "VALUE", "SOURCE", "DEFAULT")
	for _, e := range r.Settings {
		row(t, e.Variable, e.Value, from(e), e.Default)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, line := range r.remarks() {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// row writes cells; "-" stands for nothing. The writer keeps its error until
// Flush.
func row(w io.Writer, cells ...string) {
	for i, c := range cells {
		if c == "" {
			c = "-"
		}
		end := "\t"
		if i == len(cells)-1 {
			end = "\n"
		}
		_, _ = fmt.Fprint(w, c, end)
	}
}

// from says where a value came from, more exactly than its source where the name
// of the variable does not say it already.
func from(e setting.Entry) string {
	if e.Origin == "" || e.Origin == e.Variable {
		return e.Source.String()
	}
	return e.Origin
}

// remarks returns what is said below the table.
func (r Report) remarks() []string {
	var lines []string
	for _, e := range r.Settings {
		if e.Note != "" {
			lines = append(lines, "note: "+e.Variable+": "+e.Note)
		}
	}
	if r.Store != nil {
		for _, name := range r.Store.Unknown {
			lines = append(lines, "note: the parameter "+name+" means nothing to LEE")
		}
		if r.Store.Failure != "" {
			lines = append(lines, "the Parameter Store could not be read: "+r.Store.Failure)
		}
	}
	for _, m := range r.Mistakes {
		lines = append(lines, "mistake: "+m.String())
	}
	for _, m := range r.Refused {
		lines = append(lines, "mistake in what was not taken: "+m.String())
	}
	return lines
}

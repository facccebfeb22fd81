package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/checkup"
)

// marks stand before findings, by their severity.
var marks = [...]string{checkup.Fine: "✓", checkup.Note: "·", checkup.Warning: "!", checkup.Error: "✗"}

// printCheckup writes a report for people: group by group, each finding with its
// mark and, below it, what to do.
func printCheckup(out io.Writer, r checkup.Report) {
	fmt.Fprintf(out, "From     %s\n", r.From)
	fmt.Fprintf(out, "Home     %s\n", cmp.Or(r.Home, "not known"))
	var group checkup.Group
	for _, f := range r.Findings {
		if f.Group != group {
			group = f.Group
			fmt.Fprintf(out, "\n%s\n", group)
		}
		fmt.Fprintln(out, wrapped(f.Sentence, "  "+marks[f.Severity]+" ", "    "))
		if f.Fix != "" {
			fmt.Fprintln(out, wrapped(f.Fix, "    → ", "      "))
		}
	}
	fmt.Fprintf(out, "\nVerdict  %s\n", verdict(r))
}

// verdict says in a few words how a report is: "1 error, 2 warnings".
func verdict(r checkup.Report) string {
	var words []string
	if n := r.Count(checkup.Error); n > 0 {
		words = append(words, counted(n, "error"))
	}
	if n := r.Count(checkup.Warning); n > 0 {
		words = append(words, counted(n, "warning"))
	}
	return cmp.Or(strings.Join(words, ", "), "all is well")
}

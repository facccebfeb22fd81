//go:build bench

package bench

import (
	"fmt"
	"strings"
)

// row is one line of the table: a figure of LEE's beside the floor's.
type row struct {
	what       string
	unit       string
	floor, lee float64
	// target is what the ratio, or LEE's own figure when absolute is set, should
	// not exceed; 0 for none.
	target   float64
	absolute bool
}

func (r row) String() string {
	met := "met"
	figure, compared := r.lee/r.floor, "×"
	if r.absolute {
		figure, compared = r.lee, " "+r.unit
	}
	if figure > r.target {
		met = "not met"
	}
	floor := "–"
	ratio := ""
	if r.floor > 0 {
		floor, ratio = fmt.Sprintf("%.2f", r.floor), fmt.Sprintf("%.2f ×", r.lee/r.floor)
	}
	line := fmt.Sprintf("| %s | %s | %s | %.2f | %s |", r.what, r.unit, floor, r.lee, ratio)
	if r.target == 0 {
		return line + " | |"
	}
	return line + fmt.Sprintf(" ≤ %g%s | %s |", r.target, compared, met)
}

// print prints the table, ready for docs/benchmarks.md.
func print(rows []row) {
	var b strings.Builder
	b.WriteString("| figure | unit | floor | LEE | ratio | target | |\n|---|---|---|---|---|---|---|\n")
	for _, r := range rows {
		b.WriteString(r.String() + "\n")
	}
	fmt.Print("\n", b.String(), "\n")
}

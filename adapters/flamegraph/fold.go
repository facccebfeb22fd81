package flamegraph

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Fold writes traces as folded stacks: a line for each stack with the
// microseconds that were spent in it and in none above it, those of all traces
// added up (https://github.com/brendangregg/FlameGraph). The error is w's.
func Fold(w io.Writer, traces []Trace) error {
	spent := map[string]time.Duration{}
	for _, t := range traces {
		fold(spent, "", t.tree())
	}
	stacks := make([]string, 0, len(spent))
	for stack := range spent {
		stacks = append(stacks, stack)
	}
	slices.Sort(stacks)
	for _, stack := range stacks {
		if _, err := fmt.Fprintf(w, "%s %d\n", stack, spent[stack].Microseconds()); err != nil {
			return err
		}
	}
	return nil
}

// frame is what would tell stacks and lines apart.
var frame = strings.NewReplacer(";", ",", "\n", " ", "\r", " ")

func fold(spent map[string]time.Duration, below string, n *node) {
	stack := below + frame.Replace(n.Name)
	spent[stack] += n.own()
	for _, inner := range n.within {
		fold(spent, stack+";", inner)
	}
}

// own returns how long none of those within it was under way: where they overlap
// that counts once.
func (n *node) own() time.Duration {
	inner := slices.Clone(n.within)
	slices.SortFunc(inner, func(a, b *node) int { return int(a.Start - b.Start) })
	own, until := n.Took, n.Start
	for _, one := range inner {
		from, to := max(one.Start, until), min(one.end(), n.end())
		if to > from {
			own -= to - from
			until = to
		}
	}
	return max(own, 0)
}

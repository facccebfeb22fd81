// Package flamegraph draws what an invocation did: it finds the traces in a
// diagnostics answer or a log, and writes them as folded stacks, the form that
// flame graph tools read, or as a page with a picture of each. It is for the
// operator's command line: the function itself draws nothing.
package flamegraph

import (
	"fmt"
	"strings"
	"time"
)

// Trace is what one invocation did.
type Trace struct {
	// Correlation is what the invocation is known as, What it was about, Outcome
	// what became of it; each "" when that is not known.
	Correlation, What, Outcome string
	// Took is how long it was, 0 when that is not known.
	Took time.Duration
	// Missed is how many crumbs there were before those that were kept.
	Missed int
	Crumbs []Crumb
}

// Crumb is one crossing or one part of an invocation.
type Crumb struct {
	// Number counts the trace's crumbs, Within is the number of the one that it
	// lies within, -1 for none.
	Number, Within int
	Name, Outcome  string
	// Timed says whether there are times. Start counts from the trace's beginning.
	Timed       bool
	Start, Took time.Duration
	// Attempts is how often a call was made, 0 for what is none.
	Attempts int
	// Cached says that the answer came from the cache.
	Cached bool
}

// crossing says whether it is a call through a port, "home.call light.turn_on",
// and no part of the invocation that has a name of its own.
func (c Crumb) crossing() bool {
	port, _, ok := strings.Cut(c.Name, ".")
	return ok && port != "" && port == strings.ToLower(port) && !strings.Contains(port, " ")
}

// Failed says whether it ended with an error.
func (c Crumb) Failed() bool {
	return c.Outcome != "done" && c.Outcome != "under way" && c.Outcome != ""
}

// title returns what the invocation is called in a picture.
func (t Trace) title() string {
	if t.What == "" {
		return "invocation"
	}
	return t.What
}

// node is a crumb with those within it.
type node struct {
	Crumb
	within []*node
}

// end is when it was over.
func (n *node) end() time.Duration { return n.Start + n.Took }

// tree returns the timed crumbs below one node for the whole invocation. A crumb
// whose parent was not kept, or has no times itself, lies within the invocation.
func (t Trace) tree() *node {
	root := &node{Crumb: Crumb{Number: -1, Within: -1, Name: t.title(), Outcome: t.Outcome, Timed: true, Took: t.Took}}
	nodes := map[int]*node{}
	for _, c := range t.Crumbs {
		if !c.Timed {
			continue
		}
		n := &node{Crumb: c}
		parent := nodes[c.Within]
		if parent == nil {
			parent = root
		}
		parent.within = append(parent.within, n)
		nodes[c.Number] = n
		root.Took = max(root.Took, n.end())
	}
	return root
}

// short writes a duration as people read it here.
func short(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case d == 0:
		return "0"
	case ms >= 1000:
		return fmt.Sprintf("%.2f s", ms/1000)
	case ms >= 100:
		return fmt.Sprintf("%.0f ms", ms)
	case ms >= 1:
		return fmt.Sprintf("%.1f ms", ms)
	default:
		return fmt.Sprintf("%d µs", d.Microseconds())
	}
}

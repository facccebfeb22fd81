//go:build live

package differential

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// tally counts what was compared and what came of it. It is safe for concurrent
// use.
type tally struct {
	t    *testing.T
	list *list

	mu    sync.Mutex
	rows  map[string]*counts
	order []string
	// found are all differences, unlisted those without a reason.
	found, unlisted []difference
}

// counts are of one line of the summary.
type counts struct{ compared, equal, listed, unlisted int }

func newTally(t *testing.T, l *list) *tally { return &tally{t: t, list: l, rows: map[string]*counts{}} }

// add counts one comparison with the differences that it found.
func (c *tally) add(h *house, m message, differences []difference) {
	domain, _, _ := strings.Cut(m.endpoint, "#")
	c.count(h.name+" "+domain, differences)
}

func (c *tally) count(line string, differences []difference) {
	missing := 0
	c.mu.Lock()
	c.found = append(c.found, differences...)
	c.mu.Unlock()
	for _, d := range differences {
		if c.list.reasonOf(d) == nil {
			missing++
			c.mu.Lock()
			c.unlisted = append(c.unlisted, d)
			c.mu.Unlock()
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	row := c.rows[line]
	if row == nil {
		row = &counts{}
		c.rows[line] = row
		c.order = append(c.order, line)
	}
	row.compared++
	switch {
	case missing > 0:
		row.unlisted++
	case len(differences) > 0:
		row.listed++
	default:
		row.equal++
	}
}

// summary returns the table of what was compared.
func (c *tally) summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-34s %9s %7s %7s %9s\n", "", "compared", "equal", "listed", "unlisted")
	sum := counts{}
	line := func(name string, n counts) {
		fmt.Fprintf(&b, "%-34s %9d %7d %7d %9d\n", name, n.compared, n.equal, n.listed, n.unlisted)
	}
	for _, name := range sortedKeys(c.rows) {
		n := c.rows[name]
		line(name, *n)
		sum.compared, sum.equal, sum.listed, sum.unlisted = sum.compared+n.compared, sum.equal+n.equal, sum.listed+n.listed, sum.unlisted+n.unlisted
	}
	line("all", sum)
	b.WriteString("\ndifferences by reason\n")
	for _, reason := range c.list.reasons {
		fmt.Fprintf(&b, "%7d  %s\n", reason.found, reason.Title)
	}
	return b.String()
}

// verdict fails the test for what is not listed and, when all was compared, for
// what is listed and did not occur.
func (c *tally) verdict(all bool) {
	c.t.Helper()
	if path := os.Getenv("LEE_DIFFERENCES"); path != "" { // for a person who works on the list
		lines := make([]map[string]string, 0, len(c.found))
		for _, d := range c.found {
			lines = append(lines, map[string]string{
				"house": d.house, "endpoint": d.endpoint, "from": d.from, "directive": d.directive, "payload": d.payload,
				"what": d.what, "theirs": d.theirs, "ours": d.ours, "theirsToo": d.theirsToo, "oursToo": d.oursToo,
			})
		}
		raw, _ := json.Marshal(lines)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			c.t.Error(err)
		}
	}
	const most = 60
	for i, d := range c.unlisted {
		if i == most {
			c.t.Errorf("and %d more that are not listed", len(c.unlisted)-most)
			break
		}
		c.t.Errorf("not listed: %s", d)
	}
	if !all {
		return
	}
	for _, row := range c.list.unused() {
		c.t.Errorf("listed, and did not occur: %s", row)
	}
}

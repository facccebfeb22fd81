package flamegraph

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

//go:embed page.html
var pageText string

// page is parsed where it is used: it is small, and used once.
func page() *template.Template { return template.Must(template.New("page").Parse(pageText)) }

// The measures of a picture, in its own units; the page scales it to its width.
const (
	width     = 1200
	rowHeight = 28
	axis      = 24
	// letter is about how wide a letter is.
	letter = 7.2
)

// picture is one trace as the page shows it.
type picture struct {
	Trace
	Title  string
	Length string
	Height int
	Axis   int
	Frames []drawn
	Ticks  []mark
	Rows   []line
}

// drawn is a frame of a picture.
type drawn struct {
	X, Y, Width, Height float64
	Class, Label, Hint  string
}

// mark is a mark of the time axis. Its label is left of it where there is no room
// at its right.
type mark struct {
	X     float64
	Label string
	Left  bool
}

// line is a line of the table below a picture.
type line struct {
	Indent                     int
	Class, Name, Start         string
	Took, Own, Outcome, Remark string
}

// WriteHTML writes a page with a picture of each trace, time going from left to
// right. The page needs nothing but itself: no script, no other file. The error
// is w's.
func WriteHTML(w io.Writer, traces []Trace) error {
	pictures := make([]picture, len(traces))
	for i, t := range traces {
		pictures[i] = draw(t)
	}
	return page().Execute(w, pictures)
}

func draw(t Trace) picture {
	root := t.tree()
	nodes, rows := layout(root)
	p := picture{
		Trace: t, Title: t.title(), Length: short(root.Took),
		Height: rows*rowHeight + axis, Axis: rows * rowHeight,
	}
	whole := max(root.Took, time.Microsecond)
	at := func(d time.Duration) float64 { return float64(d) / float64(whole) * width }
	for _, n := range nodes {
		d := drawn{
			X: at(n.Start), Y: float64(n.row * rowHeight), Width: max(at(n.Took), 1.5), Height: rowHeight - 2,
			Class: class(n.Crumb), Hint: hint(n.node),
		}
		d.X = min(d.X, width-d.Width)
		name := n.Name
		if n.beside {
			name = "∥ " + name
		}
		d.Label = fit(name+"  "+short(n.Took), d.Width)
		if d.Label == "" {
			d.Label = fit(name, d.Width)
		}
		p.Frames = append(p.Frames, d)
	}
	step := tick(whole)
	for d := time.Duration(0); d <= whole; d += step {
		p.Ticks = append(p.Ticks, mark{at(d), short(d), fit(short(d), width-at(d)) == ""})
	}
	p.table(root)
	return p
}

// class is what a frame's colour goes by.
func class(c Crumb) string {
	switch {
	case c.Number < 0:
		return "whole"
	case c.Failed():
		return "failed"
	case c.Cached:
		return "cached"
	case strings.HasPrefix(c.Name, "load "):
		return "load"
	case strings.HasPrefix(c.Name, "home.call"):
		return "command"
	case c.crossing():
		return "read"
	default:
		return "part"
	}
}

// hint is what is shown when the mouse rests on a frame.
func hint(n *node) string {
	text := fmt.Sprintf("%s\n%s from %s, %s of it its own\n%s", n.Name, short(n.Took), short(n.Start), short(n.own()), n.Outcome)
	if remark := remark(n.Crumb); remark != "" {
		text += "\n" + remark
	}
	return text
}

func remark(c Crumb) string {
	var remarks []string
	if c.Attempts > 1 {
		remarks = append(remarks, fmt.Sprintf("%d attempts", c.Attempts))
	}
	if c.Cached {
		remarks = append(remarks, "from the cache")
	} else if !c.Timed {
		remarks = append(remarks, "the short way, not timed")
	}
	return strings.Join(remarks, ", ")
}

// fit returns a text if it fits into so much, "" if not.
func fit(text string, within float64) string {
	if float64(utf8.RuneCountInString(text))*letter > within-10 {
		return ""
	}
	return text
}

// table lists all crumbs in their order, those without times too.
func (p *picture) table(root *node) {
	own := map[int]time.Duration{}
	var walk func(n *node)
	walk = func(n *node) {
		own[n.Number] = n.own()
		for _, inner := range n.within {
			walk(inner)
		}
	}
	walk(root)
	depths := map[int]int{-1: -1}
	for _, c := range p.Crumbs {
		depth, ok := depths[c.Within]
		if !ok {
			depth = -1 // what it lies within was not kept
		}
		depths[c.Number] = depth + 1
		l := line{Indent: depth + 1, Class: class(c), Name: c.Name, Outcome: c.Outcome, Remark: remark(c)}
		if c.Timed {
			l.Start, l.Took, l.Own = short(c.Start), short(c.Took), short(own[c.Number])
		}
		p.Rows = append(p.Rows, l)
	}
}

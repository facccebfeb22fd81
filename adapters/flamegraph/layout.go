package flamegraph

import "time"

// placed is a node in its row of a picture, the invocation itself in row 0.
type placed struct {
	*node
	row int
	// beside says that the row is not the one below what it lies within: something
	// else was under way at the same time, and has that.
	beside bool
}

// layout puts every node below the one that it lies within. What happens side by
// side gets rows of its own, so that nothing covers anything else.
func layout(root *node) (all []placed, rows int) {
	var taken [][]*node // by row
	var put func(n *node, wanted int)
	put = func(n *node, wanted int) {
		row := wanted
		for !free(taken, n, row) {
			row++
		}
		for len(taken) <= row {
			taken = append(taken, nil)
		}
		taken[row] = append(taken[row], n)
		all = append(all, placed{n, row, row != wanted})
		for _, inner := range n.within {
			put(inner, row+1)
		}
	}
	put(root, 0)
	return all, len(taken)
}

// free says whether nothing is in a row at the time of n, nor in the one below
// it if something is to go there.
func free(taken [][]*node, n *node, row int) bool {
	last := row
	if len(n.within) > 0 {
		last++
	}
	for ; row <= last && row < len(taken); row++ {
		for _, other := range taken[row] {
			if n.Start < other.end() && other.Start < n.end() {
				return false
			}
		}
	}
	return true
}

// tick returns the distance of the marks below a picture: a round number of
// which there are four to ten.
func tick(whole time.Duration) time.Duration {
	step := time.Microsecond
	for {
		for _, times := range []int64{1, 2, 5} {
			if mark := time.Duration(times * int64(step)); whole/mark <= 10 {
				return mark
			}
		}
		step *= 10
	}
}

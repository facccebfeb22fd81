package spoken

import (
	"slices"
	"strings"
)

// distance is how far a name is from what was heard. It is a class and, where the
// class has degrees, how far within it.
type distance int

// The classes, the nearest first.
const (
	// same is for the same words, whatever articles are between them.
	same distance = 0
	// reordered is for the same words in another order, "light kitchen", and for
	// those that are written together or apart, "bed time".
	reordered distance = 100
	// mistaken is for a few letters that are others.
	mistaken distance = 200
	// part is for a name that holds all that was heard, "kitchen" for "Kitchen
	// Lights": all such names are as near, however long they are.
	part distance = 300
	// within is for a name among more that was heard, "the good night routine". The
	// degrees are the words left over.
	within distance = 400
	// far is for everything else.
	far distance = 1000
)

// slack is how much farther another name may be to be as good: recognition is no
// better than a letter. Where the words are the same there is no doubt.
func (d distance) slack() distance {
	if d >= mistaken && d < part {
		return 1
	}
	return 0
}

// between returns how far a name is from what was heard.
func between(heard, name words) distance {
	switch {
	case len(name) == 0:
		return far
	case slices.Equal(heard, name):
		return same
	case slices.Equal(sorted(heard), sorted(name)):
		return reordered
	}
	if strings.Join(heard, "") == strings.Join(name, "") {
		return reordered
	}
	if n, ok := misheard(heard, name); ok && !differsInNumber(heard, name) {
		return mistaken + distance(n)
	}
	if _, ok := leftOver(heard, name); ok {
		return part
	}
	if left, ok := leftOver(name, heard); ok && left < int(far-within) {
		return within + distance(left)
	}
	return far
}

func sorted(w words) words { return slices.Sorted(slices.Values(w)) }

// misheard returns how many letters of a name were heard as others; ok is false when
// that are too many. It compares word by word, since a whole word that is another means
// something else however long the name is: "garage on" is not "garage off", nor the
// living room the dining room.
func misheard(heard, name words) (n int, ok bool) {
	if len(heard) != len(name) { // written together or apart, and a letter wrong besides
		one, other := strings.Join(heard, ""), strings.Join(name, "")
		n = edits([]rune(one), []rune(other))
		return n, n <= min(1, mistakes(one, other))
	}
	for i, word := range heard {
		wrong := edits([]rune(word), []rune(name[i]))
		if wrong > mistakes(word, name[i]) {
			return 0, false
		}
		n += wrong
	}
	return n, true
}

// mistakes is how many letters of a word may be others: none of three, one of six, at
// most a quarter of more.
func mistakes(one, other string) int {
	const most = 4
	switch n := min(len([]rune(one)), len([]rune(other))); {
	case n <= 3:
		return 0
	case n <= 6:
		return 1
	default:
		return min(n/4, most)
	}
}

// differsInNumber says whether the two hold different numbers: "lamp 2" is not
// "lamp 3" misheard.
func differsInNumber(a, b words) bool {
	numbers := func(w words) words {
		return slices.DeleteFunc(slices.Clone(w), func(word string) bool { return strings.Trim(word, "0123456789") != "" })
	}
	return !slices.Equal(sorted(numbers(a)), sorted(numbers(b)))
}

// leftOver returns how many words of all are not among some; ok is false when not
// all of some are among all.
func leftOver(some, all words) (n int, ok bool) {
	rest := slices.Clone(all)
	for _, word := range some {
		i := slices.Index(rest, word)
		if i < 0 {
			return 0, false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return len(rest), true
}

// edits returns how many letters must be put in, taken out, changed, or swapped
// with the next, to make one of the other (the optimal string alignment distance,
// of Damerau and Levenshtein).
func edits(a, b []rune) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

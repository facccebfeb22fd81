package spoken

// Match is how a name matches what was heard. A greater one is better.
type Match uint8

// The matches.
const (
	// NoMatch is that of no name.
	NoMatch Match = iota
	// Taken is that of a thing that Alexa named and whose names are not in what was heard.
	Taken
	// Within is that of a name among more that was heard.
	Within
	// Part is that of a name that holds all that was heard, and more.
	Part
	// Misheard is that of a name of which a few letters were heard as others.
	Misheard
	// Reordered is that of the words of a name in another order, or written together.
	Reordered
	// Whole is that of the same words.
	Whole
)

// String returns the match in a word or two, "part".
func (m Match) String() string {
	return [...]string{"none", "taken", "within", "part", "misheard", "reordered", "whole"}[m]
}

// match returns how a name matches that is so far away.
func (d distance) match() Match {
	switch {
	case d >= far:
		return NoMatch
	case d >= within:
		return Within
	case d >= part:
		return Part
	case d >= mistaken:
		return Misheard
	case d >= reordered:
		return Reordered
	default:
		return Whole
	}
}

// score returns how near a name is that is so far away, from 0 to 1000.
func (d distance) score() int { return int(far - d) }

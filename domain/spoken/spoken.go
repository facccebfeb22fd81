// Package spoken finds out which of a home's things somebody means, by what was
// heard and what the things are called. It forgives what recognition gets wrong
// within reason, and never guesses: where two things are as near as each other it
// says so, and the asker can be asked back.
package spoken

import (
	"slices"
	"strings"
)

// Thing is something that can be meant.
type Thing struct {
	// ID is what it is known by, and unique among those that are compared.
	ID string
	// Names are what people call it, the one to say first.
	Names []string
	// Spare are names that nobody has given it, such as one that is made of its id. They
	// match as part of a name does, and no better.
	Spare []string `json:",omitempty"`
}

// Name returns what to call the thing; its id when it has no name.
func (t Thing) Name() string {
	if len(t.Names) == 0 {
		return t.ID
	}
	return t.Names[0]
}

// Heard returns what is heard of somebody who means just this thing.
func (t Thing) Heard() Heard { return Heard{Text: t.Name(), IDs: []string{t.ID}} }

// Heard is what somebody said.
type Heard struct {
	// Text is what was heard.
	Text string
	// IDs are the ids that Alexa took the text for, the best first; nil where it took
	// the text for none. Alexa compares with names as they were when the skill was made.
	IDs []string
}

// Empty says whether nothing was heard.
func (h Heard) Empty() bool { return strings.TrimSpace(h.Text) == "" && len(h.IDs) == 0 }

// Result is what somebody can have meant: one thing, several that are as near, or
// none.
type Result struct {
	// Things are in the order in which they were given.
	Things []Thing
	// Match is how the things' names match what was heard.
	Match Match
	// Score is how near the names are: from 1000 for the same words down to 0 for
	// names that are nothing like them. It is for the log.
	Score int
}

// One returns the thing that was meant; ok is false unless there is just one.
func (r Result) One() (thing Thing, ok bool) {
	if len(r.Things) != 1 {
		return Thing{}, false
	}
	return r.Things[0], true
}

// None says whether it is none of the things.
func (r Result) None() bool { return len(r.Things) == 0 }

// Whole says whether the things are called just what was heard.
func (r Result) Whole() bool { return r.Match == Whole }

// Beside says that more was heard than a name of theirs: "the kitchen garden", where
// there is a kitchen. As an answer that is good enough; somebody who names a place like
// that may mean another one.
func (r Result) Beside() bool { return r.Match == Within }

// Find returns which of the things were meant, in a language ("de"). What Alexa
// took it for counts first, as long as it is one of the things: of several, those
// whose names are nearest to what was heard. Otherwise the names alone count, also
// where Alexa took it for something that is not called so any more, and another thing
// is.
func Find(language string, heard Heard, things []Thing) Result {
	words := wordsOf(language, heard.Text)
	if taken := among(things, heard.IDs); len(taken) > 0 {
		if r := nearest(language, words, taken); !r.None() {
			if r.Beside() {
				r.Match = Taken
			}
			return r
		}
		if called := Called(language, heard.Text, things); !called.None() {
			return called
		}
		return Result{Things: taken, Match: Taken}
	}
	return nearest(language, words, things)
}

// among returns the things with these ids.
func among(things []Thing, ids []string) []Thing {
	var found []Thing
	for _, thing := range things {
		if slices.Contains(ids, thing.ID) {
			found = append(found, thing)
		}
	}
	return found
}

// Called returns the things that have just that for a name, but for articles, accents
// and capitals.
func Called(language, name string, things []Thing) Result {
	words := wordsOf(language, name)
	if len(words) == 0 {
		return Result{}
	}
	var found []Thing
	for _, thing := range things {
		if slices.ContainsFunc(thing.Names, func(name string) bool { return slices.Equal(words, wordsOf(language, name)) }) {
			found = append(found, thing)
		}
	}
	if len(found) == 0 {
		return Result{}
	}
	return Result{Things: found, Match: Whole, Score: same.score()}
}

// nearest returns the things whose names are nearest to what was heard, if they
// are near enough.
func nearest(language string, heard words, things []Thing) Result {
	if len(heard) == 0 {
		return Result{}
	}
	best, distances := far, make([]distance, len(things))
	for i, thing := range things {
		distances[i] = far
		for _, name := range thing.Names {
			distances[i] = min(distances[i], between(heard, wordsOf(language, name)))
		}
		for _, name := range thing.Spare {
			distances[i] = min(distances[i], max(part, between(heard, wordsOf(language, name))))
		}
		best = min(best, distances[i])
	}
	if best >= far {
		return Result{}
	}
	r := Result{Match: best.match(), Score: best.score()}
	for i, thing := range things {
		if distances[i] <= best+best.slack() {
			r.Things = append(r.Things, thing)
		}
	}
	return r
}

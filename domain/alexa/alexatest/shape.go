package alexatest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// shape is what a value must look like. It complains where it does not.
type shape func(spot)

// fields are the shapes of an object's members, by name.
type fields map[string]shape

// anything is a value of any kind.
func anything(spot) {}

// flag is true or false.
func flag(s spot) {
	if _, ok := s.value.(bool); !ok {
		s.complain("must be true or false, is %s", s.shown())
	}
}

// text is a text that is not empty.
func text(s spot) {
	if s.text() == "" {
		s.complain("must be a text that is not empty, is %s", s.shown())
	}
}

// textUpTo is a text of 1 to most characters.
func textUpTo(most int) shape {
	return func(s spot) {
		text(s)
		if n := utf8.RuneCountInString(s.text()); n > most {
			s.complain("must be at most %d characters long, is %d", most, n)
		}
	}
}

// word is one of a few texts.
func word(allowed ...string) shape {
	const readable = 9 // a longer list helps nobody
	what := strings.Join(allowed, " or ")
	if len(allowed) > readable {
		what = "one of the words that Alexa knows here"
	}
	return func(s spot) {
		if !slices.Contains(allowed, s.text()) {
			s.complain("must be %s, is %s", what, s.shown())
		}
	}
}

// like is a text of the pattern's form, which is called form.
func like(pattern, form string) shape {
	re := regexp.MustCompile(pattern)
	return func(s spot) {
		if !re.MatchString(s.text()) {
			s.complain("must be %s, is %s", form, s.shown())
		}
	}
}

// number is a number from least to most.
func number(least, most float64) shape {
	what := fmt.Sprintf("a number from %g to %g", least, most)
	switch {
	case least == -math.MaxFloat64 && most == math.MaxFloat64:
		what = "a number"
	case least == math.SmallestNonzeroFloat64 && most == math.MaxFloat64:
		what = "a number above 0"
	case most == math.MaxFloat64:
		what = fmt.Sprintf("a number of at least %g", least)
	}
	return func(s spot) {
		if n, ok := s.number(); !ok || n < least || n > most {
			s.complain("must be %s, is %s", what, s.shown())
		}
	}
}

// integer is a whole number from least to most, written without a fraction.
func integer(least, most int64) shape {
	what := fmt.Sprintf("a whole number from %d to %d", least, most)
	if most >= math.MaxInt32 {
		what = fmt.Sprintf("a whole number of at least %d", least)
	}
	return func(s spot) {
		n, ok := s.value.(json.Number)
		i, err := n.Int64()
		if !ok || err != nil || i < least || i > most {
			s.complain("must be %s, is %s", what, s.shown())
		}
	}
}

// list is a list of at least that many items, each of the same shape.
func list(least int, of shape) shape {
	return func(s spot) {
		items, ok := s.value.([]any)
		switch {
		case !ok:
			s.complain("must be a list, is %s", s.shown())
		case len(items) < least:
			s.complain("must have at least %d, has %d", least, len(items))
		}
		for _, item := range s.items() {
			of(item)
		}
	}
}

// set is a list of at least one text, whose items differ.
func set(of shape) shape {
	return func(s spot) {
		list(1, of)(s)
		distinct(s.items(), spot.text)
	}
}

// distinct complains of places that share a key with one before them.
func distinct(places []spot, key func(spot) string) {
	seen := make(map[string]bool, len(places))
	for _, place := range places {
		k := key(place)
		if seen[k] {
			place.complain("there is one already for %q", k)
		}
		seen[k] = true
	}
}

// object is an object that has all members of must, perhaps some of may, and no
// others.
func object(must, may fields) shape {
	return func(s spot) {
		if _, ok := s.value.(map[string]any); !ok {
			s.complain("must be an object, is %s", s.shown())
			return
		}
		for _, name := range sortedNames(must) {
			if !s.has(name) {
				s.at(name).complain("is missing")
			}
		}
		for _, name := range s.names() {
			switch is, known := either(must, may, name); {
			case !known:
				s.at(name).complain("Alexa knows no such member here")
			default:
				is(s.at(name))
			}
		}
	}
}

func either(must, may fields, name string) (shape, bool) {
	if is, ok := must[name]; ok {
		return is, true
	}
	is, ok := may[name]
	return is, ok
}

func sortedNames(f fields) []string { return slices.Sorted(maps.Keys(f)) }

package naming

import (
	"fmt"
	"strings"
)

// Style is what is done with the names that a home gives its entities.
type Style struct {
	// Area puts the area's name before the entity's.
	Area bool
	// All makes an endpoint of each of an entity's names.
	All bool
}

// StyleAllowed says in words what ParseStyle takes.
const StyleAllowed = "area (puts the area before each name), all (makes a device of each alias), or both"

// ParseStyle reads a style: any of the words area and all, in any order and
// separated by commas. Its error names every word that is none.
func ParseStyle(text string) (Style, error) {
	var s Style
	var unknown []string
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' }) {
		switch strings.ToLower(word) {
		case "area":
			s.Area = true
		case "all":
			s.All = true
		default:
			unknown = append(unknown, word)
		}
	}
	if len(unknown) > 0 {
		return Style{}, fmt.Errorf("holds what is none of the words: %q", unknown)
	}
	return s, nil
}

// String returns the style as ParseStyle reads it, "" for the zero Style.
func (s Style) String() string {
	switch {
	case s.Area && s.All:
		return "area, all"
	case s.Area:
		return "area"
	case s.All:
		return "all"
	default:
		return ""
	}
}

package spoken

import (
	"strconv"
	"strings"
)

// Number returns the number that was heard: in digits, with a point or a comma, or
// a small whole one in a word of the language; ok is false when it is none.
func Number(language, heard string) (f float64, ok bool) {
	said := strings.Replace(strings.TrimSpace(heard), ",", ".", 1)
	if strings.Trim(said, "-.0123456789") == "" {
		if f, err := strconv.ParseFloat(said, 64); err == nil {
			return f, true
		}
	}
	w := wordsOf(language, heard)
	if len(w) != 1 {
		return 0, false
	}
	n, err := strconv.Atoi(w[0])
	return float64(n), err == nil
}

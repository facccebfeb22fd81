package phrase

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// AllOf returns things one after the other, "a lamp, a fan and a radio".
func (l Language) AllOf(things []string) string { return l.list(things, And) }

// OneOf returns things to choose from, "a lamp, a fan or a radio".
func (l Language) OneOf(things []string) string { return l.list(things, Or) }

func (l Language) list(things []string, joiner Phrase) string {
	switch n := len(things); n {
	case 0:
		return ""
	case 1:
		return things[0]
	default:
		return strings.Join(things[:n-1], ", ") + " " + l.words[joiner] + " " + things[n-1]
	}
}

// Number returns a number as the language writes it, with as many decimals as it
// has.
func (l Language) Number(f float64) string {
	return strings.Replace(strconv.FormatFloat(f, 'f', -1, 64), ".", l.decimal, 1)
}

// Amount returns a number with its unit, as the language writes it: "50%" in English,
// "50 %" in German (CLDR's formats). Without a unit it is the number.
func (l Language) Amount(f float64, unit string) string {
	switch unit = strings.TrimSpace(unit); {
	case unit == "":
		return l.Number(f)
	case unit == "%" && (l.tag == "en" || l.tag == "it"):
		return l.Number(f) + unit
	default:
		return l.Number(f) + " " + unit
	}
}

// Duration returns how long something takes, in hours, minutes and whole seconds;
// what is less than one second is none.
func (l Language) Duration(d time.Duration) string {
	left := int(math.Max(0, math.Round(d.Seconds())))
	var parts []string
	for _, unit := range []struct {
		seconds   int
		one, many Phrase
	}{{3600, Hour, Hours}, {60, Minute, Minutes}, {1, Second, Seconds}} {
		n := left / unit.seconds
		left %= unit.seconds
		switch {
		case n == 1:
			parts = append(parts, l.words[unit.one])
		case n > 1:
			parts = append(parts, strconv.Itoa(n)+" "+l.words[unit.many])
		}
	}
	if len(parts) == 0 {
		return "0 " + l.words[Seconds]
	}
	return l.AllOf(parts)
}

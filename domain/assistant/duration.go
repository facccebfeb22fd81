package assistant

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// longestDuration is the longest time that a timer is set to: more is misheard.
const longestDuration = 1000 * time.Hour

// duration reads how long something is to take: as AMAZON.DURATION has it
// (ISO 8601), or in words, "five minutes"; ok is false when it cannot be read or is
// no time at all.
func duration(language phrase.Language, heard string) (d time.Duration, ok bool) {
	heard = strings.TrimSpace(heard)
	if d, ok = isoDuration(heard); !ok {
		d, ok = saidDuration(language, heard)
	}
	return d, ok && d > 0 && d <= longestDuration
}

// isoDuration reads "PT1H30M", "P1DT12H", "P2W". Years and months, which are not
// always as long, are none.
func isoDuration(text string) (d time.Duration, ok bool) {
	rest, ok := strings.CutPrefix(strings.ToUpper(text), "P")
	if !ok || rest == "" || rest == "T" {
		return 0, false
	}
	days, times, _ := strings.Cut(rest, "T")
	for _, part := range []struct {
		text  string
		units map[byte]time.Duration
	}{
		{days, map[byte]time.Duration{'W': 7 * 24 * time.Hour, 'D': 24 * time.Hour}},
		{times, map[byte]time.Duration{'H': time.Hour, 'M': time.Minute, 'S': time.Second}},
	} {
		for left := part.text; left != ""; {
			end := strings.IndexFunc(left, func(r rune) bool { return r < '0' || r > '9' })
			if end <= 0 {
				return 0, false
			}
			n, err := strconv.Atoi(left[:end])
			unit := part.units[left[end]]
			if err != nil || unit == 0 || time.Duration(n) > longestDuration/unit {
				return 0, false
			}
			d += time.Duration(n) * unit
			left = left[end+1:]
		}
	}
	return d, true
}

// saidDuration reads numbers and units in words of the language, "one hour and five
// minutes".
func saidDuration(language phrase.Language, text string) (d time.Duration, ok bool) {
	and := language.Say(phrase.And)
	number, numbered := 0.0, false
	for _, word := range strings.Fields(strings.ToLower(strings.ReplaceAll(text, "'", " "))) {
		if word == and {
			continue
		}
		if unit := unitOf(language, word); unit != 0 {
			if !numbered {
				return 0, false
			}
			d, number, numbered, ok = d+time.Duration(number*float64(unit)), 0, false, true
			continue
		}
		if numbered || !isOne(language, word, &number) {
			return 0, false
		}
		numbered = true
	}
	return d, ok && !numbered
}

// isOne reads a number into n; the article of a unit is one.
func isOne(language phrase.Language, word string, n *float64) bool {
	for _, p := range []phrase.Phrase{phrase.Hour, phrase.Minute, phrase.Second} {
		article, _, _ := strings.Cut(strings.ReplaceAll(language.Say(p), "'", " "), " ")
		if word == article {
			*n = 1
			return true
		}
	}
	number, ok := spoken.Number(language.Tag(), word)
	*n = number
	return ok && number >= 0 && number < 1e6
}

// unitOf returns the unit that a word is the name of, 0 for none.
func unitOf(language phrase.Language, word string) time.Duration {
	for _, unit := range []struct {
		one, many phrase.Phrase
		length    time.Duration
	}{{phrase.Hour, phrase.Hours, time.Hour}, {phrase.Minute, phrase.Minutes, time.Minute}, {phrase.Second, phrase.Seconds, time.Second}} {
		one := strings.Fields(strings.ReplaceAll(strings.ToLower(language.Say(unit.one)), "'", " "))
		if word == one[len(one)-1] || word == strings.ToLower(language.Say(unit.many)) {
			return unit.length
		}
	}
	return 0
}

// asClockTime writes a duration as Home Assistant takes it, "01:30:00".
func asClockTime(d time.Duration) string {
	s := int(d.Round(time.Second).Seconds())
	return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
}

// clockTime reads a duration as Home Assistant writes it, "1:30:00"; with days it
// is "1 day, 2:00:00". What it cannot read is none.
func clockTime(text string) time.Duration {
	var days, h, m int
	var s float64
	if before, after, found := strings.Cut(text, ", "); found {
		if _, err := fmt.Sscanf(before, "%d day", &days); err != nil {
			return 0
		}
		text = after
	}
	if _, err := fmt.Sscanf(text, "%d:%d:%g", &h, &m, &s); err != nil {
		return 0
	}
	return time.Duration(24*days+h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s*float64(time.Second))
}

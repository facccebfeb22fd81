package setting

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// Boolean is a flag: true, 1, yes or on, false, 0, no or off. The value is a bool.
var Boolean = Kind{
	Allowed: allowedBool,
	Parse:   func(text string) (any, error) { return parseBool(text) },
}

// negated is a flag whose place holds the opposite, so that the zero value of the place is
// the usual one.
var negated = Kind{
	Allowed: allowedBool,
	Parse: func(text string) (any, error) {
		b, err := parseBool(text)
		return !b, err
	},
	Show: func(value any) string { return strconv.FormatBool(value == false) },
}

const allowedBool = "true or false"

func parseBool(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "true", "1", "yes", "on":
		return true, nil
	case "false", "0", "no", "off":
		return false, nil
	}
	return false, errors.New("is neither true nor false")
}

// Seconds is a time in seconds from low to high, with or without a fraction, to the
// millisecond. The value is a time.Duration.
func Seconds(low, high time.Duration) *Kind {
	return &Kind{
		Allowed: "seconds, " + ShowSeconds(low) + " to " + ShowSeconds(high),
		Parse:   func(text string) (any, error) { return parseSeconds(text, low, high) },
		Show:    func(value any) string { d, _ := value.(time.Duration); return ShowSeconds(d) },
	}
}

func parseSeconds(text string, low, high time.Duration) (time.Duration, error) {
	if strings.Trim(text, "0123456789.") != "" {
		return 0, errors.New("is not a number of seconds")
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, errors.New("is not a number of seconds")
	}
	if f < low.Seconds() || f > high.Seconds() {
		return 0, errors.New("is out of range")
	}
	return time.Duration(math.Round(f*1000)) * time.Millisecond, nil
}

// ShowSeconds writes a time as Seconds reads it.
func ShowSeconds(d time.Duration) string {
	return strconv.FormatFloat(float64(d/time.Millisecond)/1000, 'f', -1, 64)
}

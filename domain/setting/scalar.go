package setting

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// Bool reads a flag: true, 1, yes or on, false, 0, no or off.
func Bool(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "true", "1", "yes", "on":
		return true, nil
	case "false", "0", "no", "off":
		return false, nil
	}
	return false, errors.New("is neither true nor false")
}

// Seconds reads a time in seconds, with a fraction or without, to the millisecond.
func Seconds(text string, low, high time.Duration) (time.Duration, error) {
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

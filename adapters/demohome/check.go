package demohome

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A check validates a value of a field and turns it into the type that the
// service works with. Its error says what was expected.
type check func(any) (any, error)

// asInt takes what Python's int() takes.
func asInt(v any) (any, error) {
	switch v := v.(type) {
	case int:
		return v, nil
	case bool:
		if v {
			return 1, nil
		}
		return 0, nil
	case float64:
		if !math.IsInf(v, 0) && !math.IsNaN(v) {
			return int(v), nil
		}
	case string:
		if n, err := strconv.Atoi(strings.TrimSpace(v)); err == nil {
			return n, nil
		}
	}
	return nil, fmt.Errorf("expected int")
}

// asFloat takes what Python's float() takes.
func asFloat(v any) (any, error) {
	switch v := v.(type) {
	case int:
		return float64(v), nil
	case float64:
		return v, nil
	case bool:
		if v {
			return 1.0, nil
		}
		return 0.0, nil
	case string:
		if f, err := strconv.ParseFloat(strings.TrimSpace(v), 64); err == nil {
			return f, nil
		}
	}
	return nil, fmt.Errorf("expected float")
}

// asText takes anything with a text of its own.
func asText(v any) (any, error) {
	switch v.(type) {
	case nil, []any, map[string]any:
		return nil, fmt.Errorf("value should be a string")
	}
	return text(v), nil
}

func asBool(v any) (any, error) {
	switch v := v.(type) {
	case bool:
		return v, nil
	case int, float64:
		return number(v) != 0, nil
	case string:
		switch strings.ToLower(strings.TrimSpace(v)) {
		case "1", "true", "yes", "on", "enable":
			return true, nil
		case "0", "false", "no", "off", "disable":
			return false, nil
		}
	}
	return nil, fmt.Errorf("invalid boolean value %s", text(v))
}

// upTo refuses a number below 0 or above a highest one.
func upTo(check check, highest float64) check {
	return func(v any) (any, error) {
		n, err := check(v)
		if err != nil {
			return nil, err
		}
		if number(n) < 0 || number(n) > highest {
			return nil, fmt.Errorf("value must be between 0 and %g", highest)
		}
		return n, nil
	}
}

// clamped pulls a number into a range.
func clamped(check check, lowest, highest float64) check {
	return func(v any) (any, error) {
		n, err := check(v)
		if err != nil {
			return nil, err
		}
		if c := min(max(number(n), lowest), highest); c != number(n) {
			return check(c)
		}
		return n, nil
	}
}

func oneOf(allowed ...string) check {
	return func(v any) (any, error) {
		if s, ok := v.(string); ok && slices.Contains(allowed, s) {
			return s, nil
		}
		return nil, fmt.Errorf("value must be one of %s", strings.Join(allowed, ", "))
	}
}

// exactly wants a list with one element for each check.
func exactly(checks ...check) check {
	return func(v any) (any, error) {
		list, ok := v.([]any)
		if !ok || len(list) != len(checks) {
			return nil, fmt.Errorf("expected a list of %d", len(checks))
		}
		out := make([]any, len(list))
		for i, check := range checks {
			e, err := check(list[i])
			if err != nil {
				return nil, err
			}
			out[i] = e
		}
		return out, nil
	}
}

// listOf takes a list, or one element alone.
func listOf(check check) check {
	return func(v any) (any, error) {
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		out := make([]any, len(list))
		for i := range list {
			e, err := check(list[i])
			if err != nil {
				return nil, err
			}
			out[i] = e
		}
		return out, nil
	}
}

func anything(v any) (any, error) { return v, nil }

var percent = upTo(asInt, 100)

package demohome

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The values of attributes and of a call's data are nil, bool, int, float64,
// string, []any and map[string]any. An int and a float64 differ as they do in
// Home Assistant: a set point of 21.0 is written "21.0", never "21".

// values turns what encoding/json decoded with UseNumber into these types.
func values(v any) any {
	switch v := v.(type) {
	case json.Number:
		if !strings.ContainsAny(v.String(), ".eE") {
			if n, err := strconv.Atoi(v.String()); err == nil {
				return n
			}
		}
		f, _ := v.Float64()
		return f
	case []any:
		for i := range v {
			v[i] = values(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = values(v[k])
		}
	}
	return v
}

// appendValue appends v's JSON, keys in alphabetical order. A value of any
// other type is left to encoding/json.
func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case float64:
		return append(b, float(v)...)
	case string:
		return appendString(b, v)
	case []any:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, e)
		}
		return append(b, ']')
	case map[string]any:
		return appendObject(b, v)
	}
	other, err := json.Marshal(v)
	if err != nil {
		return append(b, "null"...)
	}
	return append(b, other...)
}

func appendObject(b []byte, m map[string]any) []byte {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendValue(append(appendString(b, k), ':'), m[k])
	}
	return append(b, '}')
}

// appendString appends s as JSON. Only what JSON demands is escaped, as Home
// Assistant does; encoding/json would escape <, > and & too.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case r < ' ':
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// float writes f as Python does: as short as can be, with a decimal point.
func float(f float64) string {
	s := strconv.FormatFloat(f, 'g', -1, 64)
	if strings.Contains(s, "e") {
		if math.Abs(f) < 1e-4 || math.Abs(f) >= 1e16 {
			return s
		}
		s = strconv.FormatFloat(f, 'f', -1, 64)
	}
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// text is Python's str() of a value, which Home Assistant's messages and states
// are made with.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case int:
		return strconv.Itoa(v)
	case float64:
		return float(v)
	case string:
		return v
	}
	return string(appendValue(nil, v))
}

// same compares two values as Python does: 21 and 21.0 are the same.
func same(a, b any) bool {
	switch a := a.(type) {
	case int, float64:
		switch b.(type) {
		case int, float64:
			return number(a) == number(b)
		}
		return false
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, same)
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && maps.EqualFunc(a, b, same)
	}
	return a == b
}

// number reads v, an int or a float64; anything else is 0.
func number(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	return 0
}

// round rounds f to a number of decimals, exactly.
func round(f float64, decimals int) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'f', decimals, 64), 64)
	return r
}

// words reads v, a list, as strings, each by its text.
func words(v any) []string {
	switch v := v.(type) {
	case []string:
		return v
	case []any:
		out := make([]string, len(v))
		for i, e := range v {
			out[i] = text(e)
		}
		return out
	}
	return nil
}

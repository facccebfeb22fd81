package config

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/setting"
)

// kind is how one sort of value is written.
type kind[T any] struct {
	// allowed says in words what may be written.
	allowed string
	// parse reads what was written, which is not empty and has no white space
	// around it. Its error says what is wrong, to go after the variable's name
	// and value; it does not repeat the value.
	parse func(text string) (T, error)
	// show writes a value, without its secrets.
	show func(T) string
}

// field ties a kind to the place of a setting.
type field interface {
	allowed() string
	set(s *Settings, text string) error
	// show returns what the setting is, without its secrets, "" when it is not
	// set.
	show(s *Settings) string
	same(a, b *Settings) bool
	copy(to, from *Settings)
}

// in returns the field at a place of the settings.
func in[T any](k kind[T], at func(*Settings) *T) field { return place[T]{k, at} }

type place[T any] struct {
	kind kind[T]
	at   func(*Settings) *T
}

func (p place[T]) allowed() string          { return p.kind.allowed }
func (p place[T]) show(s *Settings) string  { return p.kind.show(*p.at(s)) }
func (p place[T]) copy(to, from *Settings)  { *p.at(to) = *p.at(from) }
func (p place[T]) same(a, b *Settings) bool { return reflect.DeepEqual(*p.at(a), *p.at(b)) }

func (p place[T]) set(s *Settings, text string) error {
	v, err := p.kind.parse(text)
	if err == nil {
		*p.at(s) = v
	}
	return err
}

// oneOf is a kind of value that has a name each, in any case.
func oneOf[T ~uint8](names []string) kind[T] {
	return kind[T]{
		allowed: "one of " + strings.Join(names, ", "),
		parse: func(text string) (T, error) {
			i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, text) })
			if i < 0 {
				return 0, errors.New("is none of the names")
			}
			return T(i), nil
		},
		show: func(v T) string { return name(names, v) },
	}
}

var boolean = kind[bool]{
	allowed: "true or false",
	parse:   setting.Bool,
	show:    strconv.FormatBool,
}

// seconds is a time in seconds, with a fraction or without.
func seconds(low, high time.Duration) kind[time.Duration] {
	return kind[time.Duration]{
		allowed: "seconds, " + showSeconds(low) + " to " + showSeconds(high),
		parse:   func(text string) (time.Duration, error) { return setting.Seconds(text, low, high) },
		show:    showSeconds,
	}
}

func showSeconds(d time.Duration) string {
	return strconv.FormatFloat(float64(d/time.Millisecond)/1000, 'f', -1, 64)
}

const mebibyte = 1 << 20

// megabytes is a whole number of MB, as Lambda counts them; the value is in
// bytes.
func megabytes(low, high int64) kind[int64] {
	return kind[int64]{
		allowed: "MB, " + strconv.FormatInt(low, 10) + " to " + strconv.FormatInt(high, 10),
		parse: func(text string) (int64, error) {
			n, err := strconv.ParseInt(text, 10, 64)
			if errors.Is(err, strconv.ErrRange) || err == nil && (n < low || n > high) {
				return 0, errors.New("is out of range")
			}
			if err != nil {
				return 0, errors.New("is not a whole number")
			}
			return n * mebibyte, nil
		},
		show: showMegabytes,
	}
}

func showMegabytes(bytes int64) string { return strconv.FormatInt(bytes/mebibyte, 10) }

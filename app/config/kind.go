package config

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// oneOf is a kind of value with a name each, in any case. The value is a T, which shows as
// its name.
func oneOf[T ~uint8](names []string) *setting.Kind {
	return &setting.Kind{
		Allowed: "one of " + strings.Join(names, ", "),
		Parse: func(text string) (any, error) {
			i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, text) })
			if i < 0 {
				return nil, errors.New("is none of the names")
			}
			return T(i), nil
		},
	}
}

const mebibyte = 1 << 20

// megabytes is a whole number of MB, as Lambda counts them; the value is an int64, in
// bytes.
func megabytes(low, high int64) *setting.Kind {
	return &setting.Kind{
		Allowed: "MB, " + strconv.FormatInt(low, 10) + " to " + strconv.FormatInt(high, 10),
		Parse: func(text string) (any, error) {
			n, err := strconv.ParseInt(text, 10, 64)
			if errors.Is(err, strconv.ErrRange) || err == nil && (n < low || n > high) {
				return nil, errors.New("is out of range")
			}
			if err != nil {
				return nil, errors.New("is not a whole number")
			}
			return n * mebibyte, nil
		},
		Show: func(value any) string { bytes, _ := value.(int64); return showMegabytes(bytes) },
	}
}

func showMegabytes(bytes int64) string { return strconv.FormatInt(bytes/mebibyte, 10) }

// minSecretBytes is the shortest secret that strangers may guess at.
const minSecretBytes = 16

// sharedSecret is a secret that a request must bring in a header.
var sharedSecret = setting.Kind{
	Allowed: strconv.Itoa(minSecretBytes) + " or more letters, digits and signs of ASCII, without white space",
	Parse: func(text string) (any, error) {
		switch {
		case strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }):
			return nil, errors.New("holds a character that is not allowed")
		case len(text) < minSecretBytes:
			return nil, errors.New("is too short")
		}
		return secret.New(text), nil
	},
}

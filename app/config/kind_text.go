package config

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

func showText(text string) string { return text }

// homeURL is the base URL of Home Assistant.
var homeURL = kind[string]{
	allowed: "https:// or http://, a host, and if need be a port and a path",
	parse:   setting.HomeURL,
	show:    showText,
}

// parameterPath is where in the Parameter Store the settings are.
var parameterPath = kind[string]{
	allowed: "a path that begins with / and holds letters, digits and _.- between up to 13 slashes",
	parse:   setting.ParameterPath,
	show:    showText,
}

// spoken is a name that is said aloud, at most 50 characters as Amazon has it
// for invocation names.
var spoken = kind[string]{
	allowed: "1 to 50 printable characters",
	parse: func(text string) (string, error) {
		switch {
		case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }):
			return "", errors.New("holds a character that cannot be printed")
		case utf8.RuneCountInString(text) > 50:
			return "", errors.New("is too long")
		}
		return text, nil
	},
	show: showText,
}

var locale = kind[string]{
	allowed: "one of " + strings.Join(setting.Locales(), ", "),
	parse:   setting.Locale,
	show:    showText,
}

// token is a bearer token as RFC 6750 section 2.1 writes it.
var token = kind[secret.Text]{
	allowed: "a long-lived access token as Home Assistant shows it, without quotes and without \"Bearer\"",
	parse:   setting.Token,
	show:    secret.Text.String,
}

// leastSecret is the fewest characters of a secret that strangers may guess at.
const leastSecret = 16

// sharedSecret is what one who asks must bring, in a header.
var sharedSecret = kind[secret.Text]{
	allowed: strconv.Itoa(leastSecret) + " or more letters, digits and signs of ASCII, without white space",
	parse: func(text string) (secret.Text, error) {
		switch {
		case strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }):
			return secret.Text{}, errors.New("holds a character that is not allowed")
		case len(text) < leastSecret:
			return secret.Text{}, errors.New("is too short")
		}
		return secret.New(text), nil
	},
	show: secret.Text.String,
}

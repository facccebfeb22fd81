package config

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

func showText(text string) string { return text }

// homeURL is the base URL of Home Assistant.
var homeURL = kind[string]{
	allowed: "https:// or http://, a host, and if need be a port and a path",
	parse: func(text string) (string, error) {
		u, err := url.Parse(text)
		switch {
		case err != nil:
			return "", errors.New("is not a URL")
		case u.Scheme != "http" && u.Scheme != "https":
			return "", errors.New("does not begin with https:// or http://")
		case u.Hostname() == "" || strings.ContainsFunc(u.Host, unicode.IsSpace):
			return "", errors.New("names no host")
		case u.User != nil:
			return "", errors.New("holds a user name or password; HOME_ASSISTANT_TOKEN is the place for what lets LEE in")
		case u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#"):
			return "", errors.New("goes on after the path")
		case !validPort(u):
			return "", errors.New("has a port that is not a number from 1 to 65535")
		}
		return strings.TrimRight(u.String(), "/"), nil
	},
	show: showText,
}

func validPort(u *url.URL) bool {
	if u.Port() == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	n, err := strconv.Atoi(u.Port())
	return err == nil && n >= 1 && n <= 65535
}

// parameterPath is where in the Parameter Store the settings are
// (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
// has what a name may hold; two levels are left for what is below it).
var parameterPath = kind[string]{
	allowed: "a path that begins with / and holds letters, digits and _.- between up to 13 slashes",
	parse: func(text string) (string, error) {
		path := strings.TrimRight(text, "/")
		parts := strings.Split(path, "/")
		switch {
		case !strings.HasPrefix(path, "/"):
			return "", errors.New("does not begin with /")
		case len(parts)-1 > 13:
			return "", errors.New("has too many levels")
		case len(path) > 900:
			return "", errors.New("is too long")
		case slices.Contains(parts[1:], ""):
			return "", errors.New("holds an empty level")
		case strings.ContainsFunc(path, func(r rune) bool { return !letterOrDigit(r) && !strings.ContainsRune("_.-/", r) }):
			return "", errors.New("holds a character that no parameter's name may hold")
		}
		first := strings.ToLower(parts[1])
		if strings.HasPrefix(first, "aws") || strings.HasPrefix(first, "ssm") {
			return "", errors.New("begins with a word that AWS keeps for itself")
		}
		return path, nil
	},
	show: showText,
}

func letterOrDigit(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
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

// locales are those of Alexa
// (https://developer.amazon.com/docs/alexa/custom-skills/develop-skills-in-multiple-languages.html).
var locales = []string{
	"ar-SA", "de-DE", "en-AU", "en-CA", "en-GB", "en-IN", "en-US", "es-ES", "es-MX", "es-US",
	"fr-CA", "fr-FR", "hi-IN", "it-IT", "ja-JP", "nl-NL", "pt-BR",
}

var locale = kind[string]{
	allowed: "one of " + strings.Join(locales, ", "),
	parse: func(text string) (string, error) {
		i := slices.IndexFunc(locales, func(l string) bool { return strings.EqualFold(l, strings.ReplaceAll(text, "_", "-")) })
		if i < 0 {
			return "", errors.New("is not one of Alexa's locales")
		}
		return locales[i], nil
	},
	show: showText,
}

// token is a bearer token as RFC 6750 section 2.1 writes it.
var token = kind[secret.Text]{
	allowed: "a long-lived access token as Home Assistant shows it, without quotes and without \"Bearer\"",
	parse: func(text string) (secret.Text, error) {
		body := strings.TrimRight(text, "=")
		switch {
		case len(text) > 7 && strings.EqualFold(text[:7], "Bearer "):
			return secret.Text{}, errors.New(`begins with "Bearer"`)
		case body == "" || strings.ContainsFunc(body, func(r rune) bool { return !letterOrDigit(r) && !strings.ContainsRune("-._~+/", r) }):
			return secret.Text{}, errors.New("holds a character that no token holds")
		}
		return secret.New(text), nil
	},
	show: secret.Text.String,
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

package setting

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// homeURL is the base URL of Home Assistant. The value has no slash at its end.
var homeURL = Kind{
	Allowed: "https:// or http://, a host, and if need be a port and a path",
	Parse:   parseHomeURL,
}

func parseHomeURL(text string) (any, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, errors.New("is not a URL")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("does not begin with https:// or http://")
	case u.Hostname() == "" || strings.ContainsFunc(u.Host, unicode.IsSpace):
		return nil, errors.New("names no host")
	case u.User != nil:
		return nil, errors.New("holds a user name or password; HOME_ASSISTANT_TOKEN is the place for what lets LEE in")
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#"):
		return nil, errors.New("goes on after the path")
	case !validPort(u):
		return nil, errors.New("has a port that is not a number from 1 to 65535")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// parameterPath is where in the Parameter Store the settings are
// (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
// has what a name may hold; two levels are left for what is below it). The value has no
// slash at its end.
var parameterPath = Kind{
	Allowed: "a path that begins with / and holds letters, digits and _.- between up to 13 slashes",
	Parse:   parseParameterPath,
}

func parseParameterPath(text string) (any, error) {
	path := strings.TrimRight(text, "/")
	parts := strings.Split(path, "/")
	switch {
	case !strings.HasPrefix(path, "/"):
		return nil, errors.New("does not begin with /")
	case len(parts)-1 > 13:
		return nil, errors.New("has too many levels")
	case len(path) > 900:
		return nil, errors.New("is too long")
	case slices.Contains(parts[1:], ""):
		return nil, errors.New("holds an empty level")
	case strings.ContainsFunc(path, func(r rune) bool { return !letterOrDigit(r) && !strings.ContainsRune("_.-/", r) }):
		return nil, errors.New("holds a character that no parameter's name may hold")
	}
	first := strings.ToLower(parts[1])
	if strings.HasPrefix(first, "aws") || strings.HasPrefix(first, "ssm") {
		return nil, errors.New("begins with a word that AWS keeps for itself")
	}
	return path, nil
}

// locale is one of Alexa's locales, in any case and with either dash.
var locale = Kind{
	Allowed: "one of " + strings.Join(locales, ", "),
	Parse: func(text string) (any, error) {
		i := slices.IndexFunc(locales, func(l string) bool { return strings.EqualFold(l, strings.ReplaceAll(text, "_", "-")) })
		if i < 0 {
			return nil, errors.New("is not one of Alexa's locales")
		}
		return locales[i], nil
	},
}

// locales are Alexa's
// (https://developer.amazon.com/docs/alexa/custom-skills/develop-skills-in-multiple-languages.html).
var locales = []string{
	"ar-SA", "de-DE", "en-AU", "en-CA", "en-GB", "en-IN", "en-US", "es-ES", "es-MX", "es-US",
	"fr-CA", "fr-FR", "hi-IN", "it-IT", "ja-JP", "nl-NL", "pt-BR",
}

// token is a bearer token as RFC 6750 section 2.1 writes it.
var token = Kind{
	Allowed: "a long-lived access token as Home Assistant shows it, without quotes and without \"Bearer\"",
	Parse: func(text string) (any, error) {
		body := strings.TrimRight(text, "=")
		switch {
		case len(text) > 7 && strings.EqualFold(text[:7], "Bearer "):
			return nil, errors.New(`begins with "Bearer"`)
		case body == "" || strings.ContainsFunc(body, func(r rune) bool { return !letterOrDigit(r) && !strings.ContainsRune("-._~+/", r) }):
			return nil, errors.New("holds a character that no token holds")
		}
		return secret.New(text), nil
	},
}

func validPort(u *url.URL) bool {
	if u.Port() == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	n, err := strconv.Atoi(u.Port())
	return err == nil && n >= 1 && n <= 65535
}

func letterOrDigit(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

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

// HomeURL reads the base URL of Home Assistant. It has no slash at its end then.
func HomeURL(text string) (string, error) {
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
}

// ParameterPath reads where in the Parameter Store the settings are
// (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
// has what a name may hold; two levels are left for what is below it). It has no
// slash at its end then.
func ParameterPath(text string) (string, error) {
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
}

// Locale reads one of Locales, in any case and with either dash.
func Locale(text string) (string, error) {
	i := slices.IndexFunc(Locales(), func(l string) bool { return strings.EqualFold(l, strings.ReplaceAll(text, "_", "-")) })
	if i < 0 {
		return "", errors.New("is not one of Alexa's locales")
	}
	return Locales()[i], nil
}

// Token reads a bearer token as RFC 6750 section 2.1 writes it.
func Token(text string) (secret.Text, error) {
	body := strings.TrimRight(text, "=")
	switch {
	case len(text) > 7 && strings.EqualFold(text[:7], "Bearer "):
		return secret.Text{}, errors.New(`begins with "Bearer"`)
	case body == "" || strings.ContainsFunc(body, func(r rune) bool { return !letterOrDigit(r) && !strings.ContainsRune("-._~+/", r) }):
		return secret.Text{}, errors.New("holds a character that no token holds")
	}
	return secret.New(text), nil
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

// Locales returns those of Alexa
// (https://developer.amazon.com/docs/alexa/custom-skills/develop-skills-in-multiple-languages.html).
func Locales() []string {
	return []string{
		"ar-SA", "de-DE", "en-AU", "en-CA", "en-GB", "en-IN", "en-US", "es-ES", "es-MX", "es-US",
		"fr-CA", "fr-FR", "hi-IN", "it-IT", "ja-JP", "nl-NL", "pt-BR",
	}
}

package setting

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// longestShown is how much of a mistaken value is shown, in characters.
const longestShown = 60

// Shown returns a mistaken value in quotes, as far as it is safe to show: people
// put tokens into the wrong variable.
func Shown(value string) string {
	if LooksSecret(value) {
		return secret.Mask
	}
	if utf8.RuneCountInString(value) > longestShown {
		value = string([]rune(value)[:longestShown]) + "…"
	}
	return strconv.Quote(value)
}

// LooksSecret says whether a value may be a secret, or hold one: a key in PEM, a
// URL with a password or a query, or a long run of letters and digits both, as
// tokens are.
func LooksSecret(value string) bool {
	if strings.Contains(value, "-----BEGIN") || strings.ContainsAny(value, "@?#") || strings.Contains(strings.ToLower(value), "bearer") {
		return true
	}
	run, letters, digits := 0, false, false
	for _, r := range value {
		if !letterOrDigit(r) && !strings.ContainsRune("_-+=", r) {
			run, letters, digits = 0, false, false
			continue
		}
		run++
		letters = letters || r >= 'A'
		digits = digits || r >= '0' && r <= '9'
		if run >= 16 && letters && digits {
			return true
		}
	}
	return false
}

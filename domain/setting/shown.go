package setting

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// maxShownRunes is how much of a mistaken value is shown, in characters.
const maxShownRunes = 60

// shown returns a mistaken value in quotes, as far as it is safe to show: people
// put tokens into the wrong variable.
func shown(value string) string {
	if looksSecret(value) {
		return secret.Mask
	}
	if utf8.RuneCountInString(value) > maxShownRunes {
		value = string([]rune(value)[:maxShownRunes]) + "…"
	}
	return strconv.Quote(value)
}

// looksSecret says whether a value may be a secret, or hold one: a key in PEM, a
// URL with a password or a query, or a long run of letters and digits both, as
// tokens are.
func looksSecret(value string) bool {
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

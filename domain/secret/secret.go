// Package secret keeps tokens and codes from being printed by accident.
package secret

import (
	"crypto/sha256"
	"encoding/hex"
)

// Mask stands where a secret would be printed.
const Mask = "[secret]"

// Text is a string that must not be printed: a token, a PIN, a client secret.
// Every way in which fmt, encoding/json or a logger may render it gives Mask;
// only Reveal returns what it holds. The zero value holds nothing and prints
// as an empty string.
type Text struct{ value string }

// New returns a Text that holds value.
func New(value string) Text { return Text{value} }

// Reveal returns what the text holds. Call it only where the secret leaves the
// process for whom it is meant.
func (t Text) Reveal() string { return t.value }

// Empty says whether the text holds nothing.
func (t Text) Empty() bool { return t.value == "" }

// String returns Mask, or an empty string when the text is empty.
func (t Text) String() string {
	if t.value == "" {
		return ""
	}
	return Mask
}

// GoString returns what String returns, so that %#v does not reveal the text.
func (t Text) GoString() string { return t.String() }

// MarshalText returns what String returns; it never fails.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// Fingerprint returns eight bytes of the text's SHA-256 hash in hex: enough to
// tell two tokens apart in a cache or a log, not enough to recover one.
func (t Text) Fingerprint() string {
	sum := sha256.Sum256([]byte(t.value))
	return hex.EncodeToString(sum[:8])
}

// Package secret keeps tokens and codes from being printed by accident.
package secret

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
)

// Mask stands where a secret would be printed.
const Mask = "[secret]"

// Text is a string that must not be printed: a token, a PIN, a client secret.
// Every way in which fmt, encoding/json or a logger may render it gives Mask, or
// an address; only Reveal returns what it holds. The zero value holds nothing and
// prints as an empty string. Two that hold the same are not equal by ==.
type Text struct {
	// value is behind a pointer because fmt does not ask a field that is not
	// exported how it wants to be printed: it prints what is in it.
	value *string
}

// New returns a Text that holds value.
func New(value string) Text {
	if value == "" {
		return Text{}
	}
	return Text{&value}
}

// Reveal returns what the text holds. Call it only where the secret leaves the
// process for whom it is meant.
func (t Text) Reveal() string {
	if t.value == nil {
		return ""
	}
	return *t.value
}

// Empty says whether the text holds nothing.
func (t Text) Empty() bool { return t.value == nil }

// String returns Mask, or an empty string when the text is empty.
func (t Text) String() string {
	if t.Empty() {
		return ""
	}
	return Mask
}

// Format implements fmt.Formatter: it writes what String returns, whatever the
// verb. A wrong verb would print the fields otherwise.
func (t Text) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, t.String()) }

// MarshalText returns what String returns; it never fails.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// Fingerprint returns eight bytes of the text's SHA-256 hash in hex: enough to
// tell two tokens apart in a cache or a log, not enough to recover one.
func (t Text) Fingerprint() string {
	sum := sha256.Sum256([]byte(t.Reveal()))
	return hex.EncodeToString(sum[:8])
}

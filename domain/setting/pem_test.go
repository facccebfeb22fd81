package setting

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestMendPEM: blocks on one line get their lines back, and nothing else changes.
func TestMendPEM(t *testing.T) {
	const whole = "-----BEGIN CERTIFICATE-----\nAAAA\nBBBB\n-----END CERTIFICATE-----\n"
	for text, want := range map[string]string{
		whole:                                                       whole,
		strings.ReplaceAll(whole, "\n", " "):                        whole,
		strings.ReplaceAll(whole, "\n", `\n`):                       whole,
		strings.ReplaceAll(whole, "\n", ""):                         "-----BEGIN CERTIFICATE-----\nAAAABBBB\n-----END CERTIFICATE-----\n",
		strings.ReplaceAll(whole+whole, "\n", "  "):                 whole + whole,
		"before " + strings.ReplaceAll(whole, "\n", " ") + "behind": "before " + whole + "behind",
		"nothing of the kind":                                       "nothing of the kind",
		"-----BEGIN CERTIFICATE----- AAAA":                          "-----BEGIN CERTIFICATE----- AAAA",
		"-----BEGIN CERTIFICATE":                                    "-----BEGIN CERTIFICATE",
		"-----BEGIN A----- x -----END A":                            "-----BEGIN A----- x -----END A",
	} {
		if got := mendPEM(text); got != want {
			t.Errorf("%q is mended to %q, want %q", text, got, want)
		}
	}
}

// TestMendPEMAsByPattern has the mending by hand do what a regular expression says,
// which would bring a tenth of a megabyte into the failsafe.
func TestMendPEMAsByPattern(t *testing.T) {
	block := regexp.MustCompile(`(-----BEGIN [A-Z ]+-----)[ \t]*(.*?)[ \t]*(-----END [A-Z ]+-----)[ \t]*`)
	byPattern := func(text string) string {
		return block.ReplaceAllStringFunc(text, func(one string) string {
			part := block.FindStringSubmatch(one)
			return part[1] + "\n" + strings.Join(append(strings.Fields(part[2]), part[3]), "\n") + "\n"
		})
	}
	piece := rapid.SampledFrom([]string{"-----BEGIN A KEY-----", "-----END A KEY-----", " ", "  ", "AAAA", "x"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
		if got, want := mendPEM(text), byPattern(text); got != want {
			t.Fatalf("%q is mended to %q, want %q", text, got, want)
		}
	})
}

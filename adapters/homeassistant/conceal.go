package homeassistant

import (
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// longestText is how many characters of the home's own words are kept.
const longestText = 200

// conceal takes out of a failure's text what LEE has shown to get in: what is answered
// is not LEE's own words, and people get to read it. It clips the text afterwards, so
// that no part of a secret is left at the cut.
func (c *Client) conceal(failure *fault.Error, token secret.Text) {
	hide := func(shown string) {
		if shown != "" {
			failure.Text = strings.ReplaceAll(failure.Text, shown, secret.Mask)
		}
	}
	hide(token.Reveal())
	for _, value := range c.config.Headers {
		hide(value.Reveal())
	}
	if runes := []rune(failure.Text); len(runes) > longestText {
		failure.Text = string(runes[:longestText]) + "…"
	}
}

// holdsSecret says whether a call's data hold a secret, a code for example.
func holdsSecret(call home.ServiceCall) bool {
	return slices.ContainsFunc(call.Data, func(field home.Field) bool { return field.Value.Secret() })
}

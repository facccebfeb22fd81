package homeassistant

import (
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// conceal takes out of a failure's text what LEE has shown to get in, and codes
// that it has sent: what is answered is not LEE's own words, and people get to
// read it.
func (c *Client) conceal(failure *fault.Error, token secret.Text, codes []string) {
	hide := func(shown string) {
		if shown != "" {
			failure.Text = strings.ReplaceAll(failure.Text, shown, secret.Mask)
		}
	}
	hide(token.Reveal())
	for _, value := range c.config.Headers {
		hide(value.Reveal())
	}
	for _, code := range codes {
		hide(code)
	}
}

// codes returns the texts in a call's data that must not show.
func codes(call home.ServiceCall) (list []string) {
	for _, field := range call.Data {
		if text, ok := field.Value.Text(); ok && field.Value.String() != text {
			list = append(list, text)
		}
	}
	return list
}

package homeassistant

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// filter returns the filter for what is answered to a request with a token.
func (c *Client) filter(token secret.Text) foreign.Filter { return c.known.And(token) }

// foreign returns a failure whose cause is not LEE's own as LEE may tell it. net/http and
// others quote in an error what they cannot read.
func (c *Client) foreign(failure *fault.Error, token secret.Text) *fault.Error {
	failure.Cause = c.filter(token).Error(failure.Cause)
	return failure
}

// holdsSecret says whether a call's data hold a secret, a code for example.
func holdsSecret(call home.ServiceCall) bool {
	return slices.ContainsFunc(call.Data, func(field home.Field) bool { return field.Value.Secret() })
}

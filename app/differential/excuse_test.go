//go:build live

package differential

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
)

// names of what of an error of ours is justified by more than its type, or is
// not. They are part of how an event is told of.
const (
	notOffered = "not offered"
	within     = "within the limits"
)

// excuse says what is to be said of an error of ours besides its type: that LEE
// does not offer the directive on the endpoint, which is why it is refused; or
// that a value which it calls out of range lies within the range that it tells.
func (c comparison) excuse(ours answer) string {
	switch {
	case strings.HasSuffix(ours.event, " INVALID_DIRECTIVE") && !c.offered.takes(c.message):
		return notOffered
	case strings.HasSuffix(ours.event, " VALUE_OUT_OF_RANGE") && !beyond(c.payload, ours.payload["validRange"]):
		return within
	default:
		return ""
	}
}

// known are all directives that LEE knows.
var known = capability.NewCatalog(capability.Kinds()).Directives()

// takes says whether an endpoint offers a directive.
func (e endpoint) takes(m message) bool {
	namespace, name := cut(m.name)
	if !slices.Contains(known, alexa.Key{Namespace: alexa.Namespace(namespace), Name: name}) {
		return false
	}
	return slices.ContainsFunc(e.Capabilities, func(c offer) bool {
		return c.Interface == namespace && c.Instance == m.instance &&
			(c.Operations == nil || slices.Contains(c.Operations, name))
	})
}

// beyond says whether one of the numbers in a payload lies beyond a range.
func beyond(payload any, validRange string) bool {
	var limits struct{ MinimumValue, MaximumValue float64 }
	if json.Unmarshal([]byte(validRange), &limits) != nil {
		return false
	}
	var outside func(v any) bool
	outside = func(v any) bool {
		switch v := v.(type) {
		case float64:
			return v < limits.MinimumValue || v > limits.MaximumValue
		case map[string]any:
			for _, item := range v {
				if outside(item) {
					return true
				}
			}
		}
		return false
	}
	var plain any
	return json.Unmarshal([]byte(compact(payload)), &plain) == nil && outside(plain)
}

package capability

import (
	"strings"
	"unicode"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// Reason says in a few words why an entity is not an endpoint.
type Reason string

// The reasons for leaving an entity out.
const (
	UnknownDomain  Reason = "entities of this domain are not offered to Alexa"
	NoCategory     Reason = "Alexa has no use for a device of this class"
	NoCapabilities Reason = "it has nothing that Alexa could use"
	HostileID      Reason = "its id has characters that Alexa does not take"
)

// manufacturer is what Alexa's app shows as the maker of every endpoint.
const manufacturer = "Home Assistant"

// Endpoint returns the endpoint that an entity is for Alexa, nil and the reason
// when it is none.
func (c *Catalog) Endpoint(v View) (*alexa.Endpoint, Reason) {
	kind := c.Kind(v.State.ID.Domain())
	if kind == nil {
		return nil, UnknownDomain
	}
	id := EndpointID(v.State.ID)
	if !v.State.ID.Valid() || !alexa.ValidEndpointID(id) {
		return nil, HostileID
	}
	category := kind.Category(v)
	if category == "" {
		return nil, NoCategory
	}
	capabilities := kind.describe(v)
	if len(capabilities) == 0 {
		return nil, NoCapabilities
	}
	return &alexa.Endpoint{
		EndpointID:        id,
		ManufacturerName:  manufacturer,
		FriendlyName:      friendlyName(v),
		Description:       clip(string(v.State.ID) + " via Home Assistant"),
		DisplayCategories: []alexa.DisplayCategory{category},
		AdditionalAttributes: &alexa.Attributes{
			Manufacturer: manufacturer,
			Model:        v.State.ID.Domain(),
		},
		Capabilities: capabilities,
	}, ""
}

// describe returns the capabilities of an entity, that of Alexa itself last; none
// when it has nothing but its health to tell.
func (k Kind) describe(v View) []alexa.Capability {
	interfaces := k.Of(v)
	capabilities := make([]alexa.Capability, 0, len(interfaces)+1)
	useful := false
	for _, face := range interfaces {
		if len(capabilities) == alexa.MaxCapabilities-1 {
			break
		}
		c := face.Describe(v)
		c.Instance = face.Instance
		capabilities = append(capabilities, c)
		useful = useful || face.Namespace != alexa.EndpointHealth
	}
	if !useful {
		return nil
	}
	return append(capabilities, alexa.NewCapability(alexa.Alexa))
}

// friendlyName returns the name that people say. Alexa refuses an endpoint whose
// name is empty, too long, or has characters that cannot be spoken, so these go.
func friendlyName(v View) string {
	name := strings.Join(strings.FieldsFunc(v.State.Name(), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar
	}), " ")
	if name == "" {
		name = v.State.ID.Object()
	}
	return clip(name)
}

// clip cuts a text to what Alexa takes, between characters.
func clip(s string) string {
	runes := []rune(s)
	if len(runes) <= alexa.MaxText {
		return s
	}
	return strings.TrimSpace(string(runes[:alexa.MaxText]))
}

package discovery

import (
	"strings"
	"unicode"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
)

// find says what one entity becomes.
func (s *Service) find(v capability.View) Finding {
	finding := Finding{ID: v.State.ID}
	id := capability.EndpointID(v.State.ID)
	kind := s.catalog.Kind(v.State.ID.Domain())
	switch {
	case kind == nil:
		finding.Reason = UnknownDomain
		return finding
	case !v.State.ID.Valid() || !alexa.ValidEndpointID(id):
		finding.Reason = HostileID
		return finding
	}
	category := kind.Category(v)
	if category == "" {
		finding.Reason = NoCategory
		return finding
	}
	capabilities := describe(kind, v)
	if len(capabilities) == 0 {
		finding.Reason = NoCapabilities
		return finding
	}
	finding.Endpoint = &alexa.Endpoint{
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
	}
	return finding
}

const manufacturer = "Home Assistant"

// describe returns the capabilities of an entity, those of Alexa itself last;
// none when it has no other than its health.
func describe(kind *capability.Kind, v capability.View) []alexa.Capability {
	interfaces := kind.Of(v)
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
func friendlyName(v capability.View) string {
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

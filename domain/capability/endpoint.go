package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/naming"
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

// FeatureOff is the reason for leaving out what a feature that is off stands for.
func FeatureOff(f Feature) Reason { return "HA_FEATURES leaves out the feature " + Reason(f) }

// manufacturer is what Alexa's app shows as the maker of every endpoint.
const manufacturer = "Home Assistant"

// Offers returns why an entity is no endpoint, "" for one that is. It is cheap:
// nothing is described.
func (c *Catalog) Offers(v View) Reason {
	domain := v.State.ID.Domain()
	kind := c.Kind(domain)
	switch off := c.off[domain]; {
	case off != FeatureCore:
		return FeatureOff(off)
	case kind == nil:
		return UnknownDomain
	case !v.State.ID.Valid() || len(v.State.ID) > alexa.MaxEndpointID: // what is valid has no strange characters
		return HostileID
	case kind.Category(v) == "":
		return NoCategory
	case kind.Useful && !kind.useful(v):
		return NoCapabilities
	default:
		return ""
	}
}

// Endpoint returns the endpoint that an entity is for Alexa, nil and the reason
// when it is none. It carries the name that the entity's state has.
func (c *Catalog) Endpoint(v View) (*alexa.Endpoint, Reason) {
	if reason := c.Offers(v); reason != "" {
		return nil, reason
	}
	kind := c.Kind(v.State.ID.Domain())
	return &alexa.Endpoint{
		EndpointID:        EndpointID(v.State.ID),
		ManufacturerName:  manufacturer,
		FriendlyName:      naming.Settings{}.Of(v.State, home.Registry{}).Name,
		Description:       naming.Clip(string(v.State.ID) + " via Home Assistant"),
		DisplayCategories: []alexa.DisplayCategory{kind.Category(v)},
		AdditionalAttributes: &alexa.Attributes{
			Manufacturer: manufacturer,
			Model:        v.State.ID.Domain(),
		},
		Capabilities: kind.describe(v),
	}, ""
}

// useful says whether an entity has more than its health to tell.
func (k Kind) useful(v View) bool {
	for i := range k.Interfaces {
		face := &k.Interfaces[i]
		if face.Namespace != alexa.EndpointHealth && (face.Supports == nil || face.Supports(v)) {
			return true
		}
	}
	return false
}

// describe returns the capabilities of an entity, that of Alexa itself last.
func (k Kind) describe(v View) []alexa.Capability {
	interfaces := k.Of(v)
	interfaces = interfaces[:min(len(interfaces), alexa.MaxCapabilities-1)]
	capabilities := make([]alexa.Capability, 0, len(interfaces)+1)
	for _, face := range interfaces {
		c := face.Describe(v)
		c.Instance = face.Instance
		capabilities = append(capabilities, c)
	}
	return append(capabilities, alexa.NewCapability(alexa.Alexa))
}

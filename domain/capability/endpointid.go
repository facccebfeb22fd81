package capability

import (
	"strings"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// EndpointID returns the id under which Alexa knows an entity:
// "light#kitchen_lights". It is Home Assistant's own form, so that devices,
// groups and routines outlive a move from its integration to LEE and back.
func EndpointID(id home.EntityID) string { return strings.Replace(string(id), ".", "#", 1) }

// EntityID returns the entity that an endpoint stands for; ok is false when the
// endpoint's id is not one that EndpointID makes.
func EntityID(endpointID string) (id home.EntityID, ok bool) {
	if !alexa.ValidEndpointID(endpointID) {
		return "", false
	}
	id = home.EntityID(strings.Replace(endpointID, "#", ".", 1))
	return id, id.Valid()
}

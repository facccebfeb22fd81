package capability

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// EndpointID returns the id under which Alexa knows an entity:
// "light#kitchen_lights". It is Home Assistant's own form, so that devices,
// groups and routines outlive a move from its integration to LEE and back.
func EndpointID(id home.EntityID) string { return strings.Replace(string(id), ".", "#", 1) }

// aliasMark stands between an entity's own endpoint id and what tells a further
// endpoint of it apart. No entity id holds it.
const aliasMark = "@"

// aliasDigits is how many hexadecimal digits of its name's hash tell a further
// endpoint apart.
const aliasDigits = 8

// AliasID returns the id of a further endpoint of an entity, one that is there for
// the sake of another name: "light#kitchen_lights@c98e85f2". It depends on the
// name alone, in any case, so that it stays when other names come and go.
func AliasID(id home.EntityID, name string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(name)))
	return EndpointID(id) + aliasMark + hex.EncodeToString(sum[:aliasDigits/2])
}

// EntityID returns the entity that an endpoint stands for; ok is false when the
// endpoint's id is not one that EndpointID or AliasID makes.
func EntityID(endpointID string) (id home.EntityID, ok bool) {
	if !alexa.ValidEndpointID(endpointID) {
		return "", false
	}
	own, alias, further := strings.Cut(endpointID, aliasMark)
	if further && (len(alias) != aliasDigits || strings.Trim(alias, "0123456789abcdef") != "") {
		return "", false
	}
	return home.ParseEntityID(strings.Replace(own, "#", ".", 1))
}

// EntityOf returns the entity that a directive is for. The error is a fault.Invalid when the
// directive names no endpoint, and a fault.NotFound when its endpoint is not one that
// EntityID knows.
func EntityOf(d alexa.Directive) (home.EntityID, error) {
	if d.Endpoint.EndpointID == "" {
		return "", fault.New(fault.Invalid, "The directive names no endpoint.")
	}
	id, ok := EntityID(d.Endpoint.EndpointID)
	if !ok {
		return "", fault.New(fault.NotFound, "There is no such endpoint.")
	}
	return id, nil
}

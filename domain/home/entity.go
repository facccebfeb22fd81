// Package home is the language of a home as Home Assistant speaks it: entities
// and their states, service calls, areas, features. It knows nothing of Alexa,
// of JSON or of HTTP.
package home

import "strings"

// EntityID names an entity, "light.kitchen_lights": a domain and an object id
// joined by a dot, in lower case letters, digits and underscores.
type EntityID string

// ParseEntityID reads the id of an entity. ok is false when text does not have the form
// that Home Assistant accepts (its valid_entity_id): domain and object of a-z, 0-9 and
// _, neither beginning nor ending with an underscore, without two of them in a row. id
// is then the text as it is, for a message.
//
// The name of a service has the same form.
func ParseEntityID(text string) (id EntityID, ok bool) {
	domain, object, ok := strings.Cut(text, ".")
	return EntityID(text), ok && slug(domain) && slug(object) && !strings.Contains(text, "__")
}

// Domain returns the part before the dot, "light"; all of it when there is no
// dot.
func (id EntityID) Domain() string {
	domain, _, _ := strings.Cut(string(id), ".")
	return domain
}

// Object returns the part after the dot, "kitchen_lights"; "" when there is no
// dot.
func (id EntityID) Object() string {
	_, object, _ := strings.Cut(string(id), ".")
	return object
}

// Valid says whether the id has the form that ParseEntityID wants.
func (id EntityID) Valid() bool {
	_, ok := ParseEntityID(string(id))
	return ok
}

// slug says whether s is of a-z, 0-9 and _, with no underscore at either end.
func slug(s string) bool {
	if s == "" || s[0] == '_' || s[len(s)-1] == '_' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}

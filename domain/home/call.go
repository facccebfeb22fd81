package home

// ServiceCall is a request to the home to do something: the service
// Domain.Service, called on entities or an area, with Data. Home Assistant
// calls these actions in its user interface and services in its API
// (https://developers.home-assistant.io/docs/api/rest/).
type ServiceCall struct {
	// Domain and Service name the service, "light" and "turn_on".
	Domain, Service string
	// Targets are the entities to call it on. Empty for a service that takes
	// none, or when Area says which.
	Targets []EntityID
	// Area is the id of an area whose entities it is called on; "" for none.
	Area string
	// Data are the service's further parameters.
	Data Fields
}

// CallOn returns a call of domain.service on one entity.
func CallOn(id EntityID, domain, service string, data ...Field) ServiceCall {
	return ServiceCall{Domain: domain, Service: service, Targets: []EntityID{id}, Data: data}
}

// Name returns "light.turn_on".
func (c ServiceCall) Name() string { return c.Domain + "." + c.Service }

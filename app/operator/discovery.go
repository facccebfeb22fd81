package operator

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// discoveryAsked are the members of ha_discovery.
type discoveryAsked struct {
	// Entity asks what becomes of one entity.
	Entity home.EntityID `json:"entity_id"`
}

// Discovery is the answer to ha_discovery.
type Discovery struct {
	Endpoints []EndpointView `json:"endpoints"`
	// LeftOut are the entities that Alexa is not told of.
	LeftOut []LeftOut `json:"left_out"`
}

// EndpointView is an endpoint in short.
type EndpointView struct {
	EntityID   home.EntityID           `json:"entity_id"`
	EndpointID string                  `json:"endpoint_id"`
	Name       string                  `json:"name"`
	Categories []alexa.DisplayCategory `json:"categories"`
	// Interfaces are Alexa's, with a colon and the instance where there is one.
	Interfaces []string `json:"interfaces"`
}

// LeftOut is an entity that Alexa is not told of, and why.
type LeftOut struct {
	EntityID home.EntityID `json:"entity_id"`
	Reason   string        `json:"reason"`
}

// Explanation is the answer to ha_discovery for one entity.
type Explanation struct {
	EntityID home.EntityID `json:"entity_id"`
	// Endpoint is what Alexa is told of it, nil when it is left out. Reason says why
	// then.
	Endpoint *alexa.Endpoint `json:"endpoint"`
	Reason   string          `json:"reason,omitempty"`
}

func (d *Desk) discovery(ctx context.Context, asked discoveryAsked) (any, error) {
	service, err := d.parts.Discovery(ctx)
	if err != nil {
		return nil, err
	}
	findings, err := service.Find(ctx)
	if err != nil {
		return nil, err
	}
	if asked.Entity != "" {
		return explain(asked.Entity, findings)
	}
	answer := Discovery{[]EndpointView{}, []LeftOut{}}
	for _, f := range findings {
		if f.Endpoint == nil {
			answer.LeftOut = append(answer.LeftOut, LeftOut{f.ID, string(f.Reason)})
		} else {
			answer.Endpoints = append(answer.Endpoints, endpoint(f))
		}
	}
	return answer, nil
}

func endpoint(f discovery.Finding) EndpointView {
	e := f.Endpoint
	view := EndpointView{EntityID: f.ID, EndpointID: e.EndpointID, Name: e.FriendlyName, Categories: e.DisplayCategories}
	for _, c := range e.Capabilities {
		name := string(c.Interface)
		if c.Instance != "" {
			name += ":" + c.Instance
		}
		view.Interfaces = append(view.Interfaces, name)
	}
	return view
}

func explain(id home.EntityID, findings []discovery.Finding) (any, error) {
	for _, f := range findings {
		if f.ID == id {
			return Explanation{f.ID, f.Endpoint, string(f.Reason)}, nil
		}
	}
	return nil, fault.Newf(fault.NotFound, "The home does not know %.64q.", id)
}

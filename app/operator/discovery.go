package operator

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/app/found"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// discoveryAsked are the members of ha_discovery.
type discoveryAsked struct {
	// Entity asks what becomes of one entity.
	Entity home.EntityID `json:"entity_id"`
	// Fresh has the home be asked, whatever is known of it.
	Fresh bool `json:"fresh"`
}

// Discovery is the answer to ha_discovery.
type Discovery struct {
	Endpoints []EndpointView `json:"endpoints"`
	// LeftOut are the entities that Alexa is not told of.
	LeftOut []LeftOut `json:"left_out"`
	// Registry says where names and areas came from.
	Registry RegistryView `json:"registry"`
	// IdleRules are rules of the filter that are about no entity, Namesakes entities
	// that Alexa cannot tell apart by what people say.
	IdleRules []string    `json:"idle_rules,omitempty"`
	Namesakes []Namesakes `json:"namesakes,omitempty"`
	// AsOf is when the home was looked at.
	AsOf time.Time `json:"as_of"`
}

// EndpointView is an endpoint in short.
type EndpointView struct {
	EntityID   home.EntityID           `json:"entity_id"`
	EndpointID string                  `json:"endpoint_id"`
	Name       string                  `json:"name"`
	Categories []alexa.DisplayCategory `json:"categories"`
	// Interfaces are Alexa's, with a colon and the instance where there is one.
	Interfaces []string `json:"interfaces"`
	// Further are its further names, each an endpoint of its own.
	Further []string `json:"further_names,omitempty"`
}

// LeftOut is an entity that Alexa is not told of, and why.
type LeftOut struct {
	EntityID home.EntityID `json:"entity_id"`
	Reason   string        `json:"reason"`
	// Rule is the rule of the filter that decided, "" for none.
	Rule string `json:"rule,omitempty"`
}

// RegistryView is what the home's registries said.
type RegistryView struct {
	Source string `json:"source"`
	// Error is why they said nothing, nil when they did.
	Error *Failure `json:"error,omitempty"`
}

// Namesakes are entities with the same name.
type Namesakes struct {
	Name     string          `json:"name"`
	Entities []home.EntityID `json:"entity_ids"`
}

// Explanation is the answer to ha_discovery for one entity.
type Explanation struct {
	EntityID home.EntityID `json:"entity_id"`
	// Endpoint is what Alexa is told of it, nil when it is left out. Reason says why
	// then, Rule is the rule of the filter that decided either way.
	Endpoint *alexa.Endpoint  `json:"endpoint"`
	Further  []alexa.Endpoint `json:"further,omitempty"`
	Reason   string           `json:"reason,omitempty"`
	Rule     string           `json:"rule,omitempty"`
	// AsOf is when the home was looked at.
	AsOf time.Time `json:"as_of"`
}

func (d *Desk) discovery(ctx context.Context, asked discoveryAsked) (any, error) {
	service, err := d.parts.Discovery(ctx)
	if err != nil {
		return nil, err
	}
	if asked.Fresh {
		ctx = gateway.Fresh(ctx)
	}
	report, err := found.Discover(ctx, d.parts.Gateway, d.parts.Clock, service.Explain)
	if err != nil {
		return nil, err
	}
	if asked.Entity != "" {
		return explain(asked.Entity, report)
	}
	answer := Discovery{
		Endpoints: []EndpointView{}, LeftOut: []LeftOut{},
		Registry: RegistryView{report.Registry.Source().String(), failure(report.RegistryError)}, IdleRules: report.Idle(),
		AsOf: report.At.UTC(),
	}
	for _, f := range report.Findings {
		if f.Endpoint == nil {
			answer.LeftOut = append(answer.LeftOut, LeftOut{f.ID, string(f.Reason), f.Rule})
		} else {
			answer.Endpoints = append(answer.Endpoints, endpoint(f))
		}
	}
	for _, n := range report.Namesakes() {
		answer.Namesakes = append(answer.Namesakes, Namesakes{n.Name, n.IDs})
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
	for i := range f.Further {
		view.Further = append(view.Further, f.Further[i].FriendlyName)
	}
	return view
}

func explain(id home.EntityID, report found.Report) (any, error) {
	for _, f := range report.Findings {
		if f.ID == id {
			return Explanation{f.ID, f.Endpoint, f.Further, string(f.Reason), f.Rule, report.At.UTC()}, nil
		}
	}
	return nil, fault.Newf(fault.NotFound, "The home does not know %.64q.", id)
}

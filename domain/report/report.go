// Package report answers Alexa's question for an endpoint's state.
package report

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Service answers ReportState. It holds no state of its own and is safe for
// concurrent use.
type Service struct {
	home    ports.Home
	house   ports.House
	catalog *capability.Catalog
	clock   ports.Clock
	known   capability.House
}

// New returns a Service. What is known of the house beforehand is its locale; its
// units are asked for where they matter.
func New(h ports.Home, house ports.House, catalog *capability.Catalog, clock ports.Clock, known capability.House) *Service {
	return &Service{h, house, catalog, clock, known}
}

// Handle answers d with a StateReport. A device that the home cannot reach has
// one too: it says that the device is unreachable. The error is a fault.Invalid
// or fault.NotFound for an endpoint that is missing or gone, or the home's.
func (s *Service) Handle(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	if d.Endpoint.EndpointID == "" {
		return alexa.Answer{}, fault.New(fault.Invalid, "The directive names no endpoint.")
	}
	id, ok := capability.EntityID(d.Endpoint.EndpointID)
	kind := s.catalog.Kind(id.Domain())
	if !ok || kind == nil {
		return alexa.Answer{}, fault.New(fault.NotFound, "There is no such endpoint.")
	}
	view := capability.View{House: s.known}
	if kind.Units {
		config, err := s.house.Config(ctx)
		if err != nil {
			return alexa.Answer{}, err
		}
		view.House.Temperature = config.Temperature
	}
	var err error
	if view.State, err = s.home.State(ctx, id); err != nil {
		return alexa.Answer{}, err
	}
	properties := kind.Properties(view, s.clock.Now(), 0)
	return alexa.Reply(d, alexa.Alexa, alexa.NameStateReport, nil, properties), nil
}

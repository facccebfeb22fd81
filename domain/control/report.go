package control

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Report answers ReportState with the state of an endpoint. A device that the home cannot
// reach gets an answer too, which says so. The error is a fault.Invalid or fault.NotFound
// for an endpoint that is missing or gone, or the home's.
func (s *Service) Report(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	id, err := capability.EntityOf(d)
	if err != nil {
		return alexa.Answer{}, err
	}
	kind := s.catalog.Kind(id.Domain())
	if kind == nil {
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
	if view.State, err = s.home.State(ctx, id); err != nil {
		return alexa.Answer{}, err
	}
	properties := kind.Properties(view, s.clock.Now(), 0)
	return alexa.Reply(d, alexa.Alexa, alexa.NameStateReport, nil, properties), nil
}

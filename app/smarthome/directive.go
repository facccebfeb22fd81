package smarthome

import (
	"context"

	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Directives returns the table of all directives that LEE answers.
func (s *Service) Directives() map[alexa.Key]engine.Directive {
	table := map[alexa.Key]engine.Directive{
		alexa.Discover:                      s.by(func(r *services) engine.Directive { return s.roomy(s.discover(r.discovery)) }),
		alexa.ReportState:                   s.by(func(r *services) engine.Directive { return r.control.Report }),
		alexa.AcceptGrant:                   s.acceptGrant,
		capability.InitializeCameraStreams:  s.by(func(r *services) engine.Directive { return r.stream.Handle }),
		capability.InitiateSessionWithOffer: s.by(func(r *services) engine.Directive { return r.stream.Negotiate }),
		capability.SessionConnected:         s.by(func(r *services) engine.Directive { return r.stream.Connected }),
		capability.SessionDisconnected:      s.by(func(r *services) engine.Directive { return r.stream.Disconnected }),
	}
	carryOut := s.by(func(r *services) engine.Directive { return r.control.Handle })
	for _, key := range s.all.Directives() {
		table[key] = carryOut
	}
	return table
}

// by returns a directive that is answered by one of the services in force.
func (s *Service) by(which func(*services) engine.Directive) engine.Directive {
	return func(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
		running, err := s.services(ctx)
		if err != nil {
			return alexa.Answer{}, err
		}
		if id, ok := capability.EntityID(d.Endpoint.EndpointID); ok && running.filter.Withholds(id) {
			return alexa.Answer{}, fault.New(fault.NotFound, "HA_EXPOSE keeps this device from Alexa.")
		}
		return which(running)(ctx, d)
	}
}

// roomy carries out a directive that makes much garbage.
func (s *Service) roomy(handle engine.Directive) engine.Directive {
	return func(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
		defer s.room.Take()()
		return handle(ctx, d)
	}
}

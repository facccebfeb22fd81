// Package discovery tells Alexa which endpoints a home has.
package discovery

import (
	"context"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// Service answers Discover. It holds no state of its own and is safe for
// concurrent use.
type Service struct {
	home    ports.Home
	house   ports.House
	catalog *capability.Catalog
	known   capability.House
}

// New returns a Service. What is known of the house beforehand are its locale,
// its codes and what is turned off; its units are asked for where they matter.
func New(h ports.Home, house ports.House, catalog *capability.Catalog, known capability.House) *Service {
	return &Service{h, house, catalog, known}
}

// Payload is the payload of the answer to Discover.
type Payload struct {
	Endpoints []alexa.Endpoint `json:"endpoints"`
}

// Handle answers d with the home's endpoints. The error is the home's: what Alexa
// is told of it is for the caller to say, an empty list or, of its own token, the
// error.
func (s *Service) Handle(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	findings, err := s.Find(ctx)
	if err != nil {
		return alexa.Answer{}, err
	}
	return Answer(d, findings), nil
}

// Answer returns the answer to d that lists the endpoints found, as many as
// Alexa takes. With none it is what Alexa gets when the home cannot be asked:
// an empty list loses nothing, an error would be shown as a broken skill.
func Answer(d alexa.Directive, findings []Finding) alexa.Answer {
	payload := Payload{Endpoints: []alexa.Endpoint{}}
	for i := range findings {
		if findings[i].Endpoint != nil {
			payload.Endpoints = append(payload.Endpoints, *findings[i].Endpoint)
		}
	}
	return alexa.Reply(d, alexa.Discovery, alexa.NameDiscoverResponse, payload, nil)
}

// Finding is what became of one entity: an endpoint, or a reason why not.
type Finding struct {
	ID home.EntityID
	// Endpoint is nil for an entity that is left out; Reason says why then.
	Endpoint *alexa.Endpoint
	Reason   capability.Reason
}

// TooMany is why endpoints past Alexa's limit are left out.
const TooMany capability.Reason = "Alexa takes 300 endpoints, and this one is past them"

// Find looks at every entity of the home and says what it becomes. Every entity
// is looked at on its own: none can spoil another's.
func (s *Service) Find(ctx context.Context) ([]Finding, error) {
	states, err := s.home.States(ctx)
	if err != nil {
		return nil, err
	}
	house := s.known
	// The unit of temperature is the only thing asked for, which few homes' entities
	// need, and describing an endpoint does without it when the home does not say.
	// It is asked for after the states and not beside them: a second connection
	// would cost a function with a small share of a CPU more than the wait.
	if slices.ContainsFunc(states, s.needsUnits) {
		if config, err := s.house.Config(ctx); err == nil {
			house.Temperature = config.Temperature
		}
	}
	findings := make([]Finding, 0, len(states))
	endpoints := 0
	for _, state := range states {
		finding := Finding{ID: state.ID}
		finding.Endpoint, finding.Reason = s.catalog.Endpoint(capability.View{State: state, House: house})
		if finding.Endpoint != nil {
			if endpoints++; endpoints > alexa.MaxEndpoints {
				finding.Endpoint, finding.Reason = nil, TooMany
			}
		}
		findings = append(findings, finding)
	}
	return findings, nil
}

// needsUnits says whether describing an entity needs the house's units.
func (s *Service) needsUnits(state home.State) bool {
	kind := s.catalog.Kind(state.ID.Domain())
	return kind != nil && kind.Units
}

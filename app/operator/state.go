package operator

import (
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// State is an entity's state, by Home Assistant's names. Attributes are those
// that LEE reads.
type State struct {
	EntityID   home.EntityID  `json:"entity_id"`
	State      string         `json:"state"`
	Attributes map[string]any `json:"attributes"`
	Changed    time.Time      `json:"last_changed,omitzero"`
	Updated    time.Time      `json:"last_updated,omitzero"`
}

func told(s home.State) State {
	attributes := make(map[string]any, len(s.Attributes))
	for _, field := range s.Attributes {
		attributes[field.Name] = field.Value.Any()
	}
	return State{s.ID, s.Value, attributes, s.Changed, s.Updated}
}

func toldAll(states []home.State) []State {
	list := make([]State, len(states))
	for i, s := range states {
		list[i] = told(s)
	}
	return list
}

// Failure is why something was not done.
type Failure struct {
	// Kind is the kind of failure in the domain's words.
	Kind string `json:"kind"`
	// Message is one sentence without secrets.
	Message string `json:"message"`
}

// failure returns what is told of err, nil for nil.
func failure(err error) *Failure {
	if err == nil {
		return nil
	}
	return &Failure{fault.Of(err).String(), fault.Text(err)}
}

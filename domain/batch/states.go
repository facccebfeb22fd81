package batch

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// States returns the states of the entities, in their order. One is asked for by
// itself, several in one round trip with all there are: the home has no question
// in between. An entity that the home does not know is a fault.NotFound in its
// own result; the error is a fault.Invalid that wraps the Mistakes, or the home's.
func (s *Service) States(ctx context.Context, ids []home.EntityID) ([]Result, error) {
	if err := checkEntities(ids); err != nil {
		return nil, err
	}
	known, err := s.read(ctx, ids)
	if err != nil {
		return nil, err
	}
	results := make([]Result, len(ids))
	for i, id := range ids {
		if state, ok := known[id]; ok {
			results[i].States = []home.State{state}
		} else {
			results[i].Err = gone(id)
		}
	}
	return results, nil
}

// states are states by entity.
type states map[home.EntityID]home.State

// read returns the states of those that the home knows, others besides.
func (s *Service) read(ctx context.Context, ids []home.EntityID) (states, error) {
	if len(ids) > 1 {
		return s.all(ctx)
	}
	state, err := s.home.State(ctx, ids[0])
	switch {
	case err == nil:
		return states{ids[0]: state}, nil
	case fault.Of(err) == fault.NotFound:
		return nil, nil
	default:
		return nil, err
	}
}

func (s *Service) all(ctx context.Context) (states, error) {
	list, err := s.home.States(ctx)
	if err != nil {
		return nil, err
	}
	known := make(states, len(list))
	for _, state := range list {
		known[state.ID] = state
	}
	return known, nil
}

func gone(id home.EntityID) error {
	return fault.Newf(fault.NotFound, "The home does not know %s.", id)
}

package perform_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/perform"
)

// silent is a home that answers nothing. It keeps how each call ended.
type silent struct{ ended []error }

func (s *silent) wait(ctx context.Context) error {
	<-ctx.Done()
	return fault.Wrap(fault.Unanswered, "The home did not answer.", ctx.Err())
}

func (s *silent) State(ctx context.Context, _ home.EntityID) (home.State, error) {
	return home.State{}, s.wait(ctx)
}

func (s *silent) States(ctx context.Context) ([]home.State, error) { return nil, s.wait(ctx) }

func (s *silent) Call(ctx context.Context, _ home.ServiceCall) ([]home.State, error) {
	err := s.wait(ctx)
	s.ended = append(s.ended, ctx.Err())
	return nil, err
}

// TestDeadlineIsNoCancellation: a call that got no answer until the order's time was up
// ends by its deadline. A cancelled one would say that nobody waited for it any more,
// which says nothing of the home.
func TestDeadlineIsNoCancellation(t *testing.T) {
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
			defer cancel()
			h := &silent{}
			result := perform.Do(ctx, h, action.Order{
				Plan:     action.Plan{Call: home.CallOn("light.lamp", "light", "turn_on")},
				Targets:  []action.Target{{ID: "light.lamp"}},
				Patience: action.Patience{Reply: 1500 * time.Millisecond, Look: time.Second, Pauses: []time.Duration{time.Second}, Margin: 300 * time.Millisecond},
			})
			if fault.Of(result.Err) != fault.Unanswered {
				t.Errorf("the order ends with %v", result.Err)
			}
			if len(h.ended) != 1 || !errors.Is(h.ended[0], context.DeadlineExceeded) {
				t.Errorf("the call ended with %v, want its deadline", h.ended)
			}
		})
	}
}

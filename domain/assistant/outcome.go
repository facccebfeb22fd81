package assistant

import (
	"context"
	"slices"
	"strconv"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/phrase"
)

// reachable says whether the home can reach what a state is of. An empty text is a
// state as good as any.
func reachable(state home.State) bool { return state.Value != home.Unavailable }

// is says of a state whether it is one of these.
func is(values ...string) func(home.State) bool {
	return func(now home.State) bool { return slices.Contains(values, now.Value) }
}

// set makes a call on one entity, and tells that it was done if its state shows it;
// otherwise what the state shows.
func (t *turn) set(ctx context.Context, call home.ServiceCall, reached func(home.State) bool, name, done string) (reply, error) {
	return t.bring(ctx, call, reached, name, func(home.State) string { return done })
}

// bring is set where what is told depends on the state afterwards.
func (t *turn) bring(ctx context.Context, call home.ServiceCall, reached func(home.State) bool, name string, done func(home.State) string) (reply, error) {
	id := call.Targets[0]
	after, err := t.do(ctx, call, wants{id: reached})
	if err != nil {
		return reply{}, err
	}
	switch now, known := after[id]; {
	case !known:
		return t.tell(phrase.Unconfirmed, "thing", name), nil
	case !reachable(now):
		return t.tell(phrase.Unreachable, "thing", name), nil
	case !reached(now):
		return t.still(name, now), nil
	default:
		return t.reply(done(now)), nil
	}
}

// still tells that something has not become what it was set to. Where its state is
// words of the home's people, or a number, it says which; the others are Home
// Assistant's, in no language or a time, and nobody says those.
func (t *turn) still(name string, now home.State) reply {
	value := now.Value
	switch now.ID.Domain() {
	case "input_select", "input_text":
	case "input_number":
		if number, err := strconv.ParseFloat(value, 64); err == nil {
			value = t.language.Number(number)
		}
	default:
		value = ""
	}
	if value == "" || value == home.Unknown {
		return t.tell(phrase.NotFollowed, "list", name)
	}
	return t.tell(phrase.IsStill, "thing", name, "value", value)
}

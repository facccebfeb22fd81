package assistant

import (
	"context"
	"strconv"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/perform"
	"github.com/lambda-execution-engine/lee/domain/phrase"
)

// set makes a call on one entity, and tells that it was done if its state shows it;
// otherwise what the state shows.
func (t *turn) set(ctx context.Context, call home.ServiceCall, want action.Want, name, done string) (reply, error) {
	return t.bring(ctx, call, want, name, func(home.State) string { return done })
}

// bring is set where what is told depends on the state afterwards.
func (t *turn) bring(ctx context.Context, call home.ServiceCall, want action.Want, name string, done func(home.State) string) (reply, error) {
	result := perform.Do(ctx, t.parts.Home, t.order(call, want))
	switch o := result.Outcomes[0]; {
	case away(o):
		r := t.tell(phrase.Unreachable, "thing", name)
		r.err = result.Err
		return r, nil
	case result.Err != nil:
		return reply{}, result.Err
	case followed(o):
		return t.reply(done(o.State)), nil
	case o.Said.ID == "":
		return t.tell(phrase.Unconfirmed, "thing", name), nil
	default:
		return t.still(name, o.Said), nil
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
			value = t.language.Amount(number, now.Text(home.AttrUnit))
		}
	default:
		value = ""
	}
	if value == "" || value == home.Unknown {
		return t.tell(phrase.NotFollowed, "list", name)
	}
	return t.tell(phrase.IsStill, "thing", name, "value", value)
}

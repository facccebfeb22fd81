package control

import (
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
)

// DefaultPatience is what people do not notice: Alexa waits eight seconds, and
// a person wonders after two.
func DefaultPatience() action.Patience {
	const soft = 1500 * time.Millisecond
	return action.Patience{
		Reply: soft, Effect: soft, Look: soft,
		Pauses: []time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond, 800 * time.Millisecond},
		Margin: 150 * time.Millisecond,
	}
}

package assistant_test

import (
	"testing"
	"testing/synctest"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
)

// TestStill is of what is told of things that do not follow: their state, where that
// is something that people say.
func TestStill(t *testing.T) {
	t.Parallel()
	type pairs = []string
	for id, test := range map[home.EntityID]struct {
		intent string
		slots  pairs
		says   string
	}{
		"input_select.mood":        {intent.SetHelperOption, pairs{"helper", "house mood", "option", "away"}, "I have sent it, but House Mood is still Home."},
		"input_number.target":      {intent.SetHelperNumber, pairs{"helper", "target level", "number", "7"}, "I have sent it, but Target Level is still 5."},
		"input_text.note":          {intent.SetHelperOption, pairs{"helper", "door note", "option", "hello"}, "I have sent it, but Door Note didn't follow."},
		"input_boolean.guest_mode": {intent.SwitchHelperOn, pairs{"helper", "guest mode"}, "I have sent it, but Guest Mode didn't follow."},
		"input_button.bell":        {intent.SwitchHelperOn, pairs{"helper", "dinner bell"}, "I have sent it, but Dinner Bell didn't follow."},
		"timer.pasta":              {intent.StartTimer, pairs{"timer", "pasta"}, "I have sent it, but Pasta didn't follow."},
	} {
		t.Run(string(id), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.ignores = id
				says(t, r.ask(t, test.intent, test.slots...), test.says, false)
			})
		})
	}
}

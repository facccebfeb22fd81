package assistant

import (
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/skill"
)

// troubles are what is said of an error, by its kind. A token that is rejected is
// answered with a card instead.
var troubles = map[fault.Kind]phrase.Phrase{
	fault.Internal:      phrase.WentInternal,
	fault.Unreachable:   phrase.WentUnreachable,
	fault.Unanswered:    phrase.WentUnanswered,
	fault.Unavailable:   phrase.WentUnavailable,
	fault.NotFound:      phrase.WentNotFound,
	fault.Refused:       phrase.WentRefused,
	fault.OutOfRange:    phrase.WentRefused,
	fault.NotNow:        phrase.WentRefused,
	fault.Disabled:      phrase.WentUnsupported,
	fault.Failed:        phrase.WentFailed,
	fault.Unsupported:   phrase.WentUnsupported,
	fault.Invalid:       phrase.WentInternal,
	fault.TokenRejected: phrase.LinkAccount,
	fault.NotAllowed:    phrase.WentNotAllowed,
	fault.Throttled:     phrase.WentThrottled,
	fault.Misconfigured: phrase.WentMisconfigured,
	fault.Deadline:      phrase.WentDeadline,
	fault.Open:          phrase.WentUnreachable,
}

// went says what went wrong, in words for people: none of the error's own are
// among them.
func (t *turn) went(err error) string { return t.say(troubles[fault.Of(err)]) }

// link asks people to link their account.
func (t *turn) link() skill.Response {
	return skill.Response{Speech: t.say(phrase.LinkAccount), Card: &skill.Card{Link: true}}
}

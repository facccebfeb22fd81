package gateway

import (
	"sync/atomic"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// awaited knows whether an endpoint answered anything while a command waited for its
// answer. A device that hangs keeps its command without an answer, and the home answers
// everything else meanwhile: that is no outage. Where no command waits nothing is
// counted, so a read that goes well pays for one load.
type awaited struct {
	commands atomic.Int32  // that wait for their answer
	answers  atomic.Uint64 // that came while a command waited
}

// end notes that a crossing is over.
func (a *awaited) end(class Class, err error) {
	if class == Command {
		a.commands.Add(-1)
	}
	if a.commands.Load() > 0 && answered(err) {
		a.answers.Add(1)
	}
}

// bound is where a crossing goes, and how many answers had come from there when it
// began.
type bound struct {
	*place
	answers uint64
}

// bound notes that a crossing begins, and returns where it goes.
func (g *Gateway) bound(op *Operation) bound {
	b := bound{place: g.states[op.ID].place.Load()}
	if op.Class == Command {
		b.endpoint.awaited.commands.Add(1)
		b.answers = b.endpoint.awaited.answers.Load()
	}
	return b
}

// excuses says whether a crossing that ends with err is no outage because the endpoint
// answered another one since it began.
func (b bound) excuses(err error) bool {
	return fault.Of(err) == fault.Unanswered && b.endpoint.awaited.answers.Load() != b.answers
}

// answered says whether a crossing that ended with err was answered by the home itself.
func answered(err error) bool {
	if err == nil {
		return true
	}
	switch fault.Of(err) {
	case fault.NotFound, fault.Refused, fault.Failed, fault.TokenRejected:
		return true
	default:
		return false
	}
}

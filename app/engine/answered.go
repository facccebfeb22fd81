package engine

import (
	"context"
	"sync"

	"github.com/lambda-execution-engine/lee/domain/skill"
)

// mostAnswers is how many answers are remembered: a request that Amazon repeats
// comes within seconds.
const mostAnswers = 16

// answers are the last answers to custom skill requests, so that one that comes
// again is answered again and nothing is done again.
type answers struct {
	mu   sync.Mutex
	last []*answered // the latest last
}

type answered struct {
	to asked
	// done is closed when the answer is there.
	done   chan struct{}
	answer spoken
	err    error
}

// asked is what makes a request the same as another. Its id would be enough, if
// nobody made one up.
type asked struct{ application, user, session, id string }

// once returns the answer to a request: answer's, which is called unless somebody
// else has called it for the same request before.
func (a *answers) once(ctx context.Context, r skill.Request, answer func() (spoken, error)) (spoken, error) {
	mine, found := a.find(asked{r.ApplicationID, r.UserID, r.Session.ID, r.ID})
	if !found {
		defer close(mine.done)
		mine.answer, mine.err = answer()
		return mine.answer, mine.err
	}
	select {
	case <-mine.done:
		return mine.answer, mine.err
	case <-ctx.Done():
		return spoken{}, ctx.Err()
	}
}

// find returns the answer to what was asked, which may still be being made. It is a
// new one when found is false.
func (a *answers) find(to asked) (one *answered, found bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, one := range a.last {
		if one.to == to {
			return one, true
		}
	}
	one = &answered{to: to, done: make(chan struct{})}
	a.last = append(a.last[max(0, len(a.last)-mostAnswers+1):], one)
	return one, false
}

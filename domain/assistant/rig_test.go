package assistant_test

import (
	"context"
	"maps"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/domain/assistant"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// whole is how long an answer may take in the tests.
const whole = 7 * time.Second

// rig is an assistant with all that it needs, and somebody who talks to it.
type rig struct {
	*house
	service *assistant.Service
	terms   assistant.Terms
	agent   *portstest.Agent
	// answers is what the home's agent says, guarded by the house's mutex.
	answers func(context.Context, home.Utterance) (home.Reply, error)
	rooms   *portstest.MemoryRooms
	speaker *portstest.Speaker
	clock   ports.Clock
	// request is what all requests have, session what the next one's is.
	request skill.Request
	// err is what was wrong with the last answer, picks how things were picked for it.
	err   error
	picks []assistant.Pick
}

func newRig(t *testing.T) *rig {
	features := map[intent.Feature]bool{}
	for _, i := range intent.All() {
		features[i.Feature] = true
	}
	r := &rig{
		house: newHouse(), terms: assistant.Terms{Name: "Jarvis", Features: features},
		rooms: &portstest.MemoryRooms{Lasting: true}, speaker: &portstest.Speaker{}, clock: ports.WallClock{},
		request: skill.Request{
			Kind: skill.Asked, ID: "request", Locale: "en-US", UserID: "user", DeviceID: "echo",
			Session: skill.Session{Present: true, ID: "session", New: true},
			API:     skill.API{Endpoint: "https://api.amazonalexa.com", Token: secret.New("token")},
		},
	}
	r.asks(false)
	r.agent = portstest.NewAgent(func(ctx context.Context, said home.Utterance) (home.Reply, error) {
		r.mu.Lock()
		answers := r.answers
		r.mu.Unlock()
		return answers(ctx, said)
	})
	r.service = assistant.New(assistant.Parts{
		Terms:   func(context.Context) (assistant.Terms, error) { return r.terms, nil },
		Explain: func(_ context.Context, p assistant.Pick) { r.picks = append(r.picks, p) },
		Home:    r.house, Registry: r.house, Conversation: r.agent, Rooms: r.rooms, Progress: r.speaker, Clock: r.clock,
	})
	t.Cleanup(r.service.Close)
	return r
}

// asks says whether the home's agent asks back; otherwise it repeats what it was told.
func (r *rig) asks(back bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers = func(_ context.Context, said home.Utterance) (home.Reply, error) {
		if back {
			return home.Reply{Speech: "To what?", Conversation: "conversation", Continue: true, Kind: home.ReplyAnswer}, nil
		}
		return home.Reply{Speech: "You said: " + said.Text + ".", Conversation: "conversation", Kind: home.ReplyAnswer}, nil
	}
}

// without turns a feature off.
func (r *rig) without(off ...intent.Feature) {
	r.terms.Features = maps.Clone(r.terms.Features)
	for _, feature := range off {
		r.terms.Features[feature] = false
	}
}

// handle has a request answered, within the time that there is for it, and goes on
// with the session as the answer has it.
func (r *rig) handle(t *testing.T, request skill.Request) skilltest.Answer {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), whole)
	defer cancel()
	began := time.Now()
	r.picks = nil
	response, err := r.service.Handle(ctx, request)
	if took := time.Since(began); took > whole {
		t.Errorf("the answer took %v", took)
	}
	r.err = err
	answer := skilltest.Check(t, response)
	r.request.Session.New, r.request.Session.Attributes = !answer.Open, answer.Attributes
	return answer
}

// launch opens the assistant.
func (r *rig) launch(t *testing.T) skilltest.Answer {
	t.Helper()
	request := r.request
	request.Kind = skill.Launch
	return r.handle(t, request)
}

// ask asks for something; slots are pairs of a slot's name and what was heard.
func (r *rig) ask(t *testing.T, name string, slots ...string) skilltest.Answer {
	t.Helper()
	said := map[string]skill.Slot{}
	for i := 0; i < len(slots); i += 2 {
		said[slots[i]] = skill.Slot{Name: slots[i], Value: slots[i+1]}
	}
	return r.askFor(t, skill.Intent{Name: intent.Model(name), Slots: said})
}

func (r *rig) askFor(t *testing.T, i skill.Intent) skilltest.Answer {
	t.Helper()
	request := r.request
	request.Intent = i
	return r.handle(t, request)
}

// goOnAs starts a new session, as another person and on another Echo if need be.
func (r *rig) goOnAs(user, session string) {
	r.request.UserID = user
	r.request.Session = skill.Session{Present: true, ID: session, New: true}
}

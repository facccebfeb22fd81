package portstest

import (
	"context"
	"sync"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// Agent is a ports.Conversation that answers as a function says, and notes what
// it was told. It is safe for concurrent use if the function is.
type Agent struct {
	answer func(context.Context, home.Utterance) (home.Reply, error)

	mu    sync.Mutex
	heard []home.Utterance
}

var _ ports.Conversation = (*Agent)(nil)

// NewAgent returns an agent that answers with what the function returns, which may
// take its time.
func NewAgent(answer func(context.Context, home.Utterance) (home.Reply, error)) *Agent {
	return &Agent{answer: answer}
}

// Converse implements ports.Conversation.
func (a *Agent) Converse(ctx context.Context, said home.Utterance) (home.Reply, error) {
	if err := ctx.Err(); err != nil {
		return home.Reply{}, fault.Wrap(fault.Deadline, "The home did not answer in time.", err)
	}
	a.mu.Lock()
	a.heard = append(a.heard, said)
	a.mu.Unlock()
	return a.answer(ctx, said)
}

// Heard returns what the agent was told so far.
func (a *Agent) Heard() []home.Utterance {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]home.Utterance(nil), a.heard...)
}

// ConversationSetup says what can be talked about with the home under test, in
// English, and how to upset it.
type ConversationSetup struct {
	// TurnOn turns on Light, Ask asks for its state, Nonsense means nothing and
	// Absent speaks of a device that there is not.
	TurnOn, Ask, Nonsense, Absent string
	Light                         home.EntityID
	// Agent is the id of an agent that understands all that, Nobody one of none.
	Agent, Nobody string
	// Home is the same home, to see what was done.
	Home ports.Home

	// Away, Hang, Lose and Rejecting are as in HomeSetup.
	Away, Lose func()
	Hang       func() (taken func() bool)
	Rejecting  ports.Conversation
}

// Conversation is the contract of ports.Conversation. open is called again for
// every test.
func Conversation(t *testing.T, open func(t *testing.T) (ports.Conversation, ConversationSetup)) {
	for _, test := range []struct {
		name string
		run  func(*conversationTest, *testing.T)
	}{
		{"does what is said", (*conversationTest).does},
		{"answers a question", (*conversationTest).answers},
		{"does not understand", (*conversationTest).fails},
		{"goes on with a conversation", (*conversationTest).goesOn},
		{"from somewhere", (*conversationTest).somewhere},
		{"an agent that there is not", (*conversationTest).nobody},
		{"a context that has ended", (*conversationTest).ended},
		{"away", (*conversationTest).away},
		{"hangs", (*conversationTest).hangs},
		{"the reply is lost", (*conversationTest).loses},
		{"rejected credentials", (*conversationTest).rejected},
		{"counts its requests", (*conversationTest).counts},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &conversationTest{}
			c.Conversation, c.ConversationSetup = open(t)
			test.run(c, t)
		})
	}
}

type conversationTest struct {
	ports.Conversation
	ConversationSetup
}

// say says something in English that must get a reply.
func (c *conversationTest) say(t *testing.T, said home.Utterance) home.Reply {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	said.Language = "en"
	reply, err := c.Converse(ctx, said)
	if err != nil {
		t.Fatalf("Converse(%+v): %v", said, err)
	}
	return reply
}

func (c *conversationTest) does(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := c.Home.Call(ctx, home.CallOn(c.Light, "light", "turn_off")); err != nil {
		t.Fatal(err)
	}
	for _, agent := range []string{"", c.Agent} {
		reply := c.say(t, home.Utterance{Text: c.TurnOn, Agent: agent})
		if reply.Kind != home.ReplyDone || reply.Speech == "" || reply.Conversation == "" || reply.Code != "" {
			t.Errorf("the reply is %+v", reply)
		}
	}
	if state, err := c.Home.State(ctx, c.Light); err != nil || state.Value != home.On {
		t.Errorf("the light is %q, %v", state.Value, err)
	}
}

func (c *conversationTest) answers(t *testing.T) {
	if reply := c.say(t, home.Utterance{Text: c.Ask}); reply.Kind != home.ReplyAnswer || reply.Speech == "" {
		t.Errorf("the reply is %+v", reply)
	}
}

func (c *conversationTest) counts(t *testing.T) {
	counted(t, "Converse", func(ctx context.Context) (want int64, err error) {
		_, err = c.Converse(ctx, home.Utterance{Text: c.Ask, Language: "en"})
		return 1, err
	})
}

func (c *conversationTest) fails(t *testing.T) {
	for text, code := range map[string]home.ReplyCode{c.Nonsense: home.ReplyNoMatch, c.Absent: home.ReplyNoTarget} {
		if reply := c.say(t, home.Utterance{Text: text}); reply.Kind != home.ReplyError || reply.Code != code || reply.Speech == "" {
			t.Errorf("the reply to %q is %+v", text, reply)
		}
	}
}

func (c *conversationTest) goesOn(t *testing.T) {
	first := c.say(t, home.Utterance{Text: c.Ask})
	second := c.say(t, home.Utterance{Text: c.Ask, Conversation: first.Conversation})
	if second.Conversation != first.Conversation {
		t.Errorf("%q goes on as %q", first.Conversation, second.Conversation)
	}
	if third := c.say(t, home.Utterance{Text: c.Ask}); third.Conversation == first.Conversation {
		t.Error("a new one goes on with an old one")
	}
}

func (c *conversationTest) somewhere(t *testing.T) {
	reply := c.say(t, home.Utterance{Text: c.TurnOn, Device: "no-such-device", Satellite: "light.no_such_light"})
	if reply.Kind != home.ReplyDone {
		t.Errorf("from somewhere it is %+v", reply)
	}
}

func (c *conversationTest) nobody(t *testing.T) {
	_, err := c.Converse(t.Context(), home.Utterance{Text: c.TurnOn, Language: "en", Agent: c.Nobody})
	fails(t, "Converse", err, fault.NotFound, true)
}

func (c *conversationTest) ended(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := c.Converse(ctx, home.Utterance{Text: c.TurnOn})
	fails(t, "Converse", err, fault.Deadline, false)
}

func (c *conversationTest) away(t *testing.T) {
	if c.Away == nil {
		t.Skip("this home cannot be made unreachable")
	}
	c.Away()
	_, err := c.Converse(t.Context(), home.Utterance{Text: c.TurnOn})
	fails(t, "Converse", err, fault.Unreachable, false)
}

func (c *conversationTest) hangs(t *testing.T) {
	if c.Hang == nil {
		t.Skip("this home cannot be made to hang")
	}
	_, err := c.Converse(Expiring(t, c.Hang()), home.Utterance{Text: c.TurnOn})
	fails(t, "Converse", err, fault.Unanswered, true)
}

func (c *conversationTest) loses(t *testing.T) {
	if c.Lose == nil {
		t.Skip("this home cannot be made to lose a reply")
	}
	c.Lose()
	_, err := c.Converse(t.Context(), home.Utterance{Text: c.TurnOn})
	fails(t, "Converse", err, fault.Unanswered, true)
}

func (c *conversationTest) rejected(t *testing.T) {
	if c.Rejecting == nil {
		t.Skip("there is no client with rejected credentials")
	}
	_, err := c.Rejecting.Converse(t.Context(), home.Utterance{Text: c.TurnOn})
	fails(t, "Converse", err, fault.NotAllowed, true)
}

// OpConverse is ports.Conversation's operation.
const OpConverse Op = "converse"

var _ ports.Conversation = (*MemoryHome)(nil)

// Converse implements ports.Conversation. The home's people have set up no agent that
// would understand anything.
func (h *MemoryHome) Converse(ctx context.Context, said home.Utterance) (home.Reply, error) {
	if err := h.enter(ctx, Entry{Op: OpConverse}, nil); err != nil {
		return home.Reply{}, err
	}
	return home.Reply{
		Speech: "Sorry, I couldn't understand that.", Conversation: said.Conversation,
		Kind: home.ReplyError, Code: home.ReplyNoMatch,
	}, nil
}

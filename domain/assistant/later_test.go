package assistant_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/assistant"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
)

var patience = assistant.DefaultPatience()

// thinks has the home's agent take its time.
func (r *rig) thinks(takes time.Duration, reply home.Reply, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers = func(ctx context.Context, _ home.Utterance) (home.Reply, error) {
		timer := time.NewTimer(takes)
		defer timer.Stop()
		select {
		case <-timer.C:
			return reply, err
		case <-ctx.Done():
			return home.Reply{}, &fault.Error{Kind: fault.Unanswered, Text: "The home did not answer.", Cause: ctx.Err(), Sent: true}
		}
	}
}

// says wants an answer to say something, and to leave the session open or not.
func says(t *testing.T, answer skilltest.Answer, words string, open bool) {
	t.Helper()
	if !strings.Contains(answer.Speech, words) || answer.Open != open {
		t.Errorf("it says %q (open: %v), should %q (%v)", answer.Speech, answer.Open, words, open)
	}
}

func TestSlowAgent(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		takes time.Duration
		// beats is how often it is said that the home is thinking before the first
		// answer, first what that says, and then what each further one does.
		beats int
		first string
		then  []string
	}{
		"at once":         {0, 0, "Four.", []string{"not waiting"}},
		"soon":            {patience.Soft - time.Millisecond, 0, "Four.", nil},
		"after a while":   {patience.Soft + time.Millisecond, 1, "Four.", nil},
		"just in time":    {whole - patience.Margin - time.Millisecond, 1, "Four.", nil},
		"too late":        {12 * time.Second, 1, "not answered yet", []string{"Four.", "not waiting"}},
		"much too late":   {20 * time.Second, 1, "not answered yet", []string{"still no answer", "still no answer", "Four."}},
		"never, it seems": {time.Hour, 1, "not answered yet", []string{"still no answer"}},
		"never, it turns out": {time.Hour, 1, "not answered yet", []string{
			"still no answer", "still no answer", "still no answer", "still no answer", "still no answer", "still no answer", "still no answer", "still no answer",
			"has not said whether it was done", "not waiting",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.thinks(test.takes, home.Reply{Speech: "Four.", Kind: home.ReplyAnswer}, nil)
				answer := r.ask(t, intent.Converse, intent.SlotQuery, "what is two and two")
				waits := strings.Contains(test.first, "yet")
				says(t, answer, test.first, waits)
				if said := r.speaker.Said(); len(said) != test.beats {
					t.Errorf("meanwhile it said %q, should %d times", said, test.beats)
				}
				if waits && (answer.Elicit != "" || fault.Of(r.err) != fault.Unanswered) {
					t.Errorf("it waits for %q, and the log has %v", answer.Elicit, r.err)
				}
				for _, words := range test.then {
					says(t, r.ask(t, intent.Continue), words, strings.Contains(words, "still"))
				}
				if heard := r.agent.Heard(); len(heard) != 1 {
					t.Errorf("the agent was told %d times: %v", len(heard), heard)
				}
			})
		})
	}
}

// TestFetchedInWords has what came late fetched by "yes", by the word alone, in
// another session and in another language, and by nobody else.
func TestFetchedInWords(t *testing.T) {
	t.Parallel()
	for name, fetch := range map[string]func(*testing.T, *rig) skilltest.Answer{
		"yes":            func(t *testing.T, r *rig) skilltest.Answer { return r.ask(t, intent.Yes) },
		"the word alone": func(t *testing.T, r *rig) skilltest.Answer { return r.ask(t, intent.Converse, "query", "Continue") },
		"in another session": func(t *testing.T, r *rig) skilltest.Answer {
			r.goOnAs("user", "later")
			return r.ask(t, intent.Continue)
		},
		"in another language": func(t *testing.T, r *rig) skilltest.Answer {
			r.request.Locale = "de-DE"
			return r.ask(t, intent.Continue)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.thinks(12*time.Second, home.Reply{Speech: "Four.", Conversation: "kept", Continue: true}, nil)
				says(t, r.ask(t, intent.Converse, "query", "add"), "not answered yet", true)
				r.goOnAs("somebody else", "another")
				says(t, r.ask(t, intent.Continue), "not waiting", false)
				r.goOnAs("user", "session")
				says(t, fetch(t, r), "Four.", true)
			})
		})
	}
}

// TestLateAnswerToAgent has the home's agent ask, and take long over what it is told then:
// "continue" fetches that, and is not told to the agent.
func TestLateAnswerToAgent(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string][]string{
		"words":    {intent.Converse, "query", "the kitchen"},
		"yes":      {intent.Yes},
		"continue": {intent.Continue},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.asks(true)
				says(t, r.ask(t, intent.Converse, "query", "set the heating"), "To what?", true)
				r.thinks(10*time.Second, home.Reply{Speech: "Set."}, nil)
				says(t, r.ask(t, answer[0], answer[1:]...), "not answered yet", true)
				says(t, r.ask(t, intent.Continue), "Set.", false)
				if heard := r.agent.Heard(); len(heard) != 2 {
					t.Errorf("the agent was told %v", heard)
				}
			})
		})
	}
}

// TestTwoPending wants the answers to two questions, the one that comes first first.
func TestTwoPending(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.thinks(30*time.Second, home.Reply{Speech: "First."}, nil)
		says(t, r.ask(t, intent.Converse, "query", "one"), "not answered yet", true)
		r.thinks(10*time.Second, home.Reply{Speech: "Second."}, nil)
		says(t, r.ask(t, intent.Converse, "query", "two"), "not answered yet", true)
		says(t, r.ask(t, intent.Continue), "Second. There is another answer to come. Say continue.", true)
		time.Sleep(10 * time.Second)
		says(t, r.ask(t, intent.Continue), "First.", false)
		says(t, r.ask(t, intent.Continue), "not waiting", false)
	})
}

// TestEachEcho wants an answer to be fetched where the question was asked, also when
// another question was asked in another room meanwhile.
func TestEachEcho(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.thinks(10*time.Second, home.Reply{Speech: "Kitchen."}, nil)
		says(t, r.ask(t, intent.Converse, "query", "one"), "not answered yet", true)
		kitchen := r.request
		r.goOnAs("user", "another")
		r.request.DeviceID = "echo in the bath"
		says(t, r.ask(t, intent.Continue), "not waiting", false)
		r.thinks(12*time.Second, home.Reply{Speech: "Bath."}, nil)
		says(t, r.ask(t, intent.Converse, "query", "two"), "not answered yet", true)
		says(t, r.ask(t, intent.Continue), "Bath.", false)
		r.request = kitchen
		says(t, r.ask(t, intent.Continue), "Kitchen.", false)
	})
}

// TestMostOfAnEcho wants the newest of many answers to be kept.
func TestMostOfAnEcho(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		for i := range 5 {
			r.thinks(20*time.Second, home.Reply{Speech: fmt.Sprintf("Answer %d.", i)}, nil)
			r.ask(t, intent.Converse, "query", "hello")
		}
		time.Sleep(20 * time.Second)
		for i := 2; i < 5; i++ {
			says(t, r.ask(t, intent.Continue), fmt.Sprintf("Answer %d.", i), i < 4)
		}
		says(t, r.ask(t, intent.Continue), "not waiting", false)
	})
}

// TestForgotten wants an answer that nobody fetches to be forgotten, and not too
// many to be kept.
func TestForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.thinks(10*time.Second, home.Reply{Speech: "Late."}, nil)
		for i := range 20 {
			r.goOnAs(fmt.Sprint("user ", i), "session")
			r.ask(t, intent.Converse, "query", "hello")
		}
		for i, words := range map[int]string{0: "not waiting", 3: "not waiting", 19: "Late."} {
			r.goOnAs(fmt.Sprint("user ", i), "session")
			says(t, r.ask(t, intent.Continue), words, false)
		}
		time.Sleep(patience.Longest + patience.Kept + time.Second)
		r.goOnAs("somebody", "session")
		r.thinks(0, home.Reply{Speech: "Now."}, nil)
		r.ask(t, intent.Converse, "query", "hello")
		r.goOnAs("user 18", "session")
		says(t, r.ask(t, intent.Continue), "not waiting", false)
	})
}

// TestClosed wants nothing to go on when the service is closed, and nothing to
// begin then. That nothing goes on is what synctest and goleak find out.
func TestClosed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.thinks(time.Hour, home.Reply{}, nil)
		says(t, r.ask(t, intent.Converse, "query", "hello"), "not answered yet", true)
		r.service.Close()
		says(t, r.ask(t, intent.Continue), "not waiting", false)
		says(t, r.ask(t, intent.Converse, "query", "hello"), "nothing was done", false)
		if n := len(r.agent.Heard()); n != 1 {
			t.Errorf("the agent was told %d times", n)
		}
	})
}

// TestAgent is of what an agent can answer.
func TestAgent(t *testing.T) {
	t.Parallel()
	kind := func(k fault.Kind) error { return fault.New(k, "secret words") }
	for name, test := range map[string]struct {
		reply home.Reply
		err   error
		says  string
		open  bool
		card  string
	}{
		"nothing":                {home.Reply{}, nil, "Done.", false, ""},
		"a question":             {home.Reply{Speech: "Which lamp?", Continue: true}, nil, "Which lamp?", true, ""},
		"markup":                 {home.Reply{Speech: `<speak>5 < 6 & "so" on</speak> ]]>`}, nil, `<speak>5 < 6 & "so" on</speak> ]]>`, false, ""},
		"not understood":         {home.Reply{Kind: home.ReplyError, Code: home.ReplyNoMatch, Speech: "Sorry?"}, nil, "Sorry?", false, ""},
		"not understood, mutely": {home.Reply{Kind: home.ReplyError, Code: home.ReplyNoMatch}, nil, "didn't understand that", false, ""},
		"an exception":           {home.Reply{Kind: home.ReplyError, Code: home.ReplyUnknown, Speech: "KeyError: 'x'"}, nil, "ran into an error", false, ""},
		"very much":              {home.Reply{Speech: strings.Repeat("A sentence. ", 2000)}, nil, "A sentence. A sentence.", false, ""},
		"an agent that broke":    {home.Reply{}, kind(fault.Failed), "ran into an error", false, ""},
		"a home that is away":    {home.Reply{}, kind(fault.Unreachable), "can't reach your home", false, ""},
		"a breaker that is open": {home.Reply{}, kind(fault.Open), "can't reach your home", false, ""},
		"no agent":               {home.Reply{}, kind(fault.NotFound), "not set up correctly", false, ""},
		"no conversation":        {home.Reply{}, kind(fault.Unsupported), "can't do that", false, ""},
		"no credentials":         {home.Reply{}, kind(fault.NotAllowed), "access token needs to be checked", false, ""},
		"a home that is busy":    {home.Reply{}, kind(fault.Throttled), "busy", false, ""},
		"no reply":               {home.Reply{}, kind(fault.Unanswered), "has not said whether it was done", false, ""},
		"a mistake of ours":      {home.Reply{}, errors.New("secret words"), "something went wrong with me", false, ""},
		"a token that is bad":    {home.Reply{}, kind(fault.TokenRejected), "link your home's account", false, "LinkAccount"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.thinks(0, test.reply, test.err)
				answer := r.ask(t, intent.Converse, "query", "hello")
				says(t, answer, test.says, test.open)
				if answer.Card != test.card || strings.Contains(answer.Speech, "secret") {
					t.Errorf("the card is %q, and it says %q", answer.Card, answer.Speech)
				}
				if (r.err != nil) != (test.err != nil) {
					t.Errorf("the log has %v", r.err)
				}
			})
		})
	}
}

// TestPanic wants an agent that panics to end neither the process nor the answer.
func TestPanic(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.answers = func(context.Context, home.Utterance) (home.Reply, error) { panic("secret words") }
		says(t, r.ask(t, intent.Converse, "query", "hello"), "something went wrong with me", false)
		if fault.Of(r.err) != fault.Internal || strings.Contains(r.err.Error(), "secret words") {
			t.Errorf("the log has %v", r.err)
		}
	})
}

// TestConversationGoesOn wants the home to be told which conversation it is, in
// which language and where, and its question to be answered by yes and no.
func TestConversationGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.terms.Agent = "conversation.clever"
		r.request.Locale = "de-DE"
		if _, err := r.rooms.Keep(t.Context(), "echo", "living_room"); err != nil {
			t.Fatal(err)
		}
		r.thinks(0, home.Reply{Speech: "Alle?", Conversation: "one", Continue: true}, nil)
		answer := r.ask(t, intent.Converse, "query", "mach das Licht aus")
		if says(t, answer, "Alle?", true); answer.Elicit != "query" || answer.ElicitIn != "ConverseIntent" || answer.Reprompt != "Alle?" {
			t.Errorf("it goes on with %+v", answer)
		}
		r.thinks(0, home.Reply{Speech: "Gut.", Conversation: "one"}, nil)
		says(t, r.ask(t, intent.Yes), "Gut.", false)
		want := []home.Utterance{
			{Text: "mach das Licht aus", Language: "de-DE", Agent: "conversation.clever", Satellite: "media_player.dumb", Device: "device of dumb"},
			{Text: "ja", Language: "de-DE", Agent: "conversation.clever", Conversation: "one", Satellite: "media_player.dumb", Device: "device of dumb"},
		}
		for i, said := range r.agent.Heard() {
			if said != want[i] {
				t.Errorf("the agent was told %+v, should %+v", said, want[i])
			}
		}
		r.goOnAs("user", "another")
		r.terms.Language = "nl"
		r.rooms.Fail(fault.New(fault.Throttled, "Not now."))
		r.ask(t, intent.Converse, "query", "hallo")
		if heard := r.agent.Heard(); heard[2] != (home.Utterance{Text: "hallo", Language: "nl", Agent: "conversation.clever"}) {
			t.Errorf("the agent was told %+v", heard[2])
		}
	})
}

// TestSlowScript is of scripts by how long they take and how they end.
func TestSlowScript(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		takes time.Duration
		err   error
		// state is what the home says of it when the time is up.
		state, says, then string
	}{
		"at once":             {0, nil, "", "Slow Roast has run.", "not waiting"},
		"in time":             {5 * time.Second, nil, "", "Slow Roast has run.", "not waiting"},
		"later":               {12 * time.Second, nil, home.On, "Slow Roast is running.", "Slow Roast has run."},
		"later, it breaks":    {12 * time.Second, fault.New(fault.Failed, "No."), home.On, "Slow Roast is running.", "broke off with an error"},
		"nobody knows":        {12 * time.Second, nil, home.Off, "has not said how it went", "Slow Roast has run."},
		"it breaks":           {time.Second, fault.New(fault.Failed, "No."), "", "Slow Roast broke off with an error.", "not waiting"},
		"it does not like it": {time.Second, fault.New(fault.Refused, "No."), "", "Slow Roast broke off with an error.", "not waiting"},
		"it is gone":          {0, fault.New(fault.Unsupported, "No."), "", "can't do that", "not waiting"},
		"no reply comes":      {time.Second, fault.New(fault.Unanswered, "No."), "", "has not said how it went", "not waiting"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.befall("script.slow", test.takes, test.err)
				if test.state != "" {
					r.at("script.slow").Value = test.state
				}
				says(t, r.ask(t, intent.RunScript, "script", "slow roast"), test.says, false)
				says(t, r.ask(t, intent.Continue), test.then, false)
				if calls := r.take(); len(calls) != 1 {
					t.Errorf("the home was called %q", calls)
				}
			})
		})
	}
}

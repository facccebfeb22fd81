//go:build live

package wiring_test

import (
	"os"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestConversationContractLive runs the contract against the Home Assistant that
// HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN name.
func TestConversationContractLive(t *testing.T) {
	testConversation(t, func(t *testing.T) (env, portstest.HomeSetup) {
		t.Helper()
		s := setup
		e := inFrontOf(t, living(t), &s)
		return e, s
	})
}

func living(t *testing.T) env {
	t.Helper()
	e := env{}
	for _, name := range []string{"HOME_ASSISTANT_URL", "HOME_ASSISTANT_TOKEN"} {
		if e[name] = os.Getenv(name); e[name] == "" {
			t.Fatal(name + " is not set")
		}
	}
	return e
}

// TestAgentsLive talks to the agents of the test house that try one's patience,
// but for the slow one.
func TestAgentsLive(t *testing.T) {
	c := conversationWays["the client"](t, living(t))
	say := func(agent string, said home.Utterance) (home.Reply, error) {
		said.Agent, said.Language = "conversation."+agent, "de-DE"
		return c.Converse(t.Context(), said)
	}
	if _, err := say("markup", home.Utterance{Text: "hello"}); fault.Of(err) == fault.NotFound {
		t.Skip("this house has no agents that try one's patience (.ci/house.d/custom_components/talk)")
	}
	for agent, want := range map[string]struct {
		reply home.Reply
		kind  fault.Kind
	}{
		"raises":  {kind: fault.Failed},
		"fails":   {reply: home.Reply{Kind: home.ReplyError, Code: home.ReplyUnknown, Speech: "The agent's key secret-of-the-agent has expired"}},
		"markup":  {reply: home.Reply{Speech: "<b>21 & \"more\"</b> </speak><audio src='x'/> ]]> &amp; <!-- a\x00\a\x1b[31m\ufffe 😀 \u2028 end"}},
		"endless": {reply: home.Reply{Speech: strings.Repeat("The kitchen has 21 degrees. ", 715)}},
		"silent":  {},
		"asks":    {reply: home.Reply{Speech: "Which colour do you want?", Continue: true}},
		"where":   {reply: home.Reply{Speech: "Device abc, satellite light.bed_light, language de-DE."}},
	} {
		got, err := say(agent, home.Utterance{Text: "hello", Device: "abc", Satellite: "light.bed_light"})
		if want.kind != fault.Internal {
			if fault.Of(err) != want.kind || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s: %v", agent, err)
			}
			continue
		}
		conversation := got.Conversation
		if got.Conversation = ""; err != nil || got != want.reply {
			t.Errorf("%s says %+v (%v)", agent, got, err)
		}
		skilltest.Check(t, skill.Response{Speech: got.Speech, Card: &skill.Card{Text: got.Speech}})
		if agent != "asks" {
			continue
		}
		if got, err = say(agent, home.Utterance{Text: "red", Conversation: conversation}); err != nil || got.Speech != "You said red." || got.Continue {
			t.Errorf("%s goes on with %+v (%v)", agent, got, err)
		}
	}
}

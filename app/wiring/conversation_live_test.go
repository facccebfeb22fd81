//go:build live

package wiring_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestConversationContractLive runs the contract against the Home Assistant that
// HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN name.
func TestConversationContractLive(t *testing.T) {
	testConversation(t, func(t *testing.T) (env, portstest.HomeSetup) {
		t.Helper()
		s := setup
		e := inFrontOf(t, place(t), &s)
		return e, s
	})
}

func place(t *testing.T) env {
	t.Helper()
	e, _ := live(t)
	return e
}

// TestRoomLive: what is said without a room is about the room that the Echo is in,
// for Home Assistant's own agent and for one that is told the device.
func TestRoomLive(t *testing.T) {
	e, a := live(t)
	var loft struct {
		ID string `json:"area_id"`
	}
	if err := json.Unmarshal(a.do(t, "config/area_registry/create", map[string]any{"name": "Loft"}), &loft); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.do(t, "config/area_registry/delete", map[string]any{"area_id": loft.ID}) })
	a.change(t, "light.porch_light", map[string]any{"area_id": loft.ID}, map[string]any{"area_id": nil})
	h, _ := bare(t, e)
	light := func() string {
		t.Helper()
		state, err := h.State(t.Context(), "light.porch_light")
		if err != nil {
			t.Fatal(err)
		}
		return state.Value
	}
	turn := func() {
		t.Helper()
		if _, err := h.Call(t.Context(), home.CallOn("light.porch_light", "light", "turn_off")); err != nil || light() != home.Off {
			t.Fatalf("the light is %s (%v)", light(), err)
		}
	}
	turn()
	for rooms, want := range map[string]string{"": home.Off, "amzn1.ask.device.1=" + loft.ID: home.On} {
		b := build(t, e.and(env{"HA_ROOMS": rooms}), false)
		answer := skilltest.Check(t, b.invoke(t, said(t, theSkill, "", "ConverseIntent", "query", "turn on the lights")))
		if light() != want {
			t.Errorf("in %q the light is %s, should be %s; it says %q", rooms, light(), want, answer.Speech)
		}
		turn()
	}
}

// TestAgentsLive talks to the agents of the test house that try one's patience,
// but for the slow one.
func TestAgentsLive(t *testing.T) {
	c := bareTo[ports.Conversation](t, place(t))
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
		if got.Conversation = ""; err != nil || !reflect.DeepEqual(got, want.reply) {
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

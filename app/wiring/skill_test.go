package wiring_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
)

// theSkill and another are ids of skills.
const (
	theSkill = "amzn1.ask.skill.11111111-1111-1111-1111-111111111111"
	another  = "amzn1.ask.skill.22222222-2222-2222-2222-222222222222"
)

// said returns the event that an Echo sends for an intent, with what was heard in
// its slots: pairs of a slot and what was heard. With no intent the skill is opened.
func said(t *testing.T, application, token, intent string, heard ...string) []byte {
	t.Helper()
	app := map[string]string{"applicationId": application}
	user := map[string]string{"userId": "amzn1.ask.account.1"}
	if token != "" {
		user["accessToken"] = token
	}
	request := map[string]any{
		"type": "LaunchRequest", "requestId": "amzn1.echo-api.request." + rand.Text(),
		"timestamp": time.Now().UTC().Format(time.RFC3339), "locale": "en-US",
	}
	if intent != "" {
		slots := map[string]any{}
		for i := 0; i < len(heard); i += 2 {
			slots[heard[i]] = map[string]string{"name": heard[i], "value": heard[i+1]}
		}
		request["type"], request["intent"] = "IntentRequest", map[string]any{"name": intent, "slots": slots}
	}
	raw, err := json.Marshal(map[string]any{
		"version": "1.0", "request": request,
		"session": map[string]any{"new": intent == "", "sessionId": "amzn1.echo-api.session.1", "application": app, "user": user},
		"context": map[string]any{"System": map[string]any{
			"application": app, "user": user, "device": map[string]string{"deviceId": "amzn1.ask.device.1"},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestAssistant talks to the engine as it runs, about the demo house.
func TestAssistant(t *testing.T) {
	h, e := house(t)
	b := build(t, e.and(env{"HA_SKILL_IDS": theSkill, "HA_ASSISTANT_NAME": "Jarvis"}), false)
	if a := skilltest.Check(t, b.invoke(t, said(t, theSkill, "", ""))); !strings.Contains(a.Speech, "Jarvis") || !a.Open {
		t.Errorf("opened, it says %+v", a)
	}
	if state, _ := h.State("light.bed_light"); state.State != "off" {
		t.Fatalf("the light is %s", state.State)
	}
	if a := skilltest.Check(t, b.invoke(t, said(t, theSkill, "", "ConverseIntent", "query", "turn on the bed light"))); !strings.Contains(a.Speech, "Turned on") {
		t.Errorf("told to turn on the light, it says %+v", a)
	}
	if state, _ := h.State("light.bed_light"); state.State != "on" {
		t.Errorf("the light is %s", state.State)
	}
	if strings.Contains(b.log.String(), "bed light") {
		t.Errorf("what was said is in the log: %s", b.log)
	}
}

// TestAssistantRefuses: where nobody is served, or not this one, people hear so and
// nothing is done.
func TestAssistantRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		env         env
		application string
		says, card  string
		logged      string
	}{
		"another skill":      {env{"HA_SKILL_IDS": theSkill}, another, "may not talk", "", "HA_SKILL_IDS does not name"},
		"a mistake":          {env{"HA_SKILL_IDS": "skill"}, theSkill, "may not talk", "", "HA_SKILL_IDS does not name"},
		"no home":            {env{"HOME_ASSISTANT_ENABLED": "false"}, theSkill, "not set up", "", "HOME_ASSISTANT_ENABLED is false"},
		"no conversation":    {env{"HA_FEATURES": "standard"}, theSkill, "turned off", "", ""},
		"no account":         {env{"HOME_ASSISTANT_TOKEN": ""}, theSkill, "link", "LinkAccount", ""},
		"emergency":          {env{"LAMBDA_MODE": "emergency"}, theSkill, "out of service", "", "emergency"},
		"diagnostic":         {env{"LAMBDA_MODE": "diagnostic"}, theSkill, "out of service", "", "diagnostic"},
		"no Parameter Store": {env{"USE_PARAMETER_STORE": "true"}, theSkill, "not set up", "", "AWS_REGION"},
	} {
		t.Run(name, func(t *testing.T) {
			h, e := house(t)
			b := build(t, e.and(test.env), false)
			a := skilltest.Check(t, b.invoke(t, said(t, test.application, "", "ConverseIntent", "query", "turn on the bed light")))
			if !strings.Contains(a.Speech, test.says) || a.Card != test.card {
				t.Errorf("it says %+v", a)
			}
			if state, _ := h.State("light.bed_light"); state.State != "off" {
				t.Errorf("the light is %s", state.State)
			}
			if !strings.Contains(b.log.String(), test.logged) {
				t.Errorf("it logs %s", b.log)
			}
		})
	}
}

// TestAssistantAccount: the account's token is the home's, and one that the home
// rejects asks to link the account again.
func TestAssistantAccount(t *testing.T) {
	h, e := house(t)
	b := build(t, e.and(env{"HOME_ASSISTANT_TOKEN": ""}), false)
	a := skilltest.Check(t, b.invoke(t, said(t, theSkill, demohome.DefaultToken, "ConverseIntent", "query", "turn on the bed light")))
	if state, _ := h.State("light.bed_light"); state.State != "on" || a.Card != "" {
		t.Errorf("the light is %s, it says %+v", state.State, a)
	}
	if a := skilltest.Check(t, b.invoke(t, said(t, theSkill, "wrong", "ConverseIntent", "query", "turn off the bed light"))); a.Card != "LinkAccount" {
		t.Errorf("with a wrong token it says %+v", a)
	}
	if n := strings.Count(b.log.String(), "HA_SKILL_IDS is not set"); n != 1 {
		t.Errorf("it warns %d times that any skill may ask", n)
	}
}

// TestAssistantRoom: which room the Echo is in is kept in the Parameter Store, and
// another process finds it there.
func TestAssistantRoom(t *testing.T) {
	_, e := house(t)
	store, there := stored(t)
	for i, ask := range []struct{ intent, slot, heard, says string }{
		{"WhereAmIIntent", "area", "", "don't know which room"},
		{"ThisIsIntent", "area", "kitchen", "this is Kitchen"},
		{"WhereAmIIntent", "area", "", "This is Kitchen"},
	} {
		b := build(t, e.and(there), false) // a new process each time
		if a := skilltest.Check(t, b.invoke(t, said(t, theSkill, "", ask.intent, ask.slot, ask.heard))); !strings.Contains(a.Speech, ask.says) {
			t.Errorf("%d: asked %v it says %q", i, ask, a.Speech)
		}
	}
	list, err := store.Below(t.Context(), "/lee")
	if err != nil || len(list) != 1 || !strings.HasPrefix(list[0].Name, "/lee/homeassistant/rooms/") ||
		strings.Contains(list[0].Name, "device") || list[0].Value.Reveal() != "kitchen" {
		t.Errorf("kept is %v (%v)", list, err)
	}
}

// TestAssistantContinues: an answer that comes too late is told when it is asked
// for, and what is going on meanwhile is in nobody's way.
func TestAssistantContinues(t *testing.T) {
	t.Parallel()
	h, e := house(t)
	b := build(t, e.and(env{"LOG_LEVEL": "DEBUG"}), false)
	slow := &demohome.Fault{On: "/api/conversation/", Delay: 4 * time.Second}
	h.Inject(slow)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second) // as Lambda's
	defer cancel()
	reply, err := b.Invoke(ctx, said(t, theSkill, "", "ConverseIntent", "query", "turn on the bed light"))
	if err != nil {
		t.Fatal(err)
	}
	if a := skilltest.Check(t, reply); !strings.Contains(a.Speech, "not answered yet") || !a.Open {
		t.Fatalf("it says %+v", a)
	}
	for slow.Hits() == 0 || !strings.Contains(string(b.invoke(t, []byte(`{"operation":"trace"}`))), "ConverseIntent") {
		time.Sleep(time.Millisecond)
	}
	if a := skilltest.Check(t, b.invoke(t, said(t, theSkill, "", "ContinueIntent"))); !strings.Contains(a.Speech, "Turned on") {
		t.Errorf("asked to continue it says %+v", a)
	}
	if state, _ := h.State("light.bed_light"); state.State != "on" || slow.Hits() != 1 {
		t.Errorf("the light is %s, and the house was told %d times", state.State, slow.Hits())
	}
}

// TestAssistantStrange: an intent that nobody knows and slots that nobody filled
// lead to a question, and to no call. "Start a timer" is left out: that is all there
// is to be said where there is one timer.
func TestAssistantStrange(t *testing.T) {
	h, e := house(t)
	b := build(t, e.and(env{"HA_SKILL_IDS": theSkill}), false)
	for _, intent := range []string{
		"NobodysIntent", "AMAZON.NobodysIntent", "ConverseIntent", "RunScriptIntent", "TriggerAutomationIntent", "SetHelperNumberIntent",
		"SetHelperOptionIntent", "SwitchHelperOnIntent", "AnnounceIntent", "AreaOffIntent", "LightsOnIntent", "ThisIsIntent",
		"ChooseIntent", "ContinueIntent", "AMAZON.FallbackIntent", "AMAZON.YesIntent", "AMAZON.NoIntent", strings.Repeat("x", 900),
	} {
		if a := skilltest.Check(t, b.invoke(t, said(t, theSkill, "", intent, "query", "", "script", "", "nobody", ""))); a.Speech == "" {
			t.Errorf("%.40s is answered with nothing", intent)
		}
	}
	for _, call := range h.Calls() {
		t.Errorf("the house was called: %+v", call)
	}
}

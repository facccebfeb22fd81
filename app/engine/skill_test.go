package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
	"github.com/lambda-execution-engine/lee/ports"
)

// ours is the skill that may talk to the assistant here.
const ours = "amzn1.ask.skill.1"

// words are what somebody says here: they are nobody's business.
const words = "is-my-secret-lover-at-home"

// skillEvent returns a request of our skill, sent now, as change leaves it.
func skillEvent(kind, id string, change ...func(event map[string]any)) string {
	application := map[string]any{"applicationId": ours}
	user := map[string]any{"userId": "amzn1.ask.account.1", "accessToken": canary}
	request := map[string]any{"type": kind, "requestId": id, "timestamp": time.Now().UTC().Format(time.RFC3339), "locale": "de-DE"}
	if kind == "IntentRequest" {
		request["intent"] = map[string]any{"name": "ConverseIntent", "slots": map[string]any{"query": map[string]any{"name": "query", "value": words}}}
	}
	event := map[string]any{
		"version": "1.0",
		"session": map[string]any{"new": true, "sessionId": "amzn1.echo-api.session.1", "application": application, "user": user},
		"context": map[string]any{"System": map[string]any{
			"application": application, "user": user, "device": map[string]any{"deviceId": "amzn1.ask.device.1"},
			"apiEndpoint": "https://api.eu.amazonalexa.com", "apiAccessToken": canary,
		}},
		"request": request,
	}
	for _, f := range change {
		f(event)
	}
	raw, err := json.Marshal(event)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// without returns a change that takes a member away, at a path of names.
func without(path ...string) func(map[string]any) { return with(nil, path...) }

// with returns a change that sets a member, at a path of names; nil takes it away.
func with(value any, path ...string) func(map[string]any) {
	return func(m map[string]any) {
		for _, name := range path[:len(path)-1] {
			m, _ = m[name].(map[string]any)
		}
		if last := path[len(path)-1]; value == nil {
			delete(m, last)
		} else {
			m[last] = value
		}
	}
}

// fromSkill makes the request one of another skill, in both places.
func fromSkill(id string) func(map[string]any) {
	return func(event map[string]any) {
		with(id, "session", "application", "applicationId")(event)
		with(id, "context", "System", "application", "applicationId")(event)
	}
}

// assistantOf returns the parts of an engine whose assistant says what answer says.
func assistantOf(answer func(context.Context, skill.Request) (skill.Response, error)) engine.Parts {
	parts := tables()
	parts.Skill = engine.Skill{
		Allowed: func(_ context.Context, id string) (bool, error) { return id == ours, nil },
		Answer:  answer,
	}
	return parts
}

func TestSkill(t *testing.T) {
	var got skill.Request
	r := newRig(assistantOf(func(_ context.Context, r skill.Request) (skill.Response, error) {
		got = r
		return skill.Response{Speech: "Hallo & <willkommen>", Open: true}, nil
	}))
	answer, logged := r.invoke(t.Context(), t, skillEvent("LaunchRequest", "r.1"))
	if a := skilltest.Check(t, answer); a.Speech != "Hallo & <willkommen>" || !a.Open || logged.Outcome != "done" || logged.Event != "skill" {
		t.Errorf("answered %s, logged %+v", answer, logged)
	}
	if got.Kind != skill.Launch || got.Token.Reveal() != canary || got.API.Token.Reveal() != canary || got.DeviceID != "amzn1.ask.device.1" {
		t.Errorf("the assistant got %+v", got)
	}
	// Some requests of Amazon's have a session and no request, or the other way.
	answer, logged = r.invoke(t.Context(), t, `{"session":{"new":true},"version":"1.0"}`)
	if a := skilltest.Check(t, answer); a.Speech == "" || logged.Outcome != "invalid" {
		t.Errorf("answered %s, logged %+v", answer, logged)
	}
}

// TestSkillRefuses: what is not what it should be gets a proper answer, and the
// assistant never sees it.
func TestSkillRefuses(t *testing.T) {
	at := func(ago time.Duration) any { return time.Now().Add(-ago).UTC().Format(time.RFC3339) }
	const (
		alien, late, nonsense = "Dieser Skill darf nicht", "zu spät erreicht", "nichts anfangen"
		silence               = ""
	)
	for name, test := range map[string]struct{ event, says string }{
		"another skill":            {skillEvent("IntentRequest", "r", fromSkill("amzn1.ask.skill.2")), alien},
		"another skill's end":      {skillEvent("SessionEndedRequest", "r", fromSkill("amzn1.ask.skill.2")), silence},
		"two skills":               {skillEvent("IntentRequest", "r", with(map[string]any{"applicationId": "amzn1.ask.skill.2"}, "session", "application")), nonsense},
		"no skill":                 {skillEvent("IntentRequest", "r", without("session", "application"), without("context", "System", "application")), nonsense},
		"an old one":               {skillEvent("IntentRequest", "r", with(at(151*time.Second), "request", "timestamp")), late},
		"one of tomorrow":          {skillEvent("IntentRequest", "r", with(at(-24*time.Hour), "request", "timestamp")), late},
		"a time that is none":      {skillEvent("IntentRequest", "r", with("now", "request", "timestamp")), late},
		"no time":                  {skillEvent("LaunchRequest", "r", without("request", "timestamp")), late},
		"an old one of no person":  {skillEvent("System.ExceptionEncountered", "r", without("request", "timestamp")), silence},
		"no session":               {skillEvent("IntentRequest", "r", without("session")), nonsense},
		"a session without an id":  {skillEvent("LaunchRequest", "r", without("session", "sessionId")), nonsense},
		"an end without a session": {skillEvent("SessionEndedRequest", "r", without("session")), silence},
		"no intent":                {skillEvent("IntentRequest", "r", without("request", "intent")), nonsense},
		"an intent that is a list": {skillEvent("IntentRequest", "r", with([]int{1}, "request", "intent")), nonsense},
		"no id":                    {skillEvent("IntentRequest", "", with("", "request", "requestId")), nonsense},
		"version 2":                {skillEvent("IntentRequest", "r", with("2.0", "version")), nonsense},
		"a request that is a text": {skillEvent("IntentRequest", "r", with("turn on the light", "request")), "make sense"},
		"6 MB of words": {skillEvent("IntentRequest", "r", with(map[string]any{"name": "ConverseIntent", "slots": map[string]any{
			"query": map[string]any{"value": strings.Repeat("x", megabytes)},
		}}, "request", "intent")), nonsense},
		"6 MB of kind": {skillEvent(strings.Repeat("x", megabytes), "r"), silence},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(assistantOf(func(context.Context, skill.Request) (skill.Response, error) {
				t.Error("the assistant was asked")
				return skill.Response{}, nil
			}))
			answer, logged := r.invoke(t.Context(), t, test.event)
			a := skilltest.Check(t, answer)
			if !strings.Contains(a.Speech, test.says) || (a.Speech == "") != (test.says == silence) || a.Open || a.Silent != (test.says == silence) {
				t.Errorf("answered %s", answer)
			}
			if logged.Outcome != "invalid" || logged.Event != "skill" || r.log.Len() > 3000 || strings.Contains(r.log.String(), words) {
				t.Errorf("logged %.3000s", &r.log)
			}
		})
	}
}

// TestSkillSilence: what is no person's turn is answered without a word, whatever
// the assistant says; only the end of a session is told to it.
func TestSkillSilence(t *testing.T) {
	for kind, want := range map[string]int{"SessionEndedRequest": 1, "AudioPlayer.PlaybackStarted": 0, "Connections.Response": 0, "System.ExceptionEncountered": 0} {
		asked := 0
		r := newRig(assistantOf(func(context.Context, skill.Request) (skill.Response, error) {
			asked++
			return skill.Response{Speech: "Bye!", Open: true, Attributes: map[string]any{"a": 1}}, nil
		}))
		change := without("x")
		if want == 0 {
			change = without("session")
		}
		answer, logged := r.invoke(t.Context(), t, skillEvent(kind, "r", change))
		if a := skilltest.Check(t, answer); !a.Silent || asked != want || logged.Outcome != "done" {
			t.Errorf("%s: answered %s, the assistant was asked %d times, logged %+v", kind, answer, asked, logged)
		}
	}
}

// TestSkillOnce: a request that comes again is answered again, and nothing is done
// again, whatever came of it.
func TestSkillOnce(t *testing.T) {
	asked := 0
	r := newRig(assistantOf(func(_ context.Context, r skill.Request) (skill.Response, error) {
		if asked++; r.ID == "bad" {
			return skill.Response{Speech: fmt.Sprint("bad ", asked)}, fault.New(fault.Unanswered, "No reply.")
		}
		return skill.Response{Speech: fmt.Sprint(r.ID, " ", asked)}, nil
	}))
	for _, id := range []string{"one", "two", "one", "bad", "bad", "two", "three"} {
		answer, _ := r.invoke(t.Context(), t, skillEvent("IntentRequest", id))
		want := map[string]string{"one": "one 1", "two": "two 2", "bad": "bad 3", "three": "three 4"}[id]
		if a := skilltest.Check(t, answer); a.Speech != want {
			t.Errorf("%s is answered %q, should be %q", id, a.Speech, want)
		}
	}
	// The same id in another session is another request.
	answer, _ := r.invoke(t.Context(), t, skillEvent("IntentRequest", "one", with("other", "session", "sessionId")))
	if a := skilltest.Check(t, answer); a.Speech != "one 5" {
		t.Errorf("another session's is answered %q", a.Speech)
	}
	for i := range 40 { // only the last ones are remembered
		r.invoke(t.Context(), t, skillEvent("IntentRequest", fmt.Sprint("many ", i)))
	}
	answer, _ = r.invoke(t.Context(), t, skillEvent("IntentRequest", "one"))
	if a := skilltest.Check(t, answer); a.Speech != "one 46" {
		t.Errorf("one of long ago is answered %q", a.Speech)
	}
}

// TestSkillAtOnce: one that comes again while the first is being answered waits for
// that answer.
func TestSkillAtOnce(t *testing.T) {
	var asked atomic.Int64
	release := make(chan struct{})
	r := newRig(assistantOf(func(context.Context, skill.Request) (skill.Response, error) {
		asked.Add(1)
		<-release
		return skill.Response{Speech: "Once."}, nil
	}))
	event := []byte(skillEvent("IntentRequest", "r"))
	answers := make(chan []byte, 4)
	for range cap(answers) {
		go func() {
			answer, _ := r.Invoke(t.Context(), event)
			answers <- answer
		}()
	}
	for asked.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	close(release)
	for range cap(answers) {
		if a := skilltest.Check(t, <-answers); a.Speech != "Once." {
			t.Errorf("answered %q", a.Speech)
		}
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the assistant was asked %d times", n)
	}
}

// TestSkillTrouble: whatever the assistant does, people get a sentence.
func TestSkillTrouble(t *testing.T) {
	hang := make(chan struct{})
	defer close(hang)
	for name, test := range map[string]struct {
		answer           func(context.Context, skill.Request) (skill.Response, error)
		says, outcome, l string
	}{
		"panics": {func(context.Context, skill.Request) (skill.Response, error) { panic(words) }, "etwas schiefgegangen", "internal", "ERROR"},
		"hangs":  {func(context.Context, skill.Request) (skill.Response, error) { <-hang; return skill.Response{}, nil }, "nicht gesagt", "unanswered", "WARN"},
		"tells itself": {func(context.Context, skill.Request) (skill.Response, error) {
			return skill.Response{Speech: "Das ging nicht."}, fault.Wrap(fault.Unreachable, "The home cannot be reached.", errors.New("dial"))
		}, "Das ging nicht.", "unreachable", "WARN"},
		"8,000 characters and more": {func(context.Context, skill.Request) (skill.Response, error) {
			long := strings.Repeat("<Die Küche hat 21 Grad> & mehr. ", 2000)
			return skill.Response{Speech: long, Reprompt: long, Open: true, Card: &skill.Card{Title: long, Text: long}}, nil
		}, "Die Küche hat 21 Grad> & mehr. <Die", "done", "INFO"},
		"nothing": {func(context.Context, skill.Request) (skill.Response, error) { return skill.Response{}, nil }, "", "done", "INFO"},
	} {
		t.Run(name, func(t *testing.T) {
			parts := assistantOf(test.answer)
			parts.Budget = engine.Budget{Whole: 50 * time.Millisecond, Grace: time.Millisecond}
			r := newRig(parts)
			answer, logged := r.invoke(t.Context(), t, skillEvent("IntentRequest", "r"))
			if a := skilltest.Check(t, answer); !strings.Contains(a.Speech, test.says) || (test.says == "") != (a.Speech == "") {
				t.Errorf("answered %.300s", answer)
			}
			if logged.Outcome != test.outcome || logged.Level != test.l {
				t.Errorf("logged %+v", logged)
			}
		})
	}
}

// TestSkillUnknown: who cannot know whether a skill is one of ours asks nobody.
func TestSkillUnknown(t *testing.T) {
	parts := assistantOf(func(context.Context, skill.Request) (skill.Response, error) {
		t.Error("the assistant was asked")
		return skill.Response{}, nil
	})
	parts.Skill.Allowed = func(context.Context, string) (bool, error) {
		return false, fault.New(fault.Unreachable, "The Parameter Store cannot be reached.")
	}
	answer, logged := newRig(parts).invoke(t.Context(), t, skillEvent("IntentRequest", "r"))
	if a := skilltest.Check(t, answer); a.Speech == "" || a.Open || logged.Outcome != "unreachable" {
		t.Errorf("answered %s, logged %+v", answer, logged)
	}
	answer, logged = newRig(tables()).invoke(t.Context(), t, skillEvent("IntentRequest", "r"))
	if a := skilltest.Check(t, answer); !strings.Contains(a.Speech, "außer Betrieb") || logged.Outcome != "unsupported" {
		t.Errorf("without an assistant it answers %s, logged %+v", answer, logged)
	}
}

// TestSkillModes: in a mode that serves nobody people hear so, and nothing is done.
func TestSkillModes(t *testing.T) {
	for _, mode := range []config.Mode{config.ModeEmergency, config.ModeDiagnostic, config.ModeConnectionTest, config.ModeDiscovery} {
		r := modal(t, mode)
		for kind, says := range map[string]string{"LaunchRequest": "außer Betrieb", "IntentRequest": "außer Betrieb", "SessionEndedRequest": "", "Display.ElementSelected": ""} {
			answer, logged := r.invoke(t.Context(), t, skillEvent(kind, "r"))
			if a := skilltest.Check(t, answer); !strings.Contains(a.Speech, says) || a.Silent != (says == "") || a.Open || logged.Outcome != "unavailable" {
				t.Errorf("in the mode %v a %s is answered %s, logged %+v", mode, kind, answer, logged)
			}
		}
		if answer, _ := r.invoke(t.Context(), t, `{"session":null}`); skilltest.Check(t, answer).Speech == "" {
			t.Errorf("in the mode %v it answers %s", mode, answer)
		}
	}
}

// TestSkillPrivacy: what people say, and what they are told, is in neither log nor
// journal at any level, whatever the assistant does with it.
func TestSkillPrivacy(t *testing.T) {
	const told = "your-secret-lover-is-at-home"
	for _, level := range []zapcore.Level{zap.InfoLevel, zap.DebugLevel} {
		r := newRig(engine.Parts{})
		parts := assistantOf(func(_ context.Context, r skill.Request) (skill.Response, error) {
			heard := r.Intent.Slots["query"].Value
			switch r.ID {
			case "panics":
				panic(heard + told)
			case "panics with an error":
				panic(fmt.Errorf("%v: %w", r, errors.New(heard+told)))
			case "goes":
				runtime.Goexit()
			}
			return skill.Response{Speech: told, Reprompt: told, Card: &skill.Card{Text: told}, Attributes: map[string]any{"words": heard}, Open: true}, nil
		})
		parts.Clock, parts.Budget, parts.Journal = ports.WallClock{}, engine.DefaultBudget(), journal.New()
		parts.Log = telemetry.NewLog(&r.log, level)
		r.Engine = engine.New(parts)
		for _, id := range []string{"answers", "panics", "panics with an error", "goes", "answers"} {
			if _, err := r.Invoke(t.Context(), []byte(skillEvent("IntentRequest", id))); err != nil {
				t.Fatal(err)
			}
		}
		logged := r.log.String()
		if strings.Contains(logged, "lover") || strings.Count(logged, "ConverseIntent") != 5 {
			t.Errorf("at level %v it logs %s", level, logged)
		}
		for _, id := range []string{"amzn1.ask.account.1", "amzn1.ask.device.1", "session.1", canary} {
			if strings.Contains(logged, id) {
				t.Errorf("at level %v %s is in the log: %s", level, id, logged)
			}
		}
		for _, record := range parts.Journal.Last() {
			kept, _ := json.Marshal(journal.Tell(record))
			if strings.Contains(string(kept), "lover") || !strings.Contains(string(kept), "ConverseIntent") {
				t.Errorf("the journal has %s", kept)
			}
		}
	}
}

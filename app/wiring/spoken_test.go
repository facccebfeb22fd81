package wiring_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/wiring"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
)

// What somebody says in these tests. None of it may be anywhere but in answers to who
// said it. Everything in words has "canary" in it.
const (
	saidNumber   = "42.421742"
	saidDuration = "PT31H53M19S"
	saidClock    = "31:53:19" // the same, as Home Assistant has it
)

// listener is an engine at debug level to which somebody talks.
type listener struct {
	*engine.Engine
	log, metrics *log
	turns        int
}

// listening puts an engine together that logs everything: the operation debug says so.
func listening(t *testing.T, e env, more ...fx.Option) *listener {
	t.Helper()
	l := &listener{log: &log{}, metrics: &log{}}
	e = e.and(env{"HA_SKILL_IDS": theSkill, "CONFIGURATION_TIER": "maximum", "AWS_LAMBDA_FUNCTION_NAME": "lee", "OPERATOR_SECRET": operatorCanary})
	s := wiring.Start{Environment: e.environment(), Began: time.Now(), Log: l.log, Metrics: l.metrics}
	app := fx.New(append([]fx.Option{fx.NopLogger, fx.Supply(s), wiring.Module(), fx.Populate(&l.Engine)}, more...)...)
	if err := app.Err(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.ask(t, `{"operation":"lugs","unload":true}`) })
	if answer := l.ask(t, `{"operation":"debug","on":true}`); !strings.Contains(answer, "DEBUG") {
		t.Fatalf("debug is answered %s", answer)
	}
	return l
}

func (l *listener) ask(t *testing.T, event string) string {
	t.Helper()
	answer, err := l.Invoke(context.Background(), []byte(event))
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

// keepsQuiet fails the test when a text tells what somebody has said.
func keepsQuiet(t *testing.T, where, text string) {
	t.Helper()
	text = strings.ToLower(text)
	for _, words := range []string{"canary", saidNumber, strings.ToLower(saidDuration), saidClock} {
		if at := strings.Index(text, words); at >= 0 {
			t.Errorf("%q is in %s: …%s…", words, where, text[max(at-300, 0):min(at+100, len(text))])
		}
	}
}

// heard is what is heard in the slots of an intent.
type heard map[string]string

// talk sends what somebody says, and one thing more in the same session where that
// stays open, and returns all that the house's people hear.
func (l *listener) talk(t *testing.T, locale, intent string, slots heard) (all string) {
	t.Helper()
	answer := l.ask(t, spokenEvent(t, locale, intent, slots, nil))
	a := skilltest.Check(t, []byte(answer))
	if all = a.Speech; !a.Open {
		return all
	}
	more := []struct {
		intent string
		heard  heard
	}{
		{"ConverseIntent", heard{"query": "canary answer"}}, {"ChooseIntent", heard{"choice": "canary choice", "ordinal": "canary ordinal"}},
		{"SetHelperNumberIntent", heard{"number": saidNumber}}, {"StartTimerIntent", heard{"duration": saidDuration}}, {"AMAZON.YesIntent", nil},
	}
	next := more[l.turns%len(more)]
	l.turns++
	a = skilltest.Check(t, []byte(l.ask(t, spokenEvent(t, locale, next.intent, next.heard, a.Attributes))))
	return all + " " + a.Speech
}

// spokenEvent is the event of an intent; "" opens the skill.
func spokenEvent(t *testing.T, locale, intent string, slots heard, attributes map[string]json.RawMessage) string {
	t.Helper()
	var pairs []string
	for slot, words := range slots {
		pairs = append(pairs, slot, words)
	}
	var event map[string]map[string]any
	var whole map[string]any
	raw := said(t, theSkill, "", intent, pairs...)
	if err := json.Unmarshal(raw, &whole); err != nil {
		t.Fatal(err)
	}
	delete(whole, "version")
	raw, _ = json.Marshal(whole)
	if err := json.Unmarshal(raw, &event); err != nil {
		t.Fatal(err)
	}
	event["request"]["locale"] = locale
	event["session"]["attributes"] = attributes
	raw, _ = json.Marshal(map[string]any{"version": "1.0", "session": event["session"], "context": event["context"], "request": event["request"]})
	return string(raw)
}

// things are entities whose names people say, of every kind that the assistant knows.
func things() []home.State {
	named := func(id home.EntityID, state, name string, more ...home.Field) home.State {
		return home.State{ID: id, Value: state, Attributes: append(home.Fields{{Name: home.AttrFriendlyName, Value: home.Text(name)}}, more...)}
	}
	most := home.Field{Name: home.AttrMax, Value: home.Number(100)}
	return []home.State{
		named("automation.one", home.On, "Canary Automation"), named("script.one", home.Off, "Canary Script"),
		named("input_boolean.one", home.Off, "Canary Flag"), named("input_button.one", home.Unknown, "Canary Bell"),
		named("input_number.one", "1.0", "Canary Level", home.Field{Name: home.AttrMin, Value: home.Number(0)}, most),
		named("input_select.one", "Canary Calm", "Canary Mood", home.Field{Name: home.AttrOptions, Value: home.Texts("Canary Calm", "Canary Party")}),
		named("input_text.one", "canary state", "Canary Note", most), named("timer.one", "idle", "Canary Timer"),
		named("notify.one", home.Unknown, "Canary Phone"),
	}
}

// sentences are what is said in an intent of every kind: nothing, words that mean
// nothing here, and things by their names.
func sentences() (all []struct {
	intent string
	heard  heard
}) {
	add := func(name string, slots heard) {
		all = append(all, struct {
			intent string
			heard  heard
		}{name, slots})
	}
	intents := intent.All()
	for _, language := range intent.Languages() {
		for _, c := range intent.Carriers(language) {
			intents = append(intents, c.AsIntent())
		}
	}
	for _, i := range intents {
		add(intent.Model(i.Name), nil)
		words := heard{}
		for _, slot := range i.Slots {
			words[slot.Name] = "canary " + slot.Name
		}
		if len(words) > 0 {
			add(intent.Model(i.Name), words)
		}
	}
	add("TriggerAutomationIntent", heard{"automation": "canary automation"})
	add("RunScriptIntent", heard{"script": "canary script"})
	for _, helper := range []string{"canary level", "canary note", "canary mood", "canary flag"} {
		add("SetHelperNumberIntent", heard{"helper": helper, "number": saidNumber})
		add("SetHelperOptionIntent", heard{"helper": helper, "option": "canary party"})
		add("SetHelperOptionIntent", heard{"helper": helper, "option": "canary nonsense"})
		add("SwitchHelperOnIntent", heard{"helper": helper})
	}
	add("SwitchHelperOnIntent", heard{"helper": "canary bell"})
	add("StartTimerIntent", heard{"timer": "canary timer", "duration": saidDuration})
	add("StartTimerIntent", heard{"timer": "canary timer"})
	add("AreaOffIntent", heard{"area": "canary kitchen"})
	add("LightsOnIntent", heard{"area": "kitchen"})
	add("NoSuchIntent", heard{"canary slot": "canary words"})
	return all
}

// nonsense are events of a custom skill that are not what they should be.
func nonsense(t *testing.T) []string {
	t.Helper()
	good := spokenEvent(t, "en-US", "ConverseIntent", heard{"query": "canary words"}, nil)
	ended := strings.Replace(spokenEvent(t, "en-US", "", nil, nil), "LaunchRequest", "SessionEndedRequest", 1)
	return []string{
		good, good, // the same again
		ended, good[:len(good)/2], good[:len(good)-1], good + good,
		strings.Replace(good, theSkill, another, 2), strings.Replace(good, `"1.0"`, `"2.0"`, 1),
		strings.Replace(good, `"canary words"`, saidNumber, 1), strings.Replace(good, `"canary words"`, `["canary words"]`, 1),
		strings.Replace(good, `"canary words"`, `{"canary words":"canary words"}`, 1), strings.Replace(good, `"canary words"`, `"canary \uDEAD words`, 1),
		strings.Replace(good, `"canary words"`, `"canary `+strings.Repeat("words ", 2000)+`"`, 1),
		strings.Replace(good, `"attributes":null`, `"attributes":{"question":"canary words","canary":"canary"}`, 1),
		`{"request":"canary words"}`, `{"session":{"attributes":"canary words"},"request":{"intent":"canary words"}}`, `{"canary words":1}`, `"canary words"`,
	}
}

// say says all that there is to say, and looks at all that is kept of it.
func (l *listener) say(t *testing.T) {
	t.Helper()
	locales := []string{"en-US", "de-DE"}
	for i, s := range sentences() {
		l.talk(t, locales[i%len(locales)], s.intent, s.heard)
	}
	for _, event := range nonsense(t) {
		l.ask(t, event)
	}
	var traced struct{ Trace json.RawMessage }
	event := spokenEvent(t, "en-US", "ConverseIntent", heard{"query": "canary words"}, nil)
	if err := json.Unmarshal([]byte(l.ask(t, `{"operation":"trace","event":`+event+`}`)), &traced); err != nil || !strings.Contains(string(traced.Trace), "ConverseIntent") {
		t.Errorf("the trace is %s, %v", traced.Trace, err)
	}
	keepsQuiet(t, "the trace of an event", string(traced.Trace))
	for _, event := range []string{
		`{"operation":"trace"}`, `{"operation":"diagnostics"}`, `{"operation":"health"}`, `{"operation":"ha_status"}`, `{"operation":"surroundings"}`,
		`{"operation":"config"}`, `{"operation":"lugs"}`, httpEvent("GET", "/diagnostics", "Bearer "+operatorCanary, ""),
	} {
		keepsQuiet(t, fmt.Sprintf("the answer to %.30s", event), strings.ReplaceAll(l.ask(t, event), operatorCanary, ""))
	}
	for line := range strings.Lines(l.log.String()) {
		keepsQuiet(t, "the log", line)
	}
	keepsQuiet(t, "the metrics", l.metrics.String())
	for _, want := range []string{`"message":"crossed"`, "ConverseIntent", "StartTimerIntent", `"event":"skill"`} {
		if !strings.Contains(l.log.String(), want) {
			t.Errorf("the log has no %s, so nothing was looked at", want)
		}
	}
}

// houseOfThings is a demo house with these things besides its own.
func houseOfThings(t *testing.T) (*demohome.House, env) {
	t.Helper()
	h, e := house(t)
	for _, thing := range things() {
		attributes := map[string]any{}
		for _, field := range thing.Attributes {
			attributes[field.Name] = field.Value.Any()
		}
		if err := h.Set(string(thing.ID), thing.Value, attributes); err != nil {
			t.Fatal(err)
		}
	}
	return h, e
}

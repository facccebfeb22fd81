package assistant_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/assistant"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/ports"
)

// TestSilent wants nothing to be said to what is no person's.
func TestSilent(t *testing.T) {
	t.Parallel()
	for _, kind := range []skill.Kind{skill.Ended, "AudioPlayer.PlaybackStarted", ""} {
		r := newRig(t)
		request := r.request
		request.Kind = kind
		if answer := r.handle(t, request); !answer.Silent {
			t.Errorf("to %q it says %+v", kind, answer)
		}
	}
}

// TestAccount wants the account to be linked where the home needs it.
func TestAccount(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.terms.Linked = true
	if answer := r.launch(t); answer.Card != "LinkAccount" || answer.Open || !strings.Contains(answer.Speech, "Jarvis") {
		t.Errorf("it says %+v", answer)
	}
	if answer := r.ask(t, intent.AreaOff, "area", "kitchen"); answer.Card != "LinkAccount" || len(r.take()) > 0 {
		t.Errorf("it says %+v", answer)
	}
	r.request.Token = secret.New("theirs")
	r.answers = func(ctx context.Context, _ home.Utterance) (home.Reply, error) {
		if ports.Bearer(ctx).Reveal() != "theirs" {
			t.Error("the home is not asked with the account's token")
		}
		return home.Reply{}, nil
	}
	says(t, r.ask(t, intent.Converse, "query", "hello"), "Done.", false)
}

// TestTrouble is of every intent and every way in which the home can fail: a
// sentence is said, the kind is in the log, and no command is given twice.
func TestTrouble(t *testing.T) {
	t.Parallel()
	slots := []string{
		"area", "kitchen", "automation", "welcome home", "script", "bedtime", "helper", "guest mode", "timer", "pasta",
		"duration", "PT5M", "message", "dinner", "query", "hello",
	}
	for kind := fault.Internal; !strings.HasPrefix(kind.String(), "kind "); kind++ {
		err := fault.New(kind, "secret words")
		for _, i := range intent.All() {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.away = err
				r.thinks(0, home.Reply{}, err)
				r.rooms.Fail(err)
				answer := r.ask(t, i.Name, slots...)
				if answer.Speech == "" || strings.Contains(answer.Speech, "secret") || strings.Contains(answer.Speech, "{") {
					t.Errorf("%s, %v: it says %q", i.Name, kind, answer.Speech)
				}
				if r.err != nil && fault.Of(r.err) != kind {
					t.Errorf("%s, %v: the log has %v", i.Name, kind, r.err)
				}
				if kind == fault.TokenRejected && r.err != nil && answer.Card != "LinkAccount" {
					t.Errorf("%s: no card asks to link the account", i.Name)
				}
				if n := len(r.take()) + len(r.agent.Heard()); n > 1 {
					t.Errorf("%s, %v: the home was told %d times", i.Name, kind, n)
				}
			})
		}
	}
}

// TestMisconfigured wants people to be told that the settings are wrong.
func TestMisconfigured(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	service := assistant.New(assistant.Parts{
		Terms: func(context.Context) (assistant.Terms, error) {
			return assistant.Terms{Name: "Jarvis"}, fault.New(fault.Misconfigured, "secret words")
		},
		Home: r.house, Registry: r.house, Conversation: r.agent, Rooms: r.rooms, Progress: r.speaker, Clock: r.clock,
	})
	t.Cleanup(service.Close)
	r.service = service
	says(t, r.launch(t), "not set up correctly", false)
}

// TestForeignSession wants session attributes of somebody else to be as good as
// none.
func TestForeignSession(t *testing.T) {
	t.Parallel()
	for _, attributes := range []string{`7`, `{"question":7}`, `{"question":{"intent":"No such","slot":"script","choices":[{}]}}`, `null`} {
		r := newRig(t)
		r.request.Session.Attributes = map[string]json.RawMessage{"lee": json.RawMessage(attributes)}
		says(t, r.ask(t, intent.Converse, "query", "hello"), "You said: hello.", false)
	}
}

// TestExposed wants what Alexa may not know of to be neither found nor switched.
func TestExposed(t *testing.T) {
	t.Parallel()
	for filter, want := range map[string]struct{ script, area string }{
		"":                             {"Bedtime has run.", "homeassistant.turn_off light.counter light.kitchen switch.kettle"},
		"-script":                      {"no script that I may use", "homeassistant.turn_off light.counter light.kitchen switch.kettle"},
		"-script.bedtime":              {"I know nothing called bedtime", "homeassistant.turn_off light.counter light.kitchen switch.kettle"},
		"light, script":                {"Bedtime has run.", "homeassistant.turn_off light.counter light.kitchen"},
		"area:Kitchen, -switch":        {"no script that I may use", "homeassistant.turn_off light.counter light.kitchen"},
		"all, light.secret, -light.k*": {"Bedtime has run.", "homeassistant.turn_off light.counter light.secret switch.kettle"},
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			var err error
			if r.terms.Filter, err = exposure.Parse(filter); err != nil {
				t.Fatal(err)
			}
			r.without(intent.FeatureConversation)
			says(t, r.ask(t, intent.RunScript, "script", "bedtime"), want.script, false)
			r.take()
			r.ask(t, intent.AreaOff, "area", "kitchen")
			if calls := r.take(); strings.Join(calls, ";") != want.area {
				t.Errorf("%q: the home was called %q, should %q", filter, calls, want.area)
			}
		})
	}
}

// TestRegistry wants the registries to be asked now and then, to do without them
// where there are none, and one account not to see what another one does.
func TestRegistry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		for _, step := range []struct {
			wait time.Duration
			user string
			want int
		}{{0, "user", 1}, {time.Minute, "user", 1}, {patience.Fresh, "user", 2}, {0, "another", 3}, {0, "another", 3}} {
			time.Sleep(step.wait)
			r.request.UserID = step.user
			r.ask(t, intent.LightsOn, "area", "kitchen")
			if r.registered != step.want {
				t.Errorf("the registries were asked %d times, should %d", r.registered, step.want)
			}
		}
		r.registries = fault.New(fault.Unreachable, "No.")
		r.request.UserID = "a third"
		r.without(intent.FeatureConversation)
		says(t, r.ask(t, intent.RunScript, "script", "bedtime"), "Bedtime has run.", false)
		says(t, r.ask(t, intent.AreaOff, "area", "kitchen"), "don't know any rooms", false)
	})
}

// TestGuards leaves a garage door out where the registries do not say what is hidden:
// then there is nothing in the garage of which Alexa may know.
func TestGuards(t *testing.T) {
	t.Parallel()
	for lacks, says := range map[home.Part]string{0: "nothing in Garage that I may switch", home.PartHidden: "know nothing called garage"} {
		r := newRig(t)
		r.lacks = lacks
		r.without(intent.FeatureConversation)
		if got := r.ask(t, intent.AreaOff, "area", "garage").Speech; !strings.Contains(got, says) {
			t.Errorf("where the registries lack %q it says %q, want %q", lacks.Names(), got, says)
		}
	}
}

// TestNoEcho is of a request that does not say which Echo it is from.
func TestNoEcho(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.request.DeviceID = ""
	says(t, r.ask(t, intent.WhereAmI), "can't tell which Echo", false)
	says(t, r.ask(t, intent.ThisIs, "area", "kitchen"), "can't tell which Echo", false)
	r.request.DeviceID = "echo"
	r.rooms.Lasting = false
	says(t, r.ask(t, intent.ThisIs, "area", "kitchen"), "only remember it for a while", false)
	r.rooms.Fail(fault.New(fault.NotAllowed, "No."))
	says(t, r.ask(t, intent.ThisIs, "area", "kitchen"), "could not remember", false)
	if fault.Of(r.err) != fault.NotAllowed {
		t.Errorf("the log has %v", r.err)
	}
}

// TestAnnouncers wants the best to announce that the home has.
func TestAnnouncers(t *testing.T) {
	t.Parallel()
	satellite := home.State{ID: "assist_satellite.kitchen", Value: "idle", Attributes: attributes(home.AttrSupportedFeatures, 3)}
	mute := home.State{ID: "assist_satellite.mute", Value: "idle"}
	voice := home.State{ID: "tts.voice", Value: home.Unknown}
	player := home.State{ID: "media_player.hall", Value: "idle", Attributes: attributes(home.AttrSupportedFeatures, 1<<20)}
	for name, test := range map[string]struct {
		more       []home.State
		call, says string
	}{
		"a satellite":        {[]home.State{mute, satellite, voice, player}, "assist_satellite.announce assist_satellite.kitchen message=dinner", "I have announced it."},
		"a player":           {[]home.State{mute, voice, player}, "tts.speak tts.voice message=dinner media_player_entity_id=[media_player.hall]", "I have announced it."},
		"a voice by itself":  {[]home.State{voice}, "notify.send_message notify.phone message=dinner", "as a notification"},
		"a player by itself": {[]home.State{player}, "notify.send_message notify.phone message=dinner", "as a notification"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.states = append(r.states, test.more...)
			says(t, r.ask(t, intent.Announce, "message", "dinner"), test.says, false)
			if calls := r.take(); len(calls) != 1 || calls[0] != test.call {
				t.Errorf("the home was called %q, should %q", calls, test.call)
			}
		})
	}
	r := newRig(t)
	r.at("notify.phone").Value = home.Unavailable
	says(t, r.ask(t, intent.Announce, "message", "dinner"), "nothing that could announce", false)
}

// TestFourthOfThree wants a place to count among what the question lists: of four things
// it says three, and all four can be chosen by name.
func TestFourthOfThree(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		for _, name := range []string{"Story Ant", "Story Bee", "Story Cat", "Story Dog"} {
			id := home.EntityID("script." + strings.ToLower(strings.ReplaceAll(name, " ", "_")))
			r.states = append(r.states, home.State{ID: id, Value: home.Off, Attributes: attributes(home.AttrFriendlyName, name)})
		}
		const which = "for example Story Ant, Story Bee and Story Cat."
		says(t, r.ask(t, intent.RunScript, "script", "story"), which, true)
		says(t, r.ask(t, intent.Converse, "query", "the fourth one"), which, true)
		says(t, r.ask(t, intent.SetHelperNumber, "number", "4"), which, true)
		says(t, r.ask(t, intent.Choose, "ordinal", "the fourth"), which, true)
		if calls := r.take(); len(calls) != 0 {
			t.Errorf("the home was called %q", calls)
		}
		says(t, r.ask(t, intent.Converse, "query", "dog please"), "Story Dog has run", false)
	})
}

// TestPausedTimer wants a paused timer that is started again to have the time that the
// home says, and not that which it is set to.
func TestPausedTimer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		timer := r.at("timer.pasta")
		timer.Value = "paused"
		timer.Attributes = append(timer.Attributes, home.Field{Name: home.AttrFinishesAt, Value: home.Text(time.Now().Add(100 * time.Second).Format(time.RFC3339))})
		says(t, r.ask(t, intent.StartTimer, "timer", "pasta"), "Pasta is running for one minute and 40 seconds.", false)
		r.at("timer.pasta").Value = "paused"
		says(t, r.ask(t, intent.ResumeTimer, "timer", "pasta"), "one minute and 40 seconds", false)
	})
}

// TestAgentFailsInPart wants what the home's agent could not do to be named, and its words
// to be said without marks.
func TestAgentFailsInPart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply home.Reply
		want  string
	}{
		"with words":  {home.Reply{Speech: "I turned **on** the lights 💡", Failed: []string{"Attic", "Bath", "Attic"}}, "I turned on the lights. I have sent it, but Attic and Bath didn't follow."},
		"no words":    {home.Reply{Failed: []string{"Attic"}}, "I have sent it, but Attic didn't follow."},
		"nothing did": {home.Reply{Speech: "# Done"}, "Done."},
		"signs alone": {home.Reply{Speech: "👍"}, "Done."},
		"all of many": {home.Reply{Speech: "Done", Failed: []string{"a", "b", "c", "d", "e", "f", "g"}}, "a, b, c, d and e didn't follow"},
	} {
		r := newRig(t)
		r.thinks(0, c.reply, nil)
		if got := r.ask(t, intent.Converse, "query", "lights").Speech; !strings.Contains(got, c.want) {
			t.Errorf("%s: it says %q, should %q", name, got, c.want)
		}
	}
}

package wiring_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// TestSpokenWords says everything that there is to say, to a house that is well and to
// houses that are not, at debug level. It wants none of it, and nothing of what was
// answered, in any line of the log, trace, metric or diagnosis.
func TestSpokenWords(t *testing.T) {
	inJSON := http.Header{"Content-Type": {"application/json"}}
	echo := func(status int, body string) *demohome.Fault {
		return &demohome.Fault{On: "/api/", Answer: &demohome.Answer{Status: status, Header: inJSON, Body: body}}
	}
	refusal := `{"message":"Got 'CANARY words', ` + saidNumber + ` and ` + saidClock + `"}`
	for name, faults := range map[string][]*demohome.Fault{
		"a house that is well": nil,
		"one that is gone":     {{Drop: demohome.Before}},
		"one that breaks off":  {{On: "/api/services", Drop: demohome.After}, {On: "/api/conversation", Drop: demohome.After}},
		"one that declines all": {
			{On: "/api/services", Answer: echo(400, refusal).Answer}, {On: "/api/conversation", Answer: echo(400, refusal).Answer},
		},
		"one that fails at all": {
			{On: "/api/services", Answer: echo(500, refusal).Answer}, {On: "/api/conversation", Answer: echo(500, refusal).Answer},
		},
		"one that talks nonsense": {
			{On: "/api/services", Answer: echo(200, `[{"canary":{"canary":canary`).Answer},
			{On: "/api/conversation", Answer: echo(200, `{"response":{"canary words":{"canary words":canary}}}`).Answer},
		},
		"one whose agent asks back": {{On: "/api/conversation", Answer: echo(200, `{"response":{"speech":{"plain":{"speech":"canary answer"}},`+
			`"response_type":"query_answer"},"conversation_id":"c","continue_conversation":true}`).Answer}},
		"one whose agent fails": {{On: "/api/conversation", Answer: echo(200, `{"response":{"speech":{"plain":{"speech":"canary answer"}},`+
			`"response_type":"error","data":{"code":"canary"}}}`).Answer}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, e := houseOfThings(t)
			for _, fault := range faults {
				h.Inject(fault)
			}
			l := listening(t, e)
			l.say(t)
			if pick := `"message":"picked"`; faults == nil && !strings.Contains(l.log.String(), pick) {
				t.Errorf("the log has no %s: it does not say how names were matched", pick)
			}
		})
	}
}

// wordy is a home that breaks over what it hears.
type wordy struct {
	gateway.HomeAssistant // nil: nothing else is asked of it
	calls, said           int
}

func (w *wordy) States(context.Context) ([]home.State, error) { return things(), nil }

func (w *wordy) State(_ context.Context, id home.EntityID) (home.State, error) {
	i := slices.IndexFunc(things(), func(s home.State) bool { return s.ID == id })
	return things()[max(i, 0)], nil
}

func (w *wordy) Registry(context.Context, func(home.Registry) []home.EntityID) (home.Registry, error) {
	return home.Registry{}, nil
}

func (w *wordy) Call(_ context.Context, call home.ServiceCall) ([]home.State, error) {
	w.calls++
	panic(fmt.Errorf("no canary: %v", call))
}

func (w *wordy) Converse(_ context.Context, said home.Utterance) (home.Reply, error) {
	w.said++
	panic("no canary: " + said.Text)
}

// TestSpokenWordsThatBreak is the same for a home that panics over what it hears.
func TestSpokenWordsThatBreak(t *testing.T) {
	w := &wordy{}
	l := listening(t, env{"HOME_ASSISTANT_URL": nobody, "HOME_ASSISTANT_TOKEN": "token"},
		fx.Decorate(func(clock ports.Clock) *lifecycle.Lazy[gateway.HomeAssistant] {
			return lifecycle.NewLazy("home", lifecycle.Conditional(time.Minute), clock, func(context.Context) (gateway.HomeAssistant, error) { return w, nil }, nil)
		}))
	l.say(t)
	if w.calls < 5 || w.said < 5 || strings.Count(l.log.String(), "panic: a value of type") < w.calls {
		t.Errorf("the home has heard %d calls and %d sentences, the log: %.3000s", w.calls, w.said, l.log)
	}
}

// TestSpokenWordsAreHeard: the tests above would notice nothing if nobody heard what
// is said.
func TestSpokenWordsAreHeard(t *testing.T) {
	h, e := houseOfThings(t)
	l := listening(t, e)
	for said, want := range map[string]string{
		l.talk(t, "en-US", "ConverseIntent", heard{"query": "turn on canary lamp"}):                           "canary lamp",
		l.talk(t, "en-US", "RunScriptIntent", heard{"script": "canary nothing"}):                              "canary nothing",
		l.talk(t, "en-US", "SetHelperOptionIntent", heard{"helper": "canary mood", "option": "canary party"}): "Canary Mood",
		l.talk(t, "en-US", "SetHelperNumberIntent", heard{"helper": "canary level", "number": saidNumber}):    "Canary Level",
		l.talk(t, "en-US", "StartTimerIntent", heard{"timer": "canary timer", "duration": saidDuration}):      "Canary Timer",
		l.talk(t, "en-US", "AnnounceIntent", heard{"message": "canary dinner"}):                               "notification",
		l.talk(t, "de-DE", "ConverseIntent", heard{"query": "canary"}):                                        "couldn't understand",
		l.talk(t, "en-US", "AreaOffIntent", heard{"area": "canary kitchen"}):                                  "canary kitchen",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("it says %q, want %q", said, want)
		}
	}
	calls := fmt.Sprint(h.Calls())
	for _, words := range []string{"Canary Party", saidNumber, "canary dinner"} {
		if !strings.Contains(calls, words) {
			t.Errorf("the house has not heard %q: %s", words, calls)
		}
	}
	for _, words := range []string{"canary", saidNumber, saidDuration, saidClock} {
		probe := &testing.T{}
		if keepsQuiet(probe, "a leak", "x"+words+"x"); !probe.Failed() {
			t.Errorf("%s would not be noticed", words)
		}
	}
}

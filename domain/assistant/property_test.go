package assistant_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/skill"
)

// TestAnyConversation wants, whatever people say and whatever becomes of it, an
// answer in time that Amazon takes, one command a turn at most, and nothing to be
// told to what guards the house.
func TestAnyConversation(t *testing.T) {
	t.Parallel()
	names := []string{"Nonsense", "Launch"}
	for _, i := range intent.All() {
		names = append(names, i.Name)
	}
	heard := rapid.SampledFrom([]string{
		"", "kitchen", "living room", "bedtime", "movie", "movie night", "guest mode", "target level", "house mood", "door note", "party", "7", "PT5M", "99",
		"pasta", "the second one", "yes", "stop", "continue", "back door", "garage", "secret", "everything", "<b>", "welcome home", "\x00", "küche",
	})
	slots := []string{"query", "automation", "script", "helper", "number", "option", "message", "area", "timer", "duration", "ordinal", "choice"}
	services := []string{"homeassistant.turn_off", "light.turn_on", "script.bedtime", "timer.start", "input_number.set_value", "automation.trigger"}
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.request.Locale = rapid.SampledFrom([]string{"en-US", "de-DE", "fr-FR", "es-ES", "it-IT", "ja-JP", ""}).Draw(rt, "locale")
			for range rapid.IntRange(1, 8).Draw(rt, "turns") {
				seconds := time.Duration(rapid.IntRange(0, 20).Draw(rt, "seconds")) * time.Second
				kind := fault.Kind(rapid.IntRange(0, int(fault.Open)).Draw(rt, "kind"))
				if rapid.Bool().Draw(rt, "trouble") {
					r.thinks(seconds, home.Reply{Speech: "Well.", Continue: rapid.Bool().Draw(rt, "asks")}, nil)
					r.mu.Lock()
					r.befall(rapid.SampledFrom(services).Draw(rt, "service"), seconds, fault.New(kind, "No."))
					r.mu.Unlock()
				}
				name := rapid.SampledFrom(names).Draw(rt, "intent")
				said := map[string]skill.Slot{}
				for range rapid.IntRange(0, 3).Draw(rt, "slots") {
					slot := rapid.SampledFrom(slots).Draw(rt, "slot")
					said[slot] = skill.Slot{Name: slot, Value: heard.Draw(rt, "heard")}
				}
				before := len(r.agent.Heard())
				if name == "Launch" {
					r.launch(t)
				} else if answer := r.askFor(t, skill.Intent{Name: intent.Model(name), Slots: said}); answer.Speech == "" || strings.Contains(answer.Speech, "{") {
					rt.Errorf("%s %v: it says %q", name, said, answer.Speech)
				}
				calls := r.take()
				if n := len(calls) + len(r.agent.Heard()) - before; n > 1 {
					rt.Errorf("%s %v: the home was told %d times: %q", name, said, n, calls)
				}
				if slices.ContainsFunc(calls, func(call string) bool {
					return strings.Contains(call, " lock.") || strings.Contains(call, " cover.") || strings.Contains(call, "light.secret")
				}) {
					rt.Errorf("%s %v: the home was called %q", name, said, calls)
				}
			}
		})
	})
}

package endtoend

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
)

// dialogue is what somebody says to the assistant, turn by turn, and what comes of
// it: testdata/dialogue_*.json.
type dialogue struct {
	// Locale is what the Echo speaks.
	Locale string `json:"locale"`
	Turns  []struct {
		// Given are calls that are made beside LEE first.
		Given []given `json:"given"`
		// Ask is the intent's name, "Launch" for opening. Slots are what was heard,
		// IDs what Alexa took it for.
		Ask   string              `json:"ask"`
		Slots map[string]string   `json:"slots"`
		IDs   map[string][]string `json:"ids"`
		// Says are words that the answer must have, and Open whether the session goes
		// on. Elicits says that whatever is said next comes whole.
		Says    []string `json:"says"`
		Open    bool     `json:"open"`
		Elicits bool     `json:"elicits"`
		// House is what the home says of entities when the answer is there.
		House map[string]shown `json:"house"`
	} `json:"turns"`
}

// dialogues returns all dialogues by their files' names, refusals those of which nothing
// comes.
func dialogues(t *testing.T) map[string]dialogue { return readDialogues(t, "dialogue") }

func refusals(t *testing.T) map[string]dialogue { return readDialogues(t, "refusals") }

func readDialogues(t *testing.T, kind string) map[string]dialogue {
	t.Helper()
	files, err := filepath.Glob("testdata/" + kind + "_*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no dialogues: %v", err)
	}
	all := map[string]dialogue{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var d dialogue
		decoder := json.NewDecoder(strings.NewReader(string(raw)))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&d); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all[filepath.Base(file)] = d
	}
	return all
}

// TestDialoguesAreSayable wants a dialogue and a dialogue of refusals in each language that
// the assistant speaks, each of twelve turns or more, that ask for nothing that Alexa could not.
func TestDialoguesAreSayable(t *testing.T) {
	for kind, all := range map[string]map[string]dialogue{"dialogue": dialogues(t), "refusals": refusals(t)} {
		languages := map[string]bool{}
		for file, d := range all {
			language, _, _ := strings.Cut(d.Locale, "-")
			languages[language] = true
			d.sayable(t, file, language)
		}
		for _, language := range intent.Languages() {
			if !languages[language] {
				t.Errorf("no file has a dialogue in %s. Add testdata/%s_LOCALE.json.", language, kind)
			}
		}
	}
}

// sayable reports the turns that nobody can say in a language, and those that take any answer.
func (d dialogue) sayable(t *testing.T, file, language string) {
	t.Helper()
	known := map[string][]intent.Slot{}
	for _, i := range intent.All() {
		known[i.Name] = i.Slots
	}
	for _, c := range intent.Carriers(language) {
		known[c.Intent] = c.AsIntent().Slots
	}
	if len(d.Turns) < 12 {
		t.Errorf("%s has %d turns", file, len(d.Turns))
	}
	for i, turn := range d.Turns {
		slots, ok := known[turn.Ask]
		if !ok && turn.Ask != "Launch" && turn.Ask != "Nonsense" {
			t.Errorf("%s, turn %d: nobody can ask %s", file, i+1, turn.Ask)
		}
		for name := range turn.Slots {
			if !slices.ContainsFunc(slots, func(s intent.Slot) bool { return s.Name == name }) {
				t.Errorf("%s, turn %d: %s has no slot %s", file, i+1, turn.Ask, name)
			}
		}
		if len(turn.Says) == 0 {
			t.Errorf("%s, turn %d: any answer will do", file, i+1)
		}
	}
}

// skillID is the custom skill that talks to LEE in the tests.
const skillID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"

// talk is somebody who talks to the assistant.
type talk struct {
	f      *function
	locale string
	// turns is how many there were, session which session it is, and kept what that
	// keeps.
	turns, session int
	kept           map[string]json.RawMessage
	fresh          bool
	// token is the account's, "" while none is linked.
	token string
}

func newTalk(f *function, locale string) *talk { return &talk{f: f, locale: locale, fresh: true} }

// ask sends a request, sees to it that Amazon would take the answer, and goes on
// with the session as that has it.
func (k *talk) ask(t *testing.T, what string, slots map[string]string, ids map[string][]string) skilltest.Answer {
	t.Helper()
	k.turns++
	if k.fresh {
		k.session++
	}
	request := map[string]any{
		"requestId": fmt.Sprintf("amzn1.echo-api.request.%d", k.turns), "timestamp": time.Now().UTC().Format(time.RFC3339), "locale": k.locale,
		"type": "LaunchRequest",
	}
	if what != "Launch" {
		request["type"], request["dialogState"] = "IntentRequest", "STARTED"
		request["intent"] = map[string]any{"name": intent.Model(what), "confirmationStatus": "NONE", "slots": wireSlots(slots, ids)}
	}
	application := map[string]any{"applicationId": skillID}
	user := map[string]any{"userId": "amzn1.ask.account.A"}
	if k.token != "" {
		user["accessToken"] = k.token
	}
	result := k.f.invoke(t, marshal(map[string]any{
		"version": "1.0",
		"session": map[string]any{
			"new": k.fresh, "sessionId": fmt.Sprintf("amzn1.echo-api.session.%d", k.session), "application": application, "user": user,
			"attributes": k.kept,
		},
		"context": map[string]any{"System": map[string]any{
			"application": application, "user": user, "device": map[string]any{"deviceId": "amzn1.ask.device.A", "supportedInterfaces": map[string]any{}},
		}},
		"request": request,
	}))
	answer := skilltest.Check(t, result.Payload)
	k.fresh, k.kept = !answer.Open, answer.Attributes
	return answer
}

// TestLinking: people are asked to link their account where the home takes no token
// but theirs, and when Home Assistant says that theirs is bad. Nothing is done then.
func TestLinking(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		// house is the token that the house takes, own the one in LEE's configuration,
		// account the account's.
		house, own, account string
		says, card, state   string
	}{
		"none is linked":                      {accountCanary, "", "", "Please link your home's account", "LinkAccount", "off"},
		"the account's token is good":         {accountCanary, "", accountCanary, "Guest Mode is on.", "", "on"},
		"the account's token is bad":          {"another", "", accountCanary, "Please link your home's account", "LinkAccount", "off"},
		"its own token is good":               {ownCanary, ownCanary, "", "Guest Mode is on.", "", "on"},
		"its own token is bad":                {"another", ownCanary, "", "Your home doesn't let me in.", "", "off"},
		"its own token is bad, theirs is not": {accountCanary, ownCanary, accountCanary, "Your home doesn't let me in.", "", "off"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newDemo(t, demohome.Options{Token: c.house})
			h.token = c.house
			k := newTalk(start(t, h, map[string]string{"HOME_ASSISTANT_TOKEN": c.own, "HA_SKILL_IDS": skillID}), "en-GB")
			k.token = c.account
			answer := k.ask(t, intent.SwitchHelperOn, map[string]string{"helper": "guest mode"}, nil)
			if !strings.Contains(answer.Speech, c.says) || answer.Card != c.card {
				t.Errorf("it says %q, and the card is %q", answer.Speech, answer.Card)
			}
			if got := h.state(t, "input_boolean.guest_mode").State; got != c.state {
				t.Errorf("guest mode is %s", got)
			}
		})
	}
}

// wireSlots returns slots as Amazon sends them.
func wireSlots(slots map[string]string, ids map[string][]string) map[string]any {
	wire := map[string]any{}
	for name, value := range slots {
		slot := map[string]any{"name": name, "value": value, "confirmationStatus": "NONE", "source": "USER"}
		status, values := "ER_SUCCESS_NO_MATCH", []any{}
		for _, id := range ids[name] {
			status = "ER_SUCCESS_MATCH"
			values = append(values, map[string]any{"value": map[string]any{"name": value, "id": id}})
		}
		slot["resolutions"] = map[string]any{"resolutionsPerAuthority": []any{map[string]any{
			"authority": "amzn1.er-authority.echo-sdk." + skillID + ".LEE_Type", "status": map[string]any{"code": status}, "values": values,
		}}}
		wire[name] = slot
	}
	return wire
}

package skill_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// sent is what all requests in testdata have in common.
func sent(kind skill.Kind, id, locale string) skill.Request {
	return skill.Request{
		Kind: kind, ID: id, Locale: locale, Time: time.Date(2026, 11, 23, 6, 30, 0, 0, time.UTC),
		ApplicationID: "amzn1.ask.skill.1", UserID: "amzn1.ask.account.1", DeviceID: "amzn1.ask.device.1",
		Session: skill.Session{Present: true, ID: "amzn1.echo-api.session.1"},
	}
}

func TestParse(t *testing.T) {
	launch := sent(skill.Launch, "request.launch", "en-US")
	launch.Session.New = true
	room := sent(skill.Asked, "request.room", "de-DE")
	room.Session.Attributes = map[string]json.RawMessage{"conversation": json.RawMessage(`"01J"`), "turn": json.RawMessage(`3`)}
	room.DialogState = "IN_PROGRESS"
	room.Intent = skill.Intent{Name: "AreaOnIntent", Slots: map[string]skill.Slot{
		"area": {Name: "area", Value: "küche", Matches: []skill.Match{{ID: "kitchen", Name: "Küche"}, {ID: "kitchenette", Name: "Kochnische"}}},
		"none": {Name: "none"},
	}}
	ended := sent(skill.Ended, "request.ended", "fr-FR")
	ended.Reason = "EXCEEDED_MAX_REPROMPTS"
	outside := sent("AudioPlayer.PlaybackStarted", "request.player", "it-IT")
	outside.Session = skill.Session{}
	for name, want := range map[string]skill.Request{"launch": launch, "room": room, "ended": ended, "player": outside} {
		got, err := skill.Parse(read(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if token := got.Token.Reveal(); token != "linked" {
			t.Errorf("%s: the account's token is %q", name, token)
		}
		if got.API.Endpoint != "https://api.eu.amazonalexa.com" || got.API.Token.Reveal() != "speak-freely" {
			t.Errorf("%s: Amazon is at %q", name, got.API.Endpoint)
		}
		want.Token, want.API = got.Token, got.API
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as\n%+v, should be\n%+v", name, got, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for name, test := range map[string]struct{ event, says string }{
		"nothing":                  {``, "not valid JSON"},
		"no JSON":                  {`{"version":`, "not valid JSON"},
		"a list":                   {`[]`, "JSON array"},
		"no version":               {`{"request":{"type":"LaunchRequest","requestId":"r"}}`, "version"},
		"another version":          {`{"version":"2.0","request":{"type":"LaunchRequest","requestId":"r"}}`, `"2.0"`},
		"no request":               {`{"version":"1.0"}`, "no type"},
		"a request without id":     {`{"version":"1.0","request":{"type":"LaunchRequest"}}`, "no requestId"},
		"a request that is null":   {`{"version":"1.0","session":null,"request":null}`, "no type"},
		"a session that is a text": {`{"version":"1.0","session":"s","request":{"type":"LaunchRequest","requestId":"r"}}`, "session"},
		"no intent":                {`{"version":"1.0","request":{"type":"IntentRequest","requestId":"r"}}`, "no intent"},
		"slots that are a list":    {`{"version":"1.0","request":{"type":"IntentRequest","requestId":"r","intent":{"name":"I","slots":[]}}}`, "slots"},
		"a value that is a list":   {`{"version":"1.0","request":{"type":"IntentRequest","requestId":"r","intent":{"name":"I","slots":{"a":{"value":[1]}}}}}`, "value"},
		"two skills": {`{"version":"1.0","session":{"application":{"applicationId":"a"}},"context":{"System":{"application":{"applicationId":"b"}}},
			"request":{"type":"LaunchRequest","requestId":"r"}}`, "two skills"},
		"a long id":   {`{"version":"1.0","request":{"type":"LaunchRequest","requestId":"` + strings.Repeat("x", 1001) + `"}}`, "1000 bytes"},
		"long words":  {`{"version":"1.0","request":{"type":"IntentRequest","requestId":"r","intent":{"name":"I","slots":{"a":{"value":"` + strings.Repeat("x", 4001) + `"}}}}}`, "4000 bytes"},
		"many slots":  {`{"version":"1.0","request":{"type":"IntentRequest","requestId":"r","intent":{"name":"I","slots":{` + manySlots(101) + `}}}}`, "100 slots"},
		"a deep hole": {`{"version":"1.0","request":{"type":"LaunchRequest","requestId":"r"},"x":` + strings.Repeat("[", 20000) + `}`, "not valid JSON"},
	} {
		_, err := skill.Parse([]byte(test.event))
		if err == nil || fault.Of(err) != fault.Invalid || !strings.Contains(fault.Text(err), test.says) {
			t.Errorf("%s: %v, should be invalid and say %q", name, err, test.says)
		}
	}
}

func manySlots(n int) string {
	var s strings.Builder
	for i := range n {
		if i > 0 {
			s.WriteByte(',')
		}
		s.WriteString(`"s` + strings.Repeat("i", i) + `":{}`)
	}
	return s.String()
}

func TestFresh(t *testing.T) {
	now := time.Date(2026, 11, 23, 6, 30, 0, 0, time.UTC)
	for timestamp, want := range map[string]bool{
		`"2026-11-23T06:30:00Z"`:      true,
		`"2026-11-23T06:27:30Z"`:      true,
		`"2026-11-23T06:27:29Z"`:      false,
		`"2026-11-23T06:32:30.000Z"`:  true,
		`"2026-11-23T06:32:31Z"`:      false,
		`"2026-11-23T07:30:00+01:00"`: true,
		`"2015-05-13T12:34:56Z"`:      false,
		`"2026-11-23"`:                false,
		`1795415400000`:               true,
		`0`:                           false,
		`null`:                        false,
		`{"a":1}`:                     false,
		`true`:                        false,
	} {
		r, err := skill.Parse([]byte(`{"version":"1.0","request":{"type":"LaunchRequest","requestId":"r","timestamp":` + timestamp + `}}`))
		if err != nil || r.Fresh(now) != want {
			t.Errorf("%s: fresh %v (%v, %v), should be %v", timestamp, r.Fresh(now), r.Time, err, want)
		}
	}
	if (skill.Request{}).Fresh(now) {
		t.Error("a request without a time is fresh")
	}
}

func TestLocale(t *testing.T) {
	for locale, want := range map[string]string{
		"de-DE": "de-DE", "es-419": "es-419", "": "", "../../x": "", "de\u0000DE": "", strings.Repeat("a", 21): "",
	} {
		raw, _ := json.Marshal(locale)
		r, _ := skill.Parse([]byte(`{"version":"1.0","request":{"type":"LaunchRequest","requestId":"r","locale":` + string(raw) + `}}`))
		if r.Locale != want {
			t.Errorf("the locale %q is taken for %q", locale, r.Locale)
		}
	}
}

// FuzzParse: whatever comes is refused as invalid or read within bounds, and what
// it says can be said back.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"launch", "room", "ended", "player"} {
		f.Add(read(f, name))
	}
	f.Add([]byte(`{"version":"1.0","request":{"type":"IntentRequest","requestId":"\ud800","intent":{"name":"<&>","slots":{"":{"value":"\u0000</speak>"}}}}}`))
	f.Fuzz(func(t *testing.T, event []byte) {
		r, err := skill.Parse(event)
		if err != nil {
			if fault.Of(err) != fault.Invalid || fault.Text(err) == "" {
				t.Errorf("%v", err)
			}
			return
		}
		if r.Kind == "" || r.ID == "" || len(r.Intent.Slots) > 100 {
			t.Errorf("it is taken for %+v", r)
		}
		answer := skill.Response{Speech: r.Intent.Name, Card: &skill.Card{Title: r.Locale}}
		for _, slot := range r.Intent.Slots {
			answer.Speech += slot.Value
			answer.Card.Text += slot.Value
		}
		skilltest.Check(t, answer)
	})
}

package homeassistant

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// TestReplies is of what agents say, and of answers that are none.
func TestReplies(t *testing.T) {
	answer := func(speech, rest string) string {
		return `{"response":{"speech":` + speech + `,"card":{},"language":"en",` + rest + `},"conversation_id":"01J","continue_conversation":false}`
	}
	for name, test := range map[string]struct {
		answer string
		want   home.Reply
	}{
		"done": {
			answer(`{"plain":{"speech":"Turned on the light","extra_data":null}}`, `"response_type":"action_done","data":{"success":[{"id":"light.a"}],"failed":[]}`),
			home.Reply{Speech: "Turned on the light", Conversation: "01J"},
		},
		"some failed": {
			answer(`{"plain":{"speech":"Turned on the lights"}}`, `"response_type":"action_done","data":{"success":[],"failed":[{"name":"Attic","type":"entity","id":"light.attic"},7,{"id":"x"},{"name":"Bath"}]}`),
			home.Reply{Speech: "Turned on the lights", Conversation: "01J", Failed: []string{"Attic", "Bath"}},
		},
		"an answer": {
			answer(`{"plain":{"speech":"21 °C"}}`, `"response_type":"query_answer","data":{"code":"x"}`),
			home.Reply{Speech: "21 °C", Conversation: "01J", Kind: home.ReplyAnswer},
		},
		"no match": {
			answer(`{"plain":{"speech":"Sorry"}}`, `"data":{"code":"no_intent_match"},"response_type":"error"`),
			home.Reply{Speech: "Sorry", Conversation: "01J", Kind: home.ReplyError, Code: home.ReplyNoMatch},
		},
		"a question": {
			`{"response":{"speech":{"plain":{"speech":"Which?"}},"response_type":"action_done"},"conversation_id":null,"continue_conversation":true}`,
			home.Reply{Speech: "Which?", Continue: true},
		},
		"an older home's": {
			`{"response":{"speech":{"plain":{"speech":"Yes"}},"response_type":"action_done","data":{}},"conversation_id":"a"}`,
			home.Reply{Speech: "Yes", Conversation: "a"},
		},
		"markup": {
			answer(`{"plain":{"speech":"<b>&\u0000\ud83d</b>"}}`, `"response_type":"action_done"`),
			home.Reply{Speech: "<b>&\x00\ufffd</b>", Conversation: "01J"},
		},
		"speech markup alone": {
			answer(`{"ssml":{"speech":"<speak>One<break time='1s'/>&lt;two&gt; &amp;amp;</speak>"}}`, `"response_type":"action_done"`),
			home.Reply{Speech: "One <two> &amp;", Conversation: "01J"},
		},
		"speech markup that is cut": {answer(`{"ssml":{"speech":"a<b"}}`, `"response_type":"x"`), home.Reply{Speech: "a", Conversation: "01J"}},
		"silence":                   {answer(`{}`, `"response_type":"action_done"`), home.Reply{Conversation: "01J"}},
		"strange types": {
			`{"response":{"speech":{"plain":[1]},"response_type":7,"data":"x"},"conversation_id":7,"continue_conversation":"yes"}`, home.Reply{},
		},
	} {
		c := client(t, serve(t, says(test.answer)).URL)
		got, err := c.Converse(t.Context(), home.Utterance{Text: "Hello"})
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s is read as %+v (%v), should be %+v", name, got, err, test.want)
		}
	}
	for name, answer := range map[string]string{
		"a list": `[]`, "null": `null`, "no response": `{"conversation_id":"a"}`, "a response that is none": `{"response":"a"}`,
		"cut off": `{"response":{"speech":{"plain":{"speech":"Tur`, "nothing": ``,
	} {
		c := client(t, serve(t, says(answer)).URL)
		_, err := c.Converse(t.Context(), home.Utterance{Text: "Hello"})
		want(t, name, err, fault.Unanswered, true)
	}
}

// TestConverseRefused is of what a home says to requests that it does not take.
func TestConverseRefused(t *testing.T) {
	status := func(code int, media, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(code)
			_, _ = io.WriteString(w, body)
		}
	}
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		kind    fault.Kind
	}{
		"no such agent":          {status(400, "application/json", `{"message":"Message format incorrect: invalid agent ID at 'agent_id'"}`), fault.NotFound},
		"no such agent, earlier": {status(400, "application/json", `{"message":"Message format incorrect: invalid agent ID for dictionary value @ data['agent_id']. Got 'x'"}`), fault.NotFound},
		"another form":           {status(400, "application/json", `{"message":"Message format incorrect: expected str at 'text'"}`), fault.Refused},
		"no conversation":        {status(404, "text/plain; charset=utf-8", "404: Not Found"), fault.Unsupported},
		"the agent broke":        {status(500, "text/plain; charset=utf-8", "500 Internal Server Error"), fault.Failed},
		"nobody is there":        {status(502, "text/html", "<html>"), fault.Unreachable},
		"a proxy gave up":        {status(504, "text/html", "<html>"), fault.Unanswered},
		"a page":                 {status(200, "text/html", "<html>"), fault.Unreachable},
		"the token":              {status(401, "text/plain; charset=utf-8", "401: Unauthorized"), fault.NotAllowed},
	} {
		c := client(t, serve(t, test.handler).URL)
		_, err := c.Converse(t.Context(), home.Utterance{Text: "Hello", Agent: "x"})
		if e := want(t, name, err, test.kind, true); strings.Contains(e.Text, "data[") {
			t.Errorf("%s: people see %q", name, e.Text)
		}
	}
}

// TestConverse is of what goes out, to a home of today and to one that cannot be
// told where something was said.
func TestConverse(t *testing.T) {
	for name, refusal := range map[string]string{
		"today":     "",
		"2026":      `{"message":"Message format incorrect: not a valid option at 'satellite_id'"}`,
		"2025":      `{"message":"Message format incorrect: extra keys not allowed @ data['device_id']. Got 'abc'"}`,
		"satellite": `{"message":"Message format incorrect: extra keys not allowed @ data['satellite_id']"}`,
	} {
		var got []string
		c := client(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			got = append(got, fmt.Sprintf("%s %s %s", r.Method, r.URL.Path, body))
			if refusal != "" && strings.Contains(string(body), "device_id") {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusBadRequest)
				_, _ = io.WriteString(w, refusal)
				return
			}
			says(`{"response":{"response_type":"action_done"}}`)(w, r)
		}).URL)
		_, err := c.Converse(t.Context(), home.Utterance{
			Text: "Schalte \"das\" Licht ein\xff", Language: "de-DE", Agent: "conversation.home_assistant", Conversation: "01J",
			Device: "abc", Satellite: "assist_satellite.kitchen",
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		const post = "POST /api/conversation/process "
		begin := `{"text":"Schalte \"das\" Licht ein` + `\ufffd` + `","language":"de-DE","agent_id":"conversation.home_assistant","conversation_id":"01J"`
		all := []string{post + begin + `,"device_id":"abc","satellite_id":"assist_satellite.kitchen"}`}
		if refusal != "" {
			all = append(all, post+begin+"}")
		}
		if strings.Join(got, "\n") != strings.Join(all, "\n") {
			t.Errorf("%s: sent\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(all, "\n"))
		}
	}
}

// TestSentenceIsSentOnce is of refusals that mention the place, though the place is not
// why the home refused: what was said may have been heard then.
func TestSentenceIsSentOnce(t *testing.T) {
	place := home.Utterance{Text: "Hello", Device: "abc", Satellite: "assist_satellite.kitchen"}
	for name, c := range map[string]struct {
		said    home.Utterance
		message string
	}{
		"no place was sent":            {home.Utterance{Text: "Hello"}, "Message format incorrect: extra keys not allowed @ data['device_id']. Got 'abc'"},
		"no satellite was sent":        {home.Utterance{Text: "Hello", Device: "abc"}, "Message format incorrect: not a valid option at 'satellite_id'"},
		"no device was sent":           {home.Utterance{Text: "Hello", Satellite: "assist_satellite.kitchen"}, "Message format incorrect: not a valid option at 'device_id'"},
		"an agent mentions the device": {place, "light.turn_on failed: 'device_id' abc is offline"},
		"a word that was said":         {place, "Message format incorrect: expected str at 'text'. Got 'turn on device_id'"},
		"quoted in what was said":      {place, "Message format incorrect: expected dict @ data['text']. Got \"'device_id'\""},
		"a longer name":                {place, "Message format incorrect: extra keys not allowed @ data['device_id_list']"},
	} {
		sent := 0
		message, err := json.Marshal(map[string]string{"message": c.message})
		if err != nil {
			t.Fatal(err)
		}
		to := client(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
			sent++
			reply{400, inJSON, string(message)}.send(w)
		}).URL)
		_, err = to.Converse(t.Context(), c.said)
		if e := want(t, name, err, fault.Refused, true); strings.Contains(e.Text, "device_id") {
			t.Errorf("%s: people hear %q", name, e.Text)
		}
		if sent != 1 {
			t.Errorf("%s: it was sent %d times", name, sent)
		}
	}
}

package skilltest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/skill"
)

// TestRefuses: what Amazon does not take is found, and what for.
func TestRefuses(t *testing.T) {
	answer := func(response string) string { return `{"version":"1.0","response":{` + response + `}}` }
	says := func(ssml string) string {
		return answer(fmt.Sprintf(`"outputSpeech":{"type":"SSML","ssml":%q},"shouldEndSession":true`, ssml))
	}
	elicit := func(intent, ends string) string {
		return answer(`"directives":[{"type":"Dialog.ElicitSlot","slotToElicit":"q"` + intent + `}],"shouldEndSession":` + ends)
	}
	for name, test := range map[string]struct{ answer, complaint string }{
		"nothing":                {``, "cannot be read"},
		"no version":             {`{"response":{}}`, "version"},
		"no response":            {`{"version":"1.0"}`, "no response"},
		"a smart home answer":    {`{"event":{}}`, "unknown field"},
		"no UTF-8":               {answer("\"card\":{\"type\":\"Simple\",\"title\":\"\xff\"},\"shouldEndSession\":true"), "UTF-8"},
		"no end":                 {answer(`"outputSpeech":{"type":"SSML","ssml":"<speak>a</speak>"}`), "whether the session ends"},
		"plain text":             {answer(`"outputSpeech":{"type":"PlainText","text":"a"},"shouldEndSession":true`), "not SSML"},
		"markup without a root":  {says("a"), "no markup"},
		"markup with an element": {says("<speak>a<b>c</b></speak>"), "no markup"},
		"markup that is cut":     {says("<speak>a"), "no markup"},
		"an ampersand":           {says("<speak>a & b</speak>"), "no markup"},
		"two roots":              {says("<speak>a</speak><speak>b</speak>"), "no markup"},
		"a comment":              {says("<speak>a<!-- b --></speak>"), "no markup"},
		"text after the end":     {says("<speak>a</speak>b"), "no markup"},
		"empty markup":           {says("<speak> </speak>"), "says nothing"},
		"too much to say":        {says("<speak>" + strings.Repeat("x", skill.MostSpeech) + "</speak>"), "8015 characters"},
		"too large":              {answer(`"card":{"type":"Simple","title":"` + strings.Repeat("x", skill.MostBytes) + `"},"shouldEndSession":true`), "bytes, more than"},
		"a large card":           {answer(`"card":{"type":"Simple","content":"` + strings.Repeat("x", 8001) + `"},"shouldEndSession":true`), "8001 characters"},
		"an empty card":          {answer(`"card":{"type":"Simple"},"shouldEndSession":true`), "card is empty"},
		"another card":           {answer(`"card":{"type":"Standard"},"shouldEndSession":true`), `"Standard"`},
		"a link with a title":    {answer(`"card":{"type":"LinkAccount","title":"a"},"shouldEndSession":true`), "more to it"},
		"a reprompt at the end":  {answer(`"reprompt":{"outputSpeech":{"type":"SSML","ssml":"<speak>a</speak>"}},"shouldEndSession":true`), "reprompt and ends"},
		"a reprompt of nothing":  {answer(`"reprompt":{},"shouldEndSession":false`), "no outputSpeech"},
		"a slot at the end":      {elicit(`,"updatedIntent":{"name":"I","confirmationStatus":"NONE","slots":{"q":{"name":"q","confirmationStatus":"NONE"}}}`, "true"), "session ends"},
		"a slot of no intent":    {elicit(``, "false"), "no updatedIntent"},
		"a slot of another":      {elicit(`,"updatedIntent":{"name":"I","confirmationStatus":"NONE","slots":{}}`, "false"), "lacks the slot"},
	} {
		_, complaints := examine([]byte(test.answer))
		if all := strings.Join(complaints, "\n"); !strings.Contains(all, test.complaint) {
			t.Errorf("%s: the complaints are %q, none says %q", name, all, test.complaint)
		}
	}
}

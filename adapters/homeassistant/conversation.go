package homeassistant

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

var _ ports.Conversation = (*Client)(nil)

// utterance is the body of a request to the conversation API
// (https://developers.home-assistant.io/docs/intent_conversation_api/). The last two
// members are younger than the others, and in that description not at all:
// Home Assistant's components/conversation/http.py has them.
type utterance struct {
	Text         string        `json:"text"`
	Language     string        `json:"language,omitempty"`
	Agent        string        `json:"agent_id,omitempty"`
	Conversation string        `json:"conversation_id,omitempty"`
	Device       string        `json:"device_id,omitempty"`
	Satellite    home.EntityID `json:"satellite_id,omitempty"`
}

// Converse implements ports.Conversation. A home that is too old to be told where
// something was said is told without: it refuses a request that it does not
// understand before it hands it to anybody.
func (c *Client) Converse(ctx context.Context, said home.Utterance) (home.Reply, error) {
	u := utterance(said)
	reply, err := c.converse(ctx, u)
	if errors.Is(err, errPlace) {
		u.Device, u.Satellite = "", ""
		reply, err = c.converse(ctx, u)
	}
	return reply, err
}

// errPlace is the cause of a refusal to be told where something was said.
var errPlace = errors.New("it does not take device_id or satellite_id")

// unhandled is how Home Assistant's refusal of a request begins that it did not hand to
// an agent (RequestDataValidator in its components/http/data_validator.py).
const unhandled = "Message format incorrect"

// refuses says whether Home Assistant refused a request because of a member, which it
// names in quotes. What it says of the member's value may hold anything.
func refuses(message, member string) bool {
	reason, _, _ := strings.Cut(message, ". Got ")
	return strings.HasPrefix(reason, unhandled) && strings.Contains(reason, "'"+member+"'")
}

// declined makes the fault of a refusal to hear something. The home's words may hold
// what was said: they are looked at for the member that they are about, and are not
// repeated. A member that was not sent is not what the refusal is about.
func (u utterance) declined(message string) *fault.Error {
	switch {
	case u.Device != "" && refuses(message, "device_id"), u.Satellite != "" && refuses(message, "satellite_id"):
		return fault.Wrap(fault.Refused, "Home Assistant does not take where something was said.", errPlace)
	case u.Agent != "" && refuses(message, "agent_id"):
		return fault.New(fault.NotFound, "Home Assistant has no conversation agent of the id in HA_CONVERSATION_AGENT.")
	default:
		return declinedQuietly(message)
	}
}

func (c *Client) converse(ctx context.Context, said utterance) (reply home.Reply, err error) {
	body, err := json.Marshal(said)
	if err != nil { // texts can always be written
		return home.Reply{}, fault.Wrap(fault.Internal, "What was said cannot be sent on.", err)
	}
	err = c.do(ctx, request{
		method: http.MethodPost, path: "/api/conversation/process", body: body, command: true, optional: true, declined: said.declined,
		decode: func(d *decoder) (err error) {
			reply, err = d.reply()
			return err
		},
	})
	if err != nil {
		return home.Reply{}, err
	}
	return reply, nil
}

var (
	ofReply    = named("response", "conversation_id", "continue_conversation")
	ofResponse = named("speech", "response_type", "data")
	ofSpeech   = named("plain", "ssml")
	ofSaid     = named("speech")
	ofData     = named("code", "failed")
	ofFailed   = named("name")
)

var replyKinds = map[string]home.ReplyKind{
	"action_done": home.ReplyDone, "query_answer": home.ReplyAnswer, "error": home.ReplyError,
}

// reply reads what an agent said. Without a response it is none.
func (d *decoder) reply() (r home.Reply, err error) {
	if d.in.PeekKind() != '{' {
		return r, d.unexpected()
	}
	responded := false
	err = d.members(ofReply, func(name string) error {
		switch name {
		case "conversation_id":
			return d.text(&r.Conversation)
		case "continue_conversation":
			return d.flag(&r.Continue)
		default:
			responded = d.in.PeekKind() == '{'
			return d.response(&r)
		}
	})
	if err == nil && !responded {
		err = errShape
	}
	return r, err
}

func (d *decoder) response(r *home.Reply) error {
	if d.in.PeekKind() != '{' {
		return d.in.SkipValue()
	}
	var kind, code string
	err := d.members(ofResponse, func(name string) error {
		switch name {
		case "speech":
			return d.speech(&r.Speech)
		case "response_type":
			return d.text(&kind)
		default:
			return d.inner(func() error {
				return d.members(ofData, func(name string) error {
					if name == "code" {
						return d.text(&code)
					}
					return d.failed(&r.Failed)
				})
			})
		}
	})
	if r.Kind = replyKinds[kind]; r.Kind == home.ReplyError {
		r.Code = home.ReplyCode(code)
	}
	return err
}

// maxFailed is how many things are read that an agent could not do something with.
const maxFailed = 16

// failed reads the names of what an agent could not do something with.
func (d *decoder) failed(to *[]string) error {
	return d.items(func() error {
		if len(*to) >= maxFailed {
			return d.in.SkipValue()
		}
		var name string
		err := d.inner(func() error { return d.members(ofFailed, func(string) error { return d.text(&name) }) })
		if name != "" {
			*to = append(*to, name)
		}
		return err
	})
}

// speech reads what was said, by the kind of text that it was said in. What is
// there in markup alone is read without it.
func (d *decoder) speech(to *string) error {
	var plain, ssml string
	err := d.inner(func() error {
		return d.members(ofSpeech, func(kind string) error {
			text := &plain
			if kind == "ssml" {
				text = &ssml
			}
			return d.inner(func() error { return d.members(ofSaid, func(string) error { return d.text(text) }) })
		})
	})
	if *to = plain; plain == "" {
		*to = unmarked(ssml)
	}
	return err
}

// inner has an object read; anything else is skipped.
func (d *decoder) inner(read func() error) error {
	if d.in.PeekKind() != '{' {
		return d.in.SkipValue()
	}
	return read()
}

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&")

// unmarked returns the text of speech markup.
func unmarked(ssml string) string {
	var text strings.Builder
	for {
		before, rest, found := strings.Cut(ssml, "<")
		text.WriteString(before)
		if !found {
			return strings.TrimSpace(entities.Replace(text.String()))
		}
		text.WriteByte(' ')
		if _, ssml, found = strings.Cut(rest, ">"); !found {
			ssml = ""
		}
	}
}

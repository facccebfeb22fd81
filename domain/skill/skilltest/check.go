// Package skilltest checks in tests that what LEE answers a custom skill's request
// with is what Amazon takes: members and their forms, which go together, sizes,
// markup that says a text and nothing else
// (https://developer.amazon.com/docs/alexa/custom-skills/request-and-response-json-reference.html#response-format).
//
// It is stricter than Amazon in one thing: what LEE never sends is refused.
package skilltest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/skill"
)

// Answer is what an answer says, for tests to look at.
type Answer struct {
	// Speech and Reprompt are what is said, without markup; "" for nothing.
	Speech, Reprompt string
	// Open says that the session goes on.
	Open bool
	// Silent says that the answer tells nothing at all, not even that.
	Silent bool
	// Card is the card's kind, "Simple" or "LinkAccount"; "" for none.
	Card, Title, Text string
	// Elicit is the slot that the next words fill, ElicitIn its intent; "" for none.
	Elicit, ElicitIn string
	// Attributes are what the session keeps.
	Attributes map[string]json.RawMessage
}

// Check fails the test, without ending it, when answer is not one that Amazon
// takes, and returns what it says. The answer is a skill.Response, the answer's JSON
// as a []byte, or anything else that json.Marshal makes an answer of.
func Check(tb testing.TB, answer any) Answer {
	tb.Helper()
	raw, ok := answer.([]byte)
	if !ok {
		var err error
		if raw, err = json.Marshal(answer); err != nil {
			tb.Errorf("the answer cannot be written: %v", err)
			return Answer{}
		}
	}
	read, complaints := examine(raw)
	if len(complaints) > 0 {
		tb.Errorf("Amazon would not take this answer:\n\t%s\n%.400s", strings.Join(complaints, "\n\t"), raw)
	}
	return read
}

// Next returns the session as it is in the request after the answer.
func (a Answer) Next(before skill.Session) skill.Session {
	return skill.Session{Present: true, ID: before.ID, Attributes: a.Attributes}
}

type wire struct {
	Version    string                     `json:"version"`
	Attributes map[string]json.RawMessage `json:"sessionAttributes"`
	Response   *struct {
		Speech   *speech `json:"outputSpeech"`
		Card     *card   `json:"card"`
		Reprompt *struct {
			Speech *speech `json:"outputSpeech"`
		} `json:"reprompt"`
		Directives []elicit `json:"directives"`
		EndSession *bool    `json:"shouldEndSession"`
	} `json:"response"`
}

type speech struct {
	Type string  `json:"type"`
	SSML *string `json:"ssml"`
	Text *string `json:"text"`
}

type card struct {
	Type  string  `json:"type"`
	Title *string `json:"title"`
	Text  *string `json:"content"`
}

type elicit struct {
	Type   string `json:"type"`
	Slot   string `json:"slotToElicit"`
	Intent *struct {
		Name   string `json:"name"`
		Status string `json:"confirmationStatus"`
		Slots  map[string]struct {
			Name   string `json:"name"`
			Status string `json:"confirmationStatus"`
		} `json:"slots"`
	} `json:"updatedIntent"`
}

// examination gathers what is wrong with an answer.
type examination struct{ complaints []string }

func (x *examination) want(ok bool, complaint string, args ...any) {
	if !ok {
		x.complaints = append(x.complaints, fmt.Sprintf(complaint, args...))
	}
}

func examine(raw []byte) (Answer, []string) {
	x := &examination{}
	x.want(len(raw) <= skill.MostBytes, "it has %d bytes, more than %d", len(raw), skill.MostBytes)
	x.want(utf8.Valid(raw), "it is no UTF-8")
	var in wire
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		return Answer{}, append(x.complaints, "it cannot be read: "+err.Error())
	}
	x.want(in.Version == "1.0", "its version is %q", in.Version)
	if in.Response == nil {
		return Answer{}, append(x.complaints, "it has no response")
	}
	r := in.Response
	a := Answer{Attributes: in.Attributes, Speech: x.speech("outputSpeech", r.Speech)}
	if r.EndSession == nil {
		a.Silent = true
		x.want(r.Speech == nil && r.Card == nil && r.Reprompt == nil && r.Directives == nil && in.Attributes == nil,
			"it says something and not whether the session ends")
		return a, x.complaints
	}
	a.Open = !*r.EndSession
	if r.Reprompt != nil {
		x.want(a.Open, "it has a reprompt and ends the session")
		x.want(r.Reprompt.Speech != nil, "its reprompt has no outputSpeech")
		a.Reprompt = x.speech("reprompt", r.Reprompt.Speech)
	}
	x.card(r.Card, &a)
	x.directives(r.Directives, &a)
	return a, x.complaints
}

// speech returns what an outputSpeech says.
func (x *examination) speech(name string, s *speech) string {
	if s == nil {
		return ""
	}
	x.want(s.Type == "SSML" && s.SSML != nil && s.Text == nil, "%s is not SSML with its ssml and nothing else", name)
	if s.SSML == nil {
		return ""
	}
	n := len(utf16.Encode([]rune(*s.SSML)))
	x.want(n <= skill.MostSpeech, "%s has %d characters, more than %d", name, n, skill.MostSpeech)
	text, err := said(*s.SSML)
	x.want(err == nil, "%s is no markup that says a text: %v", name, err)
	x.want(strings.TrimSpace(text) != "", "%s says nothing", name)
	return text
}

// said returns the text of markup that has no element but speak.
func said(ssml string) (string, error) {
	d := xml.NewDecoder(strings.NewReader(ssml))
	var text strings.Builder
	depth, elements := 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && depth == 0 && elements == 1 {
			return text.String(), nil
		} else if err != nil {
			return "", fmt.Errorf("after %d elements: %w", elements, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			if elements++; token.Name.Local != "speak" || elements > 1 || len(token.Attr) > 0 {
				return "", fmt.Errorf("there is an element %q in it", token.Name.Local)
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 {
				return "", errors.New("there is text outside of speak")
			}
			text.Write(token)
		default:
			return "", fmt.Errorf("there is %T in it", token)
		}
	}
}

func (x *examination) card(c *card, a *Answer) {
	if c == nil {
		return
	}
	a.Card = c.Type
	if c.Title != nil {
		a.Title = *c.Title
	}
	if c.Text != nil {
		a.Text = *c.Text
	}
	switch c.Type {
	case "Simple":
		x.want(a.Title != "" || a.Text != "", "the card is empty")
		n := len(utf16.Encode([]rune(a.Title + a.Text)))
		x.want(n <= skill.MostSpeech, "the card has %d characters, more than %d", n, skill.MostSpeech)
	case "LinkAccount":
		x.want(c.Title == nil && c.Text == nil, "the card that links the account has more to it")
	default:
		x.want(false, "the card is of type %q", c.Type)
	}
}

func (x *examination) directives(all []elicit, a *Answer) {
	x.want(len(all) <= 1, "there are %d directives", len(all))
	for _, e := range all {
		a.Elicit = e.Slot
		x.want(e.Type == "Dialog.ElicitSlot" && e.Slot != "", "the directive is %q of the slot %q", e.Type, e.Slot)
		x.want(a.Open, "a slot is elicited and the session ends")
		if e.Intent == nil {
			x.want(false, "the directive has no updatedIntent")
			continue
		}
		a.ElicitIn = e.Intent.Name
		slot, has := e.Intent.Slots[e.Slot]
		x.want(e.Intent.Name != "" && e.Intent.Status == "NONE", "the intent is %q, %q", e.Intent.Name, e.Intent.Status)
		x.want(has && slot.Name == e.Slot && slot.Status == "NONE", "the intent lacks the slot %q", e.Slot)
	}
}

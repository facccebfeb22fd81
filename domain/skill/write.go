package skill

import (
	"encoding/json"
	"maps"
	"slices"
)

// MostAttributes is how many bytes a session's attributes may have. Amazon limits
// them by MostBytes alone; this leaves that to what is said.
const MostAttributes = 16_000

type wireResponse struct {
	Version    string                     `json:"version"`
	Attributes map[string]json.RawMessage `json:"sessionAttributes,omitempty"`
	Response   wireBody                   `json:"response"`
}

type wireBody struct {
	Speech     *wireSpeech   `json:"outputSpeech,omitempty"`
	Card       *wireCard     `json:"card,omitempty"`
	Reprompt   *wireReprompt `json:"reprompt,omitempty"`
	Directives []wireElicit  `json:"directives,omitempty"`
	EndSession *bool         `json:"shouldEndSession,omitempty"`
}

type wireSpeech struct {
	Type string `json:"type"`
	SSML string `json:"ssml"`
}

type wireReprompt struct {
	Speech *wireSpeech `json:"outputSpeech"`
}

type wireCard struct {
	Type  string `json:"type"`
	Title string `json:"title,omitempty"`
	Text  string `json:"content,omitempty"`
}

type wireElicit struct {
	Type   string     `json:"type"`
	Slot   string     `json:"slotToElicit"`
	Intent openIntent `json:"updatedIntent"`
}

type openIntent struct {
	Name   string              `json:"name"`
	Status string              `json:"confirmationStatus"`
	Slots  map[string]openSlot `json:"slots"`
}

type openSlot struct {
	Name   string `json:"name"`
	Status string `json:"confirmationStatus"`
}

// MarshalJSON writes the response as Amazon takes it, within its limits.
func (r Response) MarshalJSON() ([]byte, error) {
	out := wireResponse{Version: Version}
	if r.Silent {
		return json.Marshal(out)
	}
	ends := !r.Open && r.Elicit == ""
	out.Attributes = kept(r.Attributes)
	out.Response = wireBody{Speech: speech(r.Speech), Card: r.Card.wire(), EndSession: &ends}
	if s := speech(r.Reprompt); s != nil && !ends {
		out.Response.Reprompt = &wireReprompt{s}
	}
	if r.Elicit != "" {
		const unconfirmed = "NONE"
		out.Response.Directives = []wireElicit{{
			Type: "Dialog.ElicitSlot", Slot: r.Elicit,
			Intent: openIntent{r.ElicitIn, unconfirmed, map[string]openSlot{r.Elicit: {r.Elicit, unconfirmed}}},
		}}
	}
	raw, err := json.Marshal(out)
	if len(raw) > MostBytes { // what is said is shown as well
		out.Response.Card = nil
		raw, err = json.Marshal(out)
	}
	return raw, err
}

func speech(text string) *wireSpeech {
	ssml := SSML(text)
	if ssml == "" {
		return nil
	}
	return &wireSpeech{"SSML", ssml}
}

// wire returns the card with as much text as a card may have; nil for an empty one.
func (c *Card) wire() *wireCard {
	if c == nil {
		return nil
	}
	if c.Link {
		return &wireCard{Type: "LinkAccount"}
	}
	const mostTitle = 200 // Amazon's is that of all texts together
	card := &wireCard{Type: "Simple", Title: cut(spoken(c.Title), mostTitle, length)}
	card.Text = cut(shown(c.Text), MostSpeech-mostTitle, length)
	if card.Title == "" && card.Text == "" {
		return nil
	}
	return card
}

// kept returns those of a session's attributes that can be kept, as JSON.
func kept(attributes map[string]any) map[string]json.RawMessage {
	all, size := make(map[string]json.RawMessage, len(attributes)), 0
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		raw, err := json.Marshal(attributes[name])
		if more := len(name) + len(raw) + len(`"":,`); err == nil && size+more <= MostAttributes {
			all[name], size = raw, size+more
		}
	}
	return all
}

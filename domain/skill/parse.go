package skill

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Amazon names no limits for what it sends. These are far above what it does
// send, and keep what a stranger sends from going further.
const (
	mostID    = 1000 // bytes of an id or a name
	mostHeard = 4000 // bytes of what was heard in a slot
	mostSlots = 100
)

// wireRequest is a request as it arrives. What LEE makes no use of is left out,
// and unknown members are ignored, as Amazon asks.
type wireRequest struct {
	Version string       `json:"version"`
	Session *wireSession `json:"session"`
	Context struct {
		System struct {
			Application wireApplication `json:"application"`
			User        wireUser        `json:"user"`
			Device      struct {
				ID string `json:"deviceId"`
			} `json:"device"`
			Endpoint string `json:"apiEndpoint"`
			Token    string `json:"apiAccessToken"`
		} `json:"System"`
	} `json:"context"`
	Request struct {
		Type        Kind       `json:"type"`
		ID          string     `json:"requestId"`
		Timestamp   wireTime   `json:"timestamp"`
		Locale      string     `json:"locale"`
		Intent      wireIntent `json:"intent"`
		DialogState string     `json:"dialogState"`
		Reason      string     `json:"reason"`
	} `json:"request"`
}

type wireApplication struct {
	ID string `json:"applicationId"`
}

type wireUser struct {
	ID    string `json:"userId"`
	Token string `json:"accessToken"`
}

type wireSession struct {
	New         bool                       `json:"new"`
	ID          string                     `json:"sessionId"`
	Application wireApplication            `json:"application"`
	Attributes  map[string]json.RawMessage `json:"attributes"`
	User        wireUser                   `json:"user"`
}

type wireIntent struct {
	Name  string              `json:"name"`
	Slots map[string]wireSlot `json:"slots"`
}

type wireSlot struct {
	Name        string `json:"name"`
	Value       string `json:"value"`
	Resolutions struct {
		Authorities []wireAuthority `json:"resolutionsPerAuthority"`
	} `json:"resolutions"`
}

type wireAuthority struct {
	Status struct {
		Code string `json:"code"`
	} `json:"status"`
	Values []struct {
		Value Match `json:"value"`
	} `json:"values"`
}

// wireTime is a timestamp: a text as in RFC 3339, or milliseconds since 1970, as
// some of Amazon's test tools have it. It is zero for anything else.
type wireTime struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler. It never fails.
func (t *wireTime) UnmarshalJSON(raw []byte) error {
	if ms, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		t.Time = time.UnixMilli(ms).UTC()
		return nil
	}
	var text string
	_ = json.Unmarshal(raw, &text) // what is no text is no time
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		t.Time = at.UTC()
	}
	return nil
}

// Parse reads an event that a custom skill was sent. When it fails the error is a
// fault.Invalid that says in one sentence what is wrong, and the request holds what
// could be read. It does not look at whose request it is, nor at how old: that is
// for what answers it.
func Parse(event []byte) (Request, error) {
	var in wireRequest
	err := json.Unmarshal(event, &in)
	r := in.request()
	var mistyped *json.UnmarshalTypeError
	switch {
	case errors.As(err, &mistyped):
		return r, fault.Newf(fault.Invalid, "The skill's request has a JSON %s as %s, which it must not be.", clip(mistyped.Value), clip(mistyped.Field))
	case err != nil:
		return r, fault.Wrap(fault.Invalid, "The skill's request is not valid JSON.", err)
	case in.Version != Version:
		return r, fault.Newf(fault.Invalid, "The skill's request is of version %q; LEE speaks %s.", clip(in.Version), Version)
	case r.Kind == "" || r.ID == "":
		return r, fault.New(fault.Invalid, "The skill's request has no type or no requestId.")
	case r.Kind == Asked && r.Intent.Name == "":
		return r, fault.New(fault.Invalid, "The skill's request has no intent.")
	case in.twoSkills():
		return r, fault.New(fault.Invalid, "The skill's request is of two skills at once.")
	}
	err = r.excess()
	return r, err
}

// twoSkills says whether session and context name different skills.
func (in *wireRequest) twoSkills() bool {
	if in.Session == nil {
		return false
	}
	a, b := in.Session.Application.ID, in.Context.System.Application.ID
	return a != "" && b != "" && a != b
}

// request returns what was read. What the context says goes before what the
// session says: not every request has one.
func (in *wireRequest) request() Request {
	system := &in.Context.System
	r := Request{
		Kind: in.Request.Type, ID: in.Request.ID, Time: in.Request.Timestamp.Time, Locale: locale(in.Request.Locale),
		DialogState: in.Request.DialogState, Reason: in.Request.Reason,
		ApplicationID: system.Application.ID, UserID: system.User.ID, DeviceID: system.Device.ID,
		Token: secret.New(system.User.Token),
		API:   API{system.Endpoint, secret.New(system.Token)},
	}
	if r.Kind == Asked {
		r.Intent = in.Request.Intent.intent()
	}
	s := in.Session
	if s == nil {
		return r
	}
	r.Session = Session{Present: true, ID: s.ID, New: s.New, Attributes: s.Attributes}
	if r.ApplicationID == "" {
		r.ApplicationID = s.Application.ID
	}
	if r.UserID == "" {
		r.UserID = s.User.ID
	}
	if r.Token.Empty() {
		r.Token = secret.New(s.User.Token)
	}
	return r
}

func (in wireIntent) intent() Intent {
	out := Intent{Name: in.Name}
	if len(in.Slots) > 0 {
		out.Slots = make(map[string]Slot, len(in.Slots))
	}
	for name, slot := range in.Slots {
		out.Slots[name] = Slot{Name: name, Value: slot.Value, Matches: matches(slot.Resolutions.Authorities)}
	}
	return out
}

// matches returns what the authorities that were sure of it took a slot for.
func matches(authorities []wireAuthority) (all []Match) {
	seen := map[Match]bool{}
	for _, authority := range authorities {
		if authority.Status.Code != "ER_SUCCESS_MATCH" {
			continue
		}
		for _, v := range authority.Values {
			if v.Value != (Match{}) && !seen[v.Value] && len(v.Value.ID)+len(v.Value.Name) <= mostID {
				seen[v.Value] = true
				all = append(all, v.Value)
			}
		}
	}
	return all
}

// excess is the error of a request that has more than Amazon sends.
func (r Request) excess() error {
	ids := []string{
		string(r.Kind), r.ID, r.Intent.Name, r.DialogState, r.Reason,
		r.Session.ID, r.ApplicationID, r.UserID, r.DeviceID, r.API.Endpoint,
	}
	for name, slot := range r.Intent.Slots {
		ids = append(ids, name)
		if len(slot.Value) > mostHeard {
			return fault.Newf(fault.Invalid, "What was heard has more than %d bytes.", mostHeard)
		}
	}
	for _, id := range ids {
		if len(id) > mostID {
			return fault.Newf(fault.Invalid, "The skill's request has a name or an id of more than %d bytes.", mostID)
		}
	}
	if len(r.Intent.Slots) > mostSlots {
		return fault.Newf(fault.Invalid, "The skill's request has more than %d slots.", mostSlots)
	}
	return nil
}

// locale returns a locale that looks like one, "de-DE", and "" for anything else.
func locale(s string) string {
	const most = 20
	if len(s) > most {
		return ""
	}
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' {
			return ""
		}
	}
	return s
}

// clip keeps what a stranger sent from filling an answer or a log.
func clip(s string) string {
	const most = 64
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

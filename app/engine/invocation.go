package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// shape is a kind of event, known by a member that no other kind has.
type shape struct {
	// name is the member.
	name string
	// answer answers an event of this kind. value is the member's value.
	answer func(ctx context.Context, value, event json.RawMessage) outcome
}

// dispatch finds out what kind of event came and has it answered.
func (e *Engine) dispatch(ctx context.Context, event []byte) outcome {
	s, value, err := e.shapeOf(event)
	switch {
	case err != nil:
		return refused(err, "unknown", "", nil)
	case s.answer == nil:
		return e.repertoire.other(ctx, event)
	}
	return s.answer(ctx, value, event)
}

// errCutOff is the answer to what only begins as an event does. Nothing of it is
// carried out, even where the part that counts has come whole.
var errCutOff = fault.New(fault.Invalid, "The event is cut off or not valid JSON.")

// shapeOf returns the kind of an event and the value of the member that gives it
// away: the first one that any kind has. Where no kind has any, the shape is empty.
func (e *Engine) shapeOf(event []byte) (s shape, value json.RawMessage, err error) {
	in := jsontext.NewDecoder(bytes.NewBuffer(event), jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	if in.PeekKind() != '{' {
		return s, nil, e.repertoire.unknown("The event is not a JSON object.")
	}
	_, _ = in.ReadToken() // the brace that was seen
	for in.PeekKind() == '"' {
		name, err := in.ReadToken()
		if err != nil {
			return s, nil, errCutOff
		}
		kind, known := e.repertoire.shapes[name.String()]
		if !known || s.answer != nil {
			if in.SkipValue() != nil {
				return s, nil, errCutOff
			}
			continue
		}
		read, err := in.ReadValue()
		if err != nil {
			return s, nil, errCutOff
		}
		s, value = kind, json.RawMessage(read.Clone())
	}
	if _, err := in.ReadToken(); err != nil {
		return s, nil, errCutOff
	}
	if _, err := in.ReadToken(); !errors.Is(err, io.EOF) {
		return s, nil, errCutOff
	}
	return s, value, nil
}

// Refusal is the answer to an event that is no directive and was not carried
// out.
type Refusal struct {
	Error RefusalReason `json:"error"`
	// Mistakes are all that is wrong with what was sent, where it was looked at as
	// a whole.
	Mistakes []string `json:"mistakes,omitempty"`
}

// RefusalReason is why an event was not carried out.
type RefusalReason struct {
	// Kind is the kind of failure in the domain's words.
	Kind string `json:"kind"`
	// Message is one sentence without secrets.
	Message string `json:"message"`
}

// refusal is the Refusal that reports err.
func refusal(err error) any {
	r := Refusal{Error: RefusalReason{fault.Of(err).String(), fault.Text(err)}}
	var list interface{ Texts() []string }
	if errors.As(err, &list) {
		r.Mistakes = list.Texts()
	}
	return r
}

// refused is the outcome of an event that is no directive and failed.
func refused(err error, event, what string, about []zap.Field) outcome {
	return outcome{answer: refusal(err), event: event, what: what, about: about, err: err, failed: refusal}
}

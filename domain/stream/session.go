package stream

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// description is a session description (RFC 8866): Alexa's offer, the camera's
// answer. It holds addresses of people's networks and what a session is authorised
// by.
type description struct {
	Format string `json:"format"`
	Value  string `json:"value"`
}

// sdp is the one format that there is.
const sdp = "SDP"

// session names a session.
type session struct {
	ID string `json:"sessionId"`
}

// Negotiate answers InitiateSessionWithOffer with the camera's answer, which is for
// Alexa alone. The home keeps the session from then on, until Alexa says that it is
// over or an hour has passed. The error is a *fault.Error.
func (s *Service) Negotiate(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	var in struct {
		session
		Offer description `json:"offer"`
	}
	id, err := s.session(d, &in, &in.session)
	if err != nil {
		return alexa.Answer{}, err
	}
	if in.Offer.Format != sdp || in.Offer.Value == "" {
		return alexa.Answer{}, fault.New(fault.Invalid, "The payload has no offer in the format SDP.")
	}
	answer, err := s.cameras.Negotiate(ctx, id, in.ID, secret.New(in.Offer.Value))
	if err != nil {
		return alexa.Answer{}, err
	}
	payload := struct {
		Answer description `json:"answer"`
	}{description{sdp, answer.Reveal()}}
	return alexa.Reply(d, alexa.RTCSessionController, "AnswerGeneratedForSession", payload, nil), nil
}

// Connected answers SessionConnected, of which the home need not know. The error is
// a *fault.Error.
func (s *Service) Connected(_ context.Context, d alexa.Directive) (alexa.Answer, error) {
	var in session
	if _, err := s.session(d, &in, &in); err != nil {
		return alexa.Answer{}, err
	}
	return alexa.Reply(d, alexa.RTCSessionController, capability.SessionConnected.Name, in, nil), nil
}

// Disconnected answers SessionDisconnected when the home has ended the session. The
// error is a *fault.Error.
func (s *Service) Disconnected(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	var in session
	id, err := s.session(d, &in, &in)
	if err != nil {
		return alexa.Answer{}, err
	}
	if err := s.cameras.End(ctx, id, in.ID); err != nil {
		return alexa.Answer{}, err
	}
	return alexa.Reply(d, alexa.RTCSessionController, capability.SessionDisconnected.Name, in, nil), nil
}

// session reads d's payload into to, of which named is a part, and returns the
// camera that d is for.
func (s *Service) session(d alexa.Directive, to any, named *session) (home.EntityID, error) {
	id, err := s.camera(d)
	if err != nil {
		return "", err
	}
	if err := d.Decode(to); err != nil {
		return "", err
	}
	if named.ID == "" {
		return "", fault.New(fault.Invalid, "The payload has no sessionId.")
	}
	return id, nil
}

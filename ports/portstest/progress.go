package portstest

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/ports"
)

// Said is something that was said while an answer was being made.
type Said struct{ Request, Speech string }

// Speaker is a ports.Progress that remembers what was said. The zero Speaker is
// ready to use. It is safe for concurrent use.
type Speaker struct {
	// Err, when not nil, is what comes of saying something. It must not be changed
	// while the speaker is used.
	Err error

	mu   sync.Mutex
	said []Said
}

var _ ports.Progress = (*Speaker)(nil)

// Say implements ports.Progress. Of where it is said it looks only whether that was
// given.
func (s *Speaker) Say(ctx context.Context, to skill.API, request, speech string) error {
	switch {
	case ctx.Err() != nil:
		return fault.Wrap(fault.Deadline, "The time ran out.", ctx.Err())
	case to.Endpoint == "" || to.Token.Empty():
		return fault.New(fault.Misconfigured, "The request did not say where to.")
	case s.Err != nil:
		return s.Err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said = append(s.said, Said{request, speech})
	return nil
}

// Said returns what was said so far.
func (s *Speaker) Said() []Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Said(nil), s.said...)
}

// ProgressSetup says what a ports.Progress can be tried on.
type ProgressSetup struct {
	// API is where it can say something.
	API skill.API
	// Said returns what was said there, without markup.
	Said func() []Said
	// Hang makes nothing come of what is said, Vanish makes the place unreachable,
	// Refuse makes it decline; nil when that cannot be done.
	Hang, Vanish, Refuse func()
}

// Progress is the contract of ports.Progress. open is called once for every test, in a
// bubble of testing/synctest: what it opens must use no network but a Network.
func Progress(t *testing.T, open func(t *testing.T) (ports.Progress, ProgressSetup)) {
	for name, test := range map[string]func(ports.Progress, ProgressSetup, *testing.T){
		"says something": func(p ports.Progress, s ProgressSetup, t *testing.T) {
			if err := p.Say(t.Context(), s.API, "request.1", "I'm <still> thinking."); err != nil {
				t.Fatal(err)
			}
			if said := s.Said(); len(said) != 1 || said[0] != (Said{"request.1", "I'm <still> thinking."}) {
				t.Errorf("it said %+v", said)
			}
		},
		"nowhere to say it": func(p ports.Progress, s ProgressSetup, t *testing.T) {
			for _, to := range []skill.API{{}, {Endpoint: s.API.Endpoint}, {Token: secret.New(canary)}} {
				fails(t, "Say", p.Say(t.Context(), to, "request.1", "Hm."), fault.Misconfigured, false)
			}
			if said := s.Said(); len(said) > 0 {
				t.Errorf("it said %+v", said)
			}
		},
		"a context that has ended": func(p ports.Progress, s ProgressSetup, t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			fails(t, "Say", p.Say(ctx, s.API, "request.1", "Hm."), fault.Deadline, false)
		},
		"hangs":    func(p ports.Progress, s ProgressSetup, t *testing.T) { upset(t, p, s, s.Hang, fault.Deadline) },
		"vanishes": func(p ports.Progress, s ProgressSetup, t *testing.T) { upset(t, p, s, s.Vanish, fault.Unreachable) },
		"declines": func(p ports.Progress, s ProgressSetup, t *testing.T) { upset(t, p, s, s.Refuse, fault.Refused) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, s := open(t)
				test(p, s, t)
			})
		})
	}
}

// upset wants a kind of failure when something has been done to the place. Nobody
// gives it a deadline: it has one of its own.
func upset(t *testing.T, p ports.Progress, s ProgressSetup, how func(), want fault.Kind) {
	t.Helper()
	if how == nil {
		t.Skip("it cannot be made to fail like that")
	}
	how()
	fails(t, "Say", p.Say(t.Context(), s.API, "request.1", "Hm."), want, false)
}

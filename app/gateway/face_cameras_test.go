package gateway_test

import (
	"context"
	"testing"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// Stream implements ports.Cameras.
func (s *scripted) Stream(ctx context.Context, _ home.EntityID) (home.Stream, error) {
	return home.Stream{}, s.answer(ctx)
}

// Negotiable implements ports.Cameras.
func (s *scripted) Negotiable(ctx context.Context, _ []home.EntityID) ([]home.EntityID, error) {
	return nil, s.answer(ctx)
}

// Negotiate implements ports.Cameras.
func (s *scripted) Negotiate(ctx context.Context, _ home.EntityID, _ string, _ secret.Text) (secret.Text, error) {
	return secret.Text{}, s.answer(ctx)
}

// End implements ports.Cameras.
func (s *scripted) End(ctx context.Context, _ home.EntityID, _ string) error { return s.answer(ctx) }

func camerasRig(t *testing.T) (*rig, *portstest.MemoryHome, gateway.Cameras) {
	t.Helper()
	h := portstest.NewHome(
		home.State{ID: "light.kitchen", Value: home.On},
		home.State{ID: "camera.door", Value: "idle", Attributes: home.Fields{{Name: home.AttrSupportedFeatures, Value: home.Number(2)}}},
	)
	r := newRig(t, rigOptions{home: h, failures: 2})
	return r, h, gateway.Cameras{Port: gateway.NewPort(r.gateway, r.lazy)}
}

// TestCamerasAskAlways wants nothing kept that lets people in.
func TestCamerasAskAlways(t *testing.T) {
	_, h, face := camerasRig(t)
	for n := range 3 {
		if s, err := face.Stream(t.Context(), "camera.door"); err != nil || s.Playlist.Empty() {
			t.Fatalf("it tells %v, %v", s, err)
		}
		if h.Count(portstest.OpStream) != n+1 {
			t.Errorf("the home was asked %d times, should be %d", h.Count(portstest.OpStream), n+1)
		}
	}
}

// TestCamerasHaveTheirOwnBreaker wants cameras that do not answer to keep nobody
// from the home, nor from its registries.
func TestCamerasHaveTheirOwnBreaker(t *testing.T) {
	r, h, face := camerasRig(t)
	for range 3 {
		h.Befall(portstest.Trouble{Op: portstest.OpStream, Err: fault.New(fault.Unreachable, "Blocked.")})
		if _, err := face.Stream(t.Context(), "camera.door"); err == nil {
			t.Fatal("no trouble befell it")
		}
	}
	if _, err := face.Stream(t.Context(), "camera.door"); fault.Of(err) != fault.Open {
		t.Errorf("after three failures: %v", err)
	}
	if _, err := r.home.State(t.Context(), "light.kitchen"); err != nil {
		t.Errorf("the home: %v", err)
	}
	if _, err := portstest.ReadRegistry(t.Context(), gateway.NewRegistry(gateway.NewPort(r.gateway, r.lazy)), everyone); err != nil {
		t.Errorf("its registries: %v", err)
	}
}

// TestSessionsAreNotRepeated wants what may have begun a session, or ended one, to be
// asked for once.
func TestSessionsAreNotRepeated(t *testing.T) {
	_, h, face := camerasRig(t)
	lost := &fault.Error{Kind: fault.Unanswered, Text: "No answer.", Sent: true}
	h.Befall(portstest.Trouble{Op: portstest.OpNegotiate, Err: lost}, portstest.Trouble{Op: portstest.OpEnd, Err: lost})
	_, err := face.Negotiate(t.Context(), "camera.door", "s-1", secret.New("v=0"))
	if ended := face.End(t.Context(), "camera.door", "s-1"); fault.Of(err) != fault.Unanswered || fault.Of(ended) != fault.Unanswered {
		t.Errorf("they fail with %v and %v", err, ended)
	}
	if n, m := h.Count(portstest.OpNegotiate), h.Count(portstest.OpEnd); n != 1 || m != 1 {
		t.Errorf("the home was asked %d and %d times", n, m)
	}
}

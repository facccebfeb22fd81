package portstest_test

import (
	"context"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMemoryRooms(t *testing.T) {
	for _, lasting := range []bool{true, false} {
		portstest.Rooms(t, func(*testing.T) (ports.Rooms, portstest.RoomsSetup) {
			r := &portstest.MemoryRooms{Lasting: lasting}
			return r, portstest.RoomsSetup{Lasting: lasting, Again: func() ports.Rooms { return r }}
		})
	}
}

func TestSpeaker(t *testing.T) {
	portstest.Progress(t, func(*testing.T) (ports.Progress, portstest.ProgressSetup) {
		s := &portstest.Speaker{}
		failing := func(kind fault.Kind) func() { return func() { s.Err = fault.New(kind, "No.") } }
		return s, portstest.ProgressSetup{
			API: skill.API{Endpoint: "https://api.amazonalexa.com", Token: secret.New("t")}, Said: s.Said,
			Hang: failing(fault.Deadline), Vanish: failing(fault.Unreachable), Refuse: failing(fault.Refused),
		}
	})
}

func TestParameterStoreKeeps(t *testing.T) {
	portstest.ParameterKeeper(t, func(*testing.T) portstest.KeeperSetup {
		s := &portstest.ParameterStore{}
		failing := func(kind fault.Kind) func() { return func() { s.Fail(fault.New(kind, "No.")) } }
		return portstest.KeeperSetup{
			ParameterKeeper: s, Parameters: s,
			Throttle: failing(fault.Throttled), Forbid: failing(fault.NotAllowed), Vanish: failing(fault.Unreachable),
		}
	})
}

func TestAgent(t *testing.T) {
	a := portstest.NewAgent(func(_ context.Context, said home.Utterance) (home.Reply, error) {
		return home.Reply{Speech: "You said " + said.Text}, nil
	})
	reply, err := a.Converse(t.Context(), home.Utterance{Text: "hello"})
	if heard := a.Heard(); err != nil || reply.Speech != "You said hello" || len(heard) != 1 || heard[0].Text != "hello" {
		t.Errorf("it heard %+v and said %+v (%v)", heard, reply, err)
	}
}

package portstest

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// KeeperSetup is a ports.ParameterKeeper under test, and the ports.Parameters that
// tells what it kept. Throttle, Forbid and Vanish are as in ParametersSetup.
type KeeperSetup struct {
	ports.ParameterKeeper
	ports.Parameters
	Throttle, Forbid, Vanish func()
}

// ParameterKeeper is the contract of ports.ParameterKeeper. open returns one that is
// asked by one test; the tests use names of their own.
func ParameterKeeper(t *testing.T, open func(t *testing.T) KeeperSetup) {
	for name, test := range map[string]func(*keeperTest, *testing.T){
		"keeps, and keeps instead": (*keeperTest).keeps,
		"what it does not take":    (*keeperTest).refuses,
		"the context has ended":    (*keeperTest).ended,
		"throttled":                func(k *keeperTest, t *testing.T) { k.upset(t, k.Throttle, fault.Throttled) },
		"not allowed":              func(k *keeperTest, t *testing.T) { k.upset(t, k.Forbid, fault.NotAllowed) },
		"unreachable":              func(k *keeperTest, t *testing.T) { k.upset(t, k.Vanish, fault.Unreachable) },
	} {
		t.Run(name, func(t *testing.T) {
			test(&keeperTest{open(t), "/lee-keeper-" + strings.ToLower(rand.Text())}, t)
		})
	}
}

type keeperTest struct {
	KeeperSetup
	path string
}

func (k *keeperTest) one(value string) ports.Parameter {
	return ports.Parameter{Name: k.path + "/homeassistant/rooms/0a1b", Value: secret.New(value), Type: ports.ParameterString}
}

func (k *keeperTest) keeps(t *testing.T) {
	for _, value := range []string{"kitchen", "living_room", "living_room", "Küche & Flur"} {
		if err := k.Keep(t.Context(), k.one(value)); err != nil {
			t.Fatalf("Keep(%s): %v", value, err)
		}
		list, err := k.Below(t.Context(), k.path)
		if err != nil || len(list) != 1 {
			t.Fatalf("Below gave %v and %v", list, err)
		}
		if got := list[0]; got.Name != k.one("").Name || got.Value.Reveal() != value || got.Type != ports.ParameterString {
			t.Errorf("kept %q, and it tells %q as %v", value, got.Value.Reveal(), got.Type)
		}
	}
}

func (k *keeperTest) refuses(t *testing.T) {
	fails(t, "Keep nothing", k.Keep(t.Context(), k.one("")), fault.Misconfigured, false)
}

func (k *keeperTest) ended(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	fails(t, "Keep", k.Keep(ctx, k.one("kitchen")), fault.Deadline, false)
}

func (k *keeperTest) upset(t *testing.T, how func(), want fault.Kind) {
	if how == nil {
		t.Skip("it cannot be made to fail like that")
	}
	how()
	err := k.Keep(t.Context(), k.one(canary))
	fails(t, "Keep", err, want, false)
	if strings.Contains(err.Error(), canary) {
		t.Errorf("the error shows a value: %v", err)
	}
}

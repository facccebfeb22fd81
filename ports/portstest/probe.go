package portstest

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// ProbeSetup is what is known of the home under test, and how to upset it.
type ProbeSetup struct {
	// Token is shown to the home.
	Token secret.Text
	// Requests returns how many requests the home has had, and Tokens how many of them
	// showed a token.
	Requests, Tokens func() int64
	// Away makes the home unreachable.
	Away func()
}

// MemoryProbe is a ports.Probe without a network.
type MemoryProbe struct {
	// Way is what it meets, Err what it fails with.
	Way checkup.Way
	Err error

	closeLooks atomic.Int64
}

var _ ports.Probe = (*MemoryProbe)(nil)

// Probe implements ports.Probe.
func (p *MemoryProbe) Probe(_ context.Context, closely bool) (checkup.Way, error) {
	if closely {
		p.closeLooks.Add(1)
	}
	return p.Way, p.Err
}

// CloseLooks returns how many close looks there were.
func (p *MemoryProbe) CloseLooks() int64 { return p.closeLooks.Load() }

// Probe is the contract of ports.Probe. open returns a probe of a home that is there; it
// is called once for every test.
func Probe(t *testing.T, open func(t *testing.T) (ports.Probe, ProbeSetup)) {
	t.Run("finds the home", func(t *testing.T) {
		probe, setup := open(t)
		way := look(t.Context(), t, probe, true)
		if way.Who != checkup.Home || way.Answer != checkup.None || way.Host == "" || way.Version == "" || len(way.Times) == 0 || way.Chosen < 0 {
			t.Errorf("it finds %+v, want the home and its version", way)
		}
		if setup.Token.Empty() || strings.Contains(fmt.Sprintf("%#v", way), setup.Token.Reveal()) {
			t.Error("what it finds holds the token, or there is none")
		}
		if setup.Tokens() != setup.Requests() {
			t.Errorf("%d of %d requests show the token", setup.Tokens(), setup.Requests())
		}
	})
	t.Run("asks once and shows no token", func(t *testing.T) {
		probe, setup := open(t)
		way := look(t.Context(), t, probe, false)
		if way.Who != checkup.Home || way.Answer != checkup.None || way.AnswerTook <= 0 || way.Chosen < 0 {
			t.Errorf("it finds %+v, want the home", way)
		}
		if requests, tokens := setup.Requests(), setup.Tokens(); requests != 1 || tokens != 0 {
			t.Errorf("the home has had %d requests, %d of them with a token, want 1 without", requests, tokens)
		}
	})
	t.Run("away", func(t *testing.T) {
		probe, setup := open(t)
		setup.Away()
		stopped(t, probe, true)
		stopped(t, probe, false)
	})
	t.Run("a context that has ended", func(t *testing.T) {
		probe, setup := open(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		way, err := probe.Probe(ctx, true)
		if way.Who == checkup.Home || setup.Requests() != 0 || err != nil && fault.Of(err) != fault.Deadline {
			t.Errorf("it finds %+v, %v after %d requests", way, err, setup.Requests())
		}
	})
	t.Run("counts its requests", func(t *testing.T) {
		probe, setup := open(t)
		counted(t, "Probe", func(ctx context.Context) (want int64, err error) {
			_, err = probe.Probe(ctx, true)
			return setup.Requests(), err
		})
		if setup.Requests() == 0 {
			t.Error("the home has had no request")
		}
	})
}

// look looks at the way to a home that the settings lead to.
func look(ctx context.Context, t *testing.T, probe ports.Probe, closely bool) checkup.Way {
	t.Helper()
	way, err := probe.Probe(ctx, closely)
	if err != nil {
		t.Fatal(err)
	}
	return way
}

// stopped wants a look to find what stops it.
func stopped(t *testing.T, probe ports.Probe, closely bool) {
	t.Helper()
	if way := look(t.Context(), t, probe, closely); way.Who == checkup.Home || way.Chosen >= 0 && way.Answer == checkup.None {
		t.Errorf("it finds %+v, want what stops it", way)
	}
}

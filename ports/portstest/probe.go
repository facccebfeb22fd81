package portstest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// ProbeSetup is what is known of the home under test, and how to upset it.
type ProbeSetup struct {
	// Token is shown to the home.
	Token secret.Text
	// Requests returns how many requests the home has had.
	Requests func() int64
	// Away makes the home unreachable.
	Away func()
}

// Probe is the contract of ports.Probe. open returns a probe of a home that is there; it
// is called once for every test.
func Probe(t *testing.T, open func(t *testing.T) (ports.Probe, ProbeSetup)) {
	t.Run("finds the home", func(t *testing.T) {
		probe, setup := open(t)
		way := probe.Probe(t.Context())
		if way.Who != checkup.Home || way.Answer != checkup.None || way.Host == "" || way.Version == "" || len(way.Times) == 0 || way.Chosen < 0 {
			t.Errorf("it finds %+v, want the home and its version", way)
		}
		if setup.Token.Empty() || strings.Contains(fmt.Sprintf("%#v", way), setup.Token.Reveal()) {
			t.Error("what it finds holds the token, or there is none")
		}
	})
	t.Run("away", func(t *testing.T) {
		probe, setup := open(t)
		setup.Away()
		if way := probe.Probe(t.Context()); way.Who == checkup.Home || way.Chosen >= 0 && way.Answer == checkup.None {
			t.Errorf("it finds %+v, want what stops it", way)
		}
	})
	t.Run("a context that has ended", func(t *testing.T) {
		probe, setup := open(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if way := probe.Probe(ctx); way.Who == checkup.Home || setup.Requests() != 0 {
			t.Errorf("it finds %+v after %d requests", way, setup.Requests())
		}
	})
	t.Run("counts its requests", func(t *testing.T) {
		probe, setup := open(t)
		counted(t, "Probe", func(ctx context.Context) (want int64, err error) {
			probe.Probe(ctx)
			return setup.Requests(), nil
		})
		if setup.Requests() == 0 {
			t.Error("the home has had no request")
		}
	})
}

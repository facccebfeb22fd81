package portstest_test

import (
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestParameterStore(t *testing.T) {
	portstest.Parameters(t, func(*testing.T) portstest.ParametersSetup {
		s := &portstest.ParameterStore{}
		failing := func(kind fault.Kind) func() {
			return func() { s.Fail(fault.New(kind, "No.")) }
		}
		return portstest.ParametersSetup{
			Parameters: s, Put: s.Put,
			Throttle: failing(fault.Throttled), Forbid: failing(fault.NotAllowed), Vanish: failing(fault.Unreachable),
		}
	})
}

package telemetry_test

import (
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestFlaws(t *testing.T) {
	portstest.Flaws(t, func(_ *testing.T, level ports.Validation) ports.FlawMeter { return telemetry.NewFlaws(level) })
}

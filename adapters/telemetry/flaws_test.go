package telemetry_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestFlaws(t *testing.T) {
	portstest.Flaws(t, func(_ *testing.T, level ports.Validation) ports.FlawMeter {
		return telemetry.NewFlaws(level, zap.NewNop())
	})
}

// TestFlawsInTheLog: each flaw is told once, in the comprehensive level, and a home of
// which all is wrong does not fill the log.
func TestFlawsInTheLog(t *testing.T) {
	dim := ports.Flaw{Entity: "light.a", Member: "brightness", Problem: "is no number"}
	for level, told := range map[ports.Validation]int{ports.ValidateStandard: 0, ports.ValidateComprehensive: 1} {
		var out bytes.Buffer
		f := telemetry.NewFlaws(level, telemetry.NewLog(&out, zap.InfoLevel))
		for range 3 {
			f.Looked(1, []ports.Flaw{dim})
		}
		all := lines(t, &out)
		if len(all) != told {
			t.Fatalf("%v: logged %s", level, &out)
		}
		if told > 0 && (all[0]["level"] != "WARN" || all[0]["entity"] != "light.a" || all[0]["member"] != "brightness" || all[0]["problem"] != "is no number") {
			t.Errorf("logged %v", all[0])
		}
		out.Reset()
		for n := range 1000 {
			f.Looked(1, []ports.Flaw{{Entity: fmt.Sprint(n, strings.Repeat("x", 10_000)), Member: "state", Problem: "is odd"}})
		}
		if out.Len() > 32*300 {
			t.Errorf("%v: %d bytes are logged", level, out.Len())
		}
	}
}

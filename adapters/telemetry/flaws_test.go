package telemetry_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/ports"
)

// TestFlaws: what was found is counted at every level, and named once in the
// comprehensive one.
func TestFlaws(t *testing.T) {
	dim := ports.Flaw{Entity: "light.a", Member: "brightness", Problem: "is no number"}
	late := ports.Flaw{Entity: "light.a", Member: "last_updated", Problem: "is no time"}
	for level, named := range map[ports.Validation]int{ports.ValidateStandard: 0, ports.ValidateComprehensive: 2} {
		var out bytes.Buffer
		f := telemetry.NewFlaws(level, telemetry.NewLog(&out, zap.InfoLevel))
		f.Looked(10, nil)
		f.Looked(5, []ports.Flaw{dim, late})
		f.Looked(1, []ports.Flaw{dim})
		r := f.Report()
		if r.Level != level || r.Looked != 16 || r.Flaws != 3 || len(r.Named) != named {
			t.Errorf("%v: %+v", level, r)
		}
		if named > 0 && (r.Named[0] != ports.NamedFlaw{Flaw: dim, Count: 2} || r.Named[1] != ports.NamedFlaw{Flaw: late, Count: 1}) {
			t.Errorf("named are %+v", r.Named)
		}
		all := lines(t, &out)
		if len(all) != named {
			t.Fatalf("%v: logged %s", level, &out)
		}
		if named > 0 && (all[0]["level"] != "WARN" || all[0]["entity"] != "light.a" || all[0]["member"] != "brightness" || all[0]["problem"] != "is no number") {
			t.Errorf("logged %v", all[0])
		}
	}
}

// TestManyFlaws: a home of which all is wrong fills neither the log nor the memory.
func TestManyFlaws(t *testing.T) {
	var out bytes.Buffer
	f := telemetry.NewFlaws(ports.ValidateComprehensive, telemetry.NewLog(&out, zap.InfoLevel))
	for n := range 1000 {
		f.Looked(1, []ports.Flaw{{Entity: fmt.Sprint(n, strings.Repeat("x", 10_000)), Member: "state", Problem: "is odd"}})
	}
	r := f.Report()
	if r.Flaws != 1000 || len(r.Named) != 32 || out.Len() > 32*300 {
		t.Errorf("%d are named of %d, in %d bytes of the log", len(r.Named), r.Flaws, out.Len())
	}
}

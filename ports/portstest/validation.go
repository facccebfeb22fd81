package portstest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/lambda-execution-engine/lee/ports"
)

// Flaws is the contract of ports.FlawMeter. open returns one of a level that has
// counted nothing.
func Flaws(t *testing.T, open func(t *testing.T, level ports.Validation) ports.FlawMeter) {
	t.Helper()
	dim := ports.Flaw{Entity: "light.a", Member: "brightness", Problem: "is no number"}
	late := ports.Flaw{Entity: "light.a", Member: "last_updated", Problem: "is no time"}
	for _, level := range []ports.Validation{ports.ValidateBasic, ports.ValidateStandard, ports.ValidateComprehensive} {
		t.Run(level.String(), func(t *testing.T) {
			f := open(t, level)
			if r := f.Report(); r.Level != level || r.Looked != 0 || r.Flaws != 0 || len(r.Named) != 0 {
				t.Errorf("at first it reports %+v", r)
			}
			told := f.Looked(10, nil)
			told = append(told, f.Looked(5, []ports.Flaw{dim, late})...)
			told = append(told, f.Looked(1, []ports.Flaw{dim})...)
			var named []ports.NamedFlaw
			var once []ports.Flaw
			if level == ports.ValidateComprehensive {
				named, once = []ports.NamedFlaw{{Flaw: dim, Count: 2}, {Flaw: late, Count: 1}}, []ports.Flaw{dim, late}
			}
			if !slices.Equal(told, once) {
				t.Errorf("it tells %+v, want each flaw that it names once: %+v", told, once)
			}
			r := f.Report()
			if r.Level != level || r.Looked != 16 || r.Flaws != 3 || !slices.Equal(r.Named, named) {
				t.Errorf("it reports %+v, want the flaws %+v", r, named)
			}
			clear(r.Named)
			if again := f.Report(); !slices.Equal(again.Named, named) {
				t.Errorf("a holder of a report can change it: %+v", again)
			}
		})
	}
	t.Run("a home of which all is wrong", func(t *testing.T) { manyFlaws(t, open(t, ports.ValidateComprehensive)) })
}

// manyFlaws has a home of which all is wrong fill no memory.
func manyFlaws(t *testing.T, f ports.FlawMeter) {
	t.Helper()
	var size atomic.Int64 // of what is told
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			for m := range 250 {
				for _, told := range f.Looked(1, []ports.Flaw{{Entity: fmt.Sprint(n, m, strings.Repeat("x", 10_000)), Member: "state", Problem: "is odd"}}) {
					size.Add(int64(len(told.Entity)))
				}
				_ = f.Report()
			}
		})
	}
	all.Wait()
	if n := size.Load(); n == 0 || n > 10_000 {
		t.Errorf("the flaws that it tells have %d bytes of ids", n)
	}
	r := f.Report()
	if r.Looked != 1000 || r.Flaws != 1000 || len(r.Named) == 0 || len(r.Named) > 100 {
		t.Errorf("of %d flaws %d are named", r.Flaws, len(r.Named))
	}
	for _, named := range r.Named {
		if len(named.Entity) > 256 {
			t.Errorf("%d bytes are kept of an id", len(named.Entity))
		}
	}
}

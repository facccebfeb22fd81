package portstest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
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
			f.Looked(10, nil)
			f.Looked(5, []ports.Flaw{dim, late})
			f.Looked(1, []ports.Flaw{dim})
			var named []ports.NamedFlaw
			if level == ports.ValidateComprehensive {
				named = []ports.NamedFlaw{{Flaw: dim, Count: 2}, {Flaw: late, Count: 1}}
			}
			r := f.Report()
			if r.Level != level || r.Looked != 16 || r.Flaws != 3 || !slices.Equal(r.Named, named) {
				t.Errorf("it reports %+v, want the flaws %+v", r, named)
			}
			clear(r.Named)
			if again := f.Report(); !slices.Equal(again.Named, named) {
				t.Errorf("whoever has a report can change it: %+v", again)
			}
		})
	}
	t.Run("a home of which all is wrong", func(t *testing.T) { manyFlaws(t, open(t, ports.ValidateComprehensive)) })
}

// manyFlaws has a home of which all is wrong fill no memory.
func manyFlaws(t *testing.T, f ports.FlawMeter) {
	t.Helper()
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			for m := range 250 {
				f.Looked(1, []ports.Flaw{{Entity: fmt.Sprint(n, m, strings.Repeat("x", 10_000)), Member: "state", Problem: "is odd"}})
				_ = f.Report()
			}
		})
	}
	all.Wait()
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

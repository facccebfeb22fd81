package operator

import (
	"sync/atomic"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// tally counts batches.
type tally struct{ batches, items, calls, refused atomic.Uint64 }

// count counts one, given how it ended.
func (t *tally) count(items, calls int, err error) {
	switch {
	case err == nil:
		t.batches.Add(1)
		t.items.Add(uint64(max(items, 0)))
		t.calls.Add(uint64(max(calls, 0)))
	case fault.Of(err) == fault.Invalid:
		t.refused.Add(1)
	}
}

func (t *tally) view() BatchesView {
	return BatchesView{t.batches.Load(), t.items.Load(), t.calls.Load(), t.refused.Load()}
}

package spoken_test

import (
	"fmt"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// BenchmarkCalled looks for a name among those of a large home.
func BenchmarkCalled(b *testing.B) {
	things := make([]spoken.Thing, 2000)
	for i := range things {
		things[i] = spoken.Thing{ID: fmt.Sprint(i), Names: []string{fmt.Sprintf("Some Device %d Temperature", i)}}
	}
	for b.Loop() {
		if !spoken.Called("en", "kitchen light", things).None() {
			b.Fatal("found")
		}
	}
}

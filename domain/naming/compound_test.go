package naming_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/naming"
)

// TestCompounds: a name gets its area exactly once. It gets none where one of its words
// begins with the area, and one where no word does.
func TestCompounds(t *testing.T) {
	t.Parallel()
	placed := naming.Settings{Style: naming.Style{Area: true}}
	rapid.Check(t, func(t *rapid.T) {
		area := rapid.StringMatching(`[A-Z][a-zäöå]{2,8}`).Draw(t, "area")
		second := rapid.StringMatching(`[lvbfkm][aeiou][a-z]{1,8}`).Draw(t, "second")
		linker := rapid.SampledFrom([]string{"", "n", "en", "s", "es", "e", "er", "ns", "ens"}).Draw(t, "linker")
		before := rapid.SampledFrom([]string{"", "Neue "}).Draw(t, "before")
		word := area + linker + second
		compound := before + word
		if got := placed.Of(nameCase{Registry: compound, Area: area}.entity()).Name; got != compound {
			t.Fatalf("%q in %q is called %q", compound, area, got)
		}
		other := before + "Q" + strings.ToLower(word)
		if got := placed.Of(nameCase{Registry: other, Area: area}.entity()).Name; !strings.HasPrefix(area, "Neue") && got != area+" "+other {
			t.Fatalf("%q in %q is called %q", other, area, got)
		}
	})
}

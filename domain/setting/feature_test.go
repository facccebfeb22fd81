package setting

import (
	"testing"

	"pgregory.net/rapid"
)

// TestFeatureSets has every set show as a text that is read as the same set.
func TestFeatureSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := upTo(FeatureCore)
		for f := FeatureAlexa; f <= FeatureWebSocket; f++ {
			if rapid.Bool().Draw(t, f.String()) {
				set |= FeaturesOf(f)
			}
		}
		if again, err := ParseFeatures(set.String()); again != set || err != nil {
			t.Fatalf("%v is read as %v, %v", set, again, err)
		}
	})
}

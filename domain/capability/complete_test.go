package capability_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/capability"
)

// TestEveryKindHasCases makes sure that no kind is left out of discovery's cases, and
// no directive out of the others.
func TestEveryKindHasCases(t *testing.T) {
	t.Parallel()
	discovered, directed := map[string]bool{}, map[string]bool{}
	for _, path := range glob(t, "testdata/discovery/*.json") {
		var file discoveryFile
		readJSON(t, path, &file)
		for _, entity := range file.Entities {
			discovered[entity.ID.Domain()] = true
		}
	}
	for _, path := range glob(t, "testdata/cases/*.json") {
		var file caseFile
		readJSON(t, path, &file)
		for _, c := range file.Cases {
			directed[c.Entity.Domain()+" "+c.Directive+" "+c.Instance] = true
		}
	}
	for _, kind := range capability.Kinds() {
		if !discovered[kind.Domain] {
			t.Errorf("testdata/discovery has no %s", kind.Domain)
		}
		for _, face := range kind.Interfaces {
			for _, name := range slices.Sorted(maps.Keys(face.Directives)) {
				if c := kind.Domain + " " + string(face.Namespace) + "." + name + " " + face.Instance; !directed[c] {
					t.Errorf("testdata/cases has no %s", c)
				}
			}
		}
	}
}

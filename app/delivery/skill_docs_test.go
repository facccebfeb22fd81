package delivery

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/invocation"
)

// TestDocumentedRules: the table of rules in the documentation is the rules.
func TestDocumentedRules(t *testing.T) {
	var table strings.Builder
	for _, r := range invocation.Rules() {
		where := ""
		if r.Locale != "en-US" {
			where = " (" + r.Locale + ")"
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | *%s*%s | *%s* |\n", r.ID, r.Severity, r.Says, r.Wrong, where, invocation.Check(r.Wrong, r.Locale)[0].Proposal)
	}
	if !strings.Contains(read(t, filepath.Join(root, "docs", "skill.md")), "|---|---|---|---|---|\n"+table.String()+"\n") {
		t.Errorf("docs/skill.md does not have\n%s", &table)
	}
}

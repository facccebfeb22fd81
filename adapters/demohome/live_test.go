//go:build live

package demohome_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCasesLive runs the cases against the Home Assistant that
// HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN name. It must have the demo
// integration, in metric units.
func TestCasesLive(t *testing.T) {
	to := target{
		url:    strings.TrimSuffix(os.Getenv("HOME_ASSISTANT_URL"), "/"),
		tokens: map[string]string{"": os.Getenv("HOME_ASSISTANT_TOKEN"), "stranger": "wrong", "guest": os.Getenv("HOME_ASSISTANT_USER_TOKEN")},
	}
	if to.url == "" || to.tokens[""] == "" {
		t.Fatal("HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN are not set")
	}
	for _, file := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			for _, c := range readCases(t, file) {
				t.Run(c.Name, func(t *testing.T) {
					switch {
					case c.Only == "demo":
						t.Skip("a case of the demo house alone")
					case c.As == "guest" && to.tokens["guest"] == "":
						t.Skip("HOME_ASSISTANT_USER_TOKEN, of a user without administrator's rights, is not set")
					}
					c.run(t, to)
				})
			}
		})
	}
}

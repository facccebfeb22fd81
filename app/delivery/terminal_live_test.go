//go:build live

package delivery

import (
	"crypto/rand"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTypedSecretsAreNotShown has settings typed at a terminal, and looks at what
// the terminal shows and what is kept.
func TestTypedSecretsAreNotShown(t *testing.T) {
	c := newCloud(t)
	const secret = "typed.and.not.to.be.seen"
	prefix := "/lee-" + strings.ToLower(rand.Text())
	command := exec.CommandContext(t.Context(), sam(t, "python").Path, filepath.Join("testdata", "terminal.py"),
		dist(t, "lee"), "parameters", "set", "--prefix", prefix, "HA_ASSISTANT_NAME", "OPERATOR_SECRET")
	command.Env = plainly(c.env()...)
	command.Stdin = strings.NewReader("Home Keeper\n" + secret + "\n")
	out, err := command.CombinedOutput()
	screen := string(out)
	if err != nil || strings.Contains(screen, secret) || !strings.Contains(screen, "HA_ASSISTANT_NAME: Home Keeper") || !strings.Contains(screen, "OPERATOR_SECRET (not shown): ") {
		t.Errorf("%v, and the terminal shows\n%s", err, screen)
	}
	for path, want := range map[string][2]string{"operator_secret": {"SecureString", secret}, "homeassistant/assistant_name": {"String", "Home Keeper"}} {
		var kept struct{ Parameter struct{ Type, Value string } }
		c.call("ssm", "AmazonSSM.GetParameter", map[string]any{"Name": prefix + "/" + path, "WithDecryption": true}, &kept)
		if kept.Parameter.Type != want[0] || kept.Parameter.Value != want[1] {
			t.Errorf("%s is kept as %+v, want %q", path, kept.Parameter, want)
		}
	}
}

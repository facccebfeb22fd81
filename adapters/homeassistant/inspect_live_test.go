//go:build live

package homeassistant

import (
	"os"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// TestInspectLive: nothing that a real Home Assistant says is taken for a flaw.
func TestInspectLive(t *testing.T) {
	address := os.Getenv("HOME_ASSISTANT_URL")
	if address == "" {
		t.Fatal("HOME_ASSISTANT_URL is not set: make live sets it")
	}
	client, err := New(Config{Access: home.Access{URL: address, Token: secret.New(os.Getenv("HOME_ASSISTANT_TOKEN"))}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	var n noted
	client.Inspect(ports.ValidateComprehensive, n.looked)
	if states, err := client.States(t.Context()); err != nil || len(states) < 100 {
		t.Fatalf("%d states, %v", len(states), err)
	}
	if len(n.flaws) > 0 {
		t.Errorf("it has found %q", n.flaws)
	}
}

package wiring_test

import (
	"testing"
	"time"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/wiring"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// conversationWays are those whose contract is tested: the client alone, and the
// engine's own, through the gateway.
var conversationWays = map[string]func(t *testing.T, e env) ports.Conversation{
	"the client": func(t *testing.T, e env) ports.Conversation {
		t.Helper()
		c, err := homeassistant.New(homeassistant.Config{URL: e["HOME_ASSISTANT_URL"], Token: secret.New(e["HOME_ASSISTANT_TOKEN"])})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	},
	"through the gateway": func(t *testing.T, e env) (c ports.Conversation) {
		t.Helper()
		var lazy *lifecycle.Lazy[gateway.HomeAssistant]
		s := wiring.Start{Environment: e.environment(), Began: time.Now(), Log: &log{}}
		if err := fx.New(fx.NopLogger, fx.Supply(s), wiring.Module(), fx.Populate(&c, &lazy)).Err(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if _, err := lazy.Unload(); err != nil {
				t.Error(err)
			}
		})
		return c
	},
}

// testConversation runs the contract on every way to the house that e names.
func testConversation(t *testing.T, house func(t *testing.T) (env, portstest.HomeSetup)) {
	t.Helper()
	for name, open := range conversationWays {
		t.Run(name, func(t *testing.T) {
			portstest.Conversation(t, func(t *testing.T) (ports.Conversation, portstest.ConversationSetup) {
				t.Helper()
				e, s := house(t)
				h, _ := bare(t, e)
				return open(t, e), portstest.ConversationSetup{
					TurnOn: "Turn on the bed light.", Ask: "Is the bed light on?", Nonsense: "Colourless green ideas sleep furiously.",
					Absent: "Turn on the chandelier.", Light: "light.bed_light",
					Agent: "conversation.home_assistant", Nobody: "conversation.nobody",
					Home: h, Away: s.Away, Hang: s.Hang, Lose: s.Lose,
					Rejecting: open(t, e.and(env{"HOME_ASSISTANT_TOKEN": "wrong"})),
				}
			})
		})
	}
}

func TestConversationContract(t *testing.T) {
	testConversation(t, func(t *testing.T) (env, portstest.HomeSetup) {
		t.Helper()
		h := demohome.New(demohome.Options{})
		server, err := h.Listen("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		down := func() {
			_ = server.Close()
			_ = h.Close()
		}
		t.Cleanup(down)
		return env{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken}, portstest.HomeSetup{
			Away: down,
			Hang: func() { h.Inject(&demohome.Fault{On: "/api/", Times: 1, Hang: demohome.Before}) },
			Lose: func() { h.Inject(&demohome.Fault{On: "/api/conversation/", Times: 1, Drop: demohome.After}) },
		}
	})
}

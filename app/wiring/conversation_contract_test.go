package wiring_test

import (
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// testConversation runs the contract on every way to the house that e names.
func testConversation(t *testing.T, house func(t *testing.T) (env, portstest.HomeSetup)) {
	t.Helper()
	for name, open := range waysTo[ports.Conversation]() {
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
		h, url, down := listen(t, demohome.Options{})
		return env{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken}, portstest.HomeSetup{
			Away: down,
			Hang: hang(h),
			Lose: func() { h.Inject(&demohome.Fault{On: "/api/conversation/", Times: 1, Drop: demohome.After}) },
		}
	})
}

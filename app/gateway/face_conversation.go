package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// Conversation is the face of ports.Conversation on the gateway.
type Conversation struct{ Port *Port[HomeAssistant] }

var _ ports.Conversation = Conversation{}

var converse = operation("conversation.converse", atConversation, Command, ports.SectionNone)

// Converse implements ports.Conversation. What was said may have changed the state
// of anything: none of them is remembered.
func (c Conversation) Converse(ctx context.Context, said home.Utterance) (home.Reply, error) {
	defer c.Port.gateway.Invalidate(touchesStates...)
	return Cross(ctx, c.Port, converse, func(ctx context.Context, to HomeAssistant) (home.Reply, error) {
		return to.Converse(ctx, said)
	})
}

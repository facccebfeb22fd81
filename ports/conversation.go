package ports

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Conversation is the home's own assistant, which understands sentences.
type Conversation interface {
	// Converse hands over what a person said and returns what the home's agent
	// says to it, which may take many seconds. That the agent could not help is a
	// Reply of the kind home.ReplyError and no error.
	//
	// It does whatever the person wanted done and is not safe to repeat. It fails as
	// Home.Call does, Sent and fault.Unanswered included: with fault.Unsupported when
	// the home has no assistant, with fault.Refused when it does not take what was
	// said, with fault.NotFound when it does not know the agent, and with
	// fault.Failed when the agent broke; what it did before that stays done.
	Converse(ctx context.Context, said home.Utterance) (home.Reply, error)
}

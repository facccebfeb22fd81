package ports

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Home is the home as its people see it: things that have states and can be
// told to do something.
//
// The bearer token in the context (WithBearer), if any, is used where the home
// was not given a token of its own. Every method fails with fault.Unreachable
// when the home cannot be spoken to, fault.NotAllowed when it rejects LEE's own
// credentials, fault.TokenRejected when it rejects the context's token and says
// so twice, and fault.Deadline when the context ends before anything was sent.
type Home interface {
	// State returns the state of one entity, with fault.NotFound when the home
	// has none of that id. It has no effect and may be repeated.
	State(ctx context.Context, id home.EntityID) (home.State, error)

	// States returns the states of all entities, in the home's own order. It has
	// no effect and may be repeated. The slice is the caller's; the states'
	// attributes must not be changed.
	States(ctx context.Context) ([]home.State, error)

	// Call makes a service call and returns the states that changed because of
	// it, which may be none: because nothing had to change, because a device
	// reports later, or because the entity does not exist.
	//
	// A call is not safe to repeat. Its error has Sent set when the home may
	// have received it, and is a fault.Unanswered when no reply came to what was
	// sent. It is a fault.Refused when the home declined the values, and a
	// fault.Unsupported when there is no such service or the entity cannot do
	// it; nothing was done then.
	Call(ctx context.Context, call home.ServiceCall) ([]home.State, error)
}

// House says what the home is: its units, language and version.
type House interface {
	// Config returns what the home says of itself. It fails as Home does, has no
	// effect and may be repeated.
	Config(ctx context.Context) (home.Config, error)
}

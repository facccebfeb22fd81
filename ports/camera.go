package ports

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Cameras are the home's cameras.
type Cameras interface {
	// Stream has the home open a camera's stream and returns where it is. Asked
	// again while somebody watches, the home tells the same stream. It goes on for
	// some minutes after the last viewer has gone, and need not be ended.
	//
	// It fails as Home does, but never with fault.TokenRejected: whatever rejects
	// the context's token here is a fault.NotAllowed. It fails with fault.NotFound
	// when the home has no such camera, with fault.Unsupported when the camera has
	// no stream, or the home none at all, with fault.NotNow when the camera is
	// off, and with fault.Unavailable when it does not answer the home. It may be
	// repeated.
	Stream(ctx context.Context, id home.EntityID) (home.Stream, error)

	// Negotiable returns those of the cameras that can be seen over WebRTC, in their
	// order. It fails as Stream does, but for what is wrong with a single camera, and
	// may be repeated.
	Negotiable(ctx context.Context, ids []home.EntityID) ([]home.EntityID, error)

	// Negotiate has a camera answer an offer to be seen over WebRTC; both are session
	// descriptions (RFC 8866). The home keeps the session under its name until it is
	// ended, for an hour at most.
	//
	// It fails as Home's commands do, and is not safe to repeat. It fails with
	// fault.NotFound when the home has no such camera, with fault.Unsupported when the
	// camera does not speak WebRTC, or the home keeps no sessions, and with
	// fault.Unavailable when the camera is off or does not answer the home.
	Negotiate(ctx context.Context, id home.EntityID, session string, offer secret.Text) (answer secret.Text, err error)

	// End ends a session. It fails as Negotiate does, but not because of one that there
	// is not, or not any more.
	End(ctx context.Context, id home.EntityID, session string) error
}

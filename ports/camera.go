package ports

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Cameras are the home's cameras.
type Cameras interface {
	// Stream has the home open a camera's stream and returns where it is. Asked
	// again while somebody watches, the home tells the same stream. It goes on for
	// some minutes after the last viewer has gone, and need not be ended.
	//
	// It fails as Home does, but never with fault.TokenRejected: whoever rejects
	// the context's token here is a fault.NotAllowed. It fails with fault.NotFound
	// when the home has no such camera, with fault.Unsupported when the camera has
	// no stream, or the home none at all, with fault.Refused when the camera is
	// off, and with fault.Unavailable when it does not answer the home. It may be
	// repeated.
	Stream(ctx context.Context, id home.EntityID) (home.Stream, error)
}

package ports

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/skill"
)

// Progress speaks while an answer is still being made.
type Progress interface {
	// Say has the Echo say something, in plain text, before the answer to the
	// request of this id. It ends within a second or so whatever happens, and may
	// say it twice when repeated.
	//
	// Its error is for the log alone, since the answer is what counts: a
	// fault.Misconfigured when to is no service of Amazon's, a fault.Refused when
	// Amazon does not want it, a fault.Unreachable or fault.Deadline otherwise.
	Say(ctx context.Context, to skill.API, request, speech string) error
}

package ports

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/checkup"
)

// Probe looks at the way to the home for a check-up: more closely than a Way does,
// and as LEE goes there, with its token.
type Probe interface {
	// Probe goes to the home and tells what it met as far as it got; what stops it
	// is in there. It shows the token to nobody who could not be told from the home,
	// and at most once to one who rejects it, since a home may ban who shows a wrong
	// one again and again. It changes nothing. It ends, at the latest, soon after
	// the context does. What it returns holds no secret.
	Probe(ctx context.Context) checkup.Way
}

package ports

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/checkup"
)

// Probe looks at the way to the home, on a connection of its own.
type Probe interface {
	// Probe goes to the home and returns what it met, as far as it got; what stopped it
	// is part of that. The error is a fault.Misconfigured when the settings lead nowhere,
	// and may be a fault.Deadline when the context had ended before.
	//
	// A close look goes as LEE does, with its token, and asks several times to see how
	// long the home takes. It sends the token only to what it takes for the home, and
	// once to a home that rejects it: a home may ban an address that sends a wrong token
	// again and again. Any other look asks once, without a token.
	//
	// Probe changes nothing and may be repeated. It ends soon after the context does.
	// What it returns holds no secret.
	Probe(ctx context.Context, closely bool) (checkup.Way, error)
}

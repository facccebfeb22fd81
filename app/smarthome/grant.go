package smarthome

import (
	"context"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// acceptGrant answers the directive with which Alexa hands over the right to be told of
// changes. It comes while people link their account, and an error would break that. So it
// is answered whatever the settings are. LEE has no event credentials, without which the
// grant is of no use, and keeps nothing of it.
func (s *Service) acceptGrant(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	s.parts.Log.Warn("Alexa has handed over the right to be told of changes; LEE has no event credentials, so it keeps no grant and sends no events", correlation.Field(ctx))
	return alexa.Reply(d, alexa.Authorization, alexa.NameAcceptGrantResponse, nil, nil), nil
}

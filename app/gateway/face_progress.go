package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/ports"
)

// Progress is the face of ports.Progress on the gateway.
type Progress struct{ Port *Port[ports.Progress] }

var _ ports.Progress = Progress{}

// Said twice it would be a nuisance, and it is of no use late: so it is a command.
var progressSay = operation("progress.say", atAlexa, Command, ports.SectionNone)

// Say implements ports.Progress.
func (p Progress) Say(ctx context.Context, to skill.API, request, speech string) error {
	return pass(ctx, p.Port, progressSay, nil, func(ctx context.Context, behind ports.Progress) error {
		return behind.Say(ctx, to, request, speech)
	})
}

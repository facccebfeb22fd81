package engine

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// TurnOff lets every directive in the table be refused for the given reason, one
// sentence for people. A discovery finds nothing then.
func TurnOff(table map[alexa.Key]Directive, why string) {
	refuse := func(context.Context, alexa.Directive) (alexa.Answer, error) {
		return alexa.Answer{}, fault.New(fault.Misconfigured, why)
	}
	for key := range table {
		table[key] = refuse
	}
}

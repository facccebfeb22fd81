package ssm

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/lambda-execution-engine/lee/ports"
)

var _ ports.ParameterKeeper = (*Store)(nil)

// Keep implements ports.ParameterKeeper. It asks for ssm:PutParameter, which the
// function's role has for little; what operators set is for a Writer.
func (s *Store) Keep(ctx context.Context, p ports.Parameter) error {
	defer s.transport.CloseIdleConnections() // as in Below
	_, err := s.client.PutParameter(ctx, &ssm.PutParameterInput{
		Name: aws.String(p.Name), Value: aws.String(p.Value.Reveal()), Type: types.ParameterType(p.Type.String()),
		Overwrite: aws.Bool(true),
	})
	return written(ctx, err, s.filter.And(p.Value))
}

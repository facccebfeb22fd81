package ssm

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/aws/smithy-go"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/ports"
)

// Writer keeps parameters, on behalf of an operator: the function itself may only
// read. It is safe for concurrent use. Close it when it is no longer needed.
type Writer struct {
	client    *ssm.Client
	transport *http.Transport
	filter    foreign.Filter
}

// NewWriter returns a writer. It does not connect. The error is a
// fault.Misconfigured that names what is missing in config.
func NewWriter(config Config) (*Writer, error) {
	client, transport, err := config.connect()
	if err != nil {
		return nil, err
	}
	return &Writer{client: client, transport: transport, filter: config.filter()}, nil
}

// Close closes the connections. It never fails.
func (w *Writer) Close() error {
	w.transport.CloseIdleConnections()
	return nil
}

// Put keeps a parameter by its name, value and type, in place of one that has the
// name. key is the key that encrypts a SecureString, "" for the account's own. What
// has been kept under another type is deleted first: AWS does not change it
// (HierarchyTypeMismatchException,
// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html).
//
// It fails with the kinds of ports.Parameters. No error holds the value.
func (w *Writer) Put(ctx context.Context, p ports.Parameter, key string) error {
	in := &ssm.PutParameterInput{
		Name: aws.String(p.Name), Value: aws.String(p.Value.Reveal()), Type: types.ParameterType(p.Type.String()),
		Overwrite: aws.Bool(true),
		// A chain of certificates may need more than a standard parameter has room for.
		Tier: types.ParameterTierIntelligentTiering,
	}
	if key != "" {
		in.KeyId = aws.String(key)
	}
	_, err := w.client.PutParameter(ctx, in)
	if code(err) == "HierarchyTypeMismatchException" {
		if _, err = w.client.DeleteParameter(ctx, &ssm.DeleteParameterInput{Name: in.Name}); err == nil {
			_, err = w.client.PutParameter(ctx, in)
		}
	}
	return written(ctx, err, w.filter.And(p.Value))
}

// code is what AWS calls an error, "" for one that is not AWS's.
func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// written turns an error of the SDK into a fault. AWS quotes a value that it does
// not take, so of what it says only the code is kept, as the filter leaves it.
func written(ctx context.Context, err error, filter foreign.Filter) error {
	if err == nil {
		return nil
	}
	name := code(err)
	var cause error
	if name != "" {
		cause = errors.New(filter.Text(name))
	}
	switch {
	case slices.Contains(notAllowed, name):
		return fault.Wrap(fault.NotAllowed, "These credentials of AWS may not keep parameters, or are wrong or too old: ssm:PutParameter is needed on PARAMETER_PREFIX.", cause)
	case name == "ValidationException", name == "ParameterPatternMismatchException":
		return fault.Wrap(fault.Misconfigured, "The Parameter Store does not take this value, or this name.", cause)
	case name == "InvalidKeyId":
		return fault.Wrap(fault.Misconfigured, "There is no such key to encrypt with.", cause)
	}
	var read *fault.Error
	if errors.As(failure(ctx, err), &read) {
		plain := *read
		plain.Cause = cause
		return &plain
	}
	return fault.Wrap(fault.Unreachable, "The Parameter Store cannot be spoken to.", cause)
}

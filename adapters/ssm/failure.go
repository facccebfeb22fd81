package ssm

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// notAllowed are AWS's codes for credentials that are wrong, too old, or not
// enough (https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html).
var notAllowed = []string{
	"AccessDenied", "AccessDeniedException", "AuthFailure", "ExpiredToken", "ExpiredTokenException",
	"IncompleteSignature", "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidSignatureException",
	"MissingAuthenticationToken", "MissingAuthenticationTokenException", "NotAuthorized", "OptInRequired",
	"RequestExpired", "SignatureDoesNotMatch", "UnauthorizedOperation", "UnrecognizedClientException",
}

var throttling = retry.ThrottleErrorCode{Codes: retry.DefaultThrottleErrorCodes}

// failure turns an error of the SDK into a fault. What AWS said goes to the log.
func failure(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fault.Wrap(fault.Deadline, "The time ran out while the Parameter Store was read.", err)
	}
	response := answer(err)
	if throttling.IsErrorThrottle(err) == aws.TrueTernary || response != nil && response.StatusCode == http.StatusTooManyRequests {
		return &fault.Error{
			Kind: fault.Throttled, Text: "The Parameter Store asks to be left alone for a moment.",
			Cause: err, RetryAfter: retryAfter(response),
		}
	}
	var broken *smithy.DeserializationError
	var api smithy.APIError
	switch {
	case errors.As(err, &broken):
		return unreadable(statusOf(response))
	case response == nil, response.StatusCode >= http.StatusInternalServerError:
		return fault.Wrap(fault.Unreachable, "The Parameter Store cannot be reached.", err)
	case errors.As(err, &api) && slices.Contains(notAllowed, api.ErrorCode()):
		return fault.Wrap(fault.NotAllowed, "The function's role may not read the parameters, or its credentials are wrong: it needs ssm:GetParametersByPath on PARAMETER_PREFIX, and kms:Decrypt.", err)
	case api != nil && api.ErrorCode() == "InvalidKeyId":
		return fault.Wrap(fault.NotAllowed, "A parameter cannot be decrypted: its key is gone, or switched off.", err)
	default:
		return fault.Wrap(fault.Misconfigured, "The Parameter Store refuses the request; PARAMETER_PREFIX or AWS_REGION may be wrong.", err)
	}
}

// answer returns the HTTP response that came with an error, nil for none.
func answer(err error) *smithyhttp.Response {
	var e *smithyhttp.ResponseError
	if errors.As(err, &e) && e.Response != nil && e.Response.Response != nil && e.Response.StatusCode != 0 {
		return e.Response
	}
	return nil
}

// unreadable is the fault of an answer that is not written as AWS writes them. The
// SDK's own error is left out: it quotes what it does not understand, which may
// be a value.
func unreadable(status int) error {
	cause := fmt.Errorf("an answer that cannot be read, HTTP status %d", status)
	if status == http.StatusUnauthorized || status == http.StatusForbidden {
		return fault.Wrap(fault.NotAllowed, "The Parameter Store, or something in front of it, turns LEE away.", cause)
	}
	return fault.Wrap(fault.Unreachable, "What answers is not the Parameter Store.", cause)
}

func statusOf(response *smithyhttp.Response) int {
	if response == nil {
		return 0
	}
	return response.StatusCode
}

func retryAfter(response *smithyhttp.Response) time.Duration {
	if response == nil {
		return 0
	}
	n, err := strconv.Atoi(response.Header.Get("Retry-After"))
	if err != nil || n < 0 {
		return 0
	}
	return time.Duration(n) * time.Second
}

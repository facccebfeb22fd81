// Package awslambda invokes functions by the Invoke operation of AWS Lambda
// (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html): one signed
// request, for which a client of AWS's own would be a great deal of code.
package awslambda

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Config says in which region to invoke, and as whom.
type Config struct {
	// Region is AWS's region, "eu-west-1". An ARN's own region beats it.
	Region string
	// AccessKeyID, SecretAccessKey and SessionToken are AWS credentials; the token
	// may be empty.
	AccessKeyID     string
	SecretAccessKey secret.Text
	SessionToken    secret.Text
	// Endpoint is the base URL of something that stands in for AWS, "" for AWS
	// itself.
	Endpoint string
}

// mostAnswer is the most that a function answers, in bytes.
const mostAnswer = 6 << 20

// Invoke has a function, by its name or ARN, answer an event. It is repeated by
// nobody: the function may have an effect.
//
// The error is a fault.NotFound when there is no such function,
// fault.NotAllowed when AWS does not let the caller invoke it, fault.Throttled
// when there is no room, fault.Unreachable when AWS does not answer or cannot run
// it, fault.Deadline when the context ends first, and fault.Failed when the
// function failed. Its text may be shown.
func (c Config) Invoke(ctx context.Context, function string, event []byte) ([]byte, error) {
	request, err := c.request(ctx, function, event)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return nil, fault.Wrap(fault.Deadline, "no answer came in time", err)
		}
		return nil, fault.Wrap(fault.Unreachable, "nobody answers", err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer))
	if err != nil {
		return nil, fault.Wrap(fault.Unreachable, "the answer was cut off", err)
	}
	return answer, failure(response, answer)
}

func (c Config) request(ctx context.Context, function string, event []byte) (*http.Request, error) {
	region := RegionOf(function, c.Region)
	base := strings.TrimSuffix(c.Endpoint, "/")
	if base == "" {
		base = "https://lambda." + region + ".amazonaws.com"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/2015-03-31/functions/"+url.PathEscape(function)+"/invocations", bytes.NewReader(event))
	if err != nil {
		return nil, fault.Wrap(fault.Misconfigured, "the endpoint is not a URL", err)
	}
	request.Header.Set("Content-Type", "application/json")
	sum := sha256.Sum256(event)
	credentials := aws.Credentials{AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey.Reveal(), SessionToken: c.SessionToken.Reveal()}
	if err := v4.NewSigner().SignHTTP(ctx, credentials, request, hex.EncodeToString(sum[:]), "lambda", region, time.Now()); err != nil {
		return nil, fault.Wrap(fault.Misconfigured, "the request cannot be signed", err)
	}
	return request, nil
}

// RegionOf returns the region of an ARN; of what is none, otherwise.
func RegionOf(function, otherwise string) string {
	if parts := strings.Split(function, ":"); len(parts) >= 7 && parts[0] == "arn" && parts[2] == "lambda" {
		return parts[3]
	}
	return otherwise
}

// failure returns what an answer reports, nil for nothing.
func failure(response *http.Response, answer []byte) error {
	var said struct {
		Lower    string `json:"message"`
		Upper    string `json:"Message"`
		Function string `json:"errorMessage"`
	}
	_ = json.Unmarshal(answer, &said) // what is no JSON says nothing
	text := said.Function
	if text == "" {
		text = said.Lower + said.Upper
	}
	text = strings.TrimRight(text, ".")
	switch status := response.StatusCode; {
	case response.Header.Get("X-Amz-Function-Error") != "":
		return fault.New(fault.Failed, text)
	case status == http.StatusOK:
		return nil
	case status == http.StatusNotFound:
		return fault.New(fault.NotFound, text)
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fault.New(fault.NotAllowed, text)
	case status == http.StatusTooManyRequests:
		return fault.New(fault.Throttled, text)
	default:
		return fault.New(fault.Unreachable, text)
	}
}

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// parameterStore is AWS's Parameter Store. It is asked by one signed request, and
// another for each ten parameters more
// (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html).
// A client from the SDK would do no more (docs/decisions/0007-failsafe-settings.md).
type parameterStore struct {
	endpoint, prefix, region string
	credentials              aws.Credentials
	http                     *http.Client
}

// parameter is one parameter as AWS writes it.
type parameter struct{ Name, Type, Value string }

// storeClient returns a client that follows no redirect.
func storeClient() *http.Client {
	return &http.Client{
		Timeout:       storeTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// newParameterStore returns the store of the environment, which is read below a prefix. On
// Lambda the credentials are in the environment, and good for as long as that lives.
func newParameterStore(getenv func(string) string, prefix string, client *http.Client) *parameterStore {
	first := func(names ...string) string {
		for _, name := range names {
			if value := getenv(name); value != "" {
				return value
			}
		}
		return ""
	}
	s := &parameterStore{
		prefix: prefix,
		region: first("AWS_REGION", "AWS_DEFAULT_REGION"),
		credentials: aws.Credentials{
			AccessKeyID: getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: getenv("AWS_SECRET_ACCESS_KEY"), SessionToken: getenv("AWS_SESSION_TOKEN"),
		},
		http: client,
	}
	s.endpoint = first("AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL")
	if s.endpoint == "" {
		s.endpoint = endpoint(s.region, strings.EqualFold(getenv("AWS_USE_DUALSTACK_ENDPOINT"), "true"), strings.EqualFold(getenv("AWS_USE_FIPS_ENDPOINT"), "true"))
	}
	return s
}

const (
	// storeTime bounds one request.
	storeTime = 3 * time.Second
	// pageSize is how many parameters one answer holds at most, maxPages bounds how many
	// answers are read.
	pageSize, maxPages = 10, 20
	// maxPageBytes bounds what is read of an answer: a parameter has 8 KB at most.
	maxPageBytes = 1 << 20
)

// endpoint returns where a region's store is
// (https://docs.aws.amazon.com/general/latest/gr/ssm.html).
func endpoint(region string, dualStack, fips bool) string {
	host, domain := "ssm", "amazonaws.com"
	if fips {
		host = "ssm-fips"
	}
	switch china := strings.HasPrefix(region, "cn-"); {
	case dualStack && china:
		domain = "api.amazonwebservices.com.cn"
	case dualStack:
		domain = "api.aws"
	case china:
		domain = "amazonaws.com.cn"
	}
	return "https://" + host + "." + region + "." + domain
}

// read returns all parameters below the prefix by what is left of their names. The
// error is a *fault.Error.
func (s *parameterStore) read(ctx context.Context) (map[string]setting.Parameter, error) {
	if s.region == "" || s.credentials.AccessKeyID == "" || s.credentials.SecretAccessKey == "" {
		return nil, fault.New(fault.Misconfigured, "The Parameter Store needs AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
	}
	defer s.http.CloseIdleConnections()
	found := map[string]setting.Parameter{}
	next := ""
	for range maxPages {
		page, err := s.page(ctx, next)
		if err != nil {
			return nil, err
		}
		for _, p := range page.Parameters {
			found[strings.TrimPrefix(p.Name, s.prefix+"/")] = setting.Parameter{Value: secret.New(p.Value), Type: p.Type}
		}
		if next = page.NextToken; next == "" {
			return found, nil
		}
	}
	return nil, fault.New(fault.Misconfigured, "There are too many parameters below PARAMETER_PREFIX.")
}

// page is one answer.
type page struct {
	Parameters []parameter
	NextToken  string
}

func (s *parameterStore) page(ctx context.Context, next string) (p page, err error) {
	question := map[string]any{"Path": s.prefix, "Recursive": true, "WithDecryption": true, "MaxResults": pageSize}
	if next != "" {
		question["NextToken"] = next
	}
	body, err := json.Marshal(question)
	if err != nil {
		return p, fault.Wrap(fault.Internal, "LEE failed.", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(s.endpoint, "/")+"/", bytes.NewReader(body))
	if err != nil {
		return p, fault.New(fault.Misconfigured, "AWS_ENDPOINT_URL is not a URL.")
	}
	request.Header.Set("Content-Type", "application/x-amz-json-1.1")
	request.Header.Set("X-Amz-Target", "AmazonSSM.GetParametersByPath")
	sum := sha256.Sum256(body)
	if err := v4.NewSigner().SignHTTP(ctx, s.credentials, request, hex.EncodeToString(sum[:]), "ssm", s.region, time.Now()); err != nil {
		return p, fault.New(fault.Misconfigured, "The request to the Parameter Store cannot be signed.")
	}
	response, err := s.http.Do(request)
	if err != nil {
		return p, fault.New(fault.Unreachable, "The Parameter Store cannot be reached.")
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode == http.StatusSwitchingProtocols { // nothing bounds how long its body takes
		return p, s.failure(response.StatusCode, nil)
	}
	raw, err := io.ReadAll(io.LimitReader(response.Body, maxPageBytes))
	if err != nil {
		return p, fault.New(fault.Unreachable, "The Parameter Store cannot be reached.")
	}
	if response.StatusCode != http.StatusOK {
		return p, s.failure(response.StatusCode, raw)
	}
	// What cannot be read is not quoted: it may hold a value.
	if json.Unmarshal(raw, &p) != nil {
		return p, fault.New(fault.Unreachable, "What answers is not the Parameter Store.")
	}
	return p, nil
}

// failure turns an answer that reports an error into a fault, as adapters/ssm does, with
// fewer distinctions.
func (s *parameterStore) failure(status int, raw []byte) error {
	var told struct {
		Type string `json:"__type"`
	}
	readable := json.Unmarshal(raw, &told) == nil
	code := told.Type[strings.LastIndexByte(told.Type, '#')+1:]
	filter := foreign.Knowing(secret.New(s.credentials.SessionToken), secret.New(s.credentials.SecretAccessKey))
	cause := fmt.Errorf("HTTP status %d %q", status, filter.Text(code))
	switch {
	case strings.Contains(code, "Throttl"), status == http.StatusTooManyRequests:
		return fault.Wrap(fault.Throttled, "The Parameter Store asks to be left alone for a moment.", cause)
	case status >= http.StatusInternalServerError:
		return fault.Wrap(fault.Unreachable, "The Parameter Store cannot be reached.", cause)
	case status == http.StatusUnauthorized, status == http.StatusForbidden, deniedBy(code):
		return fault.Wrap(fault.NotAllowed, "The function's role may not read the parameters, or its credentials are wrong: it needs ssm:GetParametersByPath on PARAMETER_PREFIX, and kms:Decrypt.", cause)
	case !readable:
		return fault.Wrap(fault.Unreachable, "What answers is not the Parameter Store.", cause)
	default:
		return fault.Wrap(fault.Misconfigured, "The Parameter Store refuses the request; PARAMETER_PREFIX or AWS_REGION may be wrong.", cause)
	}
}

// deniedBy says whether a code of AWS's is for credentials that are wrong, too old, or
// not enough
// (https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html).
func deniedBy(code string) bool {
	for _, part := range []string{"AccessDenied", "ExpiredToken", "Signature", "UnrecognizedClient", "InvalidClientTokenId", "AuthenticationToken", "NotAuthorized", "Unauthorized", "OptInRequired", "RequestExpired", "InvalidKeyId"} {
		if strings.Contains(code, part) {
			return true
		}
	}
	return false
}

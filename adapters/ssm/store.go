// Package ssm reads settings from the Parameter Store of AWS Systems Manager
// (https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html).
package ssm

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

const (
	// pageSize is the most that one answer holds
	// (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html).
	pageSize = 10
	// mostPages bounds how much is read: LEE has two dozen settings, and a prefix
	// with more than this below it is not LEE's.
	mostPages = 20
)

// Store is a Parameter Store. It is safe for concurrent use. Close it when it is
// no longer needed.
type Store struct {
	client    *ssm.Client
	transport *http.Transport
	filter    foreign.Filter
}

var _ ports.Parameters = (*Store)(nil)

// New returns a store. It does not connect. The error is a fault.Misconfigured
// that names what is missing in config.
func New(config Config) (*Store, error) {
	client, transport, err := config.connect()
	if err != nil {
		return nil, err
	}
	return &Store{client: client, transport: transport, filter: config.filter()}, nil
}

func (c Config) connect() (*ssm.Client, *http.Transport, error) {
	if err := c.check(); err != nil {
		return nil, nil, err
	}
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
		TLSHandshakeTimeout: 3 * time.Second,

		MaxResponseHeaderBytes: maxHeaderBytes,
	}
	// Made by hand: aws-sdk-go-v2/config looks for credentials in many places, and
	// on Lambda there is one.
	options := ssm.Options{
		Region:      c.Region,
		Credentials: c.credentials(),
		// The gateway repeats what may be repeated, by the invocation's deadline.
		Retryer:    aws.NopRetryer{},
		HTTPClient: &http.Client{Transport: bounded{transport}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	if c.Endpoint != "" {
		options.BaseEndpoint = aws.String(c.Endpoint)
	}
	if c.DualStack {
		options.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateEnabled
	}
	if c.FIPS {
		options.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateEnabled
	}
	return ssm.New(options), transport, nil
}

func (c Config) credentials() aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{
			AccessKeyID:     c.AccessKeyID,
			SecretAccessKey: c.SecretAccessKey.Reveal(),
			SessionToken:    c.SessionToken.Reveal(),
			Source:          "environment",
		}, nil
	})
}

// Close closes the connections. It never fails.
func (s *Store) Close() error {
	s.transport.CloseIdleConnections()
	return nil
}

// Below implements ports.Parameters.
func (s *Store) Below(ctx context.Context, path string) ([]ports.Parameter, error) {
	// It is minutes to the next reading: a connection would not outlive that.
	defer s.transport.CloseIdleConnections()
	var list []ports.Parameter
	pages := ssm.NewGetParametersByPathPaginator(s.client, &ssm.GetParametersByPathInput{
		Path:           aws.String(path),
		Recursive:      aws.Bool(true),
		WithDecryption: aws.Bool(true),
		MaxResults:     aws.Int32(pageSize),
	})
	for n := 0; pages.HasMorePages(); n++ {
		if n == mostPages {
			return nil, fault.Newf(fault.Misconfigured, "There are more than %d parameters below PARAMETER_PREFIX.", mostPages*pageSize)
		}
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, failure(ctx, s.filter.Error(err))
		}
		for _, p := range page.Parameters {
			list = append(list, parameter(p))
		}
	}
	slices.SortFunc(list, func(a, b ports.Parameter) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

func parameter(p types.Parameter) ports.Parameter {
	out := ports.Parameter{
		Name:    aws.ToString(p.Name),
		Value:   secret.New(aws.ToString(p.Value)),
		Version: p.Version,
		Changed: aws.ToTime(p.LastModifiedDate),
	}
	switch p.Type {
	case types.ParameterTypeString:
		out.Type = ports.ParameterString
	case types.ParameterTypeStringList:
		out.Type = ports.ParameterStringList
	case types.ParameterTypeSecureString:
		out.Type = ports.ParameterSecureString
	}
	return out
}

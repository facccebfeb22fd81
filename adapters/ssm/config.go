package ssm

import (
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Config says which Parameter Store to speak to, and with which credentials. FromEnvironment
// makes one.
type Config struct {
	// Region is AWS's region, "eu-west-1".
	Region string
	// AccessKeyID, SecretAccessKey and SessionToken are AWS credentials; the
	// token may be empty.
	AccessKeyID     string
	SecretAccessKey secret.Text
	SessionToken    secret.Text
	// Endpoint is the base URL of something that stands in for AWS, "" for AWS
	// itself.
	Endpoint string
	// DualStack asks for AWS's endpoint that has an IPv6 address too, FIPS for
	// the one that is validated after FIPS 140.
	DualStack, FIPS bool
}

// FromEnvironment returns what AWS's own environment variables say. On Lambda
// they are all there; elsewhere `aws configure export-credentials --format env`
// prints them. lookup is os.LookupEnv or the like.
func FromEnvironment(lookup func(name string) (string, bool)) Config {
	first := func(names ...string) string {
		for _, name := range names {
			if value, ok := lookup(name); ok && value != "" {
				return value
			}
		}
		return ""
	}
	return Config{
		Region:          first("AWS_REGION", "AWS_DEFAULT_REGION"),
		AccessKeyID:     first("AWS_ACCESS_KEY_ID"),
		SecretAccessKey: secret.New(first("AWS_SECRET_ACCESS_KEY")),
		SessionToken:    secret.New(first("AWS_SESSION_TOKEN")),
		Endpoint:        first("AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL"),
		DualStack:       strings.EqualFold(first("AWS_USE_DUALSTACK_ENDPOINT"), "true"),
		FIPS:            strings.EqualFold(first("AWS_USE_FIPS_ENDPOINT"), "true"),
	}
}

// filter returns the filter for what others say, by what LEE shows to AWS. The secret key
// is not shown, but signs.
func (c Config) filter() foreign.Filter { return foreign.Knowing(c.SessionToken, c.SecretAccessKey) }

// check returns a fault.Misconfigured that names all that is missing.
func (c Config) check() error {
	var missing []string
	for _, v := range []struct {
		name string
		set  bool
	}{
		{"AWS_REGION", c.Region != ""},
		{"AWS_ACCESS_KEY_ID", c.AccessKeyID != ""},
		{"AWS_SECRET_ACCESS_KEY", !c.SecretAccessKey.Empty()},
	} {
		if !v.set {
			missing = append(missing, v.name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fault.Newf(fault.Misconfigured, "The Parameter Store needs what is not set: %s.", strings.Join(missing, ", "))
}

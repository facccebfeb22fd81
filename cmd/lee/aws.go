package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/adapters/ssm"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// account is which account of AWS's is meant, and where in the world.
type account struct{ profile, region string }

func (a *account) flags(c *cobra.Command) {
	c.Flags().StringVar(&a.profile, "profile", "", "the profile of AWS's command line to use")
	c.Flags().StringVar(&a.region, "region", "", "the region of AWS, eu-west-1")
}

// environment returns this process's environment. When a flag names the account, the account's
// Parameter Store is read unless USE_PARAMETER_STORE says otherwise.
func (a *account) environment() setting.Environment {
	e := config.Surroundings()
	if a.profile != "" || a.region != "" {
		e.Defaults = map[string]string{"USE_PARAMETER_STORE": "true"}
	}
	return e
}

// config returns what the Parameter Store needs: what the environment says, and
// what it does not say as AWS's own command line knows it, which has signed in
// whatever way the account asks for. A profile beats the environment.
func (a *account) config(ctx context.Context) (ssm.Config, error) {
	c := ssm.FromEnvironment(os.LookupEnv)
	if a.region != "" {
		c.Region = a.region
	}
	if c.Region == "" || a.profile != "" && a.region == "" {
		if raw, err := a.cli(ctx, "get", "region"); err == nil && len(raw) > 0 {
			c.Region = strings.TrimSpace(string(raw))
		}
	}
	if c.Region == "" {
		return ssm.Config{}, errors.New("no region of AWS is named: say --region, us-east-1 for America, eu-west-1 for Europe and India, us-west-2 for the Far East and Australia")
	}
	if c.AccessKeyID != "" && !c.SecretAccessKey.Empty() && a.profile == "" {
		return c, nil
	}
	raw, err := a.cli(ctx, "export-credentials", "--format", "env-no-export")
	if err == nil {
		exported := map[string]string{}
		for line := range strings.Lines(string(raw)) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			exported[name] = value
		}
		found := ssm.FromEnvironment(func(name string) (string, bool) { v, ok := exported[name]; return v, ok })
		c.AccessKeyID, c.SecretAccessKey, c.SessionToken = found.AccessKeyID, found.SecretAccessKey, found.SessionToken
	}
	if err != nil || c.AccessKeyID == "" || c.SecretAccessKey.Empty() {
		return ssm.Config{}, errors.New("no credentials for AWS: sign in with AWS's command line (aws configure, or aws sso login), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	return c, nil
}

// store returns the account's Parameter Store, to be read.
func (a *account) store(ctx context.Context) (*ssm.Store, error) {
	c, err := a.config(ctx)
	if err != nil {
		return nil, err
	}
	return ssm.New(c)
}

var _ ports.Parameters = (*account)(nil)

// Below implements ports.Parameters.
func (a *account) Below(ctx context.Context, path string) ([]ports.Parameter, error) {
	store, err := a.store(ctx)
	if err != nil {
		return nil, fault.Newf(fault.Misconfigured, "%v.", err)
	}
	defer func() { _ = store.Close() }()
	return store.Below(ctx, path)
}

// lend puts into a function's environment what it needs to read the Parameter Store
// as this account, and returns the region that it must run in.
func (a *account) lend(ctx context.Context, env map[string]string) (region string, err error) {
	c, err := a.config(ctx)
	if err != nil {
		return "", err
	}
	env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"] = c.AccessKeyID, c.SecretAccessKey.Reveal()
	if !c.SessionToken.Empty() {
		env["AWS_SESSION_TOKEN"] = c.SessionToken.Reveal()
	}
	if c.Endpoint != "" {
		env["AWS_ENDPOINT_URL_SSM"] = c.Endpoint
	}
	return c.Region, nil
}

// cli asks AWS's command line for something that it is configured with. What it
// prints may be a secret, and is read by nobody else.
func (a *account) cli(ctx context.Context, what ...string) ([]byte, error) {
	args := append([]string{"configure"}, what...)
	if a.profile != "" {
		args = append(args, "--profile", a.profile)
	}
	return exec.CommandContext(ctx, "aws", args...).Output()
}

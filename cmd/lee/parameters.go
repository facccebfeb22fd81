package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/adapters/ssm"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// vault is where a function's parameters are.
type vault struct {
	account
	prefix, key string
}

func parametersCommand() *cobra.Command {
	v := &vault{}
	c := &cobra.Command{
		Use:   "parameters",
		Short: "Keep LEE's settings and secrets in AWS's Parameter Store",
	}
	set := &cobra.Command{
		Use:   "set [SETTING...]",
		Short: "Keep settings, encrypted where they are secret",
		Long: `Asks for settings and keeps them in AWS's Parameter Store: secrets as SecureString,
the rest as String. Without SETTING that is Home Assistant's URL and token.

A secret is not shown while it is typed, and is in no file, no list of processes
and no history of a shell. Where standard input is not a terminal the settings are
read from there: one line each, or all of it for one setting.`,
		Example: `  lee parameters set --region eu-west-1
  pass show home-assistant | lee parameters set HOME_ASSISTANT_TOKEN
  lee parameters set HOME_ASSISTANT_CA < ca.pem`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"HOME_ASSISTANT_URL", "HOME_ASSISTANT_TOKEN"}
			}
			return v.set(c.Context(), args, c.InOrStdin(), c.OutOrStdout())
		},
	}
	set.Flags().StringVar(&v.key, "key", "", "the key that encrypts secrets, instead of the account's own")
	list := &cobra.Command{
		Use:   "list",
		Short: "List what is kept, without its secrets",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return v.list(c.Context(), c.OutOrStdout()) },
	}
	for _, sub := range []*cobra.Command{set, list} {
		v.flags(sub)
		sub.Flags().StringVar(&v.prefix, "prefix", defaultPrefix(), "the path below which the parameters are")
	}
	c.AddCommand(set, list)
	return c
}

// defaultPrefix is where the function looks when nobody says otherwise.
func defaultPrefix() string { return config.Defaults().ParameterPrefix }

// kept returns the settings that the Parameter Store may hold.
func kept() []setting.Variable {
	return slices.DeleteFunc(slices.Clone(config.Variables()), func(v setting.Variable) bool { return v.Path == "" })
}

// storable returns the setting of a name: its variable, an alias, or its path.
func storable(name string) (setting.Variable, error) {
	var names []string
	for _, v := range kept() {
		if name == v.Name || name == v.Path || slices.Contains(v.Aliases, name) {
			return v, nil
		}
		names = append(names, v.Name)
	}
	return setting.Variable{}, fmt.Errorf("%s is no setting that the Parameter Store holds; these are: %s", name, strings.Join(names, ", "))
}

// set reads the settings of these names and keeps them: all of them, or none when
// one is wrong.
func (v *vault) set(ctx context.Context, names []string, in io.Reader, out io.Writer) error {
	variables := make([]setting.Variable, len(names))
	for i, name := range names {
		var err error
		if variables[i], err = storable(name); err != nil {
			return err
		}
	}
	to, err := v.config(ctx)
	if err != nil {
		return err
	}
	values, err := readValues(ctx, variables, in, out)
	if err != nil {
		return err
	}
	given := 0
	for i, variable := range variables {
		if values[i].Empty() {
			continue
		}
		given++
		if err := variable.Check(values[i].Reveal()); err != nil {
			return fmt.Errorf("%s %w; nothing was kept", variable.Name, err)
		}
	}
	if given == 0 {
		return errors.New("nothing was given, so nothing was kept")
	}
	tryHome(ctx, variables, values, out)
	writer, err := ssm.NewWriter(to)
	if err != nil {
		return err
	}
	defer func() { _ = writer.Close() }()
	for i, variable := range variables {
		if values[i].Empty() {
			continue
		}
		p := ports.Parameter{Name: v.prefix + "/" + variable.Path, Value: values[i]}
		if variable.Secret {
			p.Type = ports.ParameterSecureString
		}
		if err := writer.Put(ctx, p, v.key); err != nil {
			return fmt.Errorf("%s was not kept: %w", p.Name, err)
		}
		fmt.Fprintf(out, "Kept     %s (%s, %s)\n", p.Name, p.Type, to.Region)
	}
	return nil
}

// readValues asks a person for the values, or reads them from what is not one. The
// value of a person who just goes on is empty.
func readValues(ctx context.Context, variables []setting.Variable, in io.Reader, out io.Writer) ([]secret.Text, error) {
	values := make([]secret.Text, len(variables))
	if t, ok := openTerminal(in, out); ok {
		for i, v := range variables {
			var err error
			if v.Secret {
				values[i], err = t.askSecretly(ctx, v.Name)
			} else {
				var text string
				text, err = t.ask(ctx, v.Name)
				values[i] = secret.New(text)
			}
			if err != nil {
				return nil, err
			}
		}
		return values, nil
	}
	raw, err := io.ReadAll(io.LimitReader(in, 1<<20))
	if err != nil {
		return nil, err
	}
	if len(variables) == 1 {
		values[0] = secret.New(strings.TrimSpace(string(raw)))
		return values, nil
	}
	lines := bufio.NewScanner(strings.NewReader(string(raw)))
	for i := range variables {
		if !lines.Scan() {
			return nil, fmt.Errorf("standard input has no line for %s", variables[i].Name)
		}
		values[i] = secret.New(strings.TrimSpace(lines.Text()))
	}
	return values, nil
}

// tryHome says whether Home Assistant takes a URL and a token that are given
// together. It may well be out of reach from here and not from AWS.
func tryHome(ctx context.Context, variables []setting.Variable, values []secret.Text, out io.Writer) {
	var home homeassistant.Config
	for i, v := range variables {
		switch v.Name {
		case "HOME_ASSISTANT_URL":
			home.URL = values[i].Reveal()
		case "HOME_ASSISTANT_TOKEN":
			home.Token = values[i]
		}
	}
	if home.URL == "" || home.Token.Empty() {
		return
	}
	home.Timeout = 10 * time.Second
	client, err := homeassistant.New(home)
	if err == nil {
		defer func() { _ = client.Close() }()
		own, asked := client.Config(ctx)
		if asked == nil {
			fmt.Fprintf(out, "Home     %s, Home Assistant %s\n", own.Name, own.Version)
			return
		}
		err = asked
	}
	fmt.Fprintf(out, "Warning  from here: %s\n", fault.Text(err))
}

// list prints what is kept.
func (v *vault) list(ctx context.Context, out io.Writer) error {
	parameters, err := v.read(ctx)
	if err != nil {
		return err
	}
	for _, p := range parameters {
		path := strings.TrimPrefix(p.Name, v.prefix+"/")
		variable, err := storable(path)
		value := p.Value.Reveal()
		switch {
		case err != nil:
			value = "(no setting of LEE's)"
		case variable.Secret && p.Type != ports.ParameterSecureString:
			value = "(not shown) should be a SecureString: lee parameters set " + variable.Name
		case variable.Secret || p.Type == ports.ParameterSecureString:
			value = "(not shown)"
		}
		fmt.Fprintf(out, "%-34s %-12s %s\n", path, p.Type, value)
	}
	if len(parameters) == 0 {
		fmt.Fprintf(out, "There is nothing below %s.\n", v.prefix)
	}
	return nil
}

func (v *vault) read(ctx context.Context) ([]ports.Parameter, error) {
	store, err := v.store(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = store.Close() }()
	return store.Below(ctx, v.prefix)
}

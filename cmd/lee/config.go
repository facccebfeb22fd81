package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

func configCommand() *cobra.Command {
	var who account
	var asJSON bool
	c := &cobra.Command{
		Use:   "config",
		Short: "Print every setting, and where it came from",
		Long: `Prints what LEE would be set to if it started here and now: each setting with its
value, without its secrets, and where that came from. The environment beats AWS's
Parameter Store, and that beats the defaults. The Parameter Store is read when
USE_PARAMETER_STORE is true, which is the default with --region or --profile.
docs/configuration.md says what the settings are for.

It ends with 1 and one message that names all mistakes when there are any.`,
		Example: "  lee config\n  lee config --region eu-west-1 --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			live, wrong := readSettings(c.Context(), &who)
			if err := printReport(c.OutOrStdout(), live.Report(), asJSON); err != nil {
				return err
			}
			return wrong
		},
	}
	who.flags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print it in JSON")
	return c
}

// readSettings returns the settings as the function would have them here. The
// error names every mistake, or says why the Parameter Store cannot be read; there
// are settings all the same.
func readSettings(ctx context.Context, who *account) (*config.Live, error) {
	live := config.NewLive(config.Options{Environment: who.environment(), Parameters: who})
	_, err := live.Settings(ctx)
	if err != nil {
		err = errors.New("the Parameter Store cannot be read: " + fault.Text(err))
	}
	return live, errors.Join(live.Report().Mistakes.Err(), err)
}

// printReport prints a report. What its error says is left out of the table.
func printReport(out io.Writer, report config.Report, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(report)
	}
	report.Mistakes = nil
	if report.Store != nil {
		store := *report.Store
		store.Failure = ""
		report.Store = &store
	}
	return config.Print(out, report)
}

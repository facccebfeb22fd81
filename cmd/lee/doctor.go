package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/adapters/homeprobe"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/doctor"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/ports"
)

// checkupPatience is how long a check-up may take: each of its steps has a bound of
// its own, and a function answers within ten seconds.
const checkupPatience = 30 * time.Second

func doctorCommand() *cobra.Command {
	var who account
	var function string
	var asJSON bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Say what is wrong between Alexa and the home, and what to do about it",
		Long: `Looks at the settings, at the way to the home (name, addresses, port, certificate,
what stands in front of it, token, version, clock), at what Alexa would get, and at
how long it all takes. What it finds it says in one sentence, and in another what to
do about it. It changes nothing, and shows no secret.

The home is the one that HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN name. With
--region or --profile the Parameter Store is read too, as the function does it;
USE_PARAMETER_STORE=true does the same, USE_PARAMETER_STORE=false prevents it. With
--function lee asks the function that is deployed, by its name or ARN, and looks at
nothing from here: the function has its own settings and its own network.

It ends with 0 when all is well, 1 with warnings, 2 with errors.
docs/doctor.md has all that can be found.`,
		Example: "  lee doctor\n  lee doctor --region eu-west-1\n  lee doctor --function lee --region eu-west-1\n  lee doctor --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(c.Context(), checkupPatience)
			defer cancel()
			var report checkup.Report
			if function == "" {
				report = examineHere(ctx, &who)
			} else {
				report = examineThere(ctx, &who, function)
			}
			if asJSON {
				if err := writeJSON(c.OutOrStdout(), report); err != nil {
					return err
				}
			} else {
				printCheckup(c.OutOrStdout(), report)
			}
			if code := report.Verdict.ExitCode(); code != 0 {
				return exit(code)
			}
			return nil
		},
	}
	who.flags(c)
	c.Flags().StringVar(&function, "function", "", "the function to ask, by its name or ARN, instead of looking from here")
	c.Flags().BoolVar(&asJSON, "json", false, "write the report as JSON")
	return c
}

// exit is an error that ends lee with a code, and of which all has been said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("ends with %d", int(e)) }

// exitCode returns what lee ends with for an error, and whether the error is yet to
// be told.
func exitCode(err error) (code int, untold bool) {
	var e exit
	if errors.As(err, &e) {
		return int(e), false
	}
	return 1, true
}

// examineHere makes a check-up from this machine.
func examineHere(ctx context.Context, who *account) checkup.Report {
	live := config.NewLive(config.Options{Environment: who.environment(), Parameters: who})
	d := doctor.Doctor{
		From: checkup.Here, Region: who.region, Clock: ports.WallClock{}, Live: live, Environ: os.Environ,
		Discover: func(ctx context.Context) (discovery.Report, error) { return discoverBy(ctx, live.Current()) },
	}
	s, _ := live.Settings(ctx) // d says what is wrong with them
	probe, err := homeprobe.New(homeprobe.Config{Access: s.Access})
	if err == nil {
		d.Probe = probe
	}
	return checkup.Examine(d.Look(ctx))
}

// discoverBy discovers the home of the settings.
func discoverBy(ctx context.Context, s config.Settings) (discovery.Report, error) {
	client, err := connect(s)
	if err != nil {
		return discovery.Report{}, err
	}
	defer func() { _ = client.Close() }()
	return explain(ctx, client, s)
}

// Command lee is the operator's command line: it runs LEE on one's own machine,
// sends it events, and says what it would do with a home.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/domain/foreign"
)

func main() {
	log.SetOutput(foreign.Log{Writer: os.Stderr}) // what net/http says of connections
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := root().ExecuteContext(ctx); err != nil {
		code, untold := exitCode(err)
		if untold {
			fmt.Fprintln(os.Stderr, "lee:", err)
		}
		stop()
		os.Exit(code) //nolint:gocritic // the deferred stop has just been called
	}
}

// root returns the command with all its subcommands.
func root() *cobra.Command {
	c := &cobra.Command{
		Use:           "lee",
		Short:         "Alexa for a Home Assistant of one's own",
		Long:          "lee runs LEE on this machine as AWS Lambda would, and looks after it where it runs.",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	c.AddCommand(runCommand(), invokeCommand(), discoverCommand(), configCommand(), traceCommand(), packageCommand(), parametersCommand(), deployCommand(), skillCommand(), doctorCommand())
	return c
}

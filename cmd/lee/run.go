package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/app/config"
)

func runCommand() *cobra.Command {
	var options struct {
		serve, yes, logs bool
		address, packed  string
	}
	c := &cobra.Command{
		Use:   "run",
		Short: "Run LEE here as Lambda would, and send it three directives",
		Long: `Starts LEE on this machine exactly as AWS Lambda starts it, and sends it what
Alexa would send: a discovery, "turn on the kitchen light", and a question for its
state. For each it prints what was asked, what the house did, what Alexa gets and
how long it took. It ends with 0 only when all of it worked, and the engine did it:
the failsafe may, where LAMBDA_MODE says so.

The house is the one that HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN name, where
nothing is changed without asking, or a demo house inside this program. What is
started is the LEE beside this program, or what --package names: that is unpacked
and started as Lambda does it.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			out := c.OutOrStdout()
			ctx := c.Context()
			if !options.serve {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
				defer cancel()
			}
			bootstrap, remove, err := unpacked(options.packed)
			if err != nil {
				return err
			}
			defer remove()
			h, err := openHouse(ctx, &account{})
			if err != nil {
				return err
			}
			defer h.close()
			var log bytes.Buffer
			output := io.Writer(&log)
			if options.logs || options.serve {
				output = c.ErrOrStderr()
			}
			address := ""
			if options.serve {
				address = options.address
			}
			f, took, err := startFunction(ctx, h, bootstrap, address, output)
			if err != nil {
				hint := ""
				if strings.Contains(err.Error(), syscall.ENOEXEC.Error()) {
					hint = ": it is not for this machine's processor, " + runtime.GOARCH
				}
				return fmt.Errorf("LEE did not start%s: %w\n%s", hint, err, log.String())
			}
			defer func() { _ = f.Close() }()
			logged := func() string {
				_ = f.Close() // after it nobody writes to the log
				return log.String()
			}
			fmt.Fprintf(out, "LEE      started as Lambda starts it, ready after %s\nHouse    %s\n", short(took), h.what)
			t := tour{house: h, function: f, out: out, ask: func(question string) bool {
				return options.yes || confirm(c.InOrStdin(), out, question)
			}}
			if err := t.walk(ctx); err != nil {
				return fmt.Errorf("%w\n%s", err, logged())
			}
			why, err := standIn(ctx, f)
			switch {
			case err != nil:
				return fmt.Errorf("whether the engine answers cannot be said: %w\n%s", err, logged())
			case why != "" && h.settings.Mode != config.ModeFailsafe && !options.serve:
				return fmt.Errorf("the failsafe answered, and not the engine: %s\n%s", why, logged())
			case why != "":
				fmt.Fprintf(out, "\nBy       the failsafe: %s\n", why)
			}
			if !options.serve {
				return nil
			}
			fmt.Fprintf(out, "\nServing  POST %s   (Ctrl-C ends it)\n", f.InvokeURL())
			<-ctx.Done()
			return nil
		},
	}
	c.Flags().BoolVar(&options.serve, "serve", false, "stay up and take events at the local invoke address")
	c.Flags().StringVar(&options.address, "address", defaultAddress, "where to take events with --serve")
	c.Flags().StringVar(&options.packed, "package", "", "a package for Lambda to run, dist/lee-x86_64.zip")
	c.Flags().BoolVar(&options.yes, "yes", false, "do not ask before changing something in a home of one's own")
	c.Flags().BoolVar(&options.logs, "logs", false, "print LEE's own log")
	return c
}

// short writes a duration as people read it.
func short(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return fmt.Sprintf("%d µs", d.Microseconds())
	case d < time.Second:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	default:
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
}

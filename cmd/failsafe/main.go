// Command failsafe is the Lambda that works when everything else is broken. It
// is wired by hand on the pure domain packages: no container, no logger, no
// gateway, no cache; one plain request for a command and one for a state. What
// an entity is, what it is called and what a directive means come from the same
// packages as in the engine, so that Alexa sees the same devices. docs/failsafe.md
// says when it is taken.
package main

import (
	"log"
	"os"
	"strconv"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	log.SetFlags(0)
	log.SetOutput(os.Stderr)
	why := reason(os.Args)
	log.Print("[FAILSAFE] Mode active: " + why) //nolint:gosec // bootstrap says it
	lambda.Start(newFunction(os.Getenv, why, os.Stdout))
}

// reason says why the failsafe was taken, by what bootstrap has told it: why the
// engine is not to be started, and since when, in seconds since 1970.
func reason(args []string) string {
	if len(args) < 3 || args[1] == "" {
		return "LAMBDA_MODE is failsafe"
	}
	since, err := strconv.ParseInt(args[2], 10, 64)
	if err != nil {
		return args[1]
	}
	return args[1] + ", since " + time.Unix(since, 0).UTC().Format(time.RFC3339)
}

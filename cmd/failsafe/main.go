// Command failsafe is the Lambda that works when everything else is broken. It
// is wired by hand on the pure domain packages: no container, no logger, no
// gateway, no cache; one plain request for a command and one for a state. What
// an entity is, what it is called and what a directive means come from the same
// packages as in the engine, so that Alexa sees the same devices. docs/failsafe.md
// says when it is taken.
package main

import (
	"log"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/lambda-execution-engine/lee/domain/foreign"
)

func main() {
	began := begun(os.Args, time.Now())
	log.SetFlags(0)
	log.SetOutput(foreign.Log{Writer: os.Stderr})
	limitMemory(os.Getenv)
	why := reason(os.Args)
	log.Print("[FAILSAFE] Mode active: " + why) //nolint:gosec // bootstrap says it
	lambda.Start(newFunction(os.Getenv, why, began, os.Stdout))
}

// limitMemory tells Go to use four fifths of the function's memory. A limit that GOMEMLIMIT
// sets stays.
func limitMemory(getenv func(string) string) {
	megabytes, err := strconv.ParseInt(getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), 10, 32)
	if err == nil && megabytes > 0 && debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(megabytes << 20 / 5 * 4)
	}
}

// begun returns since when the first event may have been waiting. bootstrap, or an engine
// that could not start, says so in milliseconds since 1970. It is now when neither says so,
// and when it is so long ago that Alexa no longer waits for the event.
func begun(args []string, now time.Time) time.Time {
	if len(args) > 3 {
		at, err := strconv.ParseInt(args[3], 10, 64)
		if began := time.UnixMilli(at); err == nil && now.Sub(began) < alexaPatience {
			return began
		}
	}
	return now
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

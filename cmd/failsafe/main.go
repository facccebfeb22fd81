// Command failsafe is the Lambda that works when everything else is broken. It
// is wired by hand on the pure domain packages: no container, no logger, no
// gateway, no cache; one plain request for a command and one for a state. What
// an entity is, what it is called and what a directive means come from the same
// packages as in the engine, so that Alexa sees the same devices.
package main

import (
	"log"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	log.SetFlags(0)
	log.SetOutput(os.Stderr)
	log.Print("[FAILSAFE] Mode active")
	lambda.Start(newFunction(os.Getenv))
}

// Command engine is LEE's full Lambda: it reads the environment, begins to open
// the home's connection, puts the parts together meanwhile, and serves events.
package main

import (
	"os"
	"runtime"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/wiring"
)

// patience is how long the first poll waits for the home's connection.
const patience = 300 * time.Millisecond

// wholeCPU is the memory from which Lambda gives a function a whole CPU, in bytes
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
const wholeCPU = 1769 << 20

func main() {
	began := time.Now()
	environment := config.Surroundings()
	settings, _ := environment.Settings() // who keeps the settings tells of the mistakes
	if settings.FunctionMemory < wholeCPU {
		// Lambda shows every function two CPUs and lets it have a share of one.
		// Handing work from thread to thread costs more than it wins then: a
		// quarter of a command's CPU time (make bench).
		runtime.GOMAXPROCS(1)
	}
	lifecycle.LimitMemory(settings.FunctionMemory)
	ahead := wiring.OpenAhead(settings)
	engine, err := wiring.Build(wiring.Start{Environment: environment, Began: began, Log: os.Stderr, Metrics: os.Stdout, Ahead: ahead})
	if err != nil {
		_, _ = os.Stderr.WriteString("LEE cannot be put together: " + err.Error() + "\n")
		os.Exit(1)
	}
	ahead.Wait(patience)
	engine.Ready()
	lambda.Start(engine)
}

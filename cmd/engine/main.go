// Command engine is LEE's full Lambda: it reads the environment, begins to open
// the home's connection, puts the parts together meanwhile, and serves events.
package main

import (
	"log"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/wiring"
	"github.com/lambda-execution-engine/lee/domain/foreign"
)

// patience is how long the first poll waits for the home's connection.
const patience = 300 * time.Millisecond

func main() {
	log.SetFlags(0)
	log.SetOutput(foreign.Log{Writer: os.Stderr}) // LEE itself has a log of its own
	t := begin(os.Args)
	lambda.Start(&tried{Handler: start(t), trial: t})
}

// start puts the engine together. It does not return without one.
func start(t *trial) lambda.Handler {
	defer t.starts()
	began := time.Now()
	environment := config.Surroundings()
	settings, _ := config.FromEnvironment(environment) // who keeps the settings reports the mistakes
	lifecycle.LimitMemory(settings.FunctionMemory)
	ahead := wiring.OpenAhead(settings)
	engine, err := wiring.Build(wiring.Start{Environment: environment, Began: began, Log: os.Stderr, Metrics: os.Stdout, Ahead: ahead})
	if err != nil {
		t.fail("it cannot be put together", err)
	}
	ahead.Wait(patience)
	engine.Ready()
	t.ready()
	return engine
}

// Package lambdaapi runs a Lambda executable on this machine the way AWS Lambda
// runs it: started with an environment built from scratch, fed through the
// Lambda Runtime API, one event at a time, frozen between events, killed at its
// time-out and started again after it ends.
//
// A [Function] is one execution environment:
//
//	fn, err := lambdaapi.Start(lambdaapi.Config{
//		Executable: "dist/bootstrap",
//		Env:        map[string]string{"HOME_ASSISTANT_URL": "http://127.0.0.1:8123"},
//		Output:     os.Stderr,
//		Timeout:    8 * time.Second,
//	})
//	if err != nil {
//		return err
//	}
//	defer fn.Close()
//
//	result, err := fn.Invoke(ctx, []byte(`{"test":"ping"}`))
//	if err != nil {
//		return err // the event never ran to its end: fn closed, ctx done, event too large
//	}
//	if result.Error != nil {
//		return result.Error // the function answered with an error, timed out or died
//	}
//	fmt.Printf("%s in %v (cold: %t, init %v)\n", result.Payload, result.Duration, result.Cold, result.InitDuration)
//
// The same function can be invoked with any Lambda client at [Function.InvokeURL],
// the path that Amazon's Runtime Interface Emulator serves too.
//
// # What is as on Lambda
//
//   - The Runtime API of Amazon's page
//     https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html: next,
//     response, error and init error, with their headers, their status codes and
//     the order in which a runtime may call them.
//   - The process starts with the first event (or with [Function.Init]). Its first
//     initialisation has a limit of its own, [Config.InitTimeout]. One that fails is
//     tried a second time for the same event; after a crash or a time-out the next
//     event starts the process again. Those initialisations are paid from the
//     event's own time
//     (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html).
//   - An invocation is over when the runtime asks for the next event, not before:
//     a function that answers and then hangs has timed out.
//   - What is in the folder for temporary files outlives the process, and no other
//     environment sees it. On Lambda it is /tmp; here TMPDIR names it, and [Function.Close]
//     removes it. A TMPDIR in [Config.Env] is taken as it is, and stays.
//
// # What is not
//
//   - Streamed answers, extensions and the telemetry API are missing.
//   - Memory is reported to the function, not enforced, and CPU is not limited,
//     unless [Config.Confine] is set.
package lambdaapi

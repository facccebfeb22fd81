package lambdaapi_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

func Example() {
	fn, err := lambdaapi.Start(lambdaapi.Config{
		Executable: "dist/bootstrap",
		Env:        map[string]string{"HOME_ASSISTANT_URL": "http://127.0.0.1:8123"},
		Output:     os.Stderr,
		Timeout:    8 * time.Second,
		Freeze:     true,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer fn.Close()

	result, err := fn.Invoke(context.Background(), []byte(`{"test":"ping"}`))
	switch {
	case err != nil:
		log.Print(err) // the function is closed, the context is done or the event too large
	case result.Error != nil:
		log.Print(result.Error) // the function's own: reported, timed out, died
	default:
		fmt.Printf("%s after %v, start %v\n", result.Payload, result.Duration, result.InitDuration)
	}
	if used, ok := fn.Resources(); ok {
		fmt.Printf("%d bytes resident, %v of CPU time\n", used.Resident, used.CPU)
	}
}

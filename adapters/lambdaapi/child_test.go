package lambdaapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"go.uber.org/goleak"
)

// The test binary is also the function under test: started with this variable it
// answers events through Amazon's own runtime client. Its value says how it initialises.
const childVariable = "LAMBDAAPI_TEST_CHILD"

func TestMain(m *testing.M) {
	if how, ok := os.LookupEnv(childVariable); ok {
		child(how)
	}
	goleak.VerifyTestMain(m)
}

func child(how string) {
	switch how {
	case "":
	case "exit":
		fmt.Println("no settings found")
		os.Exit(4)
	case "hang":
		time.Sleep(time.Hour)
	case "error and exit", "error and stay":
		reportInitError()
		if how == "error and exit" {
			os.Exit(1)
		}
		time.Sleep(time.Hour)
	case "answer and hang", "answer and exit":
		answerOnce()
		if how == "answer and exit" {
			os.Exit(0)
		}
		time.Sleep(time.Hour)
	case "exit on the second start", "exit on the first start", "hang on the first start":
		mark := filepath.Join(os.TempDir(), "started")
		_, err := os.Stat(mark)
		_ = os.WriteFile(mark, nil, 0o600)
		if again := err == nil; again != strings.HasSuffix(how, "second start") {
			break
		}
		if strings.HasPrefix(how, "hang") {
			time.Sleep(time.Hour)
		}
		os.Exit(5)
	default:
		panic("unknown way to initialise: " + how)
	}
	lambda.Start(testFunction{})
}

func reportInitError() {
	url := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/init/error"
	body := strings.NewReader(`{"errorMessage":"the token is missing","errorType":"Config.Token"}`)
	response, err := http.Post(url, "application/json", body)
	if err != nil || response.StatusCode != http.StatusAccepted {
		fmt.Println("init error was not accepted:", err)
	}
}

func answerOnce() {
	root := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	event, err := http.Get(root + "next")
	if err != nil {
		panic(err)
	}
	id := event.Header.Get("Lambda-Runtime-Aws-Request-Id")
	if _, err := http.Post(root+id+"/response", "application/json", strings.NewReader(`"on"`)); err != nil {
		panic(err)
	}
}

// order is the event of the test function.
type order struct {
	Do   string `json:"do"`
	Text string `json:"text,omitempty"`
	File string `json:"file,omitempty"`
	Size int    `json:"size,omitempty"`
}

// surroundings is what the test function sees of its environment.
type surroundings struct {
	Environ    []string
	Folder     string
	RequestID  string
	ARN        string
	TraceID    string
	DeadlineMS int64
}

type testFunction struct{}

func (testFunction) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	var o order
	if err := json.Unmarshal(event, &o); err != nil {
		return nil, fmt.Errorf("event of %d bytes: %w", len(event), err)
	}
	switch o.Do {
	case "echo":
		return json.Marshal(o.Text)
	case "length":
		return json.Marshal(len(o.Text))
	case "pid":
		return json.Marshal(os.Getpid())
	case "print":
		fmt.Println("to stdout:", o.Text)
		fmt.Fprintln(os.Stderr, "to stderr:", o.Text)
		return []byte("null"), nil
	case "fail":
		return nil, errors.New(o.Text)
	case "panic":
		panic(o.Text)
	case "exit":
		os.Exit(3)
	case "exit quietly":
		os.Exit(0)
	case "hang":
		time.Sleep(time.Hour)
	case "large":
		return json.Marshal(strings.Repeat("x", o.Size-2)) // with its quotes
	case "use memory":
		used := make([]byte, o.Size)
		for i := 0; i < len(used); i += 4096 { // a page is there when it is written to
			used[i] = 1
		}
		return json.Marshal(len(used))
	case "compute":
		for end := time.Now().Add(30 * time.Millisecond); time.Now().Before(end); {
		}
		return []byte("null"), nil
	case "wait": // says that it has begun, and waits to be let go
		_ = os.WriteFile(o.File+".begun", nil, 0o600)
		for !exists(o.File) {
			time.Sleep(time.Millisecond)
		}
		return json.Marshal(o.File)
	case "write":
		return []byte("null"), os.WriteFile(o.File, []byte(o.Text), 0o600)
	case "look":
		lambdaContext, _ := lambdacontext.FromContext(ctx)
		deadline, _ := ctx.Deadline()
		folder, err := os.Getwd()
		if err != nil {
			return nil, err
		}
		trace, _ := ctx.Value("x-amzn-trace-id").(string)
		return json.Marshal(surroundings{os.Environ(), folder, lambdaContext.AwsRequestID,
			lambdaContext.InvokedFunctionArn, trace, deadline.UnixMilli()})
	}
	return nil, fmt.Errorf("unknown order %q", o.Do)
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// start starts the test function; change adapts its configuration, if given.
func start(t *testing.T, change func(*Config)) *Function {
	t.Helper()
	config := Config{
		Executable:  os.Args[0],
		TaskRoot:    t.TempDir(),
		Env:         map[string]string{childVariable: "", "GORACE": "atexit_sleep_ms=0"}, // or each process ends a second late
		Timeout:     time.Minute,                                                         // none but the tests of time-outs may meet one
		InitTimeout: time.Minute,
	}
	if change != nil {
		change(&config)
	}
	f, err := Start(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return f
}

// invoke invokes and expects a result, not an error.
func invoke(t *testing.T, f *Function, o order) Result {
	t.Helper()
	event, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	result, err := f.Invoke(t.Context(), event)
	if err != nil {
		t.Fatalf("invoke %s: %v", o.Do, err)
	}
	return result
}

// eventually waits for what another process or goroutine is about to do.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("without success: %s", what)
		}
	}
}

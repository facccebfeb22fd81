//go:build live

package delivery

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
	"github.com/lambda-execution-engine/lee/adapters/lambdapackage"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestDeploy goes the operator's way: lee parameters set, lee deploy, a change. It
// then looks at what has come to be, and starts the function as it was deployed.
func TestDeploy(t *testing.T) {
	home, token := os.Getenv("HOME_ASSISTANT_URL"), os.Getenv("HOME_ASSISTANT_TOKEN")
	if home == "" || token == "" {
		t.Fatal("HOME_ASSISTANT_URL or HOME_ASSISTANT_TOKEN is not set: make live sets them")
	}
	c := newCloud(t)
	name := "lee-" + strings.ToLower(rand.Text())
	prefix := "/" + name
	bucket := c.bucket()
	lee := func(stdin string, args ...string) string {
		t.Helper()
		command := exec.CommandContext(t.Context(), dist(t, "lee"), args...)
		command.Dir = root
		command.Env = plainly(c.env()...)
		command.Stdin = strings.NewReader(stdin)
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("lee %v: %v\n%s", args, err, out)
		}
		if strings.Contains(string(out), token) {
			t.Errorf("lee %v shows the token:\n%s", args, out)
		}
		return string(out)
	}
	deploy := func(args ...string) string {
		t.Helper()
		return lee("", append([]string{"deploy", "--packages", dist(t, ""), "--stack", name, "--bucket", bucket, "--set", "ParameterPrefix=" + prefix}, args...)...)
	}

	said := lee(home+"\n"+token+"\n", "parameters", "set", "--prefix", prefix)
	if !strings.Contains(said, "Home Assistant 20") || !strings.Contains(said, "homeassistant/token (SecureString, eu-west-1)") {
		t.Errorf("lee parameters set says\n%s", said)
	}
	if listed := lee("", "parameters", "list", "--prefix", prefix); !strings.Contains(listed, "SecureString (not shown)") || !strings.Contains(listed, home) {
		t.Errorf("lee parameters list says\n%s", listed)
	}
	// With all that is optional: moto cannot update a stack that has left something out.
	deploy("--set", "FunctionName="+name, "--skill-id", someSkill, "--set", "AlarmEmail=me@example.org",
		"--set", "KeepWarm=rate(5 minutes)", "--set", "FunctionUrl=AWS_IAM")
	f := c.function(name)
	f.check(t)
	if f.Configuration.Environment.Variables["LAMBDA_MODE"] != "normal" {
		t.Errorf("the function's environment is %v", f.Configuration.Environment.Variables)
	}
	c.checkSurroundings(name, f)
	t.Run("serves", func(t *testing.T) { f.serve(t, c) })

	// What is not named stays: another function's name would be another function.
	deploy("--set", "Mode=failsafe")
	if f = c.function(name); f.Configuration.Environment.Variables["LAMBDA_MODE"] != "failsafe" {
		t.Errorf("the function's environment is %v", f.Configuration.Environment.Variables)
	}
	f.check(t)
	c.checkSurroundings(name, f)
}

// function is a function as Lambda's control plane tells it
// (https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html).
type function struct {
	Configuration struct {
		FunctionArn, Role, Runtime, Handler, CodeSha256 string
		MemorySize, Timeout                             int
		Environment                                     struct{ Variables map[string]string }
	}
}

func (c cloud) function(name string) (f function) {
	c.t.Helper()
	c.get("/2015-03-31/functions/"+name, "lambda", &f)
	return f
}

// check compares the function with the package and with what Lambda needs to be told.
func (f function) check(t *testing.T) {
	t.Helper()
	packed, err := os.ReadFile(packageFor(t, "arm64"))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(packed)
	got := f.Configuration
	if want := base64.StdEncoding.EncodeToString(sum[:]); got.CodeSha256 != want {
		t.Errorf("the function's code is %s, want %s", got.CodeSha256, want)
	}
	if got.Runtime != "provided.al2023" || got.Handler != "bootstrap" || got.MemorySize != 128 || got.Timeout != 10 {
		t.Errorf("the function is %+v", got)
	}
}

// checkSurroundings looks for the role, the callers, the log and the dashboard. (Of
// alarms and architectures moto's CloudFormation knows nothing: TestFunction,
// TestAlarms.)
func (c cloud) checkSurroundings(name string, f function) {
	t := c.t
	t.Helper()
	role := f.Configuration.Role[strings.LastIndex(f.Configuration.Role, "/")+1:]
	if policy := c.ask("iam", "2010-05-08", "GetRolePolicy", "RoleName", role, "PolicyName", "lee"); !strings.Contains(policy, "ssm%3AGetParametersByPath") && !strings.Contains(policy, "ssm:GetParametersByPath") {
		t.Errorf("the role's policy is %s", policy)
	}
	var callers struct{ Policy string }
	c.get("/2015-03-31/functions/"+name+"/policy", "lambda", &callers)
	for _, principal := range []string{"alexa-connectedhome.amazon.com", "alexa-appkit.amazon.com", "events.amazonaws.com"} {
		if !strings.Contains(callers.Policy, principal) {
			t.Errorf("%s may not call the function: %s", principal, callers.Policy)
		}
	}
	log := c.logGroup("/aws/lambda/" + name)
	if log.RetentionInDays != 14 {
		t.Errorf("the log is kept for %d days", log.RetentionInDays)
	}
	var body struct{ Widgets []json.RawMessage }
	dashboard := c.ask("monitoring", "2010-08-01", "GetDashboard", "DashboardName", name)
	_, inner, _ := strings.Cut(dashboard, "<DashboardBody>")
	inner, _, _ = strings.Cut(inner, "</DashboardBody>")
	inner = strings.NewReplacer("&quot;", `"`, "&#34;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(inner)
	if err := json.Unmarshal([]byte(inner), &body); err != nil || len(body.Widgets) == 0 || !strings.Contains(inner, name) || strings.Contains(inner, "${") {
		t.Errorf("the dashboard is %v: %.400s", err, inner)
	}
}

// logGroup is a log as CloudWatch Logs tells it.
type logGroup struct{ RetentionInDays int }

func (c cloud) logGroup(name string) (log logGroup) {
	c.t.Helper()
	var answer struct{ LogGroups []logGroup }
	c.call("logs", "Logs_20140328.DescribeLogGroups", map[string]string{"logGroupNamePrefix": name}, &answer)
	if len(answer.LogGroups) != 1 {
		c.t.Fatalf("there are %d logs %s", len(answer.LogGroups), name)
	}
	return answer.LogGroups[0]
}

// serve starts the programs in the environment that was deployed, and has them find
// the home by way of the Parameter Store.
func (f function) serve(t *testing.T, c cloud) {
	folder := t.TempDir()
	file := packageFor(t, runtime.GOARCH)
	if err := portstest.Alone(func() error { return lambdapackage.Unpack(file, folder) }); err != nil {
		t.Fatal(err)
	}
	env := maps.Clone(f.Configuration.Environment.Variables)
	env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"], env["AWS_ENDPOINT_URL"] = "AKIDEXAMPLE", "any", c.url
	var log bytes.Buffer
	running, err := lambdaapi.Start(lambdaapi.Config{
		Executable: filepath.Join(folder, f.Configuration.Handler), Env: env, Output: &log, Name: "lee", Region: "eu-west-1",
		MemoryMB: f.Configuration.MemorySize, Timeout: time.Duration(f.Configuration.Timeout) * time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := running.Invoke(t.Context(), []byte(`{"directive":{"header":{"namespace":"Alexa.Discovery","name":"Discover","payloadVersion":"3","messageId":"1"},"payload":{"scope":{"type":"BearerToken","token":"any"}}}}`))
	if closed := running.Close(); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
	if result.Error != nil || !bytes.Contains(result.Payload, []byte(`"light#kitchen_lights"`)) {
		t.Errorf("a discovery gave %v: %.300s\n%s", result.Error, result.Payload, log.String())
	}
}

package lambdaapi

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestConfigMistakes(t *testing.T) {
	folder := t.TempDir()
	plain := filepath.Join(folder, "plain")
	if err := os.WriteFile(plain, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		config Config
		want   []string
	}{
		"nothing":            {Config{}, []string{"no executable is given"}},
		"a file not built":   {Config{Executable: "dist/none"}, []string{"dist/none: no such file"}},
		"a folder":           {Config{Executable: folder}, []string{folder + " is not an executable file"}},
		"a file of data":     {Config{Executable: plain}, []string{plain + " is not an executable file"}},
		"a missing root":     {Config{Executable: os.Args[0], TaskRoot: folder + "/none"}, []string{"task root", "no such file"}},
		"a root of data":     {Config{Executable: os.Args[0], TaskRoot: plain}, []string{plain + " is not a folder"}},
		"a negative time":    {Config{Executable: os.Args[0], Timeout: -1}, []string{"time-out -1ns is not within 0 and 15m0s"}},
		"more than Lambda's": {Config{Executable: os.Args[0], Timeout: time.Hour}, []string{"time-out 1h0m0s is not within 0 and 15m0s"}},
		"no such address":    {Config{Executable: os.Args[0], Address: "127.0.0.1:none"}, []string{"127.0.0.1:none"}},
		"several": {
			Config{InitTimeout: -1, MemoryMB: -128, Env: map[string]string{
				"AWS_REGION": "", "_HANDLER": "", "AWS_LAMBDA_FUNCTION_NAME": "", "LAMBDA_TASK_ROOT": "", "AWS_ACCESS_KEY_ID": ""}},
			[]string{"no executable", "initialisation time-out -1ns", "-128 MB",
				"variable AWS_REGION is set by Lambda", "variable _HANDLER", "variable AWS_LAMBDA_FUNCTION_NAME", "variable LAMBDA_TASK_ROOT"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f, err := Start(c.config)
			if err == nil {
				f.Close()
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not in: %v", want, err)
				}
			}
			if strings.Contains(err.Error(), "AWS_ACCESS_KEY_ID") {
				t.Errorf("credentials are refused: %v", err)
			}
		})
	}
}

func TestSurroundings(t *testing.T) {
	t.Setenv("LEE_OF_THE_CALLER", "must not be seen")
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := start(t, func(config *Config) {
		config.TaskRoot, config.Name, config.Region, config.MemoryMB = root, "lamp", "eu-west-1", 256
		config.Env["TZ"] = "Europe/Vienna"
		config.Env["AWS_ACCESS_KEY_ID"] = "key"
	})
	result := invoke(t, f, order{Do: "look"})
	var got surroundings
	if err := json.Unmarshal(result.Payload, &got); err != nil {
		t.Fatal(err)
	}

	stream := ""
	environ := slices.DeleteFunc(got.Environ, func(variable string) bool {
		name, value, _ := strings.Cut(variable, "=")
		if name == "AWS_LAMBDA_LOG_STREAM_NAME" {
			stream = value
		}
		// What the client library sets itself, the folder of TestTemporaryFiles, and what
		// start adds for the race detector.
		return name == "AWS_LAMBDA_LOG_STREAM_NAME" || name == "_X_AMZN_TRACE_ID" || name == "TMPDIR" || name == "GORACE"
	})
	slices.Sort(environ)
	want := []string{
		"AWS_ACCESS_KEY_ID=key",
		"AWS_DEFAULT_REGION=eu-west-1",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256",
		"AWS_LAMBDA_FUNCTION_NAME=lamp",
		"AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
		"AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
		"AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/lamp",
		"AWS_LAMBDA_RUNTIME_API=" + strings.TrimSuffix(strings.TrimPrefix(f.InvokeURL(), "http://"), invokePath),
		"AWS_REGION=eu-west-1",
		"LAMBDAAPI_TEST_CHILD=",
		"LAMBDA_RUNTIME_DIR=/var/runtime",
		"LAMBDA_TASK_ROOT=" + root,
		"LANG=en_US.UTF-8",
		"LD_LIBRARY_PATH=/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:" + root + ":" + root + "/lib:/opt/lib",
		"PATH=/usr/local/bin:/usr/bin:/bin:/opt/bin",
		"TZ=Europe/Vienna",
		"_HANDLER=bootstrap",
	}
	if !slices.Equal(environ, want) {
		t.Errorf("environment:\n%s\nwant:\n%s", strings.Join(environ, "\n"), strings.Join(want, "\n"))
	}
	for what, c := range map[string]struct{ got, pattern string }{
		"log stream": {stream, `^\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}$`},
		"request id": {got.RequestID, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`},
		"trace id":   {got.TraceID, `^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$`},
	} {
		if !regexp.MustCompile(c.pattern).MatchString(c.got) {
			t.Errorf("%s %q", what, c.got)
		}
	}
	if got.RequestID != result.RequestID || got.ARN != "arn:aws:lambda:eu-west-1:123456789012:function:lamp" || got.Folder != root {
		t.Errorf("got %s, %s, %s", got.RequestID, got.ARN, got.Folder)
	}
	if left := time.Until(time.UnixMilli(got.DeadlineMS)); left <= 0 || left > time.Minute {
		t.Errorf("%v left of a minute", left)
	}
}

package lambdaapi

import (
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// accountID is the account that Amazon's documentation uses in its examples.
const accountID = "123456789012"

// version is the only one there is of a function that was never published.
const version = "$LATEST"

// tempDir names the folder for temporary files. Lambda does not set it: there it
// is always /tmp.
const tempDir = "TMPDIR"

// environ is the process's whole environment, in Lambda's words:
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html.
// AWS_EXECUTION_ENV is missing on purpose: functions on an OS-only runtime
// (provided.al2023), as LEE's, do not get it.
func (c Config) environ(runtimeAPI, logStream, temp string) []string {
	const runtimeDir = "/var/runtime"
	variables := map[string]string{
		// What a function's own configuration may replace.
		"LANG":  "en_US.UTF-8",
		"PATH":  "/usr/local/bin:/usr/bin:/bin:/opt/bin",
		"TZ":    ":UTC",
		tempDir: temp,
		"LD_LIBRARY_PATH": strings.Join([]string{
			"/var/lang/lib", "/lib64", "/usr/lib64",
			runtimeDir, runtimeDir + "/lib", c.TaskRoot, c.TaskRoot + "/lib", "/opt/lib",
		}, ":"),
	}
	maps.Copy(variables, c.Env)
	maps.Copy(variables, map[string]string{
		"_HANDLER":                        c.Handler,
		"AWS_DEFAULT_REGION":              c.Region,
		"AWS_REGION":                      c.Region,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": strconv.Itoa(c.MemoryMB),
		"AWS_LAMBDA_FUNCTION_NAME":        c.Name,
		"AWS_LAMBDA_FUNCTION_VERSION":     version,
		"AWS_LAMBDA_INITIALIZATION_TYPE":  "on-demand",
		"AWS_LAMBDA_LOG_GROUP_NAME":       "/aws/lambda/" + c.Name,
		"AWS_LAMBDA_LOG_STREAM_NAME":      logStream,
		"AWS_LAMBDA_RUNTIME_API":          runtimeAPI,
		"LAMBDA_RUNTIME_DIR":              runtimeDir,
		"LAMBDA_TASK_ROOT":                c.TaskRoot,
	})

	environ := make([]string, 0, len(variables))
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		environ = append(environ, name+"="+variables[name])
	}
	return environ
}

// reserved tells whether Lambda refuses a variable of this name in a function's
// configuration: what starts here must also deploy.
func reserved(name string) bool {
	switch name {
	case "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION",
		"AWS_EXECUTION_ENV", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT":
		return true
	}
	return strings.HasPrefix(name, "AWS_LAMBDA_")
}

// arn is the function's name as the runtime is told it.
func (c Config) arn() string {
	return fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s", c.Region, accountID, c.Name)
}

// newLogStream names an environment's log stream in CloudWatch's form.
func newLogStream(now time.Time) string {
	return fmt.Sprintf("%s/[%s]%s", now.UTC().Format("2006/01/02"), version, randomHex(16))
}

// newRequestID is a random UUID (version 4), as Lambda's request ids are.
func newRequestID() string {
	var id [16]byte
	rand.Read(id[:])
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// newTraceID is an X-Ray tracing header of an unsampled trace:
// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader.
func newTraceID(now time.Time) string {
	return fmt.Sprintf("Root=1-%08x-%s;Parent=%s;Sampled=0", now.Unix(), randomHex(12), randomHex(8))
}

func randomHex(bytes int) string {
	random := make([]byte, bytes)
	rand.Read(random)
	return fmt.Sprintf("%x", random)
}

//go:build live

package delivery

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
)

const someSkill = "amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"

// sam returns a command of those that come with AWS's command line for SAM.
func sam(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	folder := os.Getenv("LEE_SAM")
	if folder == "" {
		t.Fatal("LEE_SAM is not set: make live sets it")
	}
	c := exec.CommandContext(t.Context(), filepath.Join(folder, name), args...)
	c.Dir = root
	c.Env = plainly("SAM_CLI_TELEMETRY=0", "AWS_DEFAULT_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=any")
	return c
}

// TestTemplateIsClean: those who know AWS's rules find nothing in the template.
func TestTemplateIsClean(t *testing.T) {
	for _, args := range [][]string{
		{"cfn-lint", "deploy/template.yaml"},
		{"sam", "validate", "--lint", "--template-file", "deploy/template.yaml"},
	} {
		t.Run(args[0], func(t *testing.T) {
			if out, err := sam(t, args[0], args[1:]...).CombinedOutput(); err != nil {
				t.Errorf("%v: %v\n%s", args, err, out)
			}
		})
	}
}

// transformed is what CloudFormation makes of a SAM template.
type transformed struct {
	Resources map[string]struct {
		Type, Condition string
		Properties      map[string]any
	}
}

// transform does what AWS does with a template that is deployed.
func transform(t *testing.T, template string) []byte {
	t.Helper()
	script, err := filepath.Abs(filepath.Join("testdata", "transform.py"))
	if err != nil {
		t.Fatal(err)
	}
	c := sam(t, "python", script)
	c.Stdin = strings.NewReader(template)
	var problems strings.Builder
	c.Stderr = &problems
	out, err := c.Output()
	if err != nil {
		t.Fatalf("the template cannot be transformed: %v\n%s", err, problems.String())
	}
	return out
}

// packaged is the template as it is when the package has been uploaded.
func packaged(t *testing.T) (template transformed) {
	t.Helper()
	text := read(t, filepath.Join(root, "deploy", "template.yaml"))
	text = strings.Replace(text, "../dist/lee-arm64.zip", "s3://bucket/key", 1)
	if err := json.Unmarshal(transform(t, text), &template); err != nil {
		t.Fatal(err)
	}
	return template
}

// TestRole: the function may write its log and read its parameters, and nothing
// else.
func TestRole(t *testing.T) {
	template := packaged(t)
	var roles []string
	for name, r := range template.Resources {
		if r.Type == "AWS::IAM::Role" {
			roles = append(roles, name)
		}
		if r.Type == "AWS::IAM::Policy" || r.Type == "AWS::IAM::ManagedPolicy" {
			t.Errorf("%s is a policy of its own", name)
		}
	}
	if !reflect.DeepEqual(roles, []string{"Role"}) {
		t.Fatalf("the roles are %q", roles)
	}
	role := template.Resources["Role"].Properties
	if role["ManagedPolicyArns"] != nil {
		t.Errorf("the role has managed policies: %v", role["ManagedPolicyArns"])
	}
	var policies []struct {
		PolicyDocument struct {
			Statement []struct {
				Sid, Effect         string
				Action              any
				Resource, Condition any
			}
		}
	}
	again(t, role["Policies"], &policies)
	const here = "arn:${AWS::Partition}:%:${AWS::Region}:${AWS::AccountId}:"
	arn := func(service, rest string) any {
		return map[string]any{"Fn::Sub": strings.Replace(here, "%", service, 1) + rest}
	}
	want := map[string][3]any{
		"WriteLog":       {[]any{"logs:CreateLogStream", "logs:PutLogEvents"}, map[string]any{"Fn::GetAtt": []any{"Log", "Arn"}}, nil},
		"KeepRooms":      {"ssm:PutParameter", arn("ssm", "parameter${ParameterPrefix}/homeassistant/rooms/*"), nil},
		"ReadParameters": {"ssm:GetParametersByPath", []any{arn("ssm", "parameter${ParameterPrefix}"), arn("ssm", "parameter${ParameterPrefix}/*")}, nil},
		"DecryptParameters": {"kms:Decrypt", arn("kms", "key/*"), map[string]any{
			"StringEquals": map[string]any{"kms:ViaService": map[string]any{"Fn::Sub": "ssm.${AWS::Region}.amazonaws.com"}},
			"StringLike":   map[string]any{"kms:EncryptionContext:PARAMETER_ARN": arn("ssm", "parameter${ParameterPrefix}/*")},
		}},
	}
	got := map[string][3]any{}
	for _, p := range policies {
		for _, s := range p.PolicyDocument.Statement {
			if s.Effect != "Allow" {
				t.Errorf("%s: %s", s.Sid, s.Effect)
			}
			got[s.Sid] = [3]any{s.Action, s.Resource, s.Condition}
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the role allows\n%v, want\n%v", got, want)
	}
}

// TestCallers: everybody who may call the function is Alexa on behalf of the skill,
// or a rule of this stack, and only when that was asked for.
func TestCallers(t *testing.T) {
	skill := map[string]any{"Ref": "SkillId"}
	custom := map[string]any{"Fn::If": []any{"HasCustomSkill", map[string]any{"Ref": "CustomSkillId"}, skill}}
	want := map[string][3]any{
		"SmartHomePermission":    {"HasSkill", "alexa-connectedhome.amazon.com", skill},
		"ConversationPermission": {"HasAnySkill", "alexa-appkit.amazon.com", custom},
		"WarmthPermission":       {"StaysWarm", "events.amazonaws.com", map[string]any{"Fn::GetAtt": []any{"Warmth", "Arn"}}},
	}
	got := map[string][3]any{}
	for name, r := range packaged(t).Resources {
		switch r.Type {
		case "AWS::Lambda::Permission":
			bound := r.Properties["EventSourceToken"]
			if bound == nil {
				bound = r.Properties["SourceArn"]
			}
			got[name] = [3]any{r.Condition, r.Properties["Principal"], bound}
			if r.Properties["Action"] != "lambda:InvokeFunction" {
				t.Errorf("%s allows %v", name, r.Properties["Action"])
			}
		case "AWS::Lambda::Url":
			if r.Condition != "HasUrl" || !reflect.DeepEqual(r.Properties["AuthType"], map[string]any{"Ref": "FunctionUrl"}) {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("callers are\n%v, want\n%v", got, want)
	}
}

// TestFunction: the function runs the package, on the processor that it is for, and
// writes the log whose age is bounded.
func TestFunction(t *testing.T) {
	template := packaged(t)
	got := template.Resources["Function"].Properties
	ref := func(name string) any { return map[string]any{"Ref": name} }
	want := map[string]any{
		"Architectures": []any{"arm64"}, "Runtime": "provided.al2023", "Handler": "bootstrap",
		"Role": map[string]any{"Fn::GetAtt": []any{"Role", "Arn"}}, "LoggingConfig": map[string]any{"LogGroup": ref("Log")},
		"MemorySize": ref("MemorySize"), "Timeout": ref("Timeout"),
		"ReservedConcurrentExecutions": map[string]any{"Fn::If": []any{"Reserves", ref("ReservedConcurrency"), ref("AWS::NoValue")}},
	}
	for name, value := range want {
		if !reflect.DeepEqual(got[name], value) {
			t.Errorf("%s is %v, want %v", name, got[name], value)
		}
	}
	if days := template.Resources["Log"].Properties["RetentionInDays"]; !reflect.DeepEqual(days, ref("LogRetentionDays")) {
		t.Errorf("the log is kept for %v", days)
	}
}

// TestAlarms: alarms look at metrics that there are.
func TestAlarms(t *testing.T) {
	want := map[string]string{"FunctionAlarm": "AWS/Lambda Errors FunctionName", "AnswersAlarm": telemetry.Namespace + " Errors " + telemetry.Dimension, "FailsafeAlarm": telemetry.Namespace + " Failsafe " + telemetry.Dimension}
	got := map[string]string{}
	for name, r := range packaged(t).Resources {
		if r.Type != "AWS::CloudWatch::Alarm" {
			continue
		}
		var alarm struct {
			Namespace, MetricName, TreatMissingData string
			Dimensions                              []struct {
				Name  string
				Value map[string]string
			}
		}
		again(t, r.Properties, &alarm)
		if len(alarm.Dimensions) != 1 || alarm.Dimensions[0].Value["Ref"] != "FunctionName" || alarm.TreatMissingData != "notBreaching" {
			t.Fatalf("%s is %+v", name, alarm)
		}
		got[name] = alarm.Namespace + " " + alarm.MetricName + " " + alarm.Dimensions[0].Name
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("alarms are %v, want %v", got, want)
	}
}

// again reads a part of what has been read already as something more precise.
func again(t *testing.T, from, into any) {
	t.Helper()
	raw, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

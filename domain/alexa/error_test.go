package alexa_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// typeOf is what Alexa is told of each kind of failure.
var typeOf = map[fault.Kind]alexa.ErrorType{
	fault.Internal: "INTERNAL_ERROR", fault.Failed: "INTERNAL_ERROR",
	fault.Unreachable: "BRIDGE_UNREACHABLE", fault.NotAllowed: "BRIDGE_UNREACHABLE", fault.Throttled: "BRIDGE_UNREACHABLE",
	fault.Misconfigured: "BRIDGE_UNREACHABLE", fault.Deadline: "BRIDGE_UNREACHABLE", fault.Open: "BRIDGE_UNREACHABLE",
	fault.Unanswered: "ENDPOINT_UNREACHABLE", fault.Unavailable: "ENDPOINT_UNREACHABLE",
	fault.NotFound: "NO_SUCH_ENDPOINT",
	fault.Refused:  "INVALID_VALUE", fault.OutOfRange: "INVALID_VALUE",
	fault.NotNow: "NOT_SUPPORTED_IN_CURRENT_MODE", fault.Disabled: "CLOUD_CONTROL_DISABLED",
	fault.Unsupported: "INVALID_DIRECTIVE", fault.Invalid: "INVALID_DIRECTIVE",
	fault.TokenRejected: "INVALID_AUTHORIZATION_CREDENTIAL",
}

// TestErrorOfKinds wants an error type for every kind of failure, and the one that
// unlinks an account for a single kind.
func TestErrorOfKinds(t *testing.T) {
	d, err := alexa.Parse([]byte(turnOn))
	if err != nil {
		t.Fatal(err)
	}
	for kind := fault.Internal; !strings.HasPrefix(kind.String(), "kind "); kind++ {
		e := alexa.ErrorOf(fault.New(kind, "It did not work."))
		if e.Type != typeOf[kind] || e.Type == "" || e.Message != "It did not work." || e.Namespace() != alexa.Alexa {
			t.Errorf("%v is %+v of %s, should be %s", kind, e, e.Namespace(), typeOf[kind])
		}
		if unlinks := strings.HasSuffix(string(e.Type), "AUTHORIZATION_CREDENTIAL"); unlinks != (kind == fault.TokenRejected) {
			t.Errorf("%v unlinks the account: %v", kind, unlinks)
		}
		alexatest.CheckReply(t, d, alexa.Failure(d, fault.New(kind, "It did not work.")))
	}
}

// details are all error types, each with what goes with it, the interface that defines
// it and the kind of failure that it stands for.
var details = []struct {
	alexa.Detail
	of   alexa.Namespace
	kind fault.Kind
}{
	{alexa.Detail{Type: "BRIDGE_UNREACHABLE"}, "Alexa", fault.Unreachable},
	{alexa.Detail{Type: "CLOUD_CONTROL_DISABLED"}, "Alexa", fault.Disabled},
	{alexa.Detail{Type: "ENDPOINT_UNREACHABLE"}, "Alexa", fault.Unavailable},
	{alexa.Detail{Type: "INSUFFICIENT_PERMISSIONS"}, "Alexa", fault.Refused},
	{alexa.Detail{Type: "INTERNAL_ERROR"}, "Alexa", fault.Internal},
	{alexa.Detail{Type: "INVALID_AUTHORIZATION_CREDENTIAL"}, "Alexa", fault.TokenRejected},
	{alexa.Detail{Type: "INVALID_DIRECTIVE"}, "Alexa", fault.Invalid},
	{alexa.Detail{Type: "INVALID_VALUE"}, "Alexa", fault.Refused},
	{alexa.Detail{Type: "NO_SUCH_ENDPOINT"}, "Alexa", fault.NotFound},
	{alexa.Detail{Type: "NOT_SUPPORTED_IN_CURRENT_MODE", CurrentDeviceMode: "ASLEEP"}, "Alexa", fault.NotNow},
	{alexa.Detail{Type: "TEMPERATURE_VALUE_OUT_OF_RANGE", ValidRange: alexa.TemperatureRange{
		Minimum: alexa.Temperature{Value: 7, Scale: alexa.Celsius}, Maximum: alexa.Temperature{Value: 35, Scale: alexa.Celsius},
	}}, "Alexa", fault.OutOfRange},
	{alexa.Detail{Type: "VALUE_OUT_OF_RANGE", ValidRange: alexa.ValueRange{Minimum: 0, Maximum: 100}}, "Alexa", fault.OutOfRange},
	{alexa.Detail{Type: "ACCEPT_GRANT_FAILED"}, "Alexa.Authorization", fault.Unsupported},
	{alexa.Detail{Type: "DUAL_SETPOINTS_UNSUPPORTED"}, "Alexa.ThermostatController", fault.Unsupported},
	{alexa.Detail{Type: "REQUESTED_SETPOINTS_TOO_CLOSE", MinimumTemperatureDelta: &alexa.Temperature{Value: 1, Scale: alexa.Kelvin}},
		"Alexa.ThermostatController", fault.Refused},
	{alexa.Detail{Type: "THERMOSTAT_IS_OFF"}, "Alexa.ThermostatController", fault.NotNow},
	{alexa.Detail{Type: "TRIPLE_SETPOINTS_UNSUPPORTED"}, "Alexa.ThermostatController", fault.Unsupported},
	{alexa.Detail{Type: "UNSUPPORTED_THERMOSTAT_MODE"}, "Alexa.ThermostatController", fault.Unsupported},
	{alexa.Detail{Type: "UNWILLING_TO_SET_SCHEDULE"}, "Alexa.ThermostatController", fault.Unsupported},
	{alexa.Detail{Type: "AUTHORIZATION_REQUIRED"}, "Alexa.SecurityPanelController", fault.NotNow},
	{alexa.Detail{Type: "UNAUTHORIZED"}, "Alexa.SecurityPanelController", fault.Refused},
	{alexa.Detail{Type: "UNCLEARED_ALARM"}, "Alexa.SecurityPanelController", fault.NotNow},
}

// TestErrorOfDetails wants every detail to reach Alexa whole, and the fault that
// carries it to be of its kind, however it is wrapped.
func TestErrorOfDetails(t *testing.T) {
	d, err := alexa.Parse([]byte(turnOn))
	if err != nil {
		t.Fatal(err)
	}
	missing := errorTypes(t)
	for _, c := range details {
		delete(missing, c.Type)
		refused := alexa.Refuse("That cannot be.", c.Detail)
		for how, err := range map[string]error{
			"as it is": refused, "wrapped": fmt.Errorf("secret: %w", refused), "joined": errors.Join(errors.New("secret"), refused),
			"with an operation": fault.At("home.call", refused),
		} {
			e := alexa.ErrorOf(err)
			if e.Detail != c.Detail || e.Message != "That cannot be." || e.Namespace() != c.of || fault.Of(err) != c.kind {
				t.Errorf("%s %s is %+v of %s, a fault of kind %v; should be of %s and %v", c.Type, how, e, e.Namespace(), fault.Of(err), c.of, c.kind)
			}
			d := d
			if c.of == alexa.Authorization { // what is granted is no device's
				d.Endpoint = alexa.EndpointRef{}
			}
			reply := alexa.Failure(d, err)
			if reply.Event.Header.Namespace != c.of {
				t.Errorf("%s %s is answered by %s", c.Type, how, reply.Event.Header.Namespace)
			}
			alexatest.CheckReply(t, d, reply)
		}
		if !strings.Contains(refused.Error(), string(c.Type)) {
			t.Errorf("the log has %v of a %s", refused, c.Type)
		}
	}
	for unlisted := range missing {
		t.Errorf("the error type %s has no case here: add one to details", unlisted)
	}
}

// errorTypes returns the error types that the package declares.
func errorTypes(t *testing.T) map[alexa.ErrorType]bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "errortype.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	types := map[alexa.ErrorType]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && spec.Type != nil && fmt.Sprint(spec.Type) == "ErrorType" {
			for _, value := range spec.Values {
				if literal, ok := value.(*ast.BasicLit); ok {
					text, _ := strconv.Unquote(literal.Value)
					types[alexa.ErrorType(text)] = true
				}
			}
		}
		return true
	})
	if len(types) < 20 {
		t.Fatalf("the package declares only %v", types)
	}
	return types
}

// TestErrorOf wants Alexa to be told of the failure that counts, and of no cause.
func TestErrorOf(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"another error":      {errors.New("secret"), `{"type":"INTERNAL_ERROR","message":"Something went wrong inside LEE."}`},
		"a range":            {alexa.OutOfRange("Too much.", 0, 100), `{"type":"VALUE_OUT_OF_RANGE","validRange":{"minimumValue":0,"maximumValue":100},"message":"Too much."}`},
		"a fault around one": {fault.Wrap(fault.Unanswered, "Nobody knows.", alexa.OutOfRange("secret", 0, 100)), `{"type":"ENDPOINT_UNREACHABLE","message":"Nobody knows."}`},
	} {
		if got, err := json.Marshal(alexa.ErrorOf(c.err)); err != nil || string(got) != c.want {
			t.Errorf("%s is told as %s (%v), want %s", name, got, err, c.want)
		}
	}
}

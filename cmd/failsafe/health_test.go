package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
)

// TestHealth: that and why the failsafe answers is in its health, with how the home is.
func TestHealth(t *testing.T) {
	up := newHome(t, says(http.StatusOK, `{"version":"2026.11.0"}`))
	for name, c := range map[string]struct {
		env  map[string]string
		want string
	}{
		"well":       {map[string]string{"HOME_ASSISTANT_URL": up, "HOME_ASSISTANT_TOKEN": "t"}, "degraded: failsafe impaired, home up, configuration up, parameter store off"},
		"a mistake":  {map[string]string{"HOME_ASSISTANT_URL": up, "HOME_ASSISTANT_TOKEN": "t", "HA_FEATURES": "x"}, "degraded: failsafe impaired, home up, configuration impaired, parameter store off"},
		"no token":   {map[string]string{"HOME_ASSISTANT_URL": up}, "degraded: failsafe impaired, home unknown, configuration up, parameter store off"},
		"no home":    {map[string]string{"HOME_ASSISTANT_URL": "http://127.0.0.1:1", "HOME_ASSISTANT_TOKEN": "t"}, "unhealthy: failsafe impaired, home down, configuration up, parameter store off"},
		"no setting": {nil, "unhealthy: failsafe impaired, home down, configuration up, parameter store off"},
		"no store":   {map[string]string{"USE_PARAMETER_STORE": "true"}, "unhealthy: failsafe impaired, home down, configuration impaired, parameter store down"},
	} {
		t.Run(name, func(t *testing.T) {
			f := by(c.env)
			raw, err := f.Invoke(t.Context(), []byte(`{"operation":"health"}`))
			var h health
			if err == nil {
				err = json.Unmarshal(raw, &h)
			}
			if err != nil {
				t.Fatal(err)
			}
			var parts []string
			for _, one := range h.Components {
				parts = append(parts, one.Name+" "+one.Status)
			}
			if got := h.Status + ": " + strings.Join(parts, ", "); got != c.want || h.Components[0].Detail != "The failsafe answers: a test." {
				t.Errorf("%s is %s, want %s", raw, got, c.want)
			}

			for what, request := range map[string]struct {
				event    string
				operator bool
				path     bool
			}{
				"a stranger":  {`{"rawPath":"/health","requestContext":{"http":{"method":"GET"}}}`, false, true},
				"an operator": {`{"rawPath":"/prod/health/","requestContext":{"stage":"prod","http":{"method":"GET"},"authorizer":{"iam":{"accountId":"1","userArn":"a"}}}}`, true, true},
				"elsewhere":   {`{"rawPath":"/diagnostics","requestContext":{"http":{"method":"GET"}}}`, false, false},
				"a command":   {`{"rawPath":"/health","requestContext":{"http":{"method":"POST"}}}`, false, false},
				"nothing":     {`{"requestContext":7}`, false, false},
			} {
				raw, err := f.Invoke(t.Context(), []byte(request.event))
				var response struct {
					StatusCode int
					Body       string
				}
				if err == nil {
					err = json.Unmarshal(raw, &response)
				}
				if err != nil {
					t.Fatal(err)
				}
				status := http.StatusOK
				if h.Status == "unhealthy" || !request.path {
					status = http.StatusServiceUnavailable
				}
				if response.StatusCode != status || strings.Contains(response.Body, "components") != (request.operator && request.path) {
					t.Errorf("%s is answered %s", what, raw)
				}
			}
		})
	}
}

// TestMetrics: there is one line for each event, in the engine's namespace and with its
// dimension.
func TestMetrics(t *testing.T) {
	var out bytes.Buffer
	f := by(map[string]string{"AWS_LAMBDA_FUNCTION_NAME": `le"e`})
	f.metrics = &out
	for _, event := range []string{`{"test":"ping"}`, `nothing`, `{"directive":{"header":{"namespace":"Alexa","name":"ReportState","payloadVersion":"3","messageId":"1"},"endpoint":{"endpointId":"light#a"},"payload":{}}}`} {
		if _, err := f.Invoke(t.Context(), []byte(event)); err != nil {
			t.Fatal(err)
		}
	}
	var failures []float64
	for line := range bytes.Lines(out.Bytes()) {
		var m struct {
			AWS struct {
				Timestamp         int64
				CloudWatchMetrics []struct {
					Namespace  string
					Dimensions [][]string
					Metrics    []struct{ Name, Unit string }
				}
			} `json:"_aws"`
			FunctionName                   string
			Failsafe, ResponseTime, Errors float64
		}
		if err := json.Unmarshal(line, &m); err != nil || len(m.AWS.CloudWatchMetrics) != 1 || m.AWS.Timestamp == 0 {
			t.Fatalf("%v: %s", err, line)
		}
		d := m.AWS.CloudWatchMetrics[0]
		if d.Namespace != telemetry.Namespace || !reflect.DeepEqual(d.Dimensions, [][]string{{telemetry.Dimension}}) || len(d.Metrics) != 3 || m.FunctionName != `le"e` || m.Failsafe != 1 {
			t.Errorf("the line is %s", line)
		}
		failures = append(failures, m.Errors)
	}
	if !reflect.DeepEqual(failures, []float64{0, 0, 1}) {
		t.Errorf("the failures are %v", failures)
	}
}

// TestKeptWarm: an event that keeps the function warm is no mistake.
func TestKeptWarm(t *testing.T) {
	raw, err := by(nil).Invoke(t.Context(), []byte(`{"source":"aws.events","detail-type":"Scheduled Event"}`))
	if err != nil || string(raw) != "{}" {
		t.Errorf("answered %s, %v", raw, err)
	}
}

func TestReason(t *testing.T) {
	for want, args := range map[string][]string{
		"LAMBDA_MODE is failsafe":                  {"failsafe", "", ""},
		"it is broken, since 2026-11-23T06:00:00Z": {"failsafe", "it is broken", "1795413600"},
		"it is odd": {"failsafe", "it is odd", "?"},
	} {
		if got := reason(args); got != want {
			t.Errorf("%q gives %q, want %q", args, got, want)
		}
	}
	if got := reason([]string{"failsafe"}); got != "LAMBDA_MODE is failsafe" {
		t.Errorf("started by hand it says %q", got)
	}
}

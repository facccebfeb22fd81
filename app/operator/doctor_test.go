package operator_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/doctor"
	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestDoctor answers with what it saw, whatever that is, and without secrets.
func TestDoctor(t *testing.T) {
	env := usual()
	clock := portstest.NewClock()
	live := config.NewLive(config.Options{Environment: setting.Environment{Lookup: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}, Clock: clock})
	desk := operator.New(operator.Parts{Doctor: &doctor.Doctor{
		From: checkup.Function, Region: "eu-west-1", Clock: clock, Live: live,
		Probe:    &portstest.MemoryProbe{Way: checkup.Way{Name: checkup.NoSuchName}},
		Discover: func(context.Context) (discovery.Report, error) { return discovery.Report{}, nil },
	}})
	for _, o := range desk.Operations() {
		if o.Name != "doctor" {
			continue
		}
		answer, err := o.Answer(t.Context(), json.RawMessage(`{"operation":"doctor"}`))
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(answer)
		if err != nil || strings.Contains(string(raw), canary) || strings.Contains(string(raw), "null") {
			t.Errorf("%s, %v", raw, err)
		}
		for _, want := range []string{`"from":"the function"`, `"name":"no such name"`, `"url":"https://home.example.org:8123"`, `"region":"eu-west-1"`} {
			if !strings.Contains(string(raw), want) {
				t.Errorf("%s is not in %s", want, raw)
			}
		}
		return
	}
	t.Error("there is no operation doctor")
}

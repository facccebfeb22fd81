package endtoend

import (
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// TestReports asks for the state of everything that discovery finds.
func TestReports(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{})
	checkReports(t, start(t, h, nil))
}

// checkReports asks for the state of everything that discovery finds: it is told,
// in one request, and nothing is told that discovery has not named.
func checkReports(t *testing.T, f *function) {
	t.Helper()
	found := f.say(t, "Alexa.Discovery.Discover", "").Event.Payload.Endpoints
	if len(found) == 0 {
		t.Fatal("discovery finds nothing")
	}
	for _, e := range found {
		t.Run(e.EndpointID, func(t *testing.T) {
			report := f.say(t, "Alexa.ReportState", e.EndpointID)
			if report.event() != "Alexa.StateReport" {
				t.Fatalf("answered %s", report.raw)
			}
			promised := map[string]bool{}
			for _, c := range e.Capabilities {
				if c.Properties == nil {
					continue
				}
				for _, p := range c.Properties.Supported {
					promised[string(c.Interface)+c.Instance+p.Name] = c.Properties.Retrievable
				}
			}
			for _, p := range report.Context.Properties {
				name := string(p.Namespace) + p.Instance + p.Name
				if !promised[name] {
					t.Errorf("%s is told, and discovery has not named it", name)
				}
			}
			away := slices.ContainsFunc(e.Capabilities, func(c alexa.Capability) bool { return c.Interface == alexa.EndpointHealth }) && report.health() == "UNREACHABLE"
			if away != (e.EndpointID == "light#attic_light") {
				t.Errorf("it is out of reach: %t", away)
			}
		})
	}
}

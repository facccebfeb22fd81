package control_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/control"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func reported() *portstest.MemoryHome {
	field := func(name string, value home.Value) home.Field { return home.Field{Name: name, Value: value} }
	return portstest.NewHome(
		home.State{ID: "light.lamp", Value: home.On, Attributes: home.Fields{
			field(home.AttrBrightness, home.Number(128)), field(home.AttrSupportedColorModes, home.Texts("brightness")),
		}},
		home.State{ID: "light.hostile", Value: "\x00", Attributes: home.Fields{
			field(home.AttrBrightness, home.Text("bright")), field(home.AttrSupportedColorModes, home.Texts("hs", "color_temp")),
			field(home.AttrHSColor, home.Numbers(-1e300, 1e300)),
		}},
		home.State{ID: "light.away", Value: home.Unavailable},
		home.State{ID: "light.nameless", Value: ""},
		home.State{ID: "lock.door", Value: home.Unknown},
		home.State{ID: "scene.film", Value: home.Unknown},
		home.State{ID: "climate.room", Value: "heat", Attributes: home.Fields{
			field(home.AttrHVACModes, home.Texts("heat", "off")), field(home.AttrTemperature, home.Number(68)),
			field(home.AttrCurrentTemperature, home.Number(66)), field(home.AttrSupportedFeatures, home.Number(1)),
		}},
	)
}

func ask(endpoint string) alexa.Directive {
	return alexa.Directive{
		Header:   alexa.Header{Namespace: alexa.Alexa, Name: "ReportState", MessageID: "asked", CorrelationToken: "token", PayloadVersion: alexa.PayloadVersion},
		Endpoint: alexa.EndpointRef{EndpointID: endpoint},
	}
}

func report(ctx context.Context, h *portstest.MemoryHome, d alexa.Directive) (alexa.Answer, error) {
	return control.New(h, h, catalog, portstest.NewClock(), action.DefaultPatience(), capability.House{}).Report(ctx, d)
}

func TestReport(t *testing.T) {
	const reachable, unreachable = `connectivity={"value":"OK"}`, `connectivity={"value":"UNREACHABLE"}`
	for endpoint, test := range map[string]struct {
		want  []string
		asked []portstest.Op
	}{
		"light#lamp":     {[]string{`powerState="ON"`, `brightness=50`, reachable}, []portstest.Op{portstest.OpState}},
		"light#away":     {[]string{unreachable}, []portstest.Op{portstest.OpState}},
		"light#nameless": {[]string{unreachable}, []portstest.Op{portstest.OpState}},
		"lock#door":      {[]string{reachable}, []portstest.Op{portstest.OpState}},
		"scene#film":     {nil, []portstest.Op{portstest.OpState}},
		"climate#room": {
			[]string{`powerState="ON"`, `thermostatMode="HEAT"`, `targetSetpoint={"value":68,"scale":"FAHRENHEIT"}`, `temperature={"value":66,"scale":"FAHRENHEIT"}`, reachable},
			[]portstest.Op{portstest.OpConfig, portstest.OpState},
		},
	} {
		t.Run(endpoint, func(t *testing.T) {
			h := reported()
			h.SetConfig(home.Config{Version: "2026.11.0", Temperature: home.Fahrenheit})
			answer, err := report(t.Context(), h, ask(endpoint))
			if err != nil {
				t.Fatal(err)
			}
			alexatest.CheckReply(t, ask(endpoint), answer)
			var got []string
			for _, p := range answer.Context.Properties {
				raw, err := json.Marshal(p.Value)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, p.Name+"="+string(raw))
				if p.UncertaintyInMilliseconds != 0 || p.TimeOfSample != alexa.Timestamp(portstest.NewClock().Now()) {
					t.Errorf("%s is of %s ± %d ms", p.Name, p.TimeOfSample, p.UncertaintyInMilliseconds)
				}
			}
			slices.Sort(got)
			slices.Sort(test.want)
			if !slices.Equal(got, test.want) {
				t.Errorf("it says %q, want %q", got, test.want)
			}
			var asked []portstest.Op
			for _, entry := range h.Journal() {
				asked = append(asked, entry.Op)
			}
			if !slices.Equal(asked, test.asked) {
				t.Errorf("the home was asked for %v, want %v", asked, test.asked)
			}
		})
	}
}

// TestHostileState wants a report that Alexa takes of a state that makes no sense.
func TestHostileState(t *testing.T) {
	answer, err := report(t.Context(), reported(), ask("light#hostile"))
	if err != nil {
		t.Fatal(err)
	}
	alexatest.CheckReply(t, ask("light#hostile"), answer)
}

func TestReportFailures(t *testing.T) {
	trouble := func(op portstest.Op, kind fault.Kind) []portstest.Trouble {
		return []portstest.Trouble{{Op: op, Err: fault.New(kind, "It did not work.")}}
	}
	for name, test := range map[string]struct {
		endpoint string
		troubles []portstest.Trouble
		want     alexa.ErrorType
	}{
		"no endpoint":              {"", nil, alexa.InvalidDirective},
		"a hostile endpoint":       {"light#../config", nil, alexa.NoSuchEndpoint},
		"an endpoint of no domain": {"light", nil, alexa.NoSuchEndpoint},
		"an unknown domain":        {"spaceship#a", nil, alexa.NoSuchEndpoint},
		"gone":                     {"light#gone", nil, alexa.NoSuchEndpoint},
		"away":                     {"light#lamp", trouble(portstest.OpState, fault.Unreachable), alexa.BridgeUnreachable},
		"LEE's token rejected":     {"light#lamp", trouble(portstest.OpState, fault.NotAllowed), alexa.BridgeUnreachable},
		"Alexa's token rejected":   {"light#lamp", trouble(portstest.OpState, fault.TokenRejected), alexa.InvalidAuthorizationCredential},
		"an open breaker":          {"light#lamp", trouble(portstest.OpState, fault.Open), alexa.BridgeUnreachable},
		"no word of the unit":      {"climate#room", trouble(portstest.OpConfig, fault.Unreachable), alexa.BridgeUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			h := reported()
			h.Befall(test.troubles...)
			_, err := report(t.Context(), h, ask(test.endpoint))
			if err == nil || alexa.ErrorOf(err).Type != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
			alexatest.CheckReply(t, ask(test.endpoint), alexa.Failure(ask(test.endpoint), err))
		})
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	<-ctx.Done()
	if _, err := report(ctx, reported(), ask("light#lamp")); fault.Of(err) != fault.Deadline {
		t.Errorf("past the deadline: %v", err)
	}
}

package alexatest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// TestFiles checks each file's good message, and what is complained of when it
// is changed for the worse.
func TestFiles(t *testing.T) {
	for folder, what := range map[string]subject{"answers": answers, "capabilities": aCapability} {
		files, err := os.ReadDir(filepath.Join("testdata", folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			t.Run(folder+"/"+file.Name(), func(t *testing.T) {
				var c struct {
					Good   json.RawMessage `json:"good"`
					Broken []broken        `json:"broken"`
				}
				read(t, filepath.Join(folder, file.Name()), &c)
				broken{}.expect(t, what, broken{}.apply(t, c.Good))
				for _, b := range c.Broken {
					t.Run(b.name(), func(t *testing.T) { b.expect(t, what, b.apply(t, c.Good)) })
				}
			})
		}
	}
}

// TestEveryEventAndInterfaceHasACase keeps the tables from growing past the
// cases.
func TestEveryEventAndInterfaceHasACase(t *testing.T) {
	for ns := range interfaces {
		if _, err := os.Stat(filepath.Join("testdata", "capabilities", string(ns)+".json")); err != nil {
			t.Error(err)
		}
	}
	files, err := filepath.Glob(filepath.Join("testdata", "answers", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	have := map[alexa.Key]bool{}
	for _, file := range files {
		var c struct {
			Good struct {
				Event struct{ Header alexa.Header }
			}
		}
		read(t, filepath.Join("answers", filepath.Base(file)), &c)
		have[alexa.Key{Namespace: c.Good.Event.Header.Namespace, Name: c.Good.Event.Header.Name}] = true
	}
	for key := range events {
		if !have[key] {
			t.Errorf("testdata/answers has no %s", key)
		}
	}
}

func TestLimitsOfDiscovery(t *testing.T) {
	endpoint := func(id string, capabilities int) alexa.Endpoint {
		e := alexa.Endpoint{
			EndpointID: id, ManufacturerName: "Someone", FriendlyName: "Thing", Description: "A thing",
			DisplayCategories: []alexa.DisplayCategory{alexa.CategoryOther},
			Capabilities:      []alexa.Capability{alexa.NewCapability(alexa.Alexa)},
		}
		for i := 1; i < capabilities; i++ {
			c := alexa.NewCapability(alexa.ToggleController, "toggleState")
			c.Instance, c.Resources = fmt.Sprintf("toggle.%d", i), alexa.Named(alexa.Text("Toggle", "en-US"))
			e.Capabilities = append(e.Capabilities, c)
		}
		return e
	}
	endpoints := func(n int) []alexa.Endpoint {
		list := make([]alexa.Endpoint, n)
		for i := range list {
			list[i] = endpoint(fmt.Sprintf("switch#%d", i), 1)
		}
		return list
	}
	for _, c := range []struct {
		name      string
		endpoints []alexa.Endpoint
		complaint string
	}{
		{"300 endpoints", endpoints(300), ""},
		{"301 endpoints", endpoints(301), "event.payload.endpoints: must have at most 300, has 301"},
		{"100 capabilities", []alexa.Endpoint{endpoint("switch#a", 100)}, ""},
		{"101 capabilities", []alexa.Endpoint{endpoint("switch#a", 101)}, "endpoint switch#a: capabilities: must have at most 100, has 101"},
	} {
		t.Run(c.name, func(t *testing.T) {
			payload := map[string]any{"endpoints": c.endpoints}
			answer := alexa.Reply(alexa.Directive{}, alexa.Discovery, alexa.NameDiscoverResponse, payload, nil)
			r := &recorder{TB: t}
			CheckAnswer(r, answer)
			if got := strings.Join(r.errors, "\n"); (c.complaint == "") != (got == "") || !strings.Contains(got, c.complaint) {
				t.Errorf("got %q, want %q in it", got, c.complaint)
			}
		})
	}
}

// TestChecks calls what other packages' tests call, with values of each kind.
func TestChecks(t *testing.T) {
	d := alexa.Directive{
		Header:   alexa.Header{MessageID: "1", CorrelationToken: "token of the directive"},
		Endpoint: alexa.EndpointRef{EndpointID: "light#kitchen"},
		Token:    secret.New("very secret"),
	}
	good := alexa.Reply(d, alexa.Alexa, alexa.NameResponse, nil, nil)
	other := d
	other.Header.MessageID = good.Event.Header.MessageID
	other.Header.CorrelationToken = "token of another"
	other.Endpoint.EndpointID = "light#hall"
	chatty := alexa.Failure(d, fault.New(fault.Internal, "The token very secret was refused."))
	raw, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		check func(*recorder)
		want  []string
	}{
		"answer":         {func(r *recorder) { CheckAnswer(r, good) }, nil},
		"bytes":          {func(r *recorder) { CheckAnswer(r, raw) }, nil},
		"raw message":    {func(r *recorder) { CheckAnswer(r, json.RawMessage(raw)) }, nil},
		"no JSON":        {func(r *recorder) { CheckAnswer(r, []byte(`{"event"`)) }, []string{"the answer cannot be read"}},
		"more than JSON": {func(r *recorder) { CheckAnswer(r, append(bytes.Clone(raw), '}')) }, []string{"the answer cannot be read"}},
		"not for JSON":   {func(r *recorder) { CheckAnswer(r, func() {}) }, []string{"the answer cannot be read"}},
		"empty":          {func(r *recorder) { CheckAnswer(r, alexa.Answer{}) }, []string{"event.header.messageId", "event.header.name"}},
		"reply":          {func(r *recorder) { CheckReply(r, d, good) }, nil},
		"another's reply": {func(r *recorder) { CheckReply(r, other, good) }, []string{
			`event.header.correlationToken: must be the directive's "token of another", is "token of the directive"`,
			`event.header.messageId: must not be the directive's`,
			`event.endpoint.endpointId: must be the directive's "light#hall", is "light#kitchen"`,
		}},
		"reply with the token": {func(r *recorder) { CheckReply(r, d, chatty) }, []string{"the directive's bearer token is in the answer"}},
		"no reply":             {func(r *recorder) { CheckReply(r, d, []byte(`[`)) }, []string{"cannot be read"}},
		"capability":           {func(r *recorder) { CheckCapability(r, alexa.NewCapability(alexa.Speaker, "volume")) }, nil},
		"broken capability":    {func(r *recorder) { CheckCapability(r, alexa.NewCapability(alexa.Speaker, "loudness")) }, []string{"properties.supported[0].name"}},
		"property": {func(r *recorder) {
			CheckProperty(r, alexa.Property{Namespace: alexa.Speaker, Name: "volume", Value: 3, TimeOfSample: "2026-01-31T12:00:00Z"})
		}, nil},
		"broken property": {func(r *recorder) {
			CheckProperty(r, alexa.Property{Namespace: alexa.Speaker, Name: "volume", Value: 3})
		}, []string{"timeOfSample"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{TB: t}
			c.check(r)
			got := strings.Join(r.errors, "\n")
			if (len(c.want) == 0) != (got == "") || slices.ContainsFunc(c.want, func(want string) bool { return !strings.Contains(got, want) }) {
				t.Errorf("got %q, want %q in it", got, c.want)
			}
			if strings.Contains(got, d.Token.Reveal()) {
				t.Errorf("the complaint gives the token away: %q", got)
			}
		})
	}
}

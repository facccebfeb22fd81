package discovery_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

var discover = alexa.Directive{
	Header:  alexa.Header{Namespace: alexa.Discovery, Name: "Discover", MessageID: "asked", PayloadVersion: alexa.PayloadVersion},
	Payload: json.RawMessage(`{"scope":{"type":"BearerToken","token":"t"}}`),
}

func service(h *portstest.MemoryHome) *discovery.Service {
	return discovery.New(h, h, h, h, capability.NewCatalog(capability.Kinds()), offer.Terms{}, nil)
}

// endpoints has a home discovered, and checks the answer as Alexa would.
func endpoints(t *testing.T, h *portstest.MemoryHome) []alexa.Endpoint {
	t.Helper()
	report, err := service(h).Explain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	answer := discovery.Answer(discover, report.Findings)
	alexatest.CheckReply(t, discover, answer)
	payload, ok := answer.Event.Payload.(discovery.Payload)
	if !ok {
		t.Fatalf("the payload is a %T", answer.Event.Payload)
	}
	return payload.Endpoints
}

func lamp(id, name string) home.State {
	return home.State{ID: home.EntityID(id), Value: home.On, Attributes: home.Fields{
		{Name: home.AttrFriendlyName, Value: home.Text(name)},
		{Name: home.AttrSupportedColorModes, Value: home.Texts("brightness")},
	}}
}

// TestHostileNames wants every entity to have a name that Alexa takes, whatever
// the home calls it, and none to spoil another's.
func TestHostileNames(t *testing.T) {
	for title, name := range map[string]string{
		"none":               "",
		"blanks":             " \t\r\n\v\f\u00a0\u2003",
		"controls":           "La\x00mp\x1b[31m\x7f",
		"no UTF-8":           "La\xff\xfemp",
		"half a character":   "Lamp \xe2\x82",
		"too long":           strings.Repeat("long ", 1000),
		"too long in runes":  strings.Repeat("ß", 1000),
		"cut at a blank":     strings.Repeat("x", 127) + " y" + strings.Repeat("z", 100),
		"right to left":      "\u202epmaL",
		"emoji":              "Lamp 💡",
		"another script":     "台所の明かり",
		"markup":             `<speak>"Lamp" & 'co'</speak>`,
		"JSON":               `","endpointId":"x`,
		"a lone surrogate":   "Lamp \ufffd",
		"nothing but a sign": "\ufffd",
	} {
		t.Run(title, func(t *testing.T) {
			h := portstest.NewHome(lamp("light.first", "First"), lamp("light.hostile", name), lamp("light.last", "Last"))
			found := endpoints(t, h)
			if len(found) != 3 || found[0].FriendlyName != "First" || found[2].FriendlyName != "Last" {
				t.Fatalf("discovered %+v", found)
			}
			got := found[1].FriendlyName
			if got == "" || got != strings.TrimSpace(got) || utf8.RuneCountInString(got) > alexa.MaxText || !utf8.ValidString(got) ||
				strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }) {
				t.Errorf("%q is called %q", name, got)
			}
		})
	}
}

// TestLeftOut is of entities that are no endpoints, and why.
func TestLeftOut(t *testing.T) {
	long := home.EntityID("light." + strings.Repeat("x", 300))
	reasons := map[home.EntityID]capability.Reason{
		"spaceship.enterprise": capability.UnknownDomain,
		"nothing":              capability.UnknownDomain,
		"":                     capability.UnknownDomain,
		"light":                capability.HostileID,
		"light.":               capability.HostileID,
		"light.a.b":            capability.HostileID,
		"light.Big":            capability.HostileID,
		"light.ü":              capability.HostileID,
		"light.a b":            capability.HostileID,
		"light.a#b":            capability.HostileID,
		"light.\x00":           capability.HostileID,
		long:                   capability.HostileID,
		"light.fine":           "",
		"light.away":           "",
	}
	h := portstest.NewHome()
	for id := range reasons {
		h.Set(lamp(string(id), "Lamp"))
	}
	h.Set(home.State{ID: "light.away", Value: home.Unavailable})
	if n := len(endpoints(t, h)); n != 2 {
		t.Errorf("discovered %d endpoints, want 2", n)
	}
	report, err := service(h).Explain(t.Context())
	findings := report.Findings
	if err != nil || len(findings) != len(reasons) {
		t.Fatalf("%d findings of %d entities, %v", len(findings), len(reasons), err)
	}
	for _, finding := range findings {
		if want := reasons[finding.ID]; string(finding.Reason) != string(want) || (finding.Endpoint == nil) != (want != "") {
			t.Errorf("%q is %+v, because %q; want because %q", finding.ID, finding.Endpoint, finding.Reason, want)
		}
	}
}

// TestTooMany is of homes at and past Alexa's limit.
func TestTooMany(t *testing.T) {
	for entities, past := range map[int]int{0: 0, 1: 0, 299: 0, 300: 0, 301: 1, 2000: 1700} {
		t.Run(fmt.Sprint(entities), func(t *testing.T) {
			h := portstest.NewHome()
			for i := range entities {
				h.Set(lamp(fmt.Sprintf("light.lamp_%d", i), fmt.Sprint("Lamp ", i)))
			}
			found := endpoints(t, h)
			if len(found) != entities-past {
				t.Errorf("discovered %d of %d", len(found), entities)
			}
			if raw, err := json.Marshal(found); err != nil || entities == 0 && string(raw) != "[]" {
				t.Errorf("none is %s, %v", raw, err)
			}
			report, err := service(h).Explain(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for i, finding := range report.Findings {
				if out := finding.Reason == offer.TooMany; out != (i >= alexa.MaxEndpoints) || out != (finding.Endpoint == nil) {
					t.Fatalf("entity %d is %+v, because %q", i, finding.Endpoint, finding.Reason)
				}
			}
		})
	}
}

// TestRoundTrips wants no more asked of the home than is needed: its states and
// its registries, each once, whatever it is.
func TestRoundTrips(t *testing.T) {
	climate := home.State{ID: "climate.room", Value: "heat", Attributes: home.Fields{
		{Name: home.AttrHVACModes, Value: home.Texts("heat", "off")}, {Name: home.AttrSupportedFeatures, Value: home.Number(1)},
	}}
	h := portstest.NewHome(climate, lamp("light.a", "A"))
	if found := endpoints(t, h); len(found) != 2 {
		t.Errorf("discovered %d, want 2", len(found))
	}
	asked := []string{}
	for _, entry := range h.Journal() {
		asked = append(asked, string(entry.Op))
	}
	slices.Sort(asked)
	if !slices.Equal(asked, []string{"registry", "states"}) {
		t.Errorf("the home was asked for %v", asked)
	}
}

// TestFailures wants the home's errors to come as they are.
func TestFailures(t *testing.T) {
	for _, kind := range []fault.Kind{fault.Unreachable, fault.NotAllowed, fault.TokenRejected, fault.Throttled, fault.Deadline, fault.Open} {
		h := portstest.NewHome(lamp("light.a", "A"))
		h.Befall(portstest.Trouble{Op: portstest.OpStates, Err: fault.New(kind, "It did not work.")})
		report, err := service(h).Explain(t.Context())
		if fault.Of(err) != kind || report.Findings != nil {
			t.Errorf("%v is %+v, %v", kind, report, err)
		}
	}
	alexatest.CheckReply(t, discover, discovery.Answer(discover, nil))
}

// FuzzNames wants no name to keep an entity from being discovered.
func FuzzNames(f *testing.F) {
	for _, name := range []string{"", "Lamp", "\xff", " a  b ", strings.Repeat("é ", 200)} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if found := endpoints(t, portstest.NewHome(lamp("light.a", name))); len(found) != 1 {
			t.Errorf("%q: discovered %+v", name, found)
		}
	})
}

package offer

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/home"
)

var kinds = capability.Kinds()

// offerOf returns what a house without registries offers.
func offerOf(states ...home.State) Offer {
	var nothing home.Registry
	return Choose(capability.NewCatalog(kinds), Terms{}, states, nothing).Describe(nothing)
}

// options returns so many texts of so many bytes.
func options(n, long int) home.Value {
	items := make([]home.Value, n)
	for i := range items {
		text := fmt.Sprint(i)
		items[i] = home.Text(text + strings.Repeat("_", max(long-len(text), 0)))
	}
	return home.List(items...)
}

// player returns a media player with so many sources and sound modes.
func player(id home.EntityID, sources, long int) home.State {
	return home.State{ID: id, Value: home.On, Attributes: home.Fields{
		{Name: home.AttrSupportedFeatures, Value: home.Number(float64(home.MediaVolumeSet | home.MediaTurnOn | home.MediaTurnOff | home.MediaSelectSource))},
		{Name: home.AttrSourceList, Value: options(sources, long)},
	}}
}

func choice(id home.EntityID, n, long int) home.State {
	return home.State{ID: id, Value: "x", Attributes: home.Fields{{Name: home.AttrOptions, Value: options(n, long)}}}
}

// TestTooLarge is of entities with more in them than an answer has room for.
func TestTooLarge(t *testing.T) {
	for name, c := range map[string]struct {
		state   home.State
		reason  Reason
		hazards int
		keeps   alexa.Namespace
	}{
		"few options":                     {choice("select.a", 20, 10), "", 0, alexa.ModeController},
		"many options":                    {choice("select.a", 500, 20), "", 0, alexa.ModeController},
		"more options than there is room": {choice("select.a", 1000, 40), TooLarge, 1, ""},
		"options by the thousand":         {choice("select.a", 100_000, 1), Reason(capability.NoCapabilities), 1, ""},
		"one option that is a book":       {choice("select.a", 2, 1<<20), Reason(capability.NoCapabilities), 1, ""},
		"inputs by the thousand":          {player("media_player.a", 5000, 1), "", 1, alexa.Speaker},
	} {
		f := offerOf(c.state).Findings[0]
		if f.Reason != c.reason || (f.Endpoint == nil) != (c.reason != "") || len(f.Hazards) != c.hazards {
			t.Errorf("%s: it is left out because %q, with the hazards %q", name, f.Reason, f.Hazards)
		}
		if f.Endpoint != nil && (sizeOf(f.Endpoint) > maxEndpointSize ||
			!slices.ContainsFunc(f.Endpoint.Capabilities, func(c2 alexa.Capability) bool { return c2.Interface == c.keeps })) {
			t.Errorf("%s: it is offered as %.300v", name, f.Endpoint.Capabilities)
		}
	}
}

// TestRoom: what all devices take together is what an answer has room for. Those that
// come last have none.
func TestRoom(t *testing.T) {
	var states []home.State
	for i := range 400 {
		states = append(states, choice(home.EntityID(fmt.Sprintf("select.a%d", i)), 500, 20))
	}
	states = append(states, home.State{ID: "light.a", Value: home.On})
	o := offerOf(states...)
	raw, err := json.Marshal(Endpoints(o.Findings))
	if err != nil || len(raw) > maxSize || len(raw) < maxSize*9/10 || o.Findings[0].ID != "light.a" {
		t.Errorf("%d endpoints have %d bytes, the first is %s, %v", o.Endpoints, len(raw), o.Findings[0].ID, err)
	}
	for i, f := range o.Findings {
		if (f.Endpoint != nil) != (i < o.Endpoints) || f.Endpoint == nil && (f.Reason != TooMuch || f.Names.Name == "") {
			t.Errorf("%d: %s is left out because %q", i, f.ID, f.Reason)
		}
	}
}

// TestRoomForNames: further names push nothing over the limit.
func TestRoomForNames(t *testing.T) {
	var states []home.State
	aliases := map[home.EntityID][]string{}
	for i := range 30 {
		id := home.EntityID(fmt.Sprintf("select.a%d", i))
		states = append(states, choice(id, 500, 20))
		aliases[id] = []string{"One", "Two", "Three"}
	}
	r := home.NewRegistry(home.SourceWebSocket, home.AllParts, nil, nil, nil).WithAliases(aliases)
	terms := Terms{}
	terms.Names.Style.All = true
	o := Choose(capability.NewCatalog(kinds), terms, states, r).Describe(r)
	raw, err := json.Marshal(Endpoints(o.Findings))
	if err != nil || len(raw) > maxSize || o.Endpoints <= 30 || o.Findings[29].Missed == 0 {
		t.Errorf("%d endpoints have %d bytes, %v", o.Endpoints, len(raw), err)
	}
}

// TestLight: the endpoint of an entity that is not measured is as small as is thought.
func TestLight(t *testing.T) {
	catalog, largest := capability.NewCatalog(kinds), 0
	for _, kind := range kinds { // as many short entries as there may be in one list
		for _, name := range home.Attributes() {
			s := home.State{ID: home.EntityID(kind.Domain + ".a"), Value: home.On}
			s.Attributes = s.Attributes.With(home.AttrSupportedFeatures, home.Number(float64(1<<30-1))).With(name, options(lightEntries, lightTexts/lightEntries))
			if endpoint, _ := catalog.Endpoint(capability.View{State: s}); endpoint != nil && sizeOf(endpoint) > lightSize {
				t.Errorf("the endpoint of %s with %s has %d bytes", s.ID, name, sizeOf(endpoint))
			}
		}
	}
	for _, kind := range kinds {
		rapid.Check(t, func(t *rapid.T) {
			s := home.State{ID: home.EntityID(kind.Domain + "." + strings.Repeat("x", 200)), Value: rapid.SampledFrom([]string{home.On, home.Off, "x"}).Draw(t, "state")}
			entries, texts := lightEntries, lightTexts
			letter := rapid.SampledFrom([]string{"x", "<", "ü", "\x01"})
			say := func(what string) home.Value {
				text := strings.Repeat(letter.Draw(t, "letter"), rapid.IntRange(0, 60).Draw(t, "long")) + what
				text = text[:min(len(text), texts)]
				texts -= len(text)
				return home.Text(text)
			}
			s.Attributes = s.Attributes.With(home.AttrSupportedFeatures, home.Number(float64(1<<30-1)))
			for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(home.Attributes()), 1, 20, rapid.ID[string]).Draw(t, "attributes") {
				switch rapid.SampledFrom([]string{"number", "text", "list"}).Draw(t, name) {
				case "number":
					s.Attributes = s.Attributes.With(name, home.Number(rapid.Float64().Draw(t, "number")))
				case "text":
					s.Attributes = s.Attributes.With(name, say(rapid.SampledFrom([]string{"", "temperature", "garage"}).Draw(t, "text")))
				default:
					n := rapid.IntRange(0, entries).Draw(t, "entries")
					entries -= n
					items := make([]home.Value, n)
					for i := range items {
						items[i] = say(rapid.SampledFrom([]string{"auto", "heat", "off", "hs", "color_temp", "TV", "eco", fmt.Sprint(i)}).Draw(t, "entry"))
					}
					s.Attributes = s.Attributes.With(name, home.List(items...))
				}
			}
			endpoint, _ := catalog.Endpoint(capability.View{State: s, House: capability.House{Locale: "de-DE"}})
			if endpoint == nil {
				return
			}
			endpoint.FriendlyName = strings.Repeat("<", alexa.MaxText)
			size := sizeOf(endpoint)
			largest = max(largest, size)
			if size > lightSize {
				t.Fatalf("the endpoint of %v has %d bytes", s, size)
			}
		})
	}
	t.Logf("the largest has %d bytes", largest)
}

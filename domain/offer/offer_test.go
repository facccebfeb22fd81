package offer_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

func lamp(id home.EntityID) home.State {
	return home.State{ID: id, Value: home.On, Attributes: home.Fields{
		{Name: home.AttrFriendlyName, Value: home.Text("Lamp " + id.Object())},
		{Name: home.AttrSupportedColorModes, Value: home.Texts("brightness")},
	}}
}

func lamps(n int, format string) []home.State {
	states := make([]home.State, n)
	for i := range states {
		states[i] = lamp(home.EntityID(fmt.Sprintf(format, i)))
	}
	return states
}

func filter(t interface{ Fatal(...any) }, text string) exposure.Filter {
	f, err := exposure.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// offered makes an offer, and checks it as Alexa would.
func offered(tb testing.TB, catalog *capability.Catalog, terms offer.Terms, states []home.State, r home.Registry) offer.Offer {
	tb.Helper()
	o := offer.Choose(catalog, terms, states, r).Describe(r)
	if len(o.Findings) != len(states) {
		tb.Fatalf("%d findings of %d entities", len(o.Findings), len(states))
	}
	list := offer.Endpoints(o.Findings)
	if len(list) != o.Endpoints {
		tb.Fatalf("it says %d endpoints and lists %d", o.Endpoints, len(list))
	}
	payload := map[string]any{"endpoints": list}
	alexatest.CheckAnswer(tb, alexa.Reply(alexa.Directive{}, alexa.Discovery, alexa.NameDiscoverResponse, payload, nil))
	return o
}

var catalog = capability.NewCatalog(capability.Kinds())

// ids returns the ids of the endpoints in their order.
func ids(o offer.Offer) []string {
	var all []string
	for _, e := range offer.Endpoints(o.Findings) {
		all = append(all, e.EndpointID)
	}
	return all
}

// TestOrder is of a house that is too large, in which each reason to come first
// fills what the one before has left.
func TestOrder(t *testing.T) {
	groups := []struct {
		format string
		n      int
	}{
		{"lock.named_%03d", 20}, {"sensor.shown_%03d", 60}, {"switch.placed_%03d", 100}, {"light.other_%03d", 90}, {"switch.other_%03d", 90},
	}
	var want []string
	var states []home.State
	var entries []home.Entry
	var rules []string
	for _, g := range groups {
		for _, s := range lamps(g.n, g.format) {
			if s.ID.Domain() == "sensor" {
				s.Attributes = home.Fields{{Name: home.AttrUnit, Value: home.Text("°C")}}
			}
			entry := home.Entry{ID: s.ID}
			switch s.ID.Object()[:2] {
			case "na":
				rules = append(rules, string(s.ID))
			case "sh":
				entry.Exposed = home.Assist
			case "pl":
				entry.Area = "kitchen"
			}
			states, entries = append(states, s), append(entries, entry)
			want = append(want, capability.EndpointID(s.ID))
		}
	}
	want = want[:alexa.MaxEndpoints]
	r := home.NewRegistry(home.SourceWebSocket, home.AllParts, entries, []home.Area{{ID: "kitchen", Name: "Kitchen"}}, nil)
	terms := offer.Terms{Filter: filter(t, "all, "+strings.Join(rules, ", "))}
	for range 5 {
		rand.Shuffle(len(states), func(i, j int) { states[i], states[j] = states[j], states[i] })
		o := offered(t, catalog, terms, states, r)
		if got := ids(o); !slices.Equal(got, want) {
			t.Fatalf("offered are\n%v, should be\n%v", got, want)
		}
		for _, f := range o.Findings[alexa.MaxEndpoints:] {
			if f.Reason != offer.TooMany || f.Endpoint != nil || f.Names.Name == "" {
				t.Errorf("past the limit is %+v", f)
			}
		}
	}
	var chosen []string
	for _, id := range offer.Choose(catalog, terms, states, r).IDs() {
		chosen = append(chosen, capability.EndpointID(id))
	}
	if !slices.Equal(chosen, want) {
		t.Errorf("chosen are %v", chosen)
	}
}

// TestBroken is of entities on which LEE fails, each at another point. They spoil
// no other, and one that was past the limit takes the place of each.
func TestBroken(t *testing.T) {
	kinds := slices.Clone(capability.Kinds())
	i := slices.IndexFunc(kinds, func(k capability.Kind) bool { return k.Domain == "light" })
	k := &kinds[i]
	category := k.Category
	k.Category = func(v capability.View) alexa.DisplayCategory { fail(v, "category"); return category(v) }
	k.Interfaces = slices.Clone(k.Interfaces)
	describe := k.Interfaces[0].Describe
	k.Interfaces[0].Describe = func(v capability.View) alexa.Capability { fail(v, "describe"); return describe(v) }

	states := append(lamps(300, "light.z_%d"), lamp("light.category"), lamp("light.describe"))
	o := offered(t, capability.NewCatalog(kinds), offer.Terms{}, states, home.Registry{})
	if o.Endpoints != alexa.MaxEndpoints {
		t.Errorf("offered are %d", o.Endpoints)
	}
	broken := 0
	for _, f := range o.Findings {
		if f.Reason == offer.Broken {
			broken++
			if f.Endpoint != nil || !errors.Is(f.Failure, fault.ErrPanic) || !strings.Contains(f.Failure.Error(), "offer_test.go") {
				t.Errorf("%s is %+v", f.ID, f)
			}
		} else if f.Reason != "" {
			t.Errorf("%s is left out: %s", f.ID, f.Reason)
		}
	}
	if broken != 2 {
		t.Errorf("%d are broken", broken)
	}
}

func fail(v capability.View, at string) {
	if v.State.ID.Object() == at {
		panic("at " + at)
	}
}

func TestTwice(t *testing.T) {
	o := offered(t, catalog, offer.Terms{}, []home.State{lamp("light.a"), lamp("light.b"), lamp("light.a")}, home.Registry{})
	if o.Endpoints != 2 || o.Findings[2].Reason != offer.Twice {
		t.Errorf("offered are %v, and the last finding is %+v", ids(o), o.Findings[2])
	}
}

// TestReasons wants the reason that stays when the others are taken care of.
func TestReasons(t *testing.T) {
	entries := []home.Entry{{ID: "light.hidden", Hidden: true}, {ID: "sensor.useless", Hidden: true}}
	r := home.NewRegistry(home.SourceWebSocket, home.AllParts, entries, nil, nil)
	terms := offer.Terms{Filter: filter(t, "-light.out, -sun")}
	for id, want := range map[home.EntityID][2]string{
		"sun.sun":        {string(capability.UnknownDomain), ""},
		"sensor.useless": {string(capability.NoCategory), ""},
		"light.Odd":      {string(capability.HostileID), ""},
		"light.hidden":   {string(exposure.Hidden), ""},
		"light.out":      {string(exposure.LeftOut), "-light.out"},
		"light.in":       {"", ""},
	} {
		o := offered(t, catalog, terms, []home.State{lamp(id)}, r)
		if f := o.Findings[0]; string(f.Reason) != want[0] || f.Rule != want[1] || (f.Endpoint == nil) != (want[0] != "") {
			t.Errorf("%s is left out because %q of %q, should because %q", id, f.Reason, f.Rule, want)
		}
	}
}

// TestFurtherNames gives every name an endpoint, and none where that would cost a
// device its own.
func TestFurtherNames(t *testing.T) {
	for n, want := range map[int]int{1: 2, 100: 200, 299: 1, 300: 0, 400: 0} {
		states := lamps(n, "light.lamp_%03d")
		aliases := map[home.EntityID][]string{}
		for _, s := range states {
			aliases[s.ID] = []string{"Own " + s.ID.Object(), "Second " + s.ID.Object(), "Third " + s.ID.Object(), "second " + s.ID.Object()}
		}
		r := home.NewRegistry(home.SourceWebSocket, home.AllParts, nil, nil, nil).WithAliases(aliases)
		terms := offer.Terms{Names: naming.Settings{Style: naming.Style{All: true}}}
		o := offered(t, catalog, terms, states, r)
		further, missed := 0, 0
		for _, f := range o.Findings {
			missed += f.Missed
			for i, e := range offer.Endpoints([]offer.Finding{f}) {
				if id, ok := capability.EntityID(e.EndpointID); !ok || id != f.ID {
					t.Errorf("%q is %q", e.EndpointID, id)
				}
				if own := e.EndpointID == capability.EndpointID(f.ID); own != (i == 0) || !strings.HasSuffix(e.FriendlyName, f.ID.Object()) {
					t.Errorf("endpoint %d of %s is %q, %q", i, f.ID, e.EndpointID, e.FriendlyName)
				}
				further += min(i, 1)
			}
		}
		if further != want || o.Endpoints != min(n, 300)+want || missed != 2*min(n, 300)-want {
			t.Errorf("%d lamps have %d further names in %d endpoints, %d missed; should %d", n, further, o.Endpoints, missed, want)
		}
	}
}

func TestOverrides(t *testing.T) {
	overrides, err := naming.ParseOverrides("light.a: name=Hall | Corridor, category=SMARTPLUG, description=By the door; light.b: category=OTHER")
	if err != nil {
		t.Fatal(err)
	}
	o := offered(t, catalog, offer.Terms{Names: naming.Settings{Overrides: overrides}}, lamps(2, "light.%c")[:0:0], home.Registry{})
	if o.Endpoints != 0 || offer.Endpoints(o.Findings) == nil {
		t.Errorf("an empty house offers %v", offer.Endpoints(o.Findings))
	}
	o = offered(t, catalog, offer.Terms{Names: naming.Settings{Overrides: overrides}}, []home.State{lamp("light.a"), lamp("light.b")}, home.Registry{})
	type shown struct{ id, name, category, description string }
	var got []shown
	for _, e := range offer.Endpoints(o.Findings) {
		got = append(got, shown{e.EndpointID, e.FriendlyName, string(e.DisplayCategories[0]), e.Description})
	}
	want := []shown{
		{"light#a", "Hall", "SMARTPLUG", "By the door"},
		{capability.AliasID("light.a", "Corridor"), "Corridor", "SMARTPLUG", "By the door"},
		{"light#b", "Lamp b", "OTHER", "light.b via Home Assistant"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("offered are %v, should be %v", got, want)
	}
}

// TestLocales wants the same devices, as Alexa takes them, whatever language
// their labels are in.
func TestLocales(t *testing.T) {
	fan := home.State{ID: "fan.hall", Value: home.On, Attributes: home.Fields{
		{Name: home.AttrSupportedFeatures, Value: home.Number(15)}, {Name: home.AttrPresetModes, Value: home.Texts("auto", "sleep")},
	}}
	var english string
	for _, locale := range []string{"", "en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "it-IT", "ja-JP", "sv-SE", "x"} {
		o := offered(t, catalog, offer.Terms{House: capability.House{Locale: locale}}, []home.State{fan}, home.Registry{})
		raw, err := json.Marshal(offer.Endpoints(o.Findings)[0].Capabilities)
		if err != nil || o.Endpoints != 1 {
			t.Fatal(err, o.Endpoints)
		}
		if english == "" {
			english = string(raw)
		}
		translated := slices.Contains([]string{"de-DE", "fr-FR", "es-ES", "it-IT", "ja-JP"}, locale)
		if locale == "de-DE" && !strings.Contains(string(raw), "Drehung") || !translated && !strings.Contains(string(raw), `"Rotation"`) {
			t.Errorf("in %q it is %s", locale, raw)
		}
	}
}

// TestManyInterfaces is of a device that has more to tell than Alexa takes.
func TestManyInterfaces(t *testing.T) {
	kind := capability.Kind{Domain: "light", Category: func(capability.View) alexa.DisplayCategory { return alexa.CategoryLight }}
	for i := range 2 * alexa.MaxCapabilities {
		kind.Interfaces = append(kind.Interfaces, capability.Interface{
			Namespace: alexa.ToggleController, Instance: fmt.Sprint("light.", i),
			Describe: func(capability.View) alexa.Capability {
				c := alexa.NewCapability(alexa.ToggleController, "toggleState")
				c.Resources = alexa.Named(alexa.Text(fmt.Sprint("Toggle ", i), "en-US"))
				return c
			},
		})
	}
	o := offered(t, capability.NewCatalog([]capability.Kind{kind}), offer.Terms{}, lamps(2, "light.l%d"), home.Registry{})
	for _, e := range offer.Endpoints(o.Findings) {
		if n := len(e.Capabilities); n != alexa.MaxCapabilities || e.Capabilities[n-1].Interface != alexa.Alexa {
			t.Errorf("%s has %d capabilities, the last of which is %s", e.EndpointID, n, e.Capabilities[n-1].Interface)
		}
	}
}

// TestAnything offers houses of anything on any terms: the answer is always one
// that Alexa takes, and every entity is an endpoint or has a reason.
func TestAnything(t *testing.T) {
	domains := []string{"light", "lock", "cover", "climate", "sensor", "media_player", "sun", "light.x", ""}
	objects := []string{"a", "b", "long_" + strings.Repeat("x", 245), "B", "ü", "a.b", "", "_"}
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "Lamp", "lamp", "💡", "Küche", strings.Repeat("x", 300)}))
	rapid.Check(t, func(rt *rapid.T) {
		var states []home.State
		var entries []home.Entry
		aliases := map[home.EntityID][]string{}
		for range rapid.IntRange(0, 12).Draw(rt, "entities") {
			id := home.EntityID(rapid.SampledFrom(domains).Draw(rt, "domain") + "." + rapid.SampledFrom(objects).Draw(rt, "object"))
			states = append(states, home.State{ID: id, Value: text.Draw(rt, "state"), Attributes: home.Fields{
				{Name: home.AttrFriendlyName, Value: home.Text(text.Draw(rt, "name"))},
				{Name: home.AttrDeviceClass, Value: home.Text(rapid.SampledFrom([]string{"", "garage", "temperature"}).Draw(rt, "class"))},
				{Name: home.AttrSupportedFeatures, Value: home.Number(float64(rapid.IntRange(0, 1<<20).Draw(rt, "features")))},
			}})
			entries = append(entries, home.Entry{ID: id, Name: text.Draw(rt, "registry name"), Area: "a", Hidden: rapid.Bool().Draw(rt, "hidden")})
			aliases[id] = rapid.SliceOfN(text, 0, 4).Draw(rt, "aliases")
		}
		knows := home.Part(rapid.IntRange(0, int(home.AllParts)).Draw(rt, "knows"))
		r := home.NewRegistry(home.SourceWebSocket, knows, entries, []home.Area{{ID: "a", Name: text.Draw(rt, "area")}}, nil).WithAliases(aliases)
		terms := offer.Terms{
			Filter: filter(rt, rapid.SampledFrom([]string{"", "light", "-area:a", "exposed, +light.a", "all, -lock.*"}).Draw(rt, "filter")),
			Names:  naming.Settings{Style: naming.Style{Area: rapid.Bool().Draw(rt, "area first"), All: rapid.Bool().Draw(rt, "all")}},
		}
		o := offered(t, catalog, terms, states, r)
		again := offered(t, catalog, terms, states, r)
		if !slices.Equal(ids(o), ids(again)) {
			rt.Fatalf("offered are %v, and then %v", ids(o), ids(again))
		}
		for _, f := range o.Findings {
			if (f.Endpoint == nil) == (f.Reason == "") || f.Reason == offer.Broken {
				rt.Fatalf("%q is %v, left out because %q (%s)", f.ID, f.Endpoint, f.Reason, f.Failure)
			}
		}
		counted := map[string]int{}
		for _, id := range ids(o) {
			counted[id]++
		}
		for id := range maps.Keys(counted) {
			if counted[id] > 1 {
				rt.Fatalf("%q is offered %d times", id, counted[id])
			}
		}
	})
}

// TestHazards is of interfaces over which Alexa refuses a whole discovery, with some
// integrations: they are left out, and also where nobody knows the integration.
func TestHazards(t *testing.T) {
	player := func(id home.EntityID) home.State {
		return home.State{ID: id, Value: home.On, Attributes: home.Fields{
			{Name: home.AttrSupportedFeatures, Value: home.Number(float64(home.MediaSelectSoundMode | home.MediaVolumeSet))},
			{Name: home.AttrSoundModeList, Value: home.Texts("MUSIC", "MOVIE")},
		}}
	}
	states := []home.State{player("media_player.theater"), player("media_player.other"), player("media_player.unlisted")}
	entries := []home.Entry{{ID: "media_player.theater", Integration: "denonavr"}, {ID: "media_player.other", Integration: "onkyo"}}
	equalizes := func(o offer.Offer) (ids []string) {
		for _, f := range o.Findings {
			has := f.Endpoint != nil && slices.ContainsFunc(f.Endpoint.Capabilities, func(c alexa.Capability) bool { return c.Interface == alexa.EqualizerController })
			if has == (len(f.Hazards) > 0) {
				t.Errorf("%s has the interface (%v) and the hazards %q", f.ID, has, f.Hazards)
			}
			if has {
				ids = append(ids, f.ID.Object())
			}
		}
		slices.Sort(ids)
		return ids
	}
	catalog := capability.NewCatalog(capability.Kinds())
	known := home.NewRegistry(home.SourceWebSocket, home.AllParts, entries, nil, nil)
	if got := equalizes(offered(t, catalog, offer.Terms{}, states, known)); !slices.Equal(got, []string{"other", "unlisted"}) {
		t.Errorf("EqualizerController is offered for %q", got)
	}
	byTemplate := home.NewRegistry(home.SourceTemplate, home.PartAreas, nil, nil, nil)
	for name, r := range map[string]home.Registry{"no registry": {}, "a template": byTemplate} {
		if got := equalizes(offered(t, catalog, offer.Terms{}, states, r)); got != nil {
			t.Errorf("%s: EqualizerController is offered for %q, though nobody knows the integration", name, got)
		}
	}
}

// TestCut: of a home that has more than LEE can hold, what is not there as a whole is left
// out for that reason, unless there is another.
func TestCut(t *testing.T) {
	states := lamps(2, "light.a%d")
	states = append(states, home.State{ID: "light.cut", Cut: true}, home.State{ID: "light.filtered", Cut: true}, home.State{ID: "spaceship.a", Cut: true})
	o := offered(t, catalog, offer.Terms{Filter: filter(t, "all, -light.filtered")}, states, home.Registry{})
	reasons := map[home.EntityID]bool{}
	for _, f := range o.Findings {
		reasons[f.ID] = f.Reason == offer.Cut
	}
	if o.Endpoints != 2 || !reasons["light.cut"] || reasons["light.filtered"] || reasons["spaceship.a"] || reasons["light.a0"] {
		t.Errorf("%d are offered, cut are %v", o.Endpoints, reasons)
	}
}

package homeassistant

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/home"
)

func TestDecodeStates(t *testing.T) {
	state := func(id home.EntityID, value string, attributes ...home.Field) home.State {
		return home.State{ID: id, Value: value, Attributes: attributes}
	}
	field := func(name string, value home.Value) home.Field { return home.Field{Name: name, Value: value} }
	for name, test := range map[string]struct {
		json string
		want []home.State
	}{
		"none":              {`[]`, nil},
		"blank":             {" \n\t[ ] ", nil},
		"nothing but an id": {`[{"entity_id":"light.a"}]`, []home.State{state("light.a", "")}},
		"in the home's order": {
			`[{"entity_id":"light.b","state":"on"},{"entity_id":"light.a","state":"off"}]`,
			[]home.State{state("light.b", "on"), state("light.a", "off")},
		},
		"all kinds of values": {
			`[{"entity_id":"light.a","state":"on","attributes":{"brightness":180,"is_volume_muted":true,"oscillating":false,` +
				`"friendly_name":"A \"lamp\" \u00e9\n","hs_color":[345.5,75],"effect":"rainbow","color_temp_kelvin":null}}]`,
			[]home.State{state("light.a", "on",
				field(home.AttrBrightness, home.Number(180)), field(home.AttrVolumeMuted, home.Flag(true)),
				field(home.AttrOscillating, home.Flag(false)), field(home.AttrFriendlyName, home.Text("A \"lamp\" é\n")),
				field(home.AttrHSColor, home.Numbers(345.5, 75)))},
		},
		"what is not read has any type": {
			`[{"entity_id":"light.a","context":{"id":[{}]},"state":"on","attributes":{"entity_picture":{"deep":[[[]]]},"brightness":1}}]`,
			[]home.State{state("light.a", "on", field(home.AttrBrightness, home.Number(1)))},
		},
		"an attribute of a state's member's name": {
			`[{"entity_id":"group.a","state":"on","attributes":{"entity_id":["light.b"],"state":"no","last_updated":"no"}}]`,
			[]home.State{state("group.a", "on", field(home.AttrEntityIDs, home.Texts("light.b")))},
		},
		"wrong types are left out": {
			`[{"entity_id":"light.a","state":7,"attributes":[],"last_changed":true,"last_updated":{}},` +
				`{"entity_id":"light.b","state":"on","attributes":{"brightness":{"a":1},"friendly_name":null,"hs_color":[[1],{"x":2},null,3]}}]`,
			[]home.State{state("light.a", ""), state("light.b", "on", field(home.AttrHSColor, home.Numbers(3)))},
		},
		"what is no entity is left out": {
			`[7,null,"x",[],[{"entity_id":"light.x"}],{},{"entity_id":5},{"state":"on"},{"entity_id":"light.a","state":"on"}]`,
			[]home.State{state("light.a", "on")},
		},
		"a number past the range is none": {
			`[{"entity_id":"light.a","state":"on","attributes":{"brightness":1e999,"min":-1e999,"max":1e300}}]`,
			[]home.State{state("light.a", "on", field(home.AttrMax, home.Number(1e300)))},
		},
		"of two with the same name the later counts": {
			`[{"entity_id":"light.x","entity_id":"light.a","state":"off","state":"on",` +
				`"attributes":{"brightness":1,"mode":"a","brightness":2,"mode":null}}]`,
			[]home.State{state("light.a", "on", field(home.AttrBrightness, home.Number(2)))},
		},
		"bytes that are no UTF-8": {
			"[{\"entity_id\":\"light.a\",\"state\":\"o\xffn\"}]",
			[]home.State{state("light.a", "o\uFFFDn")},
		},
		"deep": {
			`[{"entity_id":"light.a","x":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `,"state":"on"}]`,
			[]home.State{state("light.a", "on")},
		},
		"times": {
			`[` + lamp + `,{"entity_id":"light.b","last_changed":"yesterday","last_updated":"2026-11-23T05:15:15+02:00"}]`,
			[]home.State{
				{
					ID: "light.lamp", Value: "on",
					Attributes: home.Fields{field(home.AttrBrightness, home.Number(180)), field(home.AttrFriendlyName, home.Text("Lamp"))},
					Changed:    time.Date(2026, 11, 23, 3, 15, 14, 123456000, time.UTC),
					Updated:    time.Date(2026, 11, 23, 3, 15, 15, 0, time.UTC),
				},
				{ID: "light.b", Updated: time.Date(2026, 11, 23, 3, 15, 15, 0, time.UTC)},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, in := range []io.Reader{strings.NewReader(test.json), iotest.OneByteReader(strings.NewReader(test.json))} {
				got, err := newDecoder(in, maxManyBytes).states()
				if err != nil {
					t.Fatal(err)
				}
				for i := range got {
					got[i].Changed, got[i].Updated = got[i].Changed.UTC(), got[i].Updated.UTC()
					if len(got[i].Attributes) == 0 {
						got[i].Attributes = nil
					}
				}
				if !reflect.DeepEqual(got, test.want) {
					t.Errorf("got  %+v\nwant %+v", got, test.want)
				}
			}
		})
	}
}

// TestDecodeBroken is of JSON that is broken as a whole.
func TestDecodeBroken(t *testing.T) {
	shape := map[string]bool{`{}`: true, `null`: true, `"x"`: true, `7`: true, `{"message":"x"}`: true}
	for _, in := range []string{
		``, ` `, `[`, `[{`, `[{"entity_id"`, `[{"entity_id":`, `[{"entity_id":"light.a"`, `[{"entity_id":"light.a"}`, `[{"entity_id":"light.a"},`,
		`[{"entity_id":"light.a","attributes":{"brightness":`, `[{"entity_id":"light.a","attributes":{"hs_color":[1,`, `[NaN]`, `[{"a":NaN}]`,
		`[{"entity_id":"light.a","attributes":{"brightness":NaN}}]`, `[Infinity]`, `[1 2]`, `]`, `[{"a" 1}]`, `<html>`, "\x00", "\x1f\x8b",
		strings.Repeat("[", 1_000_000), `{}`, `null`, `"x"`, `7`, `{"message":"x"}`,
	} {
		states, err := newDecoder(strings.NewReader(in), maxManyBytes).states()
		if err == nil {
			t.Errorf("%.40q decodes to %v", in, states)
		}
		if errors.Is(err, errShape) != shape[in] {
			t.Errorf("%.40q: %v", in, err)
		}
	}
}

func TestDecodeConfig(t *testing.T) {
	for name, test := range map[string]struct {
		json string
		want home.Config
	}{
		"Home Assistant's": {
			`{"allowlist_external_dirs":["/x"],"components":["light","alexa"],"country":"US","currency":"EUR","language":"en",` +
				`"latitude":52.3,"location_name":"Home","state":"RUNNING","time_zone":"Europe/Berlin",` +
				`"unit_system":{"length":"km","temperature":"°C","volume":"L"},"version":"2026.11.0"}`,
			home.Config{
				Version: "2026.11.0", Name: "Home", Temperature: home.Celsius, TimeZone: "Europe/Berlin", Country: "US", Language: "en", Phase: home.Running,
				Components: []string{"light", "alexa"},
			},
		},
		"wrong types": {
			`{"version":"2026.11.0","components":{"a":1},"country":null,"language":7,"unit_system":["°F"],"time_zone":false}`,
			home.Config{Version: "2026.11.0"},
		},
		"wrong types within": {
			`{"version":"2026.11.0","components":["a",1,null,["b"],"c"],"unit_system":{"temperature":{"x":"°F"}}}`,
			home.Config{Version: "2026.11.0", Components: []string{"a", "c"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := newDecoder(strings.NewReader(test.json), maxManyBytes).config()
			if err != nil || !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, %v\nwant %+v", got, err, test.want)
			}
		})
	}
	for _, in := range []string{``, `[]`, `null`, `{`, `{"version":`, `{"unit_system":{"temperature":"°C"`} {
		if got, err := newDecoder(strings.NewReader(in), maxManyBytes).config(); err == nil {
			t.Errorf("%q decodes to %+v", in, got)
		}
	}
}

// FuzzDecode wants no answer to be more than an error: no panic, no loop, no
// states without a name, no attribute twice.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`[]`, `[` + lamp + `]`, lamp, `[{"entity_id":"a.b","attributes":{"hs_color":[1,[2],"x"],"brightness":1e999}}]`, `{"unit_system":{}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		states, err := newDecoder(bytes.NewReader(in), maxManyBytes).states()
		if err != nil && states != nil {
			t.Errorf("states and an error: %v", err)
		}
		for _, s := range states {
			if s.ID == "" {
				t.Error("a state without an id")
			}
			seen := map[string]bool{}
			for _, field := range s.Attributes {
				if seen[field.Name] || field.Value.IsZero() || ofAttributes.of([]byte(`"`+field.Name+`"`)) == "" {
					t.Errorf("attribute %q is there twice, is nothing, or is none that is read", field.Name)
				}
				seen[field.Name] = true
			}
		}
		_, _ = newDecoder(bytes.NewReader(in), maxManyBytes).state()
		_, _ = newDecoder(bytes.NewReader(in), maxManyBytes).config()
	})
}

// TestNames wants a table to hold what it was made of, and nothing that looks like
// it.
func TestNames(t *testing.T) {
	of := named(home.Attributes()...)
	for _, name := range home.Attributes() {
		if got := of.of([]byte(`"` + name + `"`)); got != name {
			t.Errorf("%s is %q", name, got)
		}
		for _, other := range []string{`"` + name, name + `"`, `"x` + name[1:] + `"`, `"` + name + `x"`, `"` + name[:len(name)-1] + `\"`} {
			if got := of.of([]byte(other)); got != "" && `"`+got+`"` != other {
				t.Errorf("%s is %q", other, got)
			}
		}
	}
	for _, odd := range []string{``, `"`, `""`, `"é"`, `"` + strings.Repeat("a", 4096) + `"`} {
		if got := of.of([]byte(odd)); got != "" {
			t.Errorf("%.20s is %q", odd, got)
		}
	}
}

// TestStatesAreBounded: what is kept of a home that is too large fits into the memory of
// the smallest function. Everything has at least its id.
func TestStatesAreBounded(t *testing.T) {
	many := func(n int, item string) string { return strings.Repeat(item+",", n-1) + item }
	const short = `{"entity_id":"light.a%d","state":"on","attributes":{"brightness":7%s}}`
	for name, c := range map[string]struct {
		states      int
		more        string
		kept, whole int // states with attributes
		weight      int // of the attributes of one, at most
	}{
		"small ones":          {states: 1000, kept: 1000, whole: 1000, weight: 1 << 10},
		"very many":           {states: maxCutStates + 10, kept: maxCutStates, whole: maxStates, weight: 1 << 10},
		"long texts":          {states: 2000, more: `,"options":["` + strings.Repeat("x", 30<<10) + `"]`, kept: 2000, whole: 800, weight: maxStateWeight},
		"long lists":          {states: 300, more: `,"options":[` + many(5000, "1") + `],"source_list":[` + many(5000, `"a"`) + `]`, kept: 300, whole: 300, weight: maxStateWeight},
		"lists":               {states: 300, more: `,"options":[` + many(900, `"an option"`) + `]`, kept: 300, whole: 292, weight: maxStateWeight},
		"a list and a name":   {states: 1, more: `,"options":[` + many(20_000, `"an option"`) + `],"friendly_name":"Lamp"`, kept: 1, whole: 1, weight: maxStateWeight},
		"a text that is long": {states: 1, more: `,"media_title":"` + strings.Repeat("x", 60<<10) + `","friendly_name":"Lamp"`, kept: 1, whole: 1, weight: maxStateWeight},
	} {
		t.Run(name, func(t *testing.T) {
			var body strings.Builder
			for i := range c.states {
				body.WriteByte("[,"[min(i, 1)])
				_, _ = fmt.Fprintf(&body, short, i, c.more)
			}
			body.WriteByte(']')
			states, err := newDecoder(strings.NewReader(body.String()), maxManyBytes).states()
			if err != nil || len(states) != c.kept {
				t.Fatalf("%d states, %v; want %d", len(states), err, c.kept)
			}
			whole, all := 0, 0
			for _, s := range states {
				if s.ID == "" || s.Cut != (s.Attributes == nil) {
					t.Fatalf("one is %+v", s)
				}
				if s.Cut {
					continue
				}
				whole++
				weight := 0
				for _, f := range s.Attributes {
					weight += weightOf(f.Value)
				}
				if all += weight; weight > c.weight {
					t.Fatalf("the attributes of one weigh %d", weight)
				}
				if !s.Attributes.Get(home.AttrBrightness).Equal(home.Number(7), 0) {
					t.Fatalf("the brightness is lost: %+v", s.ID)
				}
				if strings.Contains(c.more, "friendly_name") && s.Name() != "Lamp" {
					t.Errorf("the name is %q", s.Name())
				}
			}
			if all > maxStatesWeight || whole < c.whole*9/10 || whole > c.whole*11/10 {
				t.Errorf("%d have attributes, of %d bytes; want about %d", whole, all, c.whole)
			}
		})
	}
}

// TestCutStatesAreBounded: ids and values take no more memory than there is room for, also
// those of states whose attributes are left out.
func TestCutStatesAreBounded(t *testing.T) {
	for name, state := range map[string]string{
		"values": `{"entity_id":"sensor.a","state":"` + strings.Repeat("x", 1<<10) + `"}`,
		"ids":    `{"entity_id":"sensor.` + strings.Repeat("x", 40<<10) + `","state":"on"}`,
	} {
		t.Run(name, func(t *testing.T) {
			body := "[" + strings.Repeat(state+",", 50<<20/len(state)) + `{"entity_id":"light.last"}]`
			states, err := newDecoder(strings.NewReader(body), maxManyBytes).states()
			if err != nil || len(states) == 0 {
				t.Fatalf("%d states, %v", len(states), err)
			}
			weight := 0
			for _, s := range states {
				weight += stateWeight + len(s.ID) + len(s.Value)
			}
			if weight > maxStatesWeight+maxCutWeight {
				t.Errorf("%d states weigh %d MB", len(states), weight>>20)
			}
		})
	}
}

// weightOf is about how many bytes a value takes. All lists that are too long share theirs.
func weightOf(v home.Value) int {
	text, _ := v.Text()
	weight := fieldWeight + len(text)
	if len(v.Items()) > maxItems {
		return weight
	}
	for _, item := range v.Items() {
		weight += weightOf(item)
	}
	return weight
}

package main

import (
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// readStates reads a list of states, all of which are wanted.
func readStates(text string) ([]home.State, int, error) {
	return newStream(iotest.HalfReader(strings.NewReader(text))).states(func(home.EntityID) bool { return true })
}

func TestReadStates(t *testing.T) {
	field := func(name string, value home.Value) home.Field { return home.Field{Name: name, Value: value} }
	lamp := func(attributes ...home.Field) []home.State {
		return []home.State{{ID: "light.a", Value: "on", Attributes: attributes}}
	}
	const long = maxAttributeBytes + 1
	for name, c := range map[string]struct {
		text string
		want []home.State
	}{
		"none":              {` [ ] `, nil},
		"nothing but an id": {`[{"entity_id":"light.a"}]`, []home.State{{ID: "light.a"}}},
		"in the home's order": {
			`[{"entity_id":"light.b","state":"on"} , {"entity_id":"light.a","state":"off"}]`,
			[]home.State{{ID: "light.b", Value: "on"}, {ID: "light.a", Value: "off"}},
		},
		"all kinds of values": {
			`[{"entity_id":"light.a","state":"on","attributes":{"brightness":180,"is_volume_muted":true,"friendly_name":"A \"lamp\" \u00e9\n",` +
				`"hs_color":[345.5,75,null,[1],{"x":1}],"color_mode":null,"device_class":{"no":1},"unheard_of":{"a":["]}"]}}}]`,
			lamp(field(home.AttrBrightness, home.Number(180)), field(home.AttrVolumeMuted, home.Flag(true)),
				field(home.AttrFriendlyName, home.Text("A \"lamp\" é\n")), field(home.AttrHSColor, home.Numbers(345.5, 75))),
		},
		"wrong types": {
			`[{"entity_id":"light.a","state":"on","attributes":[7],"last_changed":true,"last_updated":"yesterday"},{"entity_id":7},{"state":7,"entity_id":"light.b"}]`,
			append(lamp(), home.State{ID: "light.b"}),
		},
		"what is no state":                {`[7,null,"x",[],[{"entity_id":"light.x"}],{},{"state":"on"},{"entity_id":"light.a","state":"on"}]`, lamp()},
		"a number past the range is none": {`[{"entity_id":"light.a","state":"on","attributes":{"brightness":1e999,"max":2}}]`, lamp(field(home.AttrMax, home.Number(2)))},
		"of two the later counts": {
			`[{"entity_id":"light.x","entity_id":"light.a","state":"on","attributes":{"brightness":1,"mode":"a","brightness":2,"mode":null}}]`,
			lamp(field(home.AttrBrightness, home.Number(2))),
		},
		"other letters": {`[{"entity_id":"light.a","ENTITY_ID":"light.x","State":"off","state":"on","attributes":{"Brightness":1}}]`, lamp()},
		"an attribute that is too long": {
			`[{"entity_id":"light.a","state":"on","attributes":{"friendly_name":"` + strings.Repeat("x", long) + `","brightness":1}}]`,
			lamp(field(home.AttrBrightness, home.Number(1))),
		},
		"a text that is too long": {`[{"entity_id":"` + strings.Repeat("x", long) + `"},{"entity_id":"light.a","state":"on","` + strings.Repeat("x", long) + `":1}]`, lamp()},
		"attributes that take too much memory": {
			`[{"entity_id":"light.a","state":"on","attributes":{"source_list":[` + strings.Repeat("1,", maxStateMemory/fieldWeight) + `1],"brightness":1}}]`,
			lamp(field(home.AttrBrightness, home.Number(1))),
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, leftOut, err := readStates(c.text)
			for i := range got {
				if len(got[i].Attributes) == 0 {
					got[i].Attributes = nil
				}
			}
			if err != nil || leftOut != 0 || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v, %d left out, %v\nwant %+v", got, leftOut, err, c.want)
			}
		})
	}
	times, _, err := readStates(`[{"entity_id":"light.a","last_changed":"2026-11-23T03:38:26.900491+00:00","last_updated":"2026-11-23T05:38:27+02:00"}]`)
	if err != nil || times[0].Changed.Nanosecond() != 900_491_000 || !times[0].Updated.Equal(time.Date(2026, 11, 23, 3, 38, 27, 0, time.UTC)) {
		t.Errorf("read %+v, %v", times, err)
	}
	for _, broken := range []string{
		``, ` `, `[`, `[{`, `[{"entity_id"`, `[{"entity_id":`, `[{"entity_id":"light.a"`, `[{"entity_id":"light.a"}`, `[{"entity_id":"light.a"},`,
		`[{"entity_id":"light.a"},]`, `[,]`, `[{"a":1,}]`, `[{"a" 1}]`, `[{a:1}]`, `[{"attributes":{"brightness":NaN}}]`, `[1 2]`, `]`, `{}`, `null`, `"x"`, `7`,
		`<html>`, "\x00", strings.Repeat("[", 1_000_000),
	} {
		if states, _, err := readStates(broken); err == nil {
			t.Errorf("%.40q is read as %v", broken, states)
		}
	}
}

// FuzzReadStates: what is read is what encoding/json finds in the same text.
func FuzzReadStates(f *testing.F) {
	f.Add(`[{"entity_id":"light.a","state":"on","attributes":{"brightness":180,"hs_color":[345,75]}}]`)
	f.Add(`[{"entity_id":"climate.b","state":"heat","attributes":{"hvac_modes":["heat",7,[1]],"temperature":1e308,"min_temp":"x","mode":null}}, 7]`)
	f.Add(`[{"entity_id":"cover.c","state":"open","attributes":{"supported_features":1e999,"current_position":-1},"attributes":{}}]`)
	catalog := capability.NewCatalog(capability.Kinds())
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxTextBytes {
			return
		}
		got, _, err := readStates(text)
		for _, state := range got {
			catalog.Endpoint(capability.View{State: state}) // Alexa can be told of it
		}
		var list []json.RawMessage
		if json.Unmarshal([]byte(text), &list) != nil {
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		var want []home.State
		for _, raw := range list {
			if state, ok := byTheBook(raw); ok {
				want = append(want, state)
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%q is read as %v, want %v", text, got, want)
		}
		for i, state := range want {
			if got[i].ID != state.ID || got[i].Value != state.Value || len(got[i].Attributes) != len(state.Attributes) {
				t.Errorf("%q is read as %+v, want %+v", text, got[i], state)
			}
			for _, a := range state.Attributes {
				if !reflect.DeepEqual(got[i].Attributes.Get(a.Name), a.Value) {
					t.Errorf("%q: %s is %v, want %v", text, a.Name, got[i].Attributes.Get(a.Name), a.Value)
				}
			}
		}
	})
}

// byTheBook reads a state with encoding/json alone.
func byTheBook(raw json.RawMessage) (s home.State, ok bool) {
	var in map[string]json.RawMessage
	if json.Unmarshal(raw, &in) != nil || in == nil {
		return s, false
	}
	_ = json.Unmarshal(in["entity_id"], &s.ID)
	_ = json.Unmarshal(in["state"], &s.Value)
	var attributes map[string]json.RawMessage
	_ = json.Unmarshal(in["attributes"], &attributes)
	for _, name := range home.Attributes() {
		var value any
		_ = json.Unmarshal(attributes[name], &value)
		if v := valueOf(value); !v.IsZero() {
			s.Attributes = append(s.Attributes, home.Field{Name: name, Value: v})
		}
	}
	return s, s.ID != ""
}

func TestReadConfig(t *testing.T) {
	for text, want := range map[string]homeConfig{
		`{"version":"1","unit_system":{"length":"km","temperature":"°F"},"state":"RUNNING"}`: {version: "1", temperature: home.Fahrenheit, phase: home.Running},
		`{"version":"1","state":"NOT_RUNNING","components":["a"]}`:                           {version: "1", phase: "NOT_RUNNING"},
		`{"version":"1","state":"STARTING"}`:                                                 {version: "1", phase: "STARTING"},
		`{"version":"1"}`:                                                                    {version: "1"},
		`{"version":"1","unit_system":["°F"],"state":7}`:                                     {version: "1"},
	} {
		if got, err := newStream(strings.NewReader(text)).config(); err != nil || got != want {
			t.Errorf("%s is read as %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{``, `[]`, `null`, `{`, `{}`, `{"version":`, `{"unit_system":{"temperature":"°C"`} {
		if got, err := newStream(strings.NewReader(text)).config(); err == nil {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

// TestRejected: which failure a status is, and that none unlinks an account.
func TestRejected(t *testing.T) {
	answer := func(status int, body string) *http.Response {
		r := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
		if strings.HasPrefix(body, "{") {
			r.Header.Set("Content-Type", "application/json; charset=utf-8")
		}
		return r
	}
	state, service := request{path: "/api/states/light.a"}, request{path: "/api/services/light/turn_on", command: []byte{}}
	for _, c := range []struct {
		status int
		of     request
		body   string
		want   fault.Kind
	}{
		{404, state, `{"message":"Entity not found."}`, fault.NotFound},
		{404, state, "<html>Not found</html>", fault.Unreachable},
		{404, service, `{"message":"Entity not found."}`, fault.Unreachable},
		{404, request{path: ownAlexa, command: []byte{}, optional: true}, "404: Not Found", fault.Unsupported},
		{404, request{path: "/api/core/state", optional: true}, "404: Not Found", fault.Unsupported},
		{400, service, "400: Bad Request", fault.Unsupported},
		{400, service, `{"message":"Entity fan.a does not support action fan.set_percentage"}`, fault.Unsupported},
		{400, service, `{"message":"Provided temperature 99.0 is not valid."}`, fault.Refused},
		{400, service, "<html>Bad request</html>", fault.Unreachable},
		{401, state, "401: Unauthorized", fault.NotAllowed},
		{403, state, "", fault.NotAllowed},
		{429, service, "", fault.Throttled},
		{500, service, "", fault.Failed},
		{502, state, "", fault.Unreachable},
		{504, service, "", fault.Unanswered},
		{524, service, "", fault.Unanswered},
		{504, state, "", fault.Unreachable},
		{302, state, "", fault.Unreachable},
		{101, state, "", fault.Unreachable},
	} {
		if got := fault.Of(rejected(answer(c.status, c.body), c.of, foreign.Filter{})); got != c.want {
			t.Errorf("%d %s of %s is %s, want %s", c.status, c.body, c.of.path, got, c.want)
		}
	}
	for status := range 600 {
		if fault.Of(rejected(answer(status, "401: Unauthorized"), state, foreign.Filter{})) == fault.TokenRejected {
			t.Errorf("%d unlinks the account", status)
		}
	}
}

package homeassistant

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// registryCase is a case of testdata/registries.json: what the home tells, and
// what comes of it.
type registryCase struct {
	Why                                                string
	Entities, Devices, Areas, Labels, Exposed, Entries json.RawMessage
	// Floors are what the home says of floors; it has none where this is empty.
	Floors  json.RawMessage
	Want    []home.Entry
	Aliases map[home.EntityID][]string
	// On are the floors that entities are on, in words; those of the others are none.
	On    map[home.EntityID]string
	Lacks []string
	Fails string
}

func (c registryCase) results() map[string]any {
	tight := func(raw json.RawMessage) string {
		var b bytes.Buffer
		if json.Compact(&b, raw) != nil {
			return "null"
		}
		return b.String()
	}
	return map[string]any{
		"config/entity_registry/list_for_display": tight(c.Entities),
		"config/device_registry/list":             tight(c.Devices),
		"config/area_registry/list":               tight(c.Areas),
		"config/floor_registry/list":              tight(json.RawMessage(cmp.Or(string(c.Floors), "[]"))),
		"config/label_registry/list":              tight(c.Labels),
		"homeassistant/expose_entity/list":        tight(c.Exposed),
		"config/entity_registry/get_entries":      tight(c.Entries),
		"get_config":                              `{"version":"2026.11.0","components":["light"],"state":"RUNNING"}`,
	}
}

func registryCases(t *testing.T) []registryCase {
	t.Helper()
	raw, err := os.ReadFile("testdata/registries.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []registryCase
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// all returns the ids of all these.
func all(entries []home.Entry) []home.EntityID {
	ids := make([]home.EntityID, len(entries))
	for i, e := range entries {
		ids[i] = e.ID
	}
	return ids
}

func TestRegistryCases(t *testing.T) {
	for _, c := range registryCases(t) {
		t.Run(c.Why, func(t *testing.T) {
			talk := newTalker(t, &talker{results: c.results()})
			r, err := portstest.ReadRegistry(t.Context(), client(t, talk.URL), all(c.Want))
			if c.Fails != "" {
				if err == nil || fault.Of(err).String() != c.Fails || r.Source() != home.SourceNone {
					t.Errorf("it tells %v, %v", r.Source(), err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if lacks := r.Lacks().Names(); !slices.Equal(lacks, c.Lacks) || r.Source() != home.SourceWebSocket {
				t.Errorf("%v it lacks %q, should %q", r.Source(), lacks, c.Lacks)
			}
			for _, want := range c.Want {
				if got := r.Entry(want.ID); fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("%s is %+v, should be %+v", want.ID, got, want)
				}
				if aliases := r.Aliases(want.ID); fmt.Sprintf("%q", aliases) != fmt.Sprintf("%q", c.Aliases[want.ID]) {
					t.Errorf("%s has the aliases %q, should have %q", want.ID, aliases, c.Aliases[want.ID])
				}
				on := ""
				if floor, ok := r.FloorOf(want.ID); ok {
					on = fmt.Sprintf("%s %q %q", floor.ID, floor.Name, floor.Aliases)
				}
				if on != c.On[want.ID] {
					t.Errorf("%s is on %s, should be on %s", want.ID, on, c.On[want.ID])
				}
			}
		})
	}
}

// TestRegistryConversation wants the commands back to back on one connection, with
// what a proxy demands and without the token in a header.
func TestRegistryConversation(t *testing.T) {
	talk := newTalker(t, &talker{results: registryCases(t)[0].results()})
	c := client(t, talk.URL, func(c *Config) { c.Headers = map[string]secret.Text{"X-Access": secret.New("pass")} })
	for _, aliased := range [][]home.EntityID{nil, all([]home.Entry{{ID: "light.moved"}, {ID: "LIGHT.odd"}}), all([]home.Entry{{ID: "light.not_there"}})} {
		if _, err := portstest.ReadRegistry(t.Context(), c, aliased); err != nil {
			t.Fatal(err)
		}
	}
	lists := []string{
		"auth", "config/entity_registry/list_for_display", "config/device_registry/list", "config/area_registry/list",
		"config/floor_registry/list", "config/label_registry/list", "homeassistant/expose_entity/list", "get_config",
	}
	want := slices.Concat(lists, lists, []string{"config/entity_registry/get_entries"}, lists)
	if got := talk.asked(); !slices.Equal(got, want) {
		t.Errorf("it was asked for\n%q, should be\n%q", got, want)
	}
	if talk.header.Get("X-Access") != "pass" || talk.header.Get("Authorization") != "" || talk.renders() != 0 {
		t.Errorf("the handshake had %v, and %d templates were rendered", talk.header, talk.renders())
	}
}

// TestRegistryAsksOnlyForWhatThereIs wants no id in the command that would make
// Home Assistant refuse all of it.
func TestRegistryAsksOnlyForWhatThereIs(t *testing.T) {
	results := registryCases(t)[0].results()
	var asked string
	results["config/entity_registry/get_entries"] = func(ids json.RawMessage) string {
		asked = string(ids)
		return "{}"
	}
	talk := newTalker(t, &talker{results: results})
	_, err := portstest.ReadRegistry(t.Context(), client(t, talk.URL), all([]home.Entry{{ID: "light.moved"}, {ID: "x"}, {ID: `"`}, {ID: "light.none"}, {ID: "light.helper"}}))
	if err != nil || asked != `["light.moved","light.helper"]` {
		t.Errorf("it was asked for %s, %v", asked, err)
	}
}

// TestRegistryStrangers is of what may answer in place of Home Assistant, or
// after it has begun to. None of it is waited for longer than it takes, and none
// of it shows the token.
func TestRegistryStrangers(t *testing.T) {
	page := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, "<html>"+canary+"</html>")
		}
	}
	long := `{"id":1,"type":"result","success":true,"result":{"entities":[` + strings.Repeat(`{"ei":"light.x","en":"`+strings.Repeat("x", 1000)+`"},`, 20000) + `{}]}}`
	for title, c := range map[string]struct {
		talk *talker
		want fault.Kind
	}{
		"a page, forbidden":                    {&talker{handshake: page(403)}, fault.Unsupported},
		"a page, unauthorized":                 {&talker{handshake: page(401)}, fault.Unsupported},
		"a page, all well":                     {&talker{handshake: page(200)}, fault.Unsupported},
		"no upgrade":                           {&talker{handshake: page(426)}, fault.Unsupported},
		"nobody behind the proxy":              {&talker{handshake: page(502)}, fault.Unsupported},
		"elsewhere":                            {&talker{handshake: http.RedirectHandler("/elsewhere", http.StatusFound).ServeHTTP}, fault.Unsupported},
		"hangs up":                             {&talker{handshake: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }}, fault.Unreachable},
		"hangs up after the handshake":         {&talker{raw: []string{}, closes: true}, fault.Unreachable},
		"hangs up in between":                  {&talker{raw: []string{`{"id":2,"type":"result","success":true,"result":[]}`}, closes: true}, fault.Unreachable},
		"no JSON":                              {&talker{raw: []string{"hello"}}, fault.Unsupported},
		"half of it":                           {&talker{raw: []string{`{"id":1,"type":"resu`}}, fault.Unreachable},
		"a list":                               {&talker{raw: []string{`[{"id":1}]`}}, fault.Unsupported},
		"the result before its id":             {&talker{raw: []string{`{"type":"result","success":true,"result":{},"id":1}`}}, fault.Unsupported},
		"a result nobody asked for":            {&talker{raw: []string{`{"id":99,"type":"result","success":true,"result":{}}`}}, fault.Unsupported},
		"one result twice":                     {&talker{raw: []string{`{"id":2,"result":[]}`, `{"id":2,"result":[]}`}}, fault.Unsupported},
		"more than anybody reads":              {&talker{raw: []string{long}}, fault.Unsupported},
		"more entities than there is room for": {&talker{raw: []string{`{"id":1,"result":{"entities":[` + strings.Repeat(`{"ei":"a.b"},`, 60_000) + `{}]}}`}}, fault.Unsupported},
		"more devices than there is room for":  {&talker{raw: []string{`{"id":2,"result":[` + strings.Repeat(`{"id":"a"},`, 150_000) + `{}]}`}}, fault.Unsupported},
		"labels without end":                   {&talker{raw: []string{`{"id":1,"result":{"entities":[{"ei":"a.b","lb":[` + strings.Repeat(`"a",`, 60_000) + `"a"]}]}}`}}, fault.Unsupported},
		"floors without end":                   {&talker{raw: []string{`{"id":4,"result":[` + strings.Repeat(`{"floor_id":"a"},`, 150_000) + `{}]}`}}, fault.Unsupported},
		"aliases of a floor without end":       {&talker{raw: []string{`{"id":4,"result":[{"floor_id":"a","aliases":[` + strings.Repeat(`"a",`, 1_000_000) + `"a"]}]}`}}, fault.Unsupported},
		"rejects in the middle":                {&talker{raw: []string{`{"type":"auth_invalid","message":"` + canary + `"}`}}, fault.NotAllowed},
		"entities that are no entities":        {&talker{raw: []string{`{"id":1,"result":[1,2]}`}}, fault.Unsupported},
		"an error that is no error":            {&talker{raw: []string{`{"id":1,"error":"no"}`}}, fault.Unsupported},
		"an id that is no id":                  {&talker{raw: []string{`{"id":1e99,"result":{}}`}}, fault.Unsupported},
		"speaks in binary, so to say":          {&talker{raw: []string{"\x00\x01"}}, fault.Unsupported},
		"the same name a hundred times":        {&talker{raw: []string{`{` + strings.Repeat(`"id":8,`, 100) + `"result":{}}`}}, fault.Unsupported},
		"deeper than anybody wants":            {&talker{raw: []string{`{"id":1,"result":` + strings.Repeat(`{"entities":[`, 20000) + `]}`}}, fault.Unsupported},
		"other messages and then nobody":       {&talker{raw: []string{`{"type":"event"}`, `{}`, `{"type":7,"id":"x"}`}, closes: true}, fault.Unreachable},
	} {
		t.Run(title, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // what is long to read takes no time here
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
				defer cancel()
				r, err := portstest.ReadRegistry(ctx, within(t, c.talk), nil)
				if fault.Of(err) != c.want || err == nil || r.Source() != home.SourceNone {
					t.Errorf("it tells %v, %v; should be %v", r.Source(), err, c.want)
				}
				if strings.Contains(fmt.Sprintf("%v %+v", err, err), canary) {
					t.Errorf("the error shows the token: %v", err)
				}
				if blocked := c.want != fault.NotAllowed; (c.talk.renders() == 1) != blocked {
					t.Errorf("%d templates were rendered", c.talk.renders())
				}
			})
		})
	}
}

// TestRegistryRejected wants a rejected token to be tried once, and never to
// unlink an account.
func TestRegistryRejected(t *testing.T) {
	talk := newTalker(t, &talker{})
	wrong := func(c *Config) { c.Token = secret.New("wrong") }
	none := func(c *Config) { c.Token = secret.Text{} }
	for title, c := range map[string]struct {
		change func(*Config)
		bearer string
		want   fault.Kind
		asked  int
	}{
		"LEE's own":           {wrong, "", fault.NotAllowed, 1},
		"the request's":       {none, "wrong", fault.NotAllowed, 1},
		"none":                {none, "", fault.Misconfigured, 0},
		"one that cannot be":  {func(c *Config) { c.Token = secret.New("a\nb") }, "", fault.NotAllowed, 0},
		"the request's, good": {none, canary, fault.Unsupported, 1},
	} {
		t.Run(title, func(t *testing.T) {
			before := slices.Index(append(talk.asked(), "end"), "end")
			_, err := portstest.ReadRegistry(ports.WithBearer(t.Context(), secret.New(c.bearer)), client(t, talk.URL, c.change), nil)
			if err == nil || fault.Of(err) != c.want {
				t.Errorf("it fails with %v, should with %v", err, c.want)
			}
			auths := 0
			for _, command := range talk.asked()[before:] {
				if command == "auth" {
					auths++
				}
			}
			if auths != c.asked {
				t.Errorf("it was tried %d times, should be %d", auths, c.asked)
			}
		})
	}
}

// TestRegistryHangs wants one who says nothing to leave time for the template,
// and for the answer.
func TestRegistryHangs(t *testing.T) {
	const template = `{"areas":[],"labels":[],"hidden":["lock.cellar"]}`
	for title, c := range map[string]struct {
		talk   *talker
		source home.Source
		hidden bool
		fails  bool
	}{
		"before the handshake": {&talker{handshake: hang, template: says(template)}, home.SourceTemplate, true, false},
		"after it":             {&talker{raw: []string{}, template: says(template)}, home.SourceTemplate, true, false},
		"with the template":    {&talker{handshake: hang, template: hang}, home.SourceNone, false, true},
	} {
		t.Run(title, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 600*time.Millisecond)
				defer cancel()
				r, err := portstest.ReadRegistry(ctx, within(t, c.talk), nil)
				if r.Source() != c.source || r.Entry("lock.cellar").Hidden != c.hidden || c.fails != (err != nil) || c.fails && fault.Of(err) != fault.Deadline {
					t.Errorf("it tells %v, %v", r.Source(), err)
				}
			})
		})
	}
}

// TestRegistryKeepsWhatItHas wants a registry without aliases where the connection
// breaks before they are told.
func TestRegistryKeepsWhatItHas(t *testing.T) {
	results := registryCases(t)[0].results()
	delete(results, "config/entity_registry/get_entries")
	talk := newTalker(t, &talker{results: results, raw: []string{}, closes: true})
	r, err := portstest.ReadRegistry(t.Context(), client(t, talk.URL), all([]home.Entry{{ID: "light.moved"}}))
	if err != nil || r.Entry("light.moved").Name != "Spot" || r.Knows(home.PartAliases) || talk.renders() != 0 {
		t.Errorf("it tells %v and lacks %q, %v", r.Source(), r.Lacks().Names(), err)
	}
}

// TestLongDeviceName: the long name of a device does not take memory once for each of its
// entities.
func TestLongDeviceName(t *testing.T) {
	for title, links := range map[string]string{
		"its own":      `"next_name_part":null`,
		"its parent's": `"next_name_part":"parent_device","parent_device_id":"d"`,
	} {
		t.Run(title, func(t *testing.T) {
			const entities = 2000
			var list strings.Builder
			for i := range entities {
				_, _ = fmt.Fprintf(&list, `{"ei":"light.a%d","di":"d","en":"A","np":"device"},`, i)
			}
			results := registryCases(t)[0].results()
			results["config/entity_registry/list_for_display"] = `{"entities":[` + list.String() + `{}]}`
			results["config/device_registry/list"] = `[{"id":"d","name":"` + strings.Repeat("x", 60<<10) + `",` + links + `}]`
			r, err := portstest.ReadRegistry(t.Context(), client(t, newTalker(t, &talker{results: results}).URL), nil)
			if err != nil {
				t.Fatal(err)
			}
			bytes := 0
			for i := range entities {
				bytes += len(r.Entry(home.EntityID(fmt.Sprintf("light.a%d", i))).Name)
			}
			if bytes == 0 || bytes > maxNamesBytes {
				t.Errorf("the names have %d bytes", bytes)
			}
		})
	}
}

// TestRegistryPhase: the home says beside its registries whether it is running.
func TestRegistryPhase(t *testing.T) {
	for told, want := range map[string]home.Phase{
		`{"state":"RUNNING"}`: home.Running, `{"state":"STARTING"}`: "STARTING", `{"version":"2020.1.0"}`: "", `{"state":7}`: "", `[]`: "",
	} {
		results := registryCases(t)[0].results()
		results["get_config"] = told
		r, err := portstest.ReadRegistry(t.Context(), client(t, newTalker(t, &talker{results: results}).URL), nil)
		if err != nil || r.Phase() != want || r.Phase().Starting() != (want == "STARTING") {
			t.Errorf("%s: the phase is %q, should be %q (%v)", told, r.Phase(), want, err)
		}
	}
}

// TestMissing: an entity that the home does not know is one that may come while it
// starts.
func TestMissing(t *testing.T) {
	for state, want := range map[string]fault.Kind{
		`{"state":"RUNNING"}`: fault.NotFound, `{"state":"STARTING"}`: fault.Unreachable, `{"state":"NOT_RUNNING"}`: fault.Unreachable,
		`{}`: fault.NotFound, `[]`: fault.Unreachable, "": fault.NotFound,
	} {
		asked := 0
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/api/core/state" {
				asked++
				if state == "" {
					reply{404, plain, "404: Not Found"}.send(w)
					return
				}
				reply{200, inJSON, state}.send(w)
				return
			}
			reply{404, inJSON, `{"message":"Entity not found."}`}.send(w)
		})
		_, err := client(t, s.URL).State(t.Context(), "light.lamp")
		starting := want == fault.Unreachable && state != `[]`
		if fault.Of(err) != want || errors.Is(err, home.ErrStarting) != starting || asked != 1 {
			t.Errorf("%q: it fails with %v after asking %d times, should be %v", state, err, asked, want)
		}
	}
}

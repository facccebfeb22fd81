//go:build live

package wiring_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// admin is a conversation with a real Home Assistant, to furnish its registries.
type admin struct {
	url  string
	conn *websocket.Conn
	last int
}

// live returns what leads to the Home Assistant that HOME_ASSISTANT_URL and
// HOME_ASSISTANT_TOKEN name, and an administrator there.
func live(t *testing.T) (env, *admin) {
	t.Helper()
	e := env{}
	for _, name := range []string{"HOME_ASSISTANT_URL", "HOME_ASSISTANT_TOKEN"} {
		if e[name] = os.Getenv(name); e[name] == "" {
			t.Fatal(name + " is not set")
		}
	}
	a := &admin{url: e["HOME_ASSISTANT_URL"]}
	a.open(t, e["HOME_ASSISTANT_TOKEN"])
	return e, a
}

// once makes requests on connections of their own, which are closed afterwards.
var once = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

// patience is what no answer of a house in the same building takes.
const patience = 20 * time.Second

func (a *admin) open(t *testing.T, token string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, a.url+"/api/websocket", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	conn.SetReadLimit(16 << 20)
	a.conn, a.last = conn, 0
	if err := conn.Write(ctx, websocket.MessageText, fmt.Appendf(nil, `{"type":"auth","access_token":%q}`, token)); err != nil {
		t.Fatal(err)
	}
	for range 2 { // auth_required, auth_ok
		if _, _, err := conn.Read(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

// do sends a command that must succeed and returns its result.
func (a *admin) do(t *testing.T, command string, members map[string]any) json.RawMessage {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience) // also when the test is over
	defer cancel()
	a.last++
	message := map[string]any{"id": a.last, "type": command}
	for name, value := range members {
		message[name] = value
	}
	raw, err := json.Marshal(message)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.conn.Write(ctx, websocket.MessageText, raw); err != nil {
		t.Fatal(err)
	}
	_, raw, err = a.conn.Read(ctx)
	var reply struct {
		Success bool
		Result  json.RawMessage
	}
	if err != nil || json.Unmarshal(raw, &reply) != nil || !reply.Success {
		t.Fatalf("%s: %s, %v", command, raw, err)
	}
	return reply.Result
}

// change makes a change to an entity's entry, and back when the test is over.
func (a *admin) change(t *testing.T, id string, to, back map[string]any) {
	t.Helper()
	with := func(members map[string]any) map[string]any {
		all := map[string]any{"entity_id": id}
		for name, value := range members {
			all[name] = value
		}
		return all
	}
	a.do(t, "config/entity_registry/update", with(to))
	t.Cleanup(func() { a.do(t, "config/entity_registry/update", with(back)) })
}

// furnish puts into the registries what the contract looks for.
func (a *admin) furnish(t *testing.T) portstest.RegistrySetup {
	t.Helper()
	var entry struct {
		Device string `json:"device_id"`
	}
	if err := json.Unmarshal(a.do(t, "config/entity_registry/get", map[string]any{"entity_id": "light.kitchen_lights"}), &entry); err != nil {
		t.Fatal(err)
	}
	a.do(t, "config/device_registry/update", map[string]any{"device_id": entry.Device, "area_id": "kitchen"})
	t.Cleanup(func() {
		a.do(t, "config/device_registry/update", map[string]any{"device_id": entry.Device, "area_id": nil})
	})
	var floor struct {
		ID string `json:"floor_id"`
	}
	if err := json.Unmarshal(a.do(t, "config/floor_registry/create", map[string]any{"name": "Ground Floor", "aliases": []string{"Downstairs"}}), &floor); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.do(t, "config/floor_registry/delete", map[string]any{"floor_id": floor.ID}) })
	a.do(t, "config/area_registry/update", map[string]any{"area_id": "kitchen", "floor_id": floor.ID})
	t.Cleanup(func() { a.do(t, "config/area_registry/update", map[string]any{"area_id": "kitchen", "floor_id": nil}) })
	var label struct {
		ID string `json:"label_id"`
	}
	if err := json.Unmarshal(a.do(t, "config/label_registry/create", map[string]any{"name": "Für Alexa"}), &label); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.do(t, "config/label_registry/delete", map[string]any{"label_id": label.ID}) })
	a.change(t, "light.kitchen_lights",
		map[string]any{"aliases": []any{nil, "Cooker Lights"}, "labels": []string{label.ID}}, map[string]any{"aliases": []any{nil}, "labels": []string{}})
	a.change(t, "cover.garage_door", map[string]any{"hidden_by": "user"}, map[string]any{"hidden_by": nil})
	a.change(t, "switch.ac", map[string]any{"name": "Cooler", "area_id": "bedroom"}, map[string]any{"name": nil, "area_id": nil})
	for _, id := range []string{"light.kitchen_lights", "switch.ac"} {
		a.do(t, "homeassistant/expose_entity", map[string]any{"assistants": []string{"cloud.alexa"}, "entity_ids": []string{id}, "should_expose": true})
		t.Cleanup(func() {
			a.do(t, "homeassistant/expose_entity", map[string]any{"assistants": []string{"cloud.alexa"}, "entity_ids": []string{id}, "should_expose": false})
		})
	}
	return portstest.RegistrySetup{
		Tells: home.AllParts,
		Entries: []home.Entry{
			{ID: "light.kitchen_lights", Name: "Kitchen Lights", Area: "kitchen", Labels: []string{label.ID}, Exposed: home.Alexa | home.Assist},
			{ID: "cover.garage_door", Name: "Garage Door", Hidden: true, Exposed: home.Assist},
			{ID: "switch.ac", Name: "Cooler", Area: "bedroom", Exposed: home.Alexa | home.Assist},
		},
		Area: "Kitchen", Floor: "Ground Floor", Aliases: []string{"", "Cooker Lights"}, Unlisted: "light.there_is_none",
	}
}

// guest makes a user who is no administrator, and returns its token.
func (a *admin) guest(t *testing.T) string {
	t.Helper()
	var made struct{ User struct{ ID string } }
	if err := json.Unmarshal(a.do(t, "config/auth/create", map[string]any{"name": "Guest", "group_ids": []string{"system-users"}}), &made); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.do(t, "config/auth/delete", map[string]any{"user_id": made.User.ID}) })
	a.do(t, "config/auth_provider/homeassistant/create", map[string]any{"user_id": made.User.ID, "username": "guest", "password": "let-me-in-please"})
	post := func(path, kind, body string, to any) {
		t.Helper()
		response, err := once.Post(a.url+path, kind, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		if err := json.NewDecoder(response.Body).Decode(to); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	var flow struct {
		ID     string `json:"flow_id"`
		Result string
	}
	client := a.url + "/"
	post("/auth/login_flow", "application/json", fmt.Sprintf(`{"client_id":%q,"handler":["homeassistant",null],"redirect_uri":%q}`, client, client), &flow)
	post("/auth/login_flow/"+flow.ID, "application/json", fmt.Sprintf(`{"client_id":%q,"username":"guest","password":"let-me-in-please"}`, client), &flow)
	var token struct {
		Access string `json:"access_token"`
	}
	post("/auth/token", "application/x-www-form-urlencoded", url.Values{"grant_type": {"authorization_code"}, "code": {flow.Result}, "client_id": {client}}.Encode(), &token)
	if token.Access == "" {
		t.Fatal("the guest has no token")
	}
	return token.Access
}

// TestRegistryContractLive runs the contract against a real Home Assistant with
// the demo integration.
func TestRegistryContractLive(t *testing.T) {
	e, a := live(t)
	s := a.furnish(t)
	t.Run("an administrator", func(t *testing.T) {
		testRegistry(t, func(*testing.T) (env, portstest.RegistrySetup) { return e, s })
	})
	t.Run("a guest", func(t *testing.T) {
		e := e.and(env{"HOME_ASSISTANT_TOKEN": a.guest(t)})
		s := s
		s.Tells &^= home.PartExposure
		s.Entries = slices.Clone(s.Entries)
		for i := range s.Entries {
			s.Entries[i].Exposed = 0
		}
		testRegistry(t, func(*testing.T) (env, portstest.RegistrySetup) { return e, s })
	})
}

// TestBlockedWebSocketLive has a real Home Assistant tell its registries by a
// template, to an administrator, and not to a guest.
func TestBlockedWebSocketLive(t *testing.T) {
	e, a := live(t)
	s := a.furnish(t)
	house, err := url.Parse(e["HOME_ASSISTANT_URL"])
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(house) }, Transport: once.Transport}
	var templates int
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/websocket":
			w.WriteHeader(http.StatusForbidden)
		case "/api/template":
			templates++
			fallthrough
		default:
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(front.Close)
	open := func(token string) *homeassistant.Client {
		c, err := homeassistant.New(homeassistant.Config{Access: home.Access{URL: front.URL, Token: secret.New(token)}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	r, err := portstest.ReadRegistry(t.Context(), open(e["HOME_ASSISTANT_TOKEN"]), nil)
	if err != nil || r.Source() != home.SourceTemplate || templates != 1 {
		t.Fatalf("it tells %v, %v after %d templates", r.Source(), err, templates)
	}
	for _, want := range s.Entries {
		got := r.Entry(want.ID)
		if got.Area != want.Area || got.Hidden != want.Hidden || !slices.Equal(got.Labels, want.Labels) {
			t.Errorf("%s is %+v, should be %+v", want.ID, got, want)
		}
	}
	if in, known := r.InArea("light.kitchen_lights", "kitchen"); !in || !known {
		t.Error("areas have lost their names")
	}
	if floor, ok := r.FloorOf("light.kitchen_lights"); !ok || floor.Name != s.Floor {
		t.Error("floors have lost their names")
	}
	if is, known := r.Labelled("light.kitchen_lights", "für alexa"); !is || !known {
		t.Error("labels have lost their names")
	}
	guest := open(a.guest(t))
	for range 3 {
		if _, err := portstest.ReadRegistry(t.Context(), guest, nil); err == nil {
			t.Error("a guest is told")
		}
	}
	if templates != 2 {
		t.Errorf("a guest has asked for %d templates, and each counts as a failed login", templates-1)
	}
}

// TestNamesAreHomeAssistantsLive wants Alexa to be told the same devices under the
// same names as by Home Assistant's own integration, whatever people have done to
// the registries.
func TestNamesAreHomeAssistantsLive(t *testing.T) {
	e, a := live(t)
	a.furnish(t)
	a.change(t, "light.bed_light", map[string]any{"aliases": []any{"Nachttischlampe (links)", nil}}, map[string]any{"aliases": []any{nil}})
	a.change(t, "light.ceiling_lights", map[string]any{"name": "Big ~ one", "aliases": []any{nil, "Sun"}}, map[string]any{"name": nil, "aliases": []any{nil}})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, e["HOME_ASSISTANT_URL"]+"/api/alexa/smart_home", bytes.NewReader(directiveFor(t, "Alexa.Discovery.Discover", "")))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+e["HOME_ASSISTANT_TOKEN"])
	request.Header.Set("Content-Type", "application/json")
	response, err := once.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var theirs answer
	if err := json.NewDecoder(response.Body).Decode(&theirs); err != nil || len(theirs.Event.Payload.Endpoints) == 0 {
		t.Fatalf("Home Assistant answers %+v, %v", theirs, err)
	}
	ours := map[string]string{}
	for _, endpoint := range build(t, e, false).ask(t, "Alexa.Discovery.Discover", "").Event.Payload.Endpoints {
		ours[endpoint.EndpointID] = endpoint.FriendlyName
	}
	compared := 0
	for _, endpoint := range theirs.Event.Payload.Endpoints {
		name, ok := ours[endpoint.EndpointID]
		want := strings.Join(strings.Fields(endpoint.FriendlyName), " ")
		if !ok || want == "" { // which devices there are is another test's; a name is not to be empty
			continue
		}
		compared++
		if name != want {
			t.Errorf("%s is %q, and %q by Home Assistant", endpoint.EndpointID, name, endpoint.FriendlyName)
		}
	}
	if ours["light#bed_light"] != "Nachttischlampe links" || ours["light#ceiling_lights"] != "Ceiling Lights Big one" || compared < 50 {
		t.Errorf("the bed light is %q, the ceiling's %q; %d are compared", ours["light#bed_light"], ours["light#ceiling_lights"], compared)
	}
}

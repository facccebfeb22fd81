package main

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

func TestReadState(t *testing.T) {
	state, err := readState([]byte(`{"entity_id":"light.a","state":"on","last_updated":"2026-11-23T03:38:26.900491+00:00",
		"attributes":{"brightness":180,"friendly_name":"A","is_volume_muted":true,"hs_color":[345,75,null,[1],{"x":1}],"color_mode":null,"effect":{"no":1},"unheard_of":1}}`))
	if err != nil {
		t.Fatal(err)
	}
	brightness, _ := state.Number("brightness")
	if state.ID != "light.a" || state.Value != "on" || state.Updated.Year() != 2026 || brightness != 180 || state.Text("friendly_name") != "A" {
		t.Errorf("read %+v", state)
	}
	if n := len(state.Attributes.Get("hs_color").Items()); n != 3 { // a list in it is one, an object nothing
		t.Errorf("the list has %d items", n)
	}
	for _, name := range []string{"color_mode", "effect", "unheard_of"} {
		if value := state.Attributes.Get(name); !value.IsZero() {
			t.Errorf("%s is %v", name, value)
		}
	}
	for _, broken := range []string{"", "null x", "7", `[]`, `{"entity_id":7}`, `{"attributes":[]}`, `{"last_updated":"yesterday"}`} {
		if _, err := readState([]byte(broken)); err == nil {
			t.Errorf("%q was read", broken)
		}
	}
}

// FuzzReadState: whatever a home says, Alexa can be told of it or it is an error.
func FuzzReadState(f *testing.F) {
	f.Add(`{"entity_id":"light.a","state":"on","attributes":{"brightness":180,"hs_color":[345,75]}}`)
	f.Add(`{"entity_id":"climate.b","state":"heat","attributes":{"hvac_modes":["heat",7],"temperature":1e308,"min_temp":"x"}}`)
	f.Add(`{"entity_id":"cover.c","state":"open","attributes":{"supported_features":1e99,"current_position":-1}}`)
	catalog := capability.NewCatalog(capability.Kinds())
	f.Fuzz(func(_ *testing.T, raw string) {
		state, err := readState([]byte(raw))
		if err != nil {
			return
		}
		catalog.Endpoint(capability.View{State: state})
	})
}

// TestRejected: which failure a status is, and that none unlinks an account.
func TestRejected(t *testing.T) {
	answer := func(status int, body string) *http.Response {
		return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body))}
	}
	for _, c := range []struct {
		status     int
		path, body string
		want       fault.Kind
	}{
		{404, "/api/states/light.a", "", fault.NotFound},
		{404, "/api/services/light/turn_on", "", fault.Unreachable},
		{400, "/api/services/light/turn_on", "400: Bad Request", fault.Unsupported},
		{400, "/api/services/light/turn_on", `{"message":"Entity fan.a does not support action fan.set_percentage"}`, fault.Unsupported},
		{400, "/api/services/light/turn_on", `{"message":"Provided temperature 99.0 is not valid."}`, fault.Refused},
		{400, "/api/services/light/turn_on", "<html>Bad request</html>", fault.Unreachable},
		{401, "/api/states", "", fault.NotAllowed},
		{403, "/api/states", "", fault.NotAllowed},
		{500, "/api/services/light/turn_on", "", fault.Failed},
		{502, "/api/states", "", fault.Unreachable},
		{302, "/api/states", "", fault.Unreachable},
	} {
		if got := fault.Of(rejected(answer(c.status, c.body), c.path)); got != c.want {
			t.Errorf("%d of %s is %s, want %s", c.status, c.path, got, c.want)
		}
	}
	for status := range 600 {
		if fault.Of(rejected(answer(status, ""), "/api/states/light.a")) == fault.TokenRejected {
			t.Errorf("%d unlinks the account", status)
		}
	}
}

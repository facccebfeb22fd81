package capability_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// TestPINsDoNotPrint makes sure that a PIN, which only the home may see, is in
// nothing that somebody may log. The PINs are words: a printed pointer may hold any
// four digits.
func TestPINsDoNotPrint(t *testing.T) {
	t.Parallel()
	const said, configured, other = "canary-said", "canary-configured", "canary-other"
	catalog := capability.NewCatalog(capability.Kinds())
	panel := home.State{ID: "alarm_control_panel.house", Value: "armed_home", Attributes: home.Fields{
		{Name: home.AttrCodeFormat, Value: home.Text("number")}, {Name: home.AttrSupportedFeatures, Value: home.Number(3)},
	}}
	safe := home.State{ID: "lock.safe", Value: "locked", Attributes: home.Fields{{Name: home.AttrCodeFormat, Value: home.Text(".+")}}}
	for name, c := range map[string]struct {
		directive     alexa.Key
		state         home.State
		payload, code string
	}{
		"disarm": {alexa.Key{Namespace: alexa.SecurityPanelController, Name: "Disarm"}, panel, `{"authorization":{"type":"FOUR_DIGIT_PIN","value":"` + said + `"}}`, said},
		"arm":    {alexa.Key{Namespace: alexa.SecurityPanelController, Name: "Arm"}, panel, `{"armState":"ARMED_AWAY"}`, configured},
		"lock":   {alexa.Key{Namespace: alexa.LockController, Name: "Lock"}, safe, `{}`, configured},
		"unlock": {alexa.Key{Namespace: alexa.LockController, Name: "Unlock"}, safe, `{}`, configured},
	} {
		d := alexa.Directive{
			Header:  alexa.Header{Namespace: c.directive.Namespace, Name: c.directive.Name},
			Payload: json.RawMessage(c.payload),
		}
		route, err := catalog.Route(c.state.ID, d)
		if err != nil {
			t.Fatal(err)
		}
		view := capability.View{State: c.state, House: capability.House{
			Codes: map[home.EntityID]secret.Text{c.state.ID: secret.New(configured), "lock.other": secret.New(other)},
		}}
		request := capability.Request{Directive: d, View: view}
		plan, err := route.Action.Plan(request)
		if err != nil {
			t.Fatal(err)
		}
		if sent := plan.Call.Data.Get("code").Any(); sent != c.code {
			t.Errorf("%s sends the code %v, should send %v", name, sent, c.code)
		}
		printed := fmt.Sprintf("%v %+v %#v %v %+v %#v", plan, plan, plan.Call, view, view, view.House) + fmt.Sprint(route.Action.Refused(request))
		for _, pin := range []string{said, configured, other} {
			if strings.Contains(printed, pin) {
				t.Errorf("%s prints a PIN: %s", name, printed)
			}
		}
	}
}

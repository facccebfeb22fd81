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
// nothing that somebody may log.
func TestPINsDoNotPrint(t *testing.T) {
	t.Parallel()
	const said, configured = "1357", "2468"
	catalog := capability.NewCatalog(capability.Kinds())
	panel := home.State{ID: "alarm_control_panel.house", Value: "armed_home", Attributes: home.Fields{
		{Name: home.AttrCodeFormat, Value: home.Text("number")}, {Name: home.AttrSupportedFeatures, Value: home.Number(3)},
	}}
	for name, c := range map[string]struct{ payload, code string }{
		"Disarm": {`{"authorization":{"type":"FOUR_DIGIT_PIN","value":"` + said + `"}}`, said},
		"Arm":    {`{"armState":"ARMED_AWAY"}`, configured},
	} {
		d := alexa.Directive{
			Header:  alexa.Header{Namespace: alexa.SecurityPanelController, Name: name},
			Payload: json.RawMessage(c.payload),
		}
		route, err := catalog.Route(panel.ID, d)
		if err != nil {
			t.Fatal(err)
		}
		request := capability.Request{Directive: d, View: capability.View{State: panel, House: capability.House{
			Codes: func(home.EntityID) secret.Text { return secret.New(configured) },
		}}}
		plan, err := route.Action.Plan(request)
		if err != nil {
			t.Fatal(err)
		}
		if sent := plan.Call.Data.Get("code").Any(); sent != c.code {
			t.Errorf("%s sends the code %v, should send %v", name, sent, c.code)
		}
		printed := fmt.Sprintf("%v %+v %#v", plan, plan, plan.Call) + fmt.Sprint(route.Action.Refused(request))
		for _, pin := range []string{said, configured} {
			if strings.Contains(printed, pin) {
				t.Errorf("%s prints a PIN: %s", name, printed)
			}
		}
	}
}

package endtoend

import (
	"net/http"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// TestUnlinking: Alexa unlinks the account over one answer only, and it goes out
// only when the token is the account's and Home Assistant itself has said twice
// that it is bad.
func TestUnlinking(t *testing.T) {
	t.Parallel()
	own401 := &demohome.Answer{Status: 401, Header: http.Header{"Content-Type": {"text/plain; charset=utf-8"}}, Body: "401: Unauthorized"}
	for _, c := range []struct {
		name string
		// house is the token that the house takes, own the one in LEE's
		// configuration; the account's comes with each directive.
		house, own string
		fault      *demohome.Fault
		want       alexa.ErrorType // "" for success
		message    string
	}{
		{"the account's token is good", accountCanary, "", nil, "", ""},
		{"the account's token is bad", "another", "", nil, alexa.InvalidAuthorizationCredential, "Home Assistant does not accept the token that came with the request."},
		{"its own token is good, the account's another's", ownCanary, ownCanary, nil, "", ""},
		{"its own token is bad", "another", ownCanary, nil, alexa.BridgeUnreachable, "Home Assistant does not accept the token in HOME_ASSISTANT_TOKEN."},
		{"its own token is bad, the account's good", accountCanary, ownCanary, nil, alexa.BridgeUnreachable, "Home Assistant does not accept the token in HOME_ASSISTANT_TOKEN."},
		{"a proxy turns away", accountCanary, "", &demohome.Fault{Answer: page(401)}, alexa.BridgeUnreachable, ""},
		{"a proxy turns away by the way to authenticate", accountCanary, "", &demohome.Fault{Answer: page(401, "WWW-Authenticate", `Bearer realm="proxy"`)}, alexa.BridgeUnreachable, ""},
		{"a proxy turns away in Home Assistant's words", accountCanary, "", &demohome.Fault{Times: 1, Answer: own401}, alexa.BridgeUnreachable, ""},
		{"a firewall turns away", accountCanary, "", &demohome.Fault{Answer: page(403)}, alexa.BridgeUnreachable, ""},
		{"the second question is not answered", "another", "", &demohome.Fault{On: "/api/", Answer: page(502)}, alexa.BridgeUnreachable, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newDemo(t, demohome.Options{Token: c.house})
			h.token = c.house
			env := map[string]string{"HOME_ASSISTANT_TOKEN": c.own, "DEBUG_MODE": "true"}
			f := start(t, h, env)
			if c.fault != nil {
				h.demo.Inject(c.fault)
			}
			a := f.say(t, "Alexa.PowerController.TurnOn", "light#porch_light")
			if p := a.Event.Payload; p.Type != c.want || c.message != "" && p.Message != c.message {
				t.Errorf("answered %s %q, want %s %q", p.Type, p.Message, c.want, c.message)
			}
			if c.fault != nil && c.fault.Times > 0 {
				return
			}
			found := f.say(t, "Alexa.Discovery.Discover", "")
			switch p := found.Event.Payload; c.want {
			case "":
				if len(p.Endpoints) == 0 {
					t.Errorf("discovery was answered %.300s", found.raw)
				}
			case alexa.InvalidAuthorizationCredential:
				if p.Type != c.want {
					t.Errorf("discovery was answered %.300s", found.raw)
				}
			default:
				if p.Type != "" || p.Endpoints == nil || len(p.Endpoints) != 0 {
					t.Errorf("discovery was answered %.300s, want an empty list", found.raw)
				}
			}
		})
	}
}

// TestBan: Home Assistant shuts out an address that keeps bringing a bad token;
// nobody is unlinked over it.
func TestBan(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{Token: "another", BanAfter: 2})
	f := start(t, h, map[string]string{"HOME_ASSISTANT_TOKEN": ownCanary})
	for range 4 {
		a := f.say(t, "Alexa.PowerController.TurnOn", "light#porch_light")
		if a.Event.Payload.Type != alexa.BridgeUnreachable || a.log.Level != "ERROR" {
			t.Errorf("answered %s, logged %+v", a.raw, a.log)
		}
	}
	if line := f.output.wait(t, "a ban"); !strings.Contains(line, "HTTP status 403") {
		t.Errorf("logged %s", line)
	}
}

// TestTokensOfSeveral: the token is the directive's own, and nothing of one
// account's gets to another's.
func TestTokensOfSeveral(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{Token: "token.of.another.account"})
	f := start(t, h, map[string]string{"HOME_ASSISTANT_TOKEN": ""})
	with := func(token string) []byte {
		d := directive{name: "Alexa.ReportState", endpoint: "light#porch_light"}
		return []byte(strings.ReplaceAll(string(marshal(map[string]any{"directive": d.message()})), accountCanary, token))
	}
	for range 2 {
		if good := f.invoke(t, with("token.of.another.account")); !strings.Contains(string(good.Payload), "StateReport") {
			t.Errorf("answered %s", good.Payload)
		}
		if bad := f.invoke(t, with(accountCanary)); !strings.Contains(string(bad.Payload), "INVALID_AUTHORIZATION_CREDENTIAL") {
			t.Errorf("answered %s", bad.Payload)
		}
	}
	if none := f.invoke(t, with("")); !strings.Contains(string(none.Payload), "BRIDGE_UNREACHABLE") {
		t.Errorf("answered %s", none.Payload)
	}
}

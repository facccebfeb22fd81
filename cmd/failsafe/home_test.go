package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// turn has a device switched or unlocked, and returns the answer's name or its error's
// type.
func turn(t *testing.T, f *function, directive, endpoint string) string {
	t.Helper()
	dot := strings.LastIndexByte(directive, '.')
	event, err := json.Marshal(map[string]any{"directive": map[string]any{
		"header":   map[string]any{"namespace": directive[:dot], "name": directive[dot+1:], "payloadVersion": "3", "messageId": "1"},
		"endpoint": map[string]any{"endpointId": endpoint}, "payload": map[string]any{},
	}})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := f.Invoke(t.Context(), event)
	var answer struct {
		Event struct {
			Header  alexa.Header
			Payload struct{ Type string }
		}
	}
	if err == nil {
		err = json.Unmarshal(raw, &answer)
	}
	if err != nil {
		t.Fatal(err)
	}
	if answer.Event.Payload.Type != "" {
		return answer.Event.Payload.Type
	}
	return answer.Event.Header.Name
}

// TestSecureHome: a private authority, a client's certificate, and what it is when one
// of them is missing or is another's.
func TestSecureHome(t *testing.T) {
	house := demohome.New(demohome.Options{})
	server, err := house.ListenTLS("127.0.0.1:0", true)
	if err != nil {
		t.Fatal(err)
	}
	another, err := house.ListenTLS("127.0.0.1:0", true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _, _ = server.Close(), another.Close(), house.Close()
	})
	ca, cert, key := string(server.CA), string(server.ClientCert), string(server.ClientKey)
	for name, c := range map[string]struct {
		env  map[string]string
		want string
	}{
		"all of it":                  {map[string]string{"HOME_ASSISTANT_CA": ca, "HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": key}, "Response"},
		"on one line each":           {map[string]string{"HOME_ASSISTANT_CA": oneLine(ca), "HOME_ASSISTANT_CLIENT_CERT": oneLine(cert), "HOME_ASSISTANT_CLIENT_CERT_KEY": oneLine(key)}, "Response"},
		"nobody looks at the home's": {map[string]string{"HA_VERIFY_SSL": "no", "HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": key}, "Response"},
		"the system's authorities":   {map[string]string{"HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": key}, "BRIDGE_UNREACHABLE"},
		"another authority":          {map[string]string{"HOME_ASSISTANT_CA": string(another.CA), "HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": key}, "BRIDGE_UNREACHABLE"},
		"no certificate to show":     {map[string]string{"HOME_ASSISTANT_CA": ca}, "BRIDGE_UNREACHABLE"},
		"another's certificate":      {map[string]string{"HOME_ASSISTANT_CA": ca, "HOME_ASSISTANT_CLIENT_CERT": string(another.ClientCert), "HOME_ASSISTANT_CLIENT_KEY": string(another.ClientKey)}, "BRIDGE_UNREACHABLE"},
		"another's key":              {map[string]string{"HOME_ASSISTANT_CA": ca, "HOME_ASSISTANT_CLIENT_CERT": cert, "HOME_ASSISTANT_CLIENT_KEY": string(another.ClientKey)}, "BRIDGE_UNREACHABLE"},
	} {
		t.Run(name, func(t *testing.T) {
			c.env["HOME_ASSISTANT_URL"], c.env["HOME_ASSISTANT_TOKEN"] = server.URL, demohome.DefaultToken
			if got := turn(t, by(c.env), "Alexa.PowerController.TurnOn", "light#porch_light"); got != c.want {
				t.Errorf("answered %s, want %s", got, c.want)
			}
		})
	}
}

// oneLine is a text in PEM as a console makes one line of it.
func oneLine(text string) string { return strings.ReplaceAll(strings.TrimSpace(text), "\n", " ") }

// TestRequests is of what goes out: the headers, the code, and nothing that gives leave
// to repeat a command.
func TestRequests(t *testing.T) {
	var bodies []string
	home := newHome(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cf-Access-Client-Secret") != "canary" || r.Header.Get("Idempotency-Key") != "" || r.Header.Get("Authorization") != "Bearer t" {
			t.Errorf("the headers are %v", r.Header)
		}
		body, _ := io.ReadAll(r.Body)
		bodies = append(bodies, r.URL.Path+" "+string(body))
		_, _ = w.Write([]byte(`[{"entity_id":"lock.front","state":"unlocked","attributes":{}}]`))
	})
	f := by(map[string]string{
		"HOME_ASSISTANT_URL": home, "HOME_ASSISTANT_TOKEN": "t", "HA_CODES": "lock.front=4711",
		"HOME_ASSISTANT_HEADERS": "CF-Access-Client-Secret: canary\nIdempotency-Key: x",
	})
	if got := turn(t, f, "Alexa.LockController.Unlock", "lock#front"); got != "Response" {
		t.Errorf("answered %s", got)
	}
	if len(bodies) != 1 || bodies[0] != `/api/services/lock/unlock {"code":"4711","entity_id":["lock.front"]}` && bodies[0] != `/api/services/lock/unlock {"code":"4711","entity_id":"lock.front"}` {
		t.Errorf("sent %q", bodies)
	}
}

// TestTimeout: HOME_ASSISTANT_TIMEOUT bounds a request. Of a command nobody knows then
// whether it was done, and the state is watched until the answer must go out.
func TestTimeout(t *testing.T) {
	for _, c := range []struct {
		directive string
		want      alexa.ErrorType
		took      time.Duration
	}{
		{"Alexa.PowerController.TurnOn", alexa.EndpointUnreachable, maxAnswerTime},
		{"Alexa.ReportState", alexa.BridgeUnreachable, time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				_, _ = io.ReadAll(r.Body)
				<-r.Context().Done()
			})).at(t, map[string]string{"HA_TIMEOUT": "1"})
			began := time.Now()
			got := turn(t, f, c.directive, "light#a")
			if took := time.Since(began); got != string(c.want) || took > c.took || took < c.took-time.Second/2 {
				t.Errorf("%s is answered %s after %v", c.directive, got, took)
			}
		})
	}
}

// hangUp closes the connection without an answer.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// TestCommandInDoubt: from when the home may have it, a command that goes wrong is one of
// which nobody knows what it did. It is sent once.
func TestCommandInDoubt(t *testing.T) {
	done := says(http.StatusOK, "[]")
	page := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html>"))
	}
	on := says(http.StatusOK, `{"entity_id":"light.a","state":"on"}`)
	for name, c := range map[string]struct {
		command, look http.HandlerFunc
		want          string
	}{
		"cut off":                    {hangUp, hangUp, "ENDPOINT_UNREACHABLE"},
		"cut off in the answer":      {says(http.StatusOK, `[{"entity_id":"light.a"`), hangUp, "ENDPOINT_UNREACHABLE"},
		"cut off, and it was done":   {says(http.StatusOK, `[{"entity_id":"light.a"`), changed, "Response"},
		"unseen":                     {done, hangUp, "ENDPOINT_UNREACHABLE"},
		"seen by nobody":             {done, says(http.StatusBadGateway, ""), "ENDPOINT_UNREACHABLE"},
		"a page":                     {page, on, "BRIDGE_UNREACHABLE"},
		"gone":                       {done, unknown, "NO_SUCH_ENDPOINT"},
		"gone, and a page":           {done, says(http.StatusNotFound, "<html>"), "ENDPOINT_UNREACHABLE"},
		"somebody else's":            {says(http.StatusBadGateway, ""), on, "BRIDGE_UNREACHABLE"},
		"a proxy that does not wait": {says(http.StatusGatewayTimeout, ""), hangUp, "ENDPOINT_UNREACHABLE"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var sent atomic.Int32
				f := serve(t, asJSON(func(w http.ResponseWriter, r *http.Request) {
					switch {
					case r.Method == http.MethodPost:
						sent.Add(1)
						c.command(w, r)
					case r.URL.Path == "/api/core/state":
						_, _ = w.Write([]byte(`{"state":"RUNNING"}`))
					default:
						c.look(w, r)
					}
				})).at(t, nil)
				if got := turn(t, f, "Alexa.PowerController.TurnOn", "light#a"); got != c.want || sent.Load() != 1 {
					t.Errorf("answered %s, sent %d times", got, sent.Load())
				}
			})
		})
	}
	f := by(map[string]string{"HOME_ASSISTANT_URL": "http://127.0.0.1:1", "HOME_ASSISTANT_TOKEN": "t"})
	if got := turn(t, f, "Alexa.PowerController.TurnOn", "light#a"); got != string(alexa.BridgeUnreachable) {
		t.Errorf("where nothing can be sent is answered %s", got)
	}
}

// changed says that a lamp was turned on just now.
func changed(w http.ResponseWriter, _ *http.Request) {
	_, _ = fmt.Fprintf(w, `{"entity_id":"light.a","state":"on","last_updated":%q}`, time.Now().Format(time.RFC3339))
}

// TestFeatures: what is off is off here too.
func TestFeatures(t *testing.T) {
	for features, want := range map[string][3]string{
		"":         {"Response", "ActivationStarted", "StateReport"},
		"standard": {"Response", "ActivationStarted", "StateReport"},
		"basic":    {"Response", "NO_SUCH_ENDPOINT", "StateReport"},
		"minimal":  {"BRIDGE_UNREACHABLE", "BRIDGE_UNREACHABLE", "BRIDGE_UNREACHABLE"},
	} {
		synctest.Test(t, func(t *testing.T) {
			house := demohome.New(demohome.Options{})
			t.Cleanup(func() { _ = house.Close() })
			f := serve(t, house).at(t, map[string]string{"HOME_ASSISTANT_TOKEN": demohome.DefaultToken, "HA_FEATURES": features})
			got := [3]string{
				turn(t, f, "Alexa.PowerController.TurnOn", "light#porch_light"), turn(t, f, "Alexa.SceneController.Activate", "script#demo"),
				turn(t, f, "Alexa.ReportState", "light#porch_light"),
			}
			if got != want {
				t.Errorf("with %q answered %q, want %q", features, got, want)
			}
		})
	}
}

// TestFailedRequest: the log says which request failed.
func TestFailedRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, http.NotFoundHandler())
		s.Close() // so that nobody answers
		h := s.at(t, nil).service(t.Context()).home
		_, err := h.state(t.Context(), secret.New("token"), "light.kitchen")
		if fault.Of(err) != fault.Unreachable || !strings.HasPrefix(err.Error(), "GET /api/states/light.kitchen: unreachable: ") {
			t.Errorf("the log has %v", err)
		}
	})
}

// TestBeyondTheEnd: a number that is at its end and is set beyond it is out of range,
// though it is as near to what was asked for as it can be.
func TestBeyondTheEnd(t *testing.T) {
	for value, want := range map[string]string{"500": `"name":"Response"`, "510": `"type":"VALUE_OUT_OF_RANGE","validRange":{"minimumValue":0,"maximumValue":500}`} {
		synctest.Test(t, func(t *testing.T) {
			f := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				if r.Method == http.MethodPost {
					w.WriteHeader(http.StatusBadRequest)
					_, _ = w.Write([]byte(`{"message":"Value is outside the valid range."}`))
					return
				}
				_, _ = w.Write([]byte(`{"entity_id":"number.tank","state":"500","attributes":{"min":0,"max":500,"step":10}}`))
			})).at(t, nil)
			answer, err := f.Invoke(t.Context(), []byte(`{"directive":{"header":{"namespace":"Alexa.RangeController","name":"SetRangeValue","instance":"number.value",`+
				`"payloadVersion":"3","messageId":"1"},"endpoint":{"endpointId":"number#tank"},"payload":{"rangeValue":`+value+`}}}`))
			if err != nil || !strings.Contains(string(answer), want) {
				t.Errorf("%s is answered %s (%v), want %s", value, answer, err, want)
			}
		})
	}
}

package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports/portstest"
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
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cf-Access-Client-Secret") != "canary" || r.Header.Get("Idempotency-Key") != "" || r.Header.Get("Authorization") != "Bearer t" {
			t.Errorf("the headers are %v", r.Header)
		}
		body, _ := io.ReadAll(r.Body)
		if r.Method == http.MethodPost {
			bodies = append(bodies, r.URL.Path+" "+string(body))
			_, _ = w.Write([]byte("[]"))
			return
		}
		_, _ = w.Write([]byte(`{"entity_id":"lock.front","state":"unlocked","attributes":{}}`))
	}))
	t.Cleanup(server.Close)
	f := by(map[string]string{
		"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": "t", "HA_CODES": "lock.front=4711",
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
// whether it was done.
func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := portstest.NewNetwork()
		server := http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.ReadAll(r.Body)
			<-r.Context().Done()
			panic(http.ErrAbortHandler) // to return would answer with a 200
		})}
		served := make(chan struct{})
		go func() {
			defer close(served)
			_ = server.Serve(network)
		}()
		f := by(map[string]string{"HOME_ASSISTANT_URL": "http://127.0.0.1:8123", "HOME_ASSISTANT_TOKEN": "t", "HA_TIMEOUT": "1"})
		f.service(t.Context()).home.http.Transport = &http.Transport{DialContext: network.Dial}
		for directive, want := range map[string]alexa.ErrorType{
			"Alexa.PowerController.TurnOn": alexa.EndpointUnreachable,
			"Alexa.ReportState":            alexa.BridgeUnreachable,
		} {
			began := time.Now()
			if got := turn(t, f, directive, "light#a"); got != string(want) || time.Since(began) != time.Second {
				t.Errorf("after %v %s is answered %s", time.Since(began), directive, got)
			}
		}
		_ = server.Close()
		<-served
	})
}

// TestCommandInDoubt: from when the home may have it, a command that goes wrong is one of
// which nobody knows what it did. It is sent once.
func TestCommandInDoubt(t *testing.T) {
	hangUp := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_ = conn.Close()
	}
	done := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("[]")) }
	for name, c := range map[string]struct {
		command, look http.HandlerFunc
		want          alexa.ErrorType
	}{
		"cut off":         {hangUp, done, alexa.EndpointUnreachable},
		"unseen":          {done, hangUp, alexa.EndpointUnreachable},
		"seen by nobody":  {done, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, alexa.EndpointUnreachable},
		"a page":          {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, done, alexa.BridgeUnreachable},
		"gone":            {done, http.NotFound, alexa.NoSuchEndpoint},
		"who is not home": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, done, alexa.BridgeUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			var sent atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					sent.Add(1)
					c.command(w, r)
					return
				}
				c.look(w, r)
			}))
			t.Cleanup(server.Close)
			f := by(map[string]string{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": "t"})
			if got := turn(t, f, "Alexa.PowerController.TurnOn", "light#a"); got != string(c.want) || sent.Load() != 1 {
				t.Errorf("answered %s, sent %d times", got, sent.Load())
			}
		})
	}
	f := by(map[string]string{"HOME_ASSISTANT_URL": "http://127.0.0.1:1", "HOME_ASSISTANT_TOKEN": "t"})
	if got := turn(t, f, "Alexa.PowerController.TurnOn", "light#a"); got != string(alexa.BridgeUnreachable) {
		t.Errorf("where nothing can be sent is answered %s", got)
	}
}

// TestFeatures: what is off is off here too.
func TestFeatures(t *testing.T) {
	house := demohome.New(demohome.Options{})
	server, err := house.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = server.Close(), house.Close() })
	for features, want := range map[string][3]string{
		"":         {"Response", "ActivationStarted", "StateReport"},
		"standard": {"Response", "ActivationStarted", "StateReport"},
		"basic":    {"Response", "NO_SUCH_ENDPOINT", "StateReport"},
		"minimal":  {"BRIDGE_UNREACHABLE", "BRIDGE_UNREACHABLE", "BRIDGE_UNREACHABLE"},
	} {
		f := by(map[string]string{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken, "HA_FEATURES": features})
		got := [3]string{
			turn(t, f, "Alexa.PowerController.TurnOn", "light#porch_light"), turn(t, f, "Alexa.SceneController.Activate", "script#demo"),
			turn(t, f, "Alexa.ReportState", "light#porch_light"),
		}
		if got != want {
			t.Errorf("with %q answered %q, want %q", features, got, want)
		}
	}
}

// TestFailedRequest: the log says which request failed.
func TestFailedRequest(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close() // so that nobody answers
	h, err := newPlainHome(settings{URL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.state(t.Context(), secret.New("token"), "light.kitchen")
	if fault.Of(err) != fault.Unreachable || !strings.HasPrefix(err.Error(), "GET /api/states/light.kitchen: unreachable: ") {
		t.Errorf("the log has %v", err)
	}
}

// TestBeyondTheEnd: a number that is at its end and is set beyond it is out of range,
// though it is as near to what was asked for as it can be.
func TestBeyondTheEnd(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		_, _ = w.Write([]byte(`{"entity_id":"number.tank","state":"500","attributes":{"min":0,"max":500,"step":10}}`))
	}))
	t.Cleanup(server.Close)
	f := by(map[string]string{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": "t"})
	for value, want := range map[string]string{"500": `"name":"Response"`, "510": `"type":"VALUE_OUT_OF_RANGE","validRange":{"minimumValue":0,"maximumValue":500}`} {
		answer, err := f.Invoke(t.Context(), []byte(`{"directive":{"header":{"namespace":"Alexa.RangeController","name":"SetRangeValue","instance":"number.value",`+
			`"payloadVersion":"3","messageId":"1"},"endpoint":{"endpointId":"number#tank"},"payload":{"rangeValue":`+value+`}}}`))
		if err != nil || !strings.Contains(string(answer), want) {
			t.Errorf("%s is answered %s (%v), want %s", value, answer, err, want)
		}
	}
}

package wiring_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/wiring"
)

// The secrets of a function that has every kind of them.
const (
	tokenCanary    = "canary.home.token.4b1f"     // LEE's own for the home
	accountCanary  = "canary.account.token.9c2d"  // what comes with a directive
	headerCanary   = "canary-header-7e3a"         // for what stands in front of the home
	operatorCanary = "canary-operator-secret-51f" // the operators'
	guessCanary    = "canary-guess-of-a-stranger" // what somebody tries
	awsCanary      = "canary/aws/secret/key/3d8e" // AWS's
	sessionCanary  = "canary/aws/session/66aa"    //
	codeCanary     = "canary-code-8842"           // of a lock, in a service call
	pinCanary      = "canary-pin-c0de"            // said to Alexa; digits could be a part of a logged time
	storedCanary   = "canary-stored-name-a1"      // a code of a lock in the Parameter Store
)

// keyPair returns a certificate and its key, and a part of the key's text that
// must not show.
func keyPair(t *testing.T) (certificate, key, canary string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	certificate = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}))
	key = string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
	return certificate, key, strings.Split(key, "\n")[2]
}

// watched is an engine whose every word is looked at.
type watched struct {
	*engine.Engine
	log, metrics *log
	secrets      map[string]string
	// within is how long an answer may take.
	within time.Duration
	// fragments says that parts of what is shown to the home must not show either.
	fragments bool
}

func watch(t *testing.T, h *demohome.House, more env) *watched {
	t.Helper()
	server, err := h.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p, stored := stored(t)
	p.put("homeassistant/codes", "lock.front_door="+storedCanary)
	p.put("homeassistant/assistant_name", "My House")
	certificate, key, keyCanary := keyPair(t)
	e := stored.and(env{
		"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": tokenCanary, "HOME_ASSISTANT_HEADERS": "X-Door: " + headerCanary,
		"HOME_ASSISTANT_CLIENT_CERT": certificate, "HOME_ASSISTANT_CLIENT_KEY": key, "OPERATOR_SECRET": operatorCanary,
		"AWS_SECRET_ACCESS_KEY": awsCanary, "AWS_SESSION_TOKEN": sessionCanary, "AWS_LAMBDA_FUNCTION_NAME": "lee",
		"LOG_LEVEL": "DEBUG", "CONFIGURATION_TIER": "maximum",
	}).and(more)
	w := &watched{log: &log{}, metrics: &log{}, within: 20 * time.Second, secrets: map[string]string{
		"the home's token": tokenCanary, "the account's token": accountCanary, "a header": headerCanary, "the client's key": keyCanary,
		"the operators' secret": operatorCanary, "a stranger's guess": guessCanary, "AWS's secret key": awsCanary,
		"AWS's session": sessionCanary, "a code": codeCanary, "a PIN": pinCanary, "a code in the store": storedCanary,
	}}
	w.Engine, err = wiring.Build(wiring.Start{Environment: e.environment(), Began: time.Now(), Log: w.log, Metrics: w.metrics})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.ask(t, `{"operation":"lugs","unload":true}`) // closes what would outlive the test
		_ = server.Close()
		_ = h.Close()
	})
	return w
}

// ask sends an event and looks for secrets in the answer.
func (w *watched) ask(t *testing.T, event string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), w.within)
	defer cancel()
	answer, err := w.Invoke(ctx, []byte(event))
	if err != nil {
		t.Fatal(err)
	}
	w.look(t, "the answer to "+fmt.Sprintf("%.60s", event), string(answer))
	return string(answer)
}

// look looks for secrets as they are and as others write them.
func (w *watched) look(t *testing.T, where, text string) {
	t.Helper()
	if w.fragments {
		w.lookForParts(t, where, text)
	}
	for what, secret := range w.secrets {
		for form, written := range map[string]string{
			"": secret, " in Base64": base64.StdEncoding.EncodeToString([]byte(secret)), " in hex": fmt.Sprintf("%x", secret),
		} {
			if at := strings.Index(text, written); at >= 0 {
				t.Errorf("%s shows%s in %s: …%s…", what, form, where, text[max(at-150, 0):min(at+80, len(text))])
			}
		}
	}
}

// longestPart is how long a part of a secret may be that is left of it.
const longestPart = 8

// lookForParts looks for parts of what is shown to the home.
func (w *watched) lookForParts(t *testing.T, where, text string) {
	t.Helper()
	small := strings.ToLower(text)
	for what, secret := range map[string]string{"the home's token": tokenCanary, "the account's token": accountCanary, "a header": headerCanary} {
		for form, written := range map[string]string{
			"": secret, " in Base64": base64.RawStdEncoding.EncodeToString([]byte(secret)), " in hex": fmt.Sprintf("%x", secret),
		} {
			written = strings.ToLower(written)
			for from := 0; from+longestPart < len(written); from++ {
				if at := strings.Index(small, written[from:from+longestPart+1]); at >= 0 {
					t.Errorf("%s shows%s in part in %s: …%s…", what, form, where, text[max(at-150, 0):min(at+80, len(text))])
					break
				}
			}
		}
	}
}

// unlock is the directive that brings a PIN.
func unlock(endpoint string) string {
	return `{"directive":{"header":{"namespace":"Alexa.LockController","name":"Unlock","messageId":"m-1","correlationToken":"c","payloadVersion":"3"},` +
		`"endpoint":{"endpointId":"` + endpoint + `","scope":{"type":"BearerToken","token":"` + accountCanary + `"},"cookie":{}},` +
		`"payload":{"authorization":{"type":"FOUR_DIGIT_PIN","value":"` + pinCanary + `"}}}}`
}

// disarm is another.
const disarm = `{"directive":{"header":{"namespace":"Alexa.SecurityPanelController","name":"Disarm","messageId":"m-2","correlationToken":"c","payloadVersion":"3"},` +
	`"endpoint":{"endpointId":"alarm_control_panel#home","scope":{"type":"BearerToken","token":"` + accountCanary + `"},"cookie":{}},` +
	`"payload":{"authorization":{"type":"FOUR_DIGIT_PIN","value":"` + pinCanary + `"}}}}`

func directives(t *testing.T) (events []string) {
	t.Helper()
	for _, d := range [][2]string{
		{"Alexa.Discovery.Discover", ""}, {"Alexa.PowerController.TurnOn", "light#kitchen_lights"}, {"Alexa.ReportState", "light#kitchen_lights"},
		{"Alexa.PowerController.TurnOn", "light#nowhere"}, {"Alexa.PowerController.Explode", "light#kitchen_lights"}, {"Alexa.LockController.Lock", "lock#front_door"},
	} {
		events = append(events, strings.ReplaceAll(string(directiveFor(t, d[0], d[1])), "token.of.the.account", accountCanary))
	}
	return append(events, unlock("lock#front_door"), disarm)
}

// httpEvent is a request, with this in its Authorization header.
func httpEvent(method, path, authorization, body string) string {
	raw, err := json.Marshal(map[string]any{
		"version": "2.0", "rawPath": path, "headers": map[string]string{"authorization": authorization, "cookie": "session=" + operatorCanary},
		"rawQueryString": "token=" + operatorCanary, "body": body,
		"requestContext": map[string]any{"requestId": "r", "http": map[string]string{"method": method, "path": path, "sourceIp": "203.0.113.7"}},
	})
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// others are events that are no directives, rightly and wrongly made.
func others() []string {
	call := `"service":"lock.unlock","entity_id":"lock.front_door","data":{"code":"` + codeCanary + `"}`
	events := []string{
		`{"test":"ping"}`, `{"test":{"token":"` + accountCanary + `"}}`, `{"token":"` + tokenCanary + `"}`, tokenCanary, `{"operation":{"x":"` + codeCanary + `"}}`,
		`{"operation":"ha_call",` + call + `}`, `{"operation":"ha_call","calls":[{` + call + `},{` + call + `}]}`,
		`{"operation":"ha_call","service":"lock.explode","entity_id":"lock.front_door","data":{"code":"` + codeCanary + `"}}`,
		`{"operation":"ha_call","service":"lock.unlock","entity_id":"lock.front_door","data":{"code":{"a":"` + codeCanary + `"}}}`,
		`{"operation":"ha_area","area_id":"kitchen","service":"light.turn_on","data":{"code":"` + codeCanary + `"}}`,
		`{"operation":"ha_states"}`, `{"operation":"ha_discovery"}`, `{"operation":"ha_discovery","entity_id":"lock.front_door"}`, `{"operation":"ha_status"}`,
		`{"operation":"ha_connection_test"}`, `{"operation":"health"}`, `{"operation":"surroundings"}`, `{"operation":"config"}`, `{"operation":"config_reload"}`,
		`{"operation":"config_rollback"}`, `{"operation":"debug","on":true}`, `{"operation":"lugs","unload":true}`, `{"operation":"forget"}`,
		`{"operation":"trace","event":` + unlock("lock#front_door") + `}`, `{"operation":"trace"}`, `{"operation":"diagnostics"}`,
		`{"source":"aws.events","detail":{"x":"` + tokenCanary + `"}}`, `{"source":"` + tokenCanary + `"}`,
		`{"directive":{"header":{"namespace":"Alexa","name":"X","payloadVersion":"3"},"payload":{"scope":{"token":["` + accountCanary + `"]}}}}`,
		`{"directive":{"endpoint":{"scope":{"token":"` + accountCanary + `"`,
	}
	for _, authorization := range []string{"", "Bearer " + operatorCanary, "Bearer " + guessCanary, "Basic " + guessCanary, guessCanary} {
		events = append(events,
			httpEvent("GET", "/health", authorization, ""), httpEvent("GET", "/diagnostics", authorization, ""),
			httpEvent("POST", "/webhook", authorization, `{"entity_id":"light.a"}`), httpEvent("POST", "/webhook", authorization, `{"x":`),
			httpEvent("GET", "/nothing", authorization, ""), httpEvent("DELETE", "/health", authorization, ""))
	}
	return events
}

// TestSecrets sends everything that there is to be sent, to a house that is well
// and to houses that are not, at debug level, and looks for every secret in all
// that goes out: answers, the log, metrics.
func TestSecrets(t *testing.T) {
	echo := "no " + tokenCanary + " " + headerCanary
	for name, fault := range map[string]*demohome.Fault{
		"a house that is well":    nil,
		"one that is gone":        {Drop: demohome.Before},
		"one that breaks off":     {Drop: demohome.After},
		"one that turns us away":  {Answer: &demohome.Answer{Status: 401, Header: http.Header{"Content-Type": {"text/plain; charset=utf-8"}}, Body: "401: Unauthorized"}},
		"a wall in front of it":   {Answer: &demohome.Answer{Status: 403, Header: http.Header{"Content-Type": {"text/html"}}, Body: "<html>" + echo + "</html>"}},
		"one that talks too much": {Answer: &demohome.Answer{Status: 400, Header: http.Header{"Content-Type": {"application/json"}}, Body: `{"message":"` + echo + `"}`}},
		"one that sends us away":  {Answer: &demohome.Answer{Status: 302, Header: http.Header{"Location": {"https://example.org/?token=" + tokenCanary}}, Body: ""}},
		"one that talks nonsense": {Answer: &demohome.Answer{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: `{"version":"` + tokenCanary}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // most of the time is spent waiting for what does not come
			h := demohome.New(demohome.Options{Token: tokenCanary})
			if fault != nil {
				h.Inject(fault)
			}
			w := watch(t, h, nil)
			if fault != nil {
				w.within = 800 * time.Millisecond // what does not come is not waited for
			}
			for _, event := range append(directives(t), others()...) {
				w.ask(t, event)
			}
			w.look(t, "the log", w.log.String())
			w.look(t, "the metrics", w.metrics.String())
			if n := strings.Count(w.log.String(), `"message":"crossed"`); n == 0 {
				t.Error("nothing is logged at debug level, so nothing was looked at")
			}
		})
	}
}

// TestSecretsAreUsed: the test above would notice nothing if the secrets were not
// there to be shown.
func TestSecretsAreUsed(t *testing.T) {
	h := demohome.New(demohome.Options{Token: tokenCanary})
	w := watch(t, h, nil)
	for event, want := range map[string]string{
		`{"operation":"ha_status"}`:                                    "connected",
		httpEvent("GET", "/diagnostics", "Bearer "+operatorCanary, ""): `"statusCode":200`,
		`{"operation":"config"}`:                                       `"variable":"HA_CODES","value":"lock.front_door=[secret]","source":"parameter store"`,
		`{"operation":"ha_call","service":"lock.unlock","entity_id":"lock.front_door","data":{"code":"` + codeCanary + `"}}`: `"home_calls":1`,
	} {
		if answer := w.ask(t, event); !strings.Contains(answer, want) {
			t.Errorf("%.60s: answered %s, want %s", event, answer, want)
		}
	}
	found := false
	for _, call := range h.Calls() {
		found = found || strings.Contains(fmt.Sprint(call), codeCanary)
	}
	if !found {
		t.Errorf("the code did not get through: %v", h.Calls())
	}
	leaky := &watched{secrets: w.secrets}
	for what, secret := range leaky.secrets {
		probe := &testing.T{}
		leaky.look(probe, "a leak", "x"+secret+"x")
		if !probe.Failed() {
			t.Errorf("%s would not be noticed", what)
		}
	}
}

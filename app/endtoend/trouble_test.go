package endtoend

import (
	"net/http"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// short gives an invocation three seconds, so that what waits for the deadline
// does not wait for long.
func short(c *lambdaapi.Config) { c.Timeout = 3 * time.Second }

// all is what has the engine log all that it can.
var all = map[string]string{"DEBUG_MODE": "true"}

// page is what a proxy or a firewall answers in the home's place.
func page(status int, more ...string) *demohome.Answer {
	header := http.Header{"Content-Type": {"text/html; charset=utf-8"}}
	for i := 0; i < len(more); i += 2 {
		header.Set(more[i], more[i+1])
	}
	return &demohome.Answer{Status: status, Header: header, Body: "<!doctype html><title>Sign in</title><h1>Who are you?</h1>"}
}

// TestTroubleWithACommand: each kind of trouble with its proper error, in time,
// and the command sent once.
func TestTroubleWithACommand(t *testing.T) {
	t.Parallel()
	const services = "/api/services/"
	words := func(status int, text string) *demohome.Answer {
		return &demohome.Answer{Status: status, Header: http.Header{"Content-Type": {"text/plain; charset=utf-8"}}, Body: text}
	}
	object := func(body string) *demohome.Answer {
		return &demohome.Answer{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: body}
	}
	for _, c := range []struct {
		name  string
		fault *demohome.Fault
		want  alexa.ErrorType // "" for success
		// applied says whether the home has carried it out.
		applied bool
	}{
		{"the home hangs before it does it", &demohome.Fault{On: services, Hang: demohome.Before}, alexa.EndpointUnreachable, false},
		{"the home hangs after it has done it", &demohome.Fault{On: services, Hang: demohome.After}, "", true},
		{"the connection is lost before", &demohome.Fault{On: services, Drop: demohome.Before}, alexa.EndpointUnreachable, false},
		{"the connection is lost after", &demohome.Fault{On: services, Drop: demohome.After}, "", true},
		{"the home is slow", &demohome.Fault{On: services, Delay: 700 * time.Millisecond}, "", true},
		{"the home is slower than a reply is waited for", &demohome.Fault{On: services, Delay: 1800 * time.Millisecond}, "", true},
		{"a proxy gives up after it was done", &demohome.Fault{On: services, Answer: page(504), AnswerAt: demohome.After}, "", true},
		{"another proxy gives up after it was done", &demohome.Fault{On: services, Answer: page(524), AnswerAt: demohome.After}, "", true},
		{"a proxy that finds no home", &demohome.Fault{Answer: page(502)}, alexa.BridgeUnreachable, false},
		{"a proxy that finds no home, in JSON", &demohome.Fault{Answer: &demohome.Answer{Status: 503, Header: http.Header{"Content-Type": {"application/json"}}, Body: `{"message":"no"}`}}, alexa.BridgeUnreachable, false},
		{"a proxy that wants a name", &demohome.Fault{Answer: page(401)}, alexa.BridgeUnreachable, false},
		{"a firewall", &demohome.Fault{Answer: page(403)}, alexa.BridgeUnreachable, false},
		{"a way to sign in", &demohome.Fault{Answer: page(302, "Location", "https://login.example.org/?for=home")}, alexa.BridgeUnreachable, false},
		{"a page where the home should be", &demohome.Fault{Answer: page(200)}, alexa.BridgeUnreachable, false},
		{"nothing where the home should be", &demohome.Fault{Answer: page(404)}, alexa.BridgeUnreachable, false},
		{"too much of it", &demohome.Fault{Answer: page(429, "Retry-After", "60")}, alexa.BridgeUnreachable, false},
		{"an exception in the home", &demohome.Fault{On: services, Answer: words(500, "500 Internal Server Error\n\nServer got itself in trouble")}, alexa.InternalError, false},
		{"broken JSON", &demohome.Fault{On: services, Answer: object(`[{"entity_id":`), AnswerAt: demohome.After}, "", true},
		{"JSON of another kind", &demohome.Fault{On: services, Answer: object(`{"what":7}`), AnswerAt: demohome.After}, "", true},
		{"states of another kind", &demohome.Fault{On: services, Answer: object(`[7,null,"x",{"entity_id":7}]`), AnswerAt: demohome.After}, "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newDemo(t, demohome.Options{})
			limit := func(*lambdaapi.Config) {}
			if c.fault.Hang != demohome.Never {
				limit = short
			}
			f := start(t, h, all, limit)
			f.say(t, "Alexa.ReportState", "light#porch_light") // there is a connection now
			h.demo.Inject(c.fault)
			a := f.say(t, "Alexa.PowerController.TurnOn", "light#porch_light")
			if a.Event.Payload.Type != c.want {
				t.Errorf("answered %q, want %q: %s", a.Event.Payload.Type, c.want, a.raw)
			}
			if on := a.properties()["Alexa.PowerController.powerState"]; c.want == "" && on != "ON" {
				t.Errorf("Alexa was told that it is %v", on)
			}
			commands := 0
			for _, call := range h.demo.Calls() {
				if call.Name() == "light.turn_on" {
					commands++
				}
			}
			if applied := commands == 1; applied != c.applied || commands > 1 {
				t.Errorf("the home has carried it out %d times, want %t", commands, c.applied)
			}
			if hits := c.fault.Hits(); c.fault.On == services && hits != 1 {
				t.Errorf("it was sent %d times", hits)
			}
			h.demo.Mend()
			f.invoke(t, []byte(`{"test":"ping"}`))
		})
	}
}

// TestTroubleWithTheWholeHome: directives get their error, discovery an empty
// list, and when the home is well again so is LEE.
func TestTroubleWithTheWholeHome(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fault *demohome.Fault
	}{
		{"it hangs", &demohome.Fault{Hang: demohome.Before}},
		{"it hangs up", &demohome.Fault{Drop: demohome.Before}},
		{"a firewall", &demohome.Fault{Answer: page(403)}},
		{"a way to sign in", &demohome.Fault{Answer: page(302, "Location", "https://login.example.org/")}},
		{"a proxy that finds no home", &demohome.Fault{Answer: page(502)}},
		{"a list that is cut off", &demohome.Fault{On: "/api/states", Answer: &demohome.Answer{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: `[{"entity_id":"light.a","state":"on","attributes":{}},{"ent`}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newDemo(t, demohome.Options{})
			f := start(t, h, map[string]string{"DEBUG_MODE": "true", "CONFIGURATION_TIER": "minimum"}, short)
			h.demo.Inject(c.fault)
			found := f.say(t, "Alexa.Discovery.Discover", "")
			if found.event() != "Alexa.Discovery.Discover.Response" || len(found.Event.Payload.Endpoints) != 0 {
				t.Errorf("discovery was answered %.300s", found.raw)
			}
			if a := f.say(t, "Alexa.ReportState", "light#porch_light"); a.Event.Payload.Type != alexa.BridgeUnreachable {
				t.Errorf("a question for a state was answered %s", a.raw)
			}
			h.demo.Mend()
			if a := f.say(t, "Alexa.ReportState", "light#porch_light"); a.event() != "Alexa.StateReport" {
				t.Errorf("when the home is well again: %s", a.raw)
			}
		})
	}
}

// TestHomeAway: nothing listens where the home should be, or nobody knows its
// name.
func TestHomeAway(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]string{
		"nothing listens": nobody,
		"no such name":    "http://home.invalid:8123",
		"another speaks":  "https://" + newDemo(t, demohome.Options{}).url[len("http://"):],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, nil, map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": ownCanary, "DEBUG_MODE": "true"}, short)
			if a := f.say(t, "Alexa.PowerController.TurnOn", "light#porch_light"); a.Event.Payload.Type != alexa.BridgeUnreachable {
				t.Errorf("answered %s", a.raw)
			}
			if a := f.say(t, "Alexa.Discovery.Discover", ""); a.event() != "Alexa.Discovery.Discover.Response" || len(a.Event.Payload.Endpoints) != 0 {
				t.Errorf("discovery was answered %s", a.raw)
			}
		})
	}
}

// TestReadsAreRepeated: a read that meets a lost connection is made again, a
// command is not.
func TestReadsAreRepeated(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{})
	f := start(t, h, all)
	h.demo.Inject(&demohome.Fault{Times: 1, Answer: page(502)})
	before := h.requests()
	if a := f.say(t, "Alexa.ReportState", "light#porch_light"); a.event() != "Alexa.StateReport" {
		t.Errorf("answered %s", a.raw)
	}
	if n := h.requests() - before; n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
}

// TestBreaker: a home that keeps failing is left alone for a while, and Alexa is
// answered at once.
func TestBreaker(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{})
	f := start(t, h, nil)
	h.demo.Inject(&demohome.Fault{Answer: page(502)})
	for range 3 { // as many as the standard tier bears
		f.say(t, "Alexa.PowerController.TurnOn", "light#porch_light")
	}
	before := h.requests()
	a := f.say(t, "Alexa.PowerController.TurnOn", "light#porch_light")
	if a.Event.Payload.Type != alexa.BridgeUnreachable || a.log.Outcome != "breaker open" {
		t.Errorf("answered %s, logged %+v", a.raw, a.log)
	}
	if n := h.requests() - before; n != 0 {
		t.Errorf("the home was asked %d times", n)
	}
}

// TestLateDevices: what a device has not shown by the soft limit is told as it
// was commanded and marked as uncertain; a lock is never said to be what the
// house has not confirmed.
func TestLateDevices(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{Late: map[string]time.Duration{
		"light.porch_light": time.Minute, "light.reading_lamp": 400 * time.Millisecond, "lock.kitchen_door": time.Minute,
	}})
	f := start(t, h, nil)
	uncertainty := func(a answer) (most int64) {
		for _, p := range a.Context.Properties {
			most = max(most, p.UncertaintyInMilliseconds)
		}
		return most
	}
	t.Run("within the soft limit", func(t *testing.T) {
		a := f.say(t, "Alexa.PowerController.TurnOff", "light#reading_lamp")
		if a.properties()["Alexa.PowerController.powerState"] != "OFF" || uncertainty(a) != 0 || h.state(t, "light.reading_lamp").State != "off" {
			t.Errorf("Alexa was told %v with an uncertainty of %d ms, the house says %v", a.properties(), uncertainty(a), h.state(t, "light.reading_lamp"))
		}
	})
	t.Run("past the soft limit", func(t *testing.T) {
		a := f.say(t, "Alexa.PowerController.TurnOn", "light#porch_light")
		if a.properties()["Alexa.PowerController.powerState"] != "ON" || uncertainty(a) == 0 || h.state(t, "light.porch_light").State != "off" {
			t.Errorf("Alexa was told %v with an uncertainty of %d ms", a.properties(), uncertainty(a))
		}
	})
	t.Run("a lock", func(t *testing.T) {
		a := f.say(t, "Alexa.LockController.Lock", "lock#kitchen_door")
		if got := a.properties()["Alexa.LockController.lockState"]; got == "LOCKED" {
			t.Errorf("Alexa was told that it is %v, the house says %v", got, h.state(t, "lock.kitchen_door"))
		}
	})
}

package capability_test

import (
	"cmp"
	"encoding/json"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// caseFile is a file of testdata/cases: entities as the home has them before,
// and what directives for them must do.
type caseFile struct {
	Entities entities `json:"entities"`
	Cases    []testCase
}

// testCase is one directive and what becomes of it.
type testCase struct {
	Name string `json:"name"`
	// House is the house, where it matters.
	House struct {
		Temperature home.Unit `json:"temperature"`
		Locale      string    `json:"locale"`
		// Code is what is configured for the entity, Now the time.
		Code string    `json:"code"`
		Now  time.Time `json:"now"`
		// NoUnlock and NoDisarm are what is turned off.
		NoUnlock bool `json:"noUnlock"`
		NoDisarm bool `json:"noDisarm"`
	} `json:"house"`
	// Entity names one of the file's; State and With change it for this case.
	Entity home.EntityID  `json:"entity"`
	State  string         `json:"state"`
	With   map[string]any `json:"with"`

	// Directive is "Alexa.PowerController.TurnOn", Instance its instance.
	Directive string          `json:"directive"`
	Instance  string          `json:"instance"`
	Payload   json.RawMessage `json:"payload"`

	// Reads says that the directive needs the state first, which costs a round
	// trip. It must be said, so that nobody adds one unnoticed.
	Reads bool `json:"reads"`
	// Call is what is sent, Instead what is sent where the home cannot do that.
	Call    *call `json:"call"`
	Instead *call `json:"instead"`
	// Kept says that nothing is sent, since what is asked for holds already.
	Kept bool `json:"kept"`
	// Times is how often it is sent, once when it is left out.
	Times int `json:"times"`
	// Refused says that the home refuses the call; the error says why then.
	Refused bool           `json:"refused"`
	Error   map[string]any `json:"error"`

	// After is the change that the home tells after the call; none for a device
	// that does not report in time. Assumed says that the commanded values are
	// put in for what the home did not tell.
	After   *change `json:"after"`
	Assumed bool    `json:"assumed"`
	// Then is a further call that the state afterwards asks for; none for none.
	Then *call `json:"then"`
	// AfterThen is the change that the home tells after that.
	AfterThen *change `json:"afterThen"`
	// Missed is the error of a command that the home took and that had no effect.
	Missed map[string]any `json:"missed"`
	// Ignored says that the device has not followed, of which nothing may be
	// claimed: the command has failed then.
	Ignored bool `json:"ignored"`
	// Event is the answer's, "Alexa.Response" when it is left out.
	Event string `json:"event"`
	// Told is that event's payload, where it matters.
	Told map[string]any `json:"told"`
	// Properties are all that the answer tells, as "Alexa.PowerController.powerState"
	// or "Alexa.RangeController/cover.position.rangeValue". A connectivity of OK
	// may be left out.
	Properties map[string]any `json:"properties"`
}

// change is what changes of an entity.
type change struct {
	State      string         `json:"state"`
	Attributes map[string]any `json:"attributes"`
}

// call is a service call in its JSON.
type call struct {
	Service string         `json:"service"`
	Target  home.EntityID  `json:"target"` // the case's entity when it is left out, "none" for none
	Data    map[string]any `json:"data"`
}

func TestCases(t *testing.T) {
	t.Parallel()
	catalog := capability.NewCatalog(capability.Kinds())
	for _, path := range glob(t, "testdata/cases/*.json") {
		var file caseFile
		readJSON(t, path, &file)
		kind := strings.TrimSuffix(filepath.Base(path), ".json")
		for _, c := range file.Cases {
			t.Run(kind+"/"+c.Name, func(t *testing.T) {
				t.Parallel()
				runner{t, catalog, c, file.Entities.get(t, c.Entity).with(c.State, c.With)}.run()
			})
		}
	}
}

// runner carries out one case as the control service would.
type runner struct {
	*testing.T
	catalog *capability.Catalog
	testCase
	before wireState
}

func (r runner) run() {
	d := r.directive()
	route, err := r.catalog.Route(r.Entity, d)
	if err != nil {
		r.fails(d, err)
		return
	}
	request := capability.Request{Directive: d, View: r.view(home.State{ID: r.Entity}), Now: r.House.Now}
	if reads := route.Action.Reads(request); reads != r.Reads {
		r.Errorf("the directive reads the state first: %v, should: %v", reads, r.Reads)
	}
	if r.Reads {
		request.State = r.before.state()
	}
	plan, err := route.Action.Plan(request)
	if err != nil {
		r.fails(d, err)
		return
	}
	r.calls(plan)
	if r.Refused {
		request.State = r.before.state()
		if route.Action.Refused == nil {
			r.Fatal("the interface has no explanation of refusals")
		}
		r.fails(d, route.Action.Refused(request))
		return
	}
	if r.Error != nil {
		r.Fatalf("the plan has no error, should have %v", r.Error)
	}
	conclusion, err := r.settle(route, request, plan)
	if r.Missed != nil {
		r.Error = r.Missed
		r.fails(d, err)
		return
	}
	if ignored := err != nil; ignored != r.Ignored {
		r.Errorf("the device has not followed: %v, should be: %v; the error is %v", ignored, r.Ignored, err)
	}
	if err == nil {
		r.answers(d, route, conclusion)
	}
}

func (r runner) directive() alexa.Directive {
	r.Helper()
	dot := strings.LastIndex(r.Directive, ".")
	if dot < 0 {
		r.Fatalf("no directive: %q", r.Directive)
	}
	return alexa.Directive{
		Header: alexa.Header{
			Namespace: alexa.Namespace(r.Directive[:dot]), Name: r.Directive[dot+1:], Instance: r.Instance,
			MessageID: "1b9a8a2a-0d31-4d5c-8a5b-3a4f1c2d3e4f", CorrelationToken: "dFMb0z+PgpgdDmluhJ1LddFvSqZ",
			PayloadVersion: alexa.PayloadVersion,
		},
		Endpoint: alexa.EndpointRef{EndpointID: capability.EndpointID(r.Entity)},
		Payload:  r.Payload,
	}
}

func (r runner) view(s home.State) capability.View {
	house := capability.House{
		Temperature: r.House.Temperature, Locale: r.House.Locale,
		Codes:    map[home.EntityID]secret.Text{r.Entity: secret.New(r.House.Code)},
		NoUnlock: r.House.NoUnlock, NoDisarm: r.House.NoDisarm,
	}
	return capability.View{State: s, House: house}
}

// fails compares an error with the case's, as Alexa gets it.
func (r runner) fails(d alexa.Directive, err error) {
	r.Helper()
	if err == nil || r.Error == nil {
		r.Fatalf("the error is %v, should be %v", err, r.Error)
	}
	e := alexa.ErrorOf(err)
	got, _ := plain(r.T, e).(map[string]any)
	if ns := e.Namespace(); ns != alexa.Alexa {
		got["namespace"] = string(ns)
	}
	if message, _ := got["message"].(string); !strings.HasSuffix(message, ".") {
		r.Errorf("the message %q is no sentence", message)
	}
	delete(got, "message")
	if !reflect.DeepEqual(got, r.Error) {
		r.Errorf("the error is\n\t%v, should be\n\t%v (%v)", got, r.Error, err)
	}
	alexatest.CheckReply(r.T, d, alexa.Failure(d, err))
}

// calls compares what the plan sends with the case's.
func (r runner) calls(plan action.Plan) {
	r.Helper()
	if r.Kept {
		if plan.Sends() {
			r.Errorf("the plan calls %v, should keep the state as it is", plan.Call)
		}
		return
	}
	if r.Call == nil {
		r.Fatalf("the plan calls %v, should fail", plan.Call)
	}
	r.same("call", plan.Call, *r.Call)
	if times := 1 + len(plan.More); times != max(r.Times, 1) {
		r.Errorf("the call is made %d times, should be %d", times, r.Times)
	}
	switch {
	case plan.Instead != nil && r.Instead != nil:
		r.same("call instead", *plan.Instead, *r.Instead)
	case plan.Instead != nil || r.Instead != nil:
		r.Errorf("the call instead is %v, should be %v", plan.Instead, r.Instead)
	}
}

func (r runner) same(what string, made home.ServiceCall, want call) {
	r.Helper()
	switch want.Target {
	case "":
		want.Target = r.Entity
	case "none":
		want.Target = ""
	}
	if want.Data == nil {
		want.Data = map[string]any{}
	}
	got := call{Service: made.Name(), Data: map[string]any{}}
	if len(made.Targets) == 1 {
		got.Target = made.Targets[0]
	}
	for _, field := range made.Data {
		got.Data[field.Name] = plain(r.T, field.Value.Any())
	}
	if !reflect.DeepEqual(got, want) {
		r.Errorf("the %s is\n\t%v, should be\n\t%v", what, got, want)
	}
}

// settle carries the plan out on a home that answers at once and tells the state
// after it, and returns what is concluded.
func (r runner) settle(route capability.Route, request capability.Request, plan action.Plan) (capability.Conclusion, error) {
	r.Helper()
	after := r.before
	if r.After != nil {
		after = after.with(r.After.State, r.After.Attributes)
	}
	now := time.Now()
	course, step := action.Begin(action.Order{
		Plan: plan, Targets: []action.Target{{ID: r.Entity, Manner: route.Kind.Manner}}, Deadline: now.Add(time.Second),
	}, now)
	for n := 0; step.Do == action.Send; n++ {
		if n > len(plan.More) {
			if r.Then == nil {
				r.Fatalf("the state asks for a further call, %v", step.Call)
			}
			r.same("further call", step.Call, *r.Then)
			r.Then = nil
			if r.AfterThen != nil {
				after = after.with(r.AfterThen.State, r.AfterThen.Attributes)
			}
		}
		step = course.Next(action.Event{Kind: action.Replied, At: now, States: []home.State{after.state()}})
	}
	for step.Do != action.Stop { // time passes, and nothing changes
		now = now.Add(max(step.For, time.Millisecond))
		step = course.Next(action.Event{At: now})
		if step.Do == action.Look {
			step = course.Next(action.Event{Kind: action.Saw, At: now, States: []home.State{after.state()}})
		}
	}
	if r.Then != nil {
		r.Errorf("no further call is made, should be %v", *r.Then)
	}
	result := course.Result()
	if assumed := result.Outcomes[0].Verdict == action.Assumed; assumed != r.Assumed {
		r.Errorf("commanded values are assumed: %v, should be: %v; wanted is %v", assumed, r.Assumed, plan.Wants)
	}
	return route.Conclude(request, result)
}

// answers compares the answer with the case's.
func (r runner) answers(d alexa.Directive, route capability.Route, conclusion capability.Conclusion) {
	r.Helper()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	answer := route.Answer(d, conclusion, now, 0)
	var properties []alexa.Property
	if answer.Context != nil {
		properties = answer.Context.Properties
	}
	got := told(r.T, properties)
	const connectivity = "Alexa.EndpointHealth.connectivity"
	if _, said := r.Properties[connectivity]; !said && reflect.DeepEqual(got[connectivity], map[string]any{"value": "OK"}) {
		delete(got, connectivity)
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, wanted := r.Properties[name]; !wanted {
			r.Errorf("the answer tells %s = %v, which it should not", name, got[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Properties)) {
		if value, told := got[name]; !told || !reflect.DeepEqual(value, r.Properties[name]) {
			r.Errorf("the answer tells %s = %v, should be %v", name, value, r.Properties[name])
		}
	}

	event := alexa.Key{Namespace: answer.Event.Header.Namespace, Name: answer.Event.Header.Name}.String()
	if want := cmp.Or(r.Event, "Alexa.Response"); event != want {
		r.Errorf("the answer is a %s, should be a %s", event, want)
	}
	if told := plain(r.T, answer.Event.Payload); r.Told != nil && !reflect.DeepEqual(told, any(r.Told)) {
		r.Errorf("the answer's payload is %v, should be %v", told, r.Told)
	}
	alexatest.CheckReply(r.T, d, answer)
}

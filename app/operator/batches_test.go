package operator_test

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/domain/batch"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestStatus(t *testing.T) {
	r := newRig(t, usual())
	if got, want := r.text(t, `{"operation":"ha_status"}`), `{"status":"connected","version":"2026.11.0","name":"Home"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	r = newRig(t, usual())
	r.house.SetAway(true)
	if err := r.ask(t, `{"operation":"ha_status"}`, nil); fault.Of(err) != fault.Unreachable {
		t.Errorf("a home that is away: %v", err)
	}
}

// ids returns the entities of states, and whether they are on.
func ids(states []operator.State) string {
	var words []string
	for _, s := range states {
		words = append(words, string(s.EntityID)+" "+s.State)
	}
	return strings.Join(words, ", ")
}

func TestStates(t *testing.T) {
	for _, c := range []struct{ event, want, unknown string }{
		{`{"operation":"ha_states"}`, "light.a off, light.b on, lock.a unlocked, zone.home 0", ""},
		{`{"operation":"ha_states","domain":"light"}`, "light.a off, light.b on", ""},
		{`{"operation":"ha_states","domain":"fan"}`, "", ""},
		{`{"operation":"ha_states","entity_id":"light.b"}`, "light.b on", ""},
		{`{"operation":"ha_states","entity_id":["lock.a","light.x","light.b"]}`, "lock.a unlocked, light.b on", "light.x"},
	} {
		r := newRig(t, usual())
		var got operator.States
		r.must(t, c.event, &got)
		unknown := ""
		for _, id := range got.Unknown {
			unknown += string(id)
		}
		if ids(got.States) != c.want || unknown != c.unknown {
			t.Errorf("%s: got %s and not %s", c.event, ids(got.States), unknown)
		}
		if n := len(r.house.Journal()); n != 1 {
			t.Errorf("%s: the home was asked %d times", c.event, n)
		}
	}
	if got := newRig(t, usual()).text(t, `{"operation":"ha_states","entity_id":"light.b"}`); !strings.Contains(got, `"entity_id":"light.b","state":"on","attributes":{"brightness":128},"last_changed":"`) {
		t.Errorf("got %s", got)
	}
}

func TestCall(t *testing.T) {
	r := newRig(t, usual())
	var got operator.Calls
	r.must(t, `{"operation":"ha_call","calls":[
		{"service":"light.turn_on","entity_id":"light.a"},
		{"service":"lock.lock","entity_id":["lock.a"]},
		{"service":"light.turn_on","entity_id":["light.b","light.x"]},
		{"service":"light.explode","entity_id":"light.c"}]}`, &got)
	if got.HomeCalls != 3 || r.house.Count(portstest.OpCall) != 3 {
		t.Errorf("%d calls are told, %d made", got.HomeCalls, r.house.Count(portstest.OpCall))
	}
	want := []struct{ service, states, failure string }{
		{"light.turn_on", "light.a on", ""}, {"lock.lock", "lock.a locked", ""},
		{"light.turn_on", "light.b on", "not found"}, {"light.explode", "", "unsupported"},
	}
	for i, w := range want {
		result := got.Results[i]
		failure := ""
		if result.Error != nil {
			failure = result.Error.Kind
		}
		if result.Service != w.service || ids(result.States) != w.states || failure != w.failure {
			t.Errorf("call %d: %+v, want %+v", i, result, w)
		}
	}
}

// TestCallAlone: one call needs no list. Its data go along, and a code does not
// show.
func TestCallAlone(t *testing.T) {
	r := newRig(t, usual())
	var got operator.Calls
	r.must(t, `{"operation":"ha_call","service":"light.turn_on","entity_id":"light.b",
		"data":{"brightness_pct":50,"flash":"short","list":[1,"a",true,null],"code":"`+canary+`"}}`, &got)
	if len(got.Results) != 1 || got.Results[0].Error != nil {
		t.Fatalf("%+v", got)
	}
	call := r.house.Journal()[0].Call
	var data []string
	for _, field := range call.Data {
		data = append(data, field.Name+"="+field.Value.String())
	}
	if got := strings.Join(data, " "); got != "brightness_pct=50 code=[secret] flash=short list=[1 a true ]" {
		t.Errorf("the data are %s", got)
	}
	if code, _ := call.Data.Get("code").Text(); code != canary {
		t.Errorf("the code is %q", code)
	}
}

func TestArea(t *testing.T) {
	r := newRig(t, usual())
	if got, want := r.text(t, `{"operation":"ha_area","area_id":"kitchen","service":"light.turn_off","data":{"transition":2}}`),
		`{"area_id":"kitchen","service":"light.turn_off","changed":[]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	journal := r.house.Journal()
	if len(journal) != 1 || journal[0].Call.Area != "kitchen" || len(journal[0].Call.Targets) != 0 || len(journal[0].Call.Data) != 1 {
		t.Errorf("the home was asked %+v", journal)
	}
	if err := r.ask(t, `{"operation":"ha_area","area_id":"kitchen","service":"light.explode"}`, nil); fault.Of(err) != fault.Unsupported {
		t.Errorf("got %v", err)
	}
}

// TestBatchMistakes: everything that is wrong is named, and nothing is done.
func TestBatchMistakes(t *testing.T) {
	for event, want := range map[string][]string{
		`{"operation":"ha_states","entity_id":["light","light.a","light.a"]}`: {`item 0: "light" is no entity id`, `item 2: "light.a" is in item 1 already`},
		`{"operation":"ha_call","calls":[]}`:                                  {"it is empty"},
		`{"operation":"ha_call","calls":[{},{"service":"light.turn_on","entity_id":"all"},{"service":"x.y","area_id":"A"}]}`: {
			`item 0: "." is no service`, `item 1: "all" is no entity id`, `item 2: "A" is no area id`,
		},
		`{"operation":"ha_call","calls":[{"service":"a.b","data":{"x":{},"y":[{}]}},{"service":"a.b","data":{"z":{"a":1}}}]}`: {
			`item 0: its "x" is a JSON object, which LEE does not send on`, `item 0: its "y" is a JSON object, which LEE does not send on`,
			`item 1: its "z" is a JSON object, which LEE does not send on`,
		},
		`{"operation":"ha_call","calls":[{"service":"light.turn_on","entity_id":"light.a","data":{"device_id":"d"}},{"service":"a.b","data":{"floor_id":["f"]}},
			{"service":"a.c","area_id":"hall","data":{"label_id":["l","m"],"target":{"device_id":"d"}}}]}`: {
			`item 2: its "target" is a JSON object, which LEE does not send on`,
		},
		`{"operation":"ha_call","calls":[{"service":"light.turn_on","entity_id":"light.a","data":{"device_id":"d"}},{"service":"a.b","data":{"floor_id":["f"]}},
			{"service":"a.c","area_id":"hall","data":{"label_id":["l","m"]}}]}`: {
			`item 0: its data holds device_id`, `item 1: its data holds floor_id`, `item 2: its data holds label_id`,
		},
		`{"operation":"ha_area","area_id":"hall","service":"light.turn_on","data":{"device_id":["d"]}}`: {`item 0: its data holds device_id`},
		`{"operation":"ha_area","area_id":"the hall","service":"light"}`:                                {`item 0: "light." is no service`, `item 0: "the hall" is no area id`},
	} {
		r := newRig(t, usual())
		err := r.ask(t, event, nil)
		var wrong batch.Mistakes
		if !errors.As(err, &wrong) || fault.Of(err) != fault.Invalid {
			t.Errorf("%s: %v", event, err)
			continue
		}
		if got := wrong.Texts(); !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %q\nwant %q", event, got, want)
		}
		if len(r.house.Journal()) != 0 {
			t.Errorf("%s: the home was asked %+v", event, r.house.Journal())
		}
	}
}

// TestMembers: what an operation does not take is named, with what it takes.
func TestMembers(t *testing.T) {
	for event, want := range map[string]string{
		`{"operation":"ha_status","x":1}`:                                          `The operation ha_status takes no members; unknown field "x".`,
		`{"operation":"ha_states","entities":["light.a"]}`:                         `The operation ha_states takes the members entity_id, domain; unknown field "entities".`,
		`{"operation":"ha_states","domain":5}`:                                     `The operation ha_states does not take a JSON number as "domain".`,
		`{"operation":"ha_states","entity_id":5}`:                                  `takes the members entity_id, domain; a text or a list of texts is wanted`,
		`{"operation":"ha_states","entity_id":"light.a","domain":"light"}`:         `takes entity_id or domain, and not both`,
		`{"operation":"ha_call","calls":[{"service":"a.b","entity":"light.a"}]}`:   `The operation ha_call takes the members service, entity_id, area_id, data, calls; unknown field "entity".`,
		`{"operation":"ha_call","service":"a.b","device_id":"d"}`:                  `takes the members service, entity_id, area_id, data, calls; unknown field "device_id"`,
		`{"operation":"ha_call","service":"a.b","target":{"label_id":"l"}}`:        `takes the members service, entity_id, area_id, data, calls; unknown field "target"`,
		`{"operation":"ha_call","service":"a.b","calls":[{"service":"a.b"}]}`:      `takes calls, or the members of one call, and not both`,
		`{"operation":"ha_call","calls":{"service":"a.b"}}`:                        `does not take a JSON object as "calls"`,
		`{"operation":"ha_area","service":"light.turn_on"}`:                        `The operation ha_area wants an area_id.`,
		`{"operation":"config_rollback","version":"1"}`:                            `does not take a JSON string as "version"`,
		`{"operation":"debug","on":"yes"}`:                                         `does not take a JSON string as "on"`,
		`{"operation":"ha_discovery","entity_id":"light.x"}`:                       `The home does not know "light.x".`,
		`{"operation":"forget","entity_id":["light","light.a"],"area_id":["A B"]}`: `There are mistakes, and nothing was forgotten: item 0: "light" is no entity id; item 0: "A B" is no area id.`,
	} {
		err := newRig(t, usual()).ask(t, event, nil)
		if kind := fault.Of(err); kind != fault.Invalid && kind != fault.NotFound || !strings.Contains(fault.Text(err), want) {
			t.Errorf("%s: %v, want %q", event, err, want)
		}
	}
}

// TestTooMuch: an event of very many items is refused before anything is made of it.
func TestTooMuch(t *testing.T) {
	const size = 1 << 20
	for _, c := range []struct{ before, item, after string }{
		{`{"operation":"ha_states","entity_id":[`, `""`, `]}`},
		{`{"operation":"ha_call","calls":[`, `{}`, `]}`},
		{`{"operation":"ha_call","service":"light.turn_on","entity_id":[`, `""`, `]}`},
		{`{"operation":"ha_call","service":"light.turn_on","data":{"x":[`, `[]`, `]}}`},
		{`{"operation":"ha_call","service":"light.turn_on","data":{"x":[`, `"\"\\"`, `]}}`},
		{`{"operation":"ha_area","area_id":"hall","service":"light.turn_on","data":{`, `"":0`, `}}`},
		{`{"operation":"forget","entity_id":[`, `""`, `]}`},
		{`{"operation":"forget","area_id":[`, `""`, `]}`},
		{`{"operation":"health","x":[`, `0`, `]}`},
	} {
		r := newRig(t, usual())
		event := c.before + strings.Repeat(c.item+",", size/(len(c.item)+1)) + c.item + c.after
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := r.ask(t, event, nil)
		runtime.ReadMemStats(&after)
		if fault.Of(err) != fault.Invalid || !strings.Contains(fault.Text(err), "more than 20000 values") {
			t.Errorf("%s: %.200v", c.before, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 3*size { // the rig copies the event twice
			t.Errorf("%s: it takes %d bytes of memory", c.before, took)
		}
		if len(r.house.Journal()) != 0 {
			t.Errorf("%s: the home was asked %+v", c.before, r.house.Journal())
		}
	}
}

// TestValuesInTexts: what looks like a list within a text is none.
func TestValuesInTexts(t *testing.T) {
	r := newRig(t, usual())
	var got operator.Calls
	r.must(t, `{"operation":"ha_call","service":"light.turn_on","entity_id":"light.b","data":{"x":"`+strings.Repeat(`\"{[,`, 30_000)+`"}}`, &got)
	if len(got.Results) != 1 || got.Results[0].Error != nil {
		t.Errorf("%+v", got)
	}
}

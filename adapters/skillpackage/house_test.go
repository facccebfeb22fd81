package skillpackage

import (
	"reflect"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/naming"
)

func TestHouseOf(t *testing.T) {
	t.Parallel()
	state := func(id home.EntityID, name string, more ...home.Field) home.State {
		return home.State{ID: id, Attributes: append(home.Fields{{Name: home.AttrFriendlyName, Value: home.Text(name)}}, more...)}
	}
	options := func(all ...string) home.Field { return home.Field{Name: home.AttrOptions, Value: home.Texts(all...)} }
	states := []home.State{
		state("script.b", "Bedtime"), state("script.a", "Away"), state("automation.w", "Welcome"), state("timer.t", "Laundry"),
		state("input_boolean.g", "Guests"), state("input_select.h", "Heating", options("Eco", "eco", "Comfort")),
		state("input_select.m", "Mode", options("ECO", "Party")),
		state("light.k", "Kitchen lights"), state("script.hidden", "Hidden"), state("script.secret", "Secret"), state("light.s", "Lamp"),
	}
	r := home.NewRegistry(home.SourceWebSocket, home.AllParts, []home.Entry{
		{ID: "light.k", Area: "kitchen"}, {ID: "script.b", Name: "Bed time"}, {ID: "script.hidden", Hidden: true},
		{ID: "timer.t", Area: "kitchen"}, {ID: "light.s", Area: "study"},
	}, []home.Area{
		{ID: "kitchen", Name: "Kitchen", Floor: "ground", Aliases: []string{"cook's room"}}, {ID: "attic", Name: "Attic", Floor: "upper"}, {ID: "study", Name: "Study", Floor: "upper"},
	}, nil).WithFloors([]home.Floor{{ID: "ground", Name: "Ground floor", Aliases: []string{"downstairs"}}, {ID: "upper", Name: "Upper floor"}}).WithAliases(map[home.EntityID][]string{"script.b": {"", "good night"}})
	filter, err := exposure.Parse("-script.secret, -light.s")
	if err != nil {
		t.Fatal(err)
	}
	got := HouseOf(states, r, filter, naming.Settings{Overrides: naming.Overrides{"script.a": {Names: []string{"Leaving", "Going out"}}}})
	want := House{
		intent.Script: {
			{ID: "script.a", Name: "Leaving", Others: []string{"Going out"}},
			{ID: "script.b", Name: "Bed time", Others: []string{"good night"}},
		},
		intent.Automation: {{ID: "automation.w", Name: "Welcome"}},
		intent.Timer:      {{ID: "timer.t", Name: "Laundry", Area: "Kitchen"}},
		intent.Helper:     {{ID: "input_boolean.g", Name: "Guests"}, {ID: "input_select.h", Name: "Heating"}, {ID: "input_select.m", Name: "Mode"}},
		intent.Option:     {{ID: "Comfort", Name: "Comfort"}, {ID: "Eco", Name: "Eco"}, {ID: "Party", Name: "Party"}},
		intent.Area:       {{ID: "floor:ground", Name: "Ground floor", Others: []string{"downstairs"}}, {ID: "kitchen", Name: "Kitchen", Others: []string{"cook's room"}}},
	}
	for kind, things := range want {
		if !reflect.DeepEqual(got[kind], things) {
			t.Errorf("%s: %+v, want %+v", kind, got[kind], things)
		}
	}
	if len(got) != len(want) {
		t.Errorf("the house has %v", got)
	}
	for _, i := range intent.All() {
		for _, s := range i.Slots {
			if fromHouse(s.Type) && len(got[s.Type]) == 0 {
				t.Errorf("HouseOf makes no names of the type %s. Add it to domains in house.go, and a thing of it to this house.", s.Type)
			}
		}
	}
	if n := len(got.choices()); n != 9 {
		t.Errorf("there are %d to choose among: %v", n, got.choices())
	}
}

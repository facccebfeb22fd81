package home_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// TestValid is of ids as Home Assistant's valid_entity_id judges them, except
// that it takes the digits of all scripts, which no entity has and Alexa does not
// take.
func TestValid(t *testing.T) {
	for id, want := range map[home.EntityID]bool{
		"light.kitchen": true, "light.kitchen_lights": true, "light.0": true, "0.0": true, "a.b": true,
		"input_boolean.a_1_b": true, home.EntityID("light." + strings.Repeat("x", 300)): true,

		"": false, ".": false, "light": false, "light.": false, ".kitchen": false, "all": false, "none": false,
		"light.kitchen.lamp": false, "light._kitchen": false, "light.kitchen_": false, "_light.kitchen": false, "light_.kitchen": false,
		"input__boolean.a": false, "light._": false, "light.__": false, "Light.kitchen": false, "light.Kitchen": false,
		"light.kitchen ": false, " light.kitchen": false, "light.kitchen\n": false, "light.kit chen": false, "light.kit-chen": false,
		"light.kitchen/../../config": false, "light.%2e": false, "light.küche": false, "light.kitchen\x00": false, "light#kitchen": false,
		"light.٣": false,
	} {
		if got := id.Valid(); got != want {
			t.Errorf("%q.Valid() is %v", id, got)
		}
		if got, ok := home.ParseEntityID(string(id)); got != id || ok != want {
			t.Errorf("%q is read as %q, %v", id, got, ok)
		}
	}
}

// entityForm is another way to say what an entity's id looks like.
var entityForm = regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*\.[a-z0-9]+(_[a-z0-9]+)*$`)

func FuzzParseEntityID(f *testing.F) {
	for _, text := range []string{"light.kitchen_lights", "light", "a.b.c", "_a.b", "a__b.c", "light.küche", "", "."} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, ok := home.ParseEntityID(text)
		if string(id) != text || ok != entityForm.MatchString(text) {
			t.Errorf("%q is read as %q, %v", text, id, ok)
		}
		if ok && id.Domain()+"."+id.Object() != text {
			t.Errorf("%q is of %q and %q", text, id.Domain(), id.Object())
		}
	})
}

func TestEntityParts(t *testing.T) {
	for id, want := range map[home.EntityID][2]string{
		"light.kitchen": {"light", "kitchen"}, "light": {"light", ""}, "": {"", ""}, "a.b.c": {"a", "b.c"}, ".a": {"", "a"},
	} {
		if got := [2]string{id.Domain(), id.Object()}; got != want {
			t.Errorf("%q has %q, want %q", id, got, want)
		}
	}
}

func TestCallOn(t *testing.T) {
	call := home.CallOn("light.a", "light", "turn_on", home.Field{Name: "brightness_pct", Value: home.Number(5)})
	if call.Name() != "light.turn_on" || len(call.Targets) != 1 || call.Targets[0] != "light.a" || call.Area != "" {
		t.Errorf("the call is %+v", call)
	}
	if n, ok := call.Data.Get("brightness_pct").Number(); !ok || n != 5 {
		t.Errorf("its data are %+v", call.Data)
	}
}

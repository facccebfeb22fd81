package capability_test

import (
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func TestEndpointID(t *testing.T) {
	const id home.EntityID = "light.kitchen_lights"
	if own := capability.EndpointID(id); own != "light#kitchen_lights" {
		t.Errorf("its endpoint is %q", own)
	}
	seen := map[string]string{}
	for _, name := range []string{"Lamp", "Spot", "台所の明かり", "Lamp 2"} {
		further := capability.AliasID(id, name)
		if !alexa.ValidEndpointID(further) || !strings.HasPrefix(further, "light#kitchen_lights@") {
			t.Errorf("under %q its endpoint is %q", name, further)
		}
		if capability.AliasID(id, strings.ToUpper(name)) != further {
			t.Errorf("under %q in capitals it is another endpoint", name)
		}
		if other := seen[further]; other != "" {
			t.Errorf("%q and %q are one endpoint", name, other)
		}
		seen[further] = name
		if back, ok := capability.EntityID(further); !ok || back != id {
			t.Errorf("%q is of %q, %v", further, back, ok)
		}
	}
	if lamp := capability.AliasID(id, "Lamp"); lamp != "light#kitchen_lights@c98e85f2" {
		t.Errorf("the id of an endpoint under another name has become %q: Alexa would take it for a new device", lamp)
	}
}

func TestEntityIDMistakes(t *testing.T) {
	for _, id := range []string{
		"", "light", "light#", "#x", "light.x", "light#x@", "light#x@1234567", "light#x@123456789", "light#x@1234567G",
		"light#x@1234ABCD", "light#x@12345678@12345678", "light#x#y", "light#X", "@12345678", strings.Repeat("x", 300) + "#y",
	} {
		if entity, ok := capability.EntityID(id); ok {
			t.Errorf("%q is of %q", id, entity)
		}
	}
}

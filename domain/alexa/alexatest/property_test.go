package alexatest

import (
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// propertyCase are values of one property.
type propertyCase struct {
	Property string `json:"property"`
	Good     []any  `json:"good"`
	Broken   []struct {
		Value      any      `json:"value"`
		Complaints []string `json:"complaints"`
		Amazon     []string `json:"amazon"`
	} `json:"broken"`
}

// of returns the property with a value, as JSON's types.
func (c propertyCase) of(t *testing.T, value any) any {
	t.Helper()
	dot := strings.LastIndexByte(c.Property, '.')
	p := alexa.Property{
		Namespace:    alexa.Namespace(c.Property[:dot]),
		Name:         c.Property[dot+1:],
		Value:        value,
		TimeOfSample: "2026-01-31T12:00:00.000Z",
	}
	if interfaces[p.Namespace].instance {
		p.Instance = "some.instance"
	}
	tree, err := decode(p)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestProperties(t *testing.T) {
	var cases []propertyCase
	read(t, "properties.json", &cases)
	for _, c := range cases {
		t.Run(c.Property, func(t *testing.T) {
			for _, value := range c.Good {
				broken{}.expect(t, aProperty, c.of(t, value))
			}
			for _, b := range c.Broken {
				broken{Complaints: b.Complaints, Amazon: b.Amazon}.expect(t, aProperty, c.of(t, b.Value))
			}
		})
	}
	for key := range properties {
		if !slices.ContainsFunc(cases, func(c propertyCase) bool { return c.Property == key.String() }) {
			t.Errorf("properties.json has no case for %s", key)
		}
	}
}

package offer_test

import (
	"fmt"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// large returns a house of n entities, of which most could be offered, and its
// registry.
func large(n int) ([]home.State, home.Registry) {
	states := make([]home.State, n)
	entries := make([]home.Entry, n)
	aliases := map[home.EntityID][]string{}
	for i := range states {
		switch i % 4 {
		case 0:
			states[i] = lamp(home.EntityID(fmt.Sprintf("light.lamp_%d", i)))
		case 1:
			states[i] = home.State{ID: home.EntityID(fmt.Sprintf("sensor.temperature_%d", i)), Value: "21", Attributes: home.Fields{
				{Name: home.AttrUnit, Value: home.Text("°C")}, {Name: home.AttrDeviceClass, Value: home.Text("temperature")},
				{Name: home.AttrFriendlyName, Value: home.Text("Temperature")},
			}}
		case 2:
			states[i] = home.State{ID: home.EntityID(fmt.Sprintf("climate.room_%d", i)), Value: "heat", Attributes: home.Fields{
				{Name: home.AttrHVACModes, Value: home.Texts("off", "heat", "cool", "auto")}, {Name: home.AttrSupportedFeatures, Value: home.Number(401)},
				{Name: home.AttrFriendlyName, Value: home.Text("Room")},
			}}
		default:
			states[i] = home.State{ID: home.EntityID(fmt.Sprintf("sensor.power_%d", i)), Value: "7", Attributes: home.Fields{{Name: home.AttrUnit, Value: home.Text("W")}}}
		}
		entries[i] = home.Entry{ID: states[i].ID, Name: "Name of it", Area: fmt.Sprint("area", i%20), Hidden: i%9 == 0}
		aliases[states[i].ID] = []string{"", "Another"}
	}
	areas := make([]home.Area, 20)
	for i := range areas {
		areas[i] = home.Area{ID: fmt.Sprint("area", i), Name: fmt.Sprint("Area ", i)}
	}
	return states, home.NewRegistry(home.SourceWebSocket, home.AllParts, entries, areas, nil).WithAliases(aliases)
}

// BenchmarkOffer is of a house of 2,000 entities, 300 of which are offered.
func BenchmarkOffer(b *testing.B) {
	states, r := large(2000)
	for name, terms := range map[string]offer.Terms{
		"everything": {}, "a filter": {Filter: filter(b, "light, climate, -light.lamp_1*, area:area1, -label:none, exposed")},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if o := offer.Choose(catalog, terms, states, r).Describe(r); o.Endpoints == 0 {
					b.Fatal("nothing is offered")
				}
			}
		})
	}
}

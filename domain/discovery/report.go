package discovery

import (
	"cmp"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// Report is what a discovery found.
type Report struct {
	// Findings has every entity: first those that are offered, in their order, then
	// the others in the home's.
	Findings []Finding
	// Endpoints is how many endpoints they have in all.
	Endpoints int
	// Registry is what the registries said, RegistryError why they said nothing; nil
	// when they said something.
	Registry      home.Registry
	RegistryError error

	filter exposure.Filter
}

// Idle returns the rules of the filter that are about no entity of the home: most
// often they are misspelt.
func (r Report) Idle() []string {
	ids := make([]home.EntityID, len(r.Findings))
	for i := range r.Findings {
		ids[i] = r.Findings[i].ID
	}
	return r.filter.Idle(ids, r.Registry)
}

// Namesakes are entities that Alexa cannot tell apart by what people say.
type Namesakes struct {
	Name string
	IDs  []home.EntityID
}

// Namesakes returns those among the entities that are offered, by name.
func (r Report) Namesakes() []Namesakes {
	said := map[string]*Namesakes{}
	for _, f := range r.Findings {
		for _, e := range offer.Endpoints([]Finding{f}) {
			key := naming.Spoken(e.FriendlyName)
			if said[key] == nil {
				said[key] = &Namesakes{Name: e.FriendlyName}
			}
			said[key].IDs = append(said[key].IDs, f.ID)
		}
	}
	var all []Namesakes
	for _, n := range said {
		if len(n.IDs) > 1 {
			all = append(all, *n)
		}
	}
	slices.SortFunc(all, func(a, b Namesakes) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// Broken returns the findings of entities on which LEE failed.
func (r Report) Broken() []Finding {
	var broken []Finding
	for _, f := range r.Findings {
		if f.Reason == offer.Broken {
			broken = append(broken, f)
		}
	}
	return broken
}

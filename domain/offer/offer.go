// Package offer decides what a home offers to Alexa: which entities, in which
// order, under which names, and at most as many as Alexa takes. It is pure, so
// that the engine and the failsafe offer alike.
//
// Every entity is looked at on its own. One on which LEE fails is left out for
// that reason and spoils no other's.
package offer

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/naming"
)

// Terms are those on which a home is offered.
type Terms struct {
	// Filter says which entities Alexa may know of.
	Filter exposure.Filter
	// Names says what they are called.
	Names naming.Settings
	// House is what their translation needs to know of the house beforehand; its
	// unit of temperature is not needed.
	House capability.House
}

// Reason is why an entity is left out, in a few words.
type Reason string

// The reasons that neither the filter nor the translation has.
const (
	// TooMany is for endpoints past Alexa's limit.
	TooMany Reason = "Alexa takes 300 devices, and others come before it"
	// TooMuch is for endpoints for which the answer has no room.
	TooMuch Reason = "there is no room for it in the answer that Alexa gets, and others come before it"
	// TooLarge is for an entity with so much in it that no interface of it is left.
	TooLarge Reason = "there is too much in it for the answer that Alexa gets"
	// Cut is for an entity of a home that has more than LEE can hold.
	Cut Reason = "the home has more entities than LEE has memory for, and others came before it"
	// Twice is for an entity that the home lists a second time.
	Twice Reason = "the home lists it twice"
	// Broken is for an entity on which LEE failed.
	Broken Reason = "LEE failed on it"
)

// Finding is what became of one entity.
type Finding struct {
	ID home.EntityID
	// Endpoint is what it is for Alexa, nil for an entity that is left out; Reason
	// says why then.
	Endpoint *alexa.Endpoint
	Reason   Reason
	// Further is the same under its further names.
	Further []alexa.Endpoint
	// Missed is how many of the further names have no endpoint, since Alexa takes
	// no more.
	Missed int
	// Rule is the rule of the filter that decided, or that could not be decided;
	// "" for none.
	Rule string
	// Names are what Alexa calls it; of an entity that is left out it is what the
	// home does.
	Names naming.Names
	// Hazards say which interfaces of the endpoint, or attributes of the entity, were left
	// out, and why; nil for none.
	Hazards []string
	// Failure is what went wrong where Reason is Broken, for the log; nil otherwise.
	Failure error
	// size is how many bytes the endpoint counts for.
	size int
}

// Choice is which entities of a home are offered.
type Choice struct {
	terms    Terms
	catalog  *capability.Catalog
	offered  []candidate // all that qualify, in the order in which they are taken
	findings []Finding   // of the others
	rules    []string    // the filter's
	// ready are the first of those offered, described and without names; nil until
	// Prepare.
	ready []Finding
}

// candidate is an entity that qualifies. It is small: all of them are sorted.
type candidate struct {
	state *home.State
	rank  rank
	rule  int // its place among the filter's, -1 for none
}

// Choose looks at every entity and says which are offered. It describes none of
// them yet. The states must not be changed until that is done.
func Choose(catalog *capability.Catalog, terms Terms, states []home.State, r home.Registry) *Choice {
	c := &Choice{terms: terms, catalog: catalog, rules: terms.Filter.Rules(), offered: make([]candidate, 0, len(states))}
	seen := make(map[home.EntityID]bool, len(states))
	for i := range states {
		state := &states[i]
		f := Finding{ID: state.ID, Reason: Twice}
		if !seen[state.ID] {
			seen[state.ID] = true
			a := c.look(&f, state, r)
			rule := max(a.By, a.Unknown)
			if f.Reason == "" {
				c.offered = append(c.offered, candidate{state, rankOf(state.ID, a.Named, r), rule})
				continue
			}
			f.Rule = c.rule(rule)
		}
		f.Names = ownName(state)
		c.findings = append(c.findings, f)
	}
	sortByRank(c.offered)
	return c
}

// look decides about one entity and sets the finding's reason.
func (c *Choice) look(f *Finding, state *home.State, r home.Registry) (a exposure.Admission) {
	a.By, a.Unknown = -1, -1
	f.guard(func() {
		view := capability.View{State: *state, House: c.terms.House}
		if f.Reason = Reason(c.catalog.Offers(view)); c.catalog.Kind(state.ID.Domain()) == nil {
			return
		}
		a = c.terms.Filter.Admit(state.ID, state.GuardsHouse(), r)
		if f.Reason == "" {
			f.Reason = Reason(a.Reason)
		}
		if f.Reason == "" && state.Cut {
			f.Reason = Cut
		}
	})
	return a
}

// rule returns a rule of the filter by its place, "" for none.
func (c *Choice) rule(i int) string {
	if i < 0 {
		return ""
	}
	return c.rules[i]
}

// ownName is the name that an entity has at home.
func ownName(state *home.State) naming.Names {
	return naming.Names{Name: state.Name(), From: naming.FromState}
}

// guard does a part of the work on a finding. A panic becomes the finding's reason: one
// entity must not cost all others.
func (f *Finding) guard(work func()) {
	err := fault.Guard(func() error {
		work()
		return nil
	})
	if err != nil {
		f.Endpoint, f.Reason, f.Failure = nil, Broken, err
	}
}

// IDs returns the entities that become endpoints, as far as can be said before
// they are described: the first ones, as many as Alexa takes.
func (c *Choice) IDs() []home.EntityID {
	ids := make([]home.EntityID, min(len(c.offered), alexa.MaxEndpoints))
	for i := range ids {
		ids[i] = c.offered[i].state.ID
	}
	return ids
}

// Offer is what a home offers.
type Offer struct {
	// Findings has all entities: first those that are offered, in the order in
	// which they are, then the others in the home's.
	Findings []Finding
	// Endpoints is how many endpoints they have in all.
	Endpoints int
}

// Prepare describes those that IDs returns, but for their names, of which more may
// be told meanwhile. The house may be known better than when they were chosen.
func (c *Choice) Prepare(house capability.House) {
	c.terms.House = house
	c.ready = make([]Finding, 0, min(len(c.offered), alexa.MaxEndpoints))
	for room := maxSize; len(c.ready) < cap(c.ready) && room > 0; {
		state := c.offered[len(c.ready)].state
		f := Finding{ID: state.ID}
		c.translate(&f, state)
		room -= f.size
		c.ready = append(c.ready, f)
	}
}

// Describe describes the entities that were chosen, until there are as many
// endpoints as Alexa takes. Further names get what room is left: they push no
// device out. The registry may know more of names than when they were chosen.
func (c *Choice) Describe(r home.Registry) Offer {
	o := Offer{Findings: make([]Finding, 0, len(c.offered)+len(c.findings))}
	room := maxSize
	for i := range c.offered {
		state := c.offered[i].state
		f := Finding{ID: state.ID, Reason: TooMany}
		switch {
		case o.Endpoints == alexa.MaxEndpoints:
			f.Names = ownName(state)
		case room < lightSize:
			f.Reason, f.Names = TooMuch, ownName(state)
		case i < len(c.ready):
			f = c.ready[i]
			c.name(&f, state, r)
		default:
			c.translate(&f, state)
			c.name(&f, state, r)
		}
		f.Rule = c.rule(c.offered[i].rule)
		if f.Endpoint != nil && f.size > room {
			f.Endpoint, f.Reason = nil, TooMuch
		}
		if f.Endpoint != nil {
			o.Endpoints++
			room -= f.size
		}
		o.Findings = append(o.Findings, f)
	}
	for i := range o.Findings {
		f := &o.Findings[i]
		most := alexa.MaxEndpoints - o.Endpoints
		if f.size > 0 {
			most = min(most, room/f.size)
		}
		n := f.multiply(most)
		o.Endpoints += n
		room -= n * f.size
	}
	o.Findings = append(o.Findings, c.findings...)
	return o
}

// translate makes the endpoint of an entity.
func (c *Choice) translate(f *Finding, state *home.State) {
	f.guard(func() { c.describe(f, state) })
}

func (c *Choice) describe(f *Finding, state *home.State) {
	lighter, load := f.lightened(*state)
	endpoint, reason := c.catalog.Endpoint(capability.View{State: lighter, House: c.terms.House})
	f.Endpoint, f.Reason = endpoint, Reason(reason)
	if endpoint == nil {
		return
	}
	if f.shrink(load); f.Endpoint == nil {
		return
	}
	override := c.terms.Names.Overrides[f.ID]
	if override.Description != "" {
		endpoint.Description = override.Description
	}
	if override.Category != "" {
		endpoint.DisplayCategories = []alexa.DisplayCategory{override.Category}
	}
}

// name gives an entity its names, and its endpoint the first of them. What the
// registry says also tells hazards.
func (c *Choice) name(f *Finding, state *home.State, r home.Registry) {
	f.guard(func() {
		f.Names = c.terms.Names.Of(*state, r)
		f.defuse(r)
		if f.Endpoint != nil {
			f.Endpoint.FriendlyName = f.Names.Name
		}
	})
}

// multiply adds the endpoints of an entity's further names, as many as there is
// room for, and returns how many these are.
func (f *Finding) multiply(room int) int {
	if f.Endpoint == nil {
		return 0
	}
	for _, name := range f.Names.Others {
		further := *f.Endpoint
		further.EndpointID, further.FriendlyName = capability.AliasID(f.ID, name), name
		if len(f.Further) == room || !alexa.ValidEndpointID(further.EndpointID) {
			f.Missed++
			continue
		}
		f.Further = append(f.Further, further)
	}
	return len(f.Further)
}

// Endpoints returns all endpoints of the findings in their order. It is never
// nil.
func Endpoints(findings []Finding) []alexa.Endpoint {
	all := []alexa.Endpoint{}
	for i := range findings {
		if f := &findings[i]; f.Endpoint != nil {
			all = append(append(all, *f.Endpoint), f.Further...)
		}
	}
	return all
}

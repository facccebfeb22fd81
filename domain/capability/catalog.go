package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// Catalog is the table of all kinds and all directives, built once and read
// ever after. It is safe for concurrent use.
type Catalog struct {
	kinds map[string]*Kind
	// off are the features that domains lack.
	off        map[string]Feature
	routes     map[route]Route
	directives map[alexa.Key]bool
}

// route is what a directive's action is found by.
type route struct {
	domain   string
	key      alexa.Key
	instance string
}

// routeOf returns what the route of a directive is found by. The instance only
// counts for interfaces that an endpoint may have several of: Alexa says it for
// these, and may leave it out for others (the stop of a cover).
func routeOf(domain string, key alexa.Key, instance string) route {
	switch key.Namespace {
	case alexa.ModeController, alexa.RangeController, alexa.ToggleController:
		return route{domain, key, instance}
	default:
		return route{domain, key, ""}
	}
}

// onlyFor returns the action, which refuses to plan for an entity that supports
// is false of. It can tell where the state is read anyway. Elsewhere the home
// refuses; it knows as well.
func (a Action) onlyFor(supports func(View) bool) Action {
	if plan := a.Plan; a.NeedsState && supports != nil {
		a.Plan = func(r Request) (action.Plan, error) {
			if !supports(r.View) {
				return action.Plan{}, fault.New(fault.Unsupported, "The device does not take this directive.")
			}
			return plan(r)
		}
	}
	return a
}

// Route is where a directive goes.
type Route struct {
	Kind      *Kind
	Interface *Interface
	Action    Action
}

// NewCatalog returns the catalog of the given kinds.
func NewCatalog(kinds []Kind) *Catalog {
	return NewCatalogOf(kinds, func(Feature) bool { return true })
}

// NewCatalogOf returns the catalog of those of the kinds whose features are on. Of the
// others it knows which feature they lack (Offers).
func NewCatalogOf(kinds []Kind, on func(Feature) bool) *Catalog {
	c := &Catalog{
		kinds:      make(map[string]*Kind, len(kinds)),
		off:        map[string]Feature{},
		routes:     make(map[route]Route, 4*len(kinds)),
		directives: make(map[alexa.Key]bool, 64),
	}
	for i := range kinds {
		kind := &kinds[i]
		if missing := kind.Missing(on); missing != FeatureCore {
			c.off[kind.Domain] = missing
			continue
		}
		c.kinds[kind.Domain] = kind
		for j := range kind.Interfaces {
			face := &kind.Interfaces[j]
			for name, action := range face.Directives {
				key := alexa.Key{Namespace: face.Namespace, Name: name}
				c.routes[routeOf(kind.Domain, key, face.Instance)] = Route{kind, face, action.onlyFor(face.Supports)}
				c.directives[key] = true
			}
		}
	}
	return c
}

// Kind returns the kind of a Home Assistant domain, nil when LEE knows none or
// the kind's feature is off.
func (c *Catalog) Kind(domain string) *Kind { return c.kinds[domain] }

// Directives returns the keys of all directives that some kind takes, in no
// particular order.
func (c *Catalog) Directives() []alexa.Key {
	keys := make([]alexa.Key, 0, len(c.directives))
	for key := range c.directives {
		keys = append(keys, key)
	}
	return keys
}

// Route returns where a directive for an entity goes. The error is a
// fault.NotFound when entities of that domain are not offered to Alexa, and a
// fault.Unsupported when they do not take the directive.
func (c *Catalog) Route(id home.EntityID, d alexa.Directive) (Route, error) {
	if c.kinds[id.Domain()] == nil {
		return Route{}, fault.New(fault.NotFound, "The home offers no such device to Alexa.")
	}
	r, ok := c.routes[routeOf(id.Domain(), d.Key(), d.Header.Instance)]
	if !ok {
		return Route{}, fault.New(fault.Unsupported, "The device does not take this directive.")
	}
	return r, nil
}

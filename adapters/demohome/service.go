package demohome

import (
	"fmt"
	"strings"
)

// A service is one entry of the dispatch table: what a call of it must look
// like, and what it does.
type service struct {
	fields []field
	// oneOf names fields of which at least one must be given.
	oneOf []string
	// features are masks of supported_features; the device needs all bits of
	// one of them. Nil asks for none.
	features []int
	// do acts on one entity. A caller that names an entity of another domain, or one
	// that does not exist, or one that cannot be reached, has it ignored.
	do func(c *call, e *entity) error
	// whole acts once, instead of do.
	whole func(c *call) error
	// untargeted is true of a service that takes no entities.
	untargeted bool
	// lax is true of a service that takes any fields and needs no target.
	lax bool
	// admin is true of a service for administrators only.
	admin bool
	// answers is true of a service that can be asked for a response.
	answers bool
}

// refusal is a value that the integration refuses, with Home Assistant's words.
type refusal struct{ message string }

func (e refusal) Error() string { return e.message }

func refuse(format string, args ...any) error { return refusal{fmt.Sprintf(format, args...)} }

// failure is an exception that Home Assistant does not catch.
type failure struct{ message string }

func (e failure) Error() string { return e.message }

// unknownServiceError says that there is no such service.
type unknownServiceError struct{ domain, service string }

func (e unknownServiceError) Error() string {
	return fmt.Sprintf("Service %s.%s not found.", e.domain, e.service)
}

// notAllowedError says that the service is for administrators.
type notAllowedError struct{}

func (notAllowedError) Error() string { return "Unauthorized" }

// A call is a service being called, with the house locked.
type call struct {
	*task
	domain, service string
	context         Context
	target          target
	data            map[string]any
}

func (c *call) int(name string) int { return int(number(c.data[name])) }

func (c *call) float(name string) float64 { return number(c.data[name]) }

func (c *call) text(name string) string { s, _ := c.data[name].(string); return s }

func (c *call) bool(name string) bool { b, _ := c.data[name].(bool); return b }

// given tells whether the call has a value for a field.
func (c *call) given(name string) bool { _, ok := c.data[name]; return ok }

// report makes an entity say what it is now.
func (c *call) report(e *entity) error {
	c.house.report(e)
	return nil
}

// seconds lets others go on for n seconds of the house.
func (c *call) seconds(n float64) { c.pause(c.house.seconds(n)) }

// lookup finds a service. Each script is one too, by its own name.
func (h *House) lookup(domain, name string) (service, bool) {
	if s, ok := h.services[domain+"."+name]; ok {
		return s, true
	}
	if domain == "script" {
		if e, ok := h.entities["script."+name]; ok && e.state != unavailable {
			return scriptByName(e), true
		}
	}
	return service{}, false
}

// call calls a service and returns when it is done. Data has the target's
// fields among the others, as in Home Assistant's API, and is not written to.
func (t *task) call(ctx Context, domain, name string, data map[string]any) error {
	s, ok := t.house.lookup(domain, name)
	if !ok {
		return unknownServiceError{domain, name}
	}
	if s.admin && ctx.UserID != adminID {
		return notAllowedError{}
	}
	c := &call{task: t, domain: domain, service: name, context: ctx}
	if s.lax {
		c.data = data
		c.target, _, _ = parseTarget(data)
		return s.whole(c)
	}
	rest := data
	var err error
	if !s.untargeted {
		if c.target, rest, err = parseTarget(data); err != nil {
			return err
		}
		if !c.target.given {
			return schemaError{"must contain at least one of " + strings.Join(targetFields, ", ")}
		}
	}
	if c.data, err = validate(s.fields, s.oneOf, rest); err != nil {
		return err
	}
	if s.whole != nil {
		return s.whole(c)
	}
	entities, err := t.house.resolve(c, s.features)
	if err != nil {
		return err
	}
	return c.each(entities, s.do)
}

// each acts on every entity: one after the other until the first waits, and
// beside each other from then on. The first error is returned when all are done.
func (c *call) each(entities []*entity, do func(*call, *entity) error) error {
	if len(entities) == 1 {
		c.house.blame(entities[0], c.context)
		return do(c, entities[0])
	}
	errs := make([]error, len(entities))
	done := make([]<-chan struct{}, len(entities))
	for i, e := range entities {
		done[i] = c.start(func(t *task) {
			own := *c
			own.task = t
			c.house.blame(e, c.context)
			errs[i] = do(&own, e)
		})
	}
	for _, d := range done {
		c.join(d)
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

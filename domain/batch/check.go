package batch

import (
	"fmt"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// targeting are the fields that say what a service is called on (Home Assistant's
// ENTITY_SERVICE_FIELDS): in the data they would have it done to more than the item
// names.
var targeting = []string{"entity_id", "device_id", "area_id", "floor_id", "label_id"}

// checker collects what is wrong with a batch.
type checker struct{ mistakes Mistakes }

func (c *checker) add(item int, format string, args ...any) {
	c.mistakes = append(c.mistakes, Mistake{item, fmt.Sprintf(format, args...)})
}

// fault returns a fault.Invalid that names every mistake, nil when there are none.
func (c *checker) fault() error {
	if len(c.mistakes) == 0 {
		return nil
	}
	return fault.Wrap(fault.Invalid, "The batch holds mistakes, and nothing of it was done: "+c.mistakes.Error()+".", c.mistakes)
}

// checkSize adds what is wrong with the number of items; ok is false when there
// is something.
func (c *checker) checkSize(n int) (ok bool) {
	switch {
	case n == 0:
		c.add(-1, "it is empty")
	case n > Most:
		c.add(-1, "it has %d items, and %d are the most", n, Most)
	}
	return len(c.mistakes) == 0
}

// checkEntities names every id that cannot be one, or is there twice.
func checkEntities(ids []home.EntityID) error {
	var wrong checker
	if !wrong.checkSize(len(ids)) {
		return wrong.fault()
	}
	seen := seen{}
	for i, id := range ids {
		wrong.checkEntity(i, id, seen)
	}
	return wrong.fault()
}

// checkCalls names everything that is wrong with the calls.
func checkCalls(calls []home.ServiceCall) error {
	var wrong checker
	if !wrong.checkSize(len(calls)) {
		return wrong.fault()
	}
	entities, without := seen{}, map[string][]int{}
	for i, call := range calls {
		if _, ok := home.ParseEntityID(call.Name()); !ok { // the two have the same form
			wrong.add(i, "%s is no service", shown(call.Name()))
		}
		if call.Area != "" && len(call.Targets) > 0 {
			wrong.add(i, "it names entities and an area")
		}
		if call.Area != "" && !home.ValidArea(call.Area) {
			wrong.add(i, "%s is no area id", shown(call.Area))
		}
		for _, id := range call.Targets {
			wrong.checkEntity(i, id, entities)
		}
		for _, field := range call.Data {
			if slices.Contains(targeting, field.Name) {
				wrong.add(i, "its data holds %s", field.Name)
			}
		}
		if len(call.Targets) == 0 {
			name := call.Name() + " " + call.Area
			wrong.checkOnce(calls, without[name], i)
			without[name] = append(without[name], i)
		}
	}
	return wrong.fault()
}

// seen is where something was first, by name.
type seen map[string]int

func (c *checker) checkEntity(item int, id home.EntityID, before seen) {
	if at, twice := before[string(id)]; twice {
		c.add(item, "%s is in item %d already", shown(id), at)
		return
	}
	before[string(id)] = item
	if !id.Valid() {
		c.add(item, "%s is no entity id", shown(id))
	}
}

// checkOnce adds a call without entities that is the same as one of those before
// it.
func (c *checker) checkOnce(calls []home.ServiceCall, before []int, item int) {
	for _, at := range before {
		if same(calls[at].Data, calls[item].Data) {
			c.add(item, "it is the same as item %d", at)
			return
		}
	}
}

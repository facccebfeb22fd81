package homeassistant

import "github.com/lambda-execution-engine/lee/domain/home"

// registry puts together what was told.
func (g *gathered) registry(knows home.Part) home.Registry {
	categories := map[string]home.Category{"config": home.CategoryConfig, "diagnostic": home.CategoryDiagnostic}
	for i := range g.entities {
		e, more := &g.entities[i], &g.more[i]
		e.Name = g.fullName(e, more.next)
		if more.category != "" {
			e.Category = categories[g.categories[more.category]]
		}
		if e.Area == "" && e.Device != "" {
			e.Area = g.areaOf(e.Device)
		}
		e.Exposed = g.exposed[e.ID]
	}
	for id, to := range g.exposed {
		if !g.registered[id] {
			g.entities = append(g.entities, home.Entry{ID: id, Exposed: to})
		}
	}
	return home.NewRegistry(home.SourceWebSocket, knows, g.entities, g.areas, g.labels)
}

// areaOf returns the area of a device, which may be its parent's.
func (g *gathered) areaOf(device string) string {
	d := g.devices[device]
	if d.area == "" && d.parent != device {
		return g.devices[d.parent].area
	}
	return d.area
}

// maxNamesBytes limits the names that are put together, in bytes. All entities of a device
// have its name in theirs.
const maxNamesBytes = 8 << 20

// fullName puts an entity's name together as Home Assistant does
// (async_get_full_entity_name in its helpers/entity_registry.py): the device's
// name goes before it unless the entity has an area of its own, and the parent
// device's before that where the device says so. It is "" where an older home
// does not tell, and where there is no room for it: the entity's state has a name too.
// next is what the entity's name goes on with.
func (g *gathered) fullName(e *home.Entry, next string) string {
	if e.Device == "" {
		return e.Name
	}
	if !g.linked {
		return ""
	}
	if next != "device" {
		return e.Name
	}
	device, parent := g.devices[e.Device], ""
	if device.next == "parent_device" {
		parent = g.devices[device.parent].name
	}
	if g.named += len(parent) + len(device.name) + len(e.Name); g.named > maxNamesBytes {
		return ""
	}
	return joined(parent, joined(device.name, e.Name))
}

// textsWeight is about how many bytes a list of texts takes.
func textsWeight(texts []string) (weight int) {
	const header = 16
	for _, text := range texts {
		weight += header + len(text)
	}
	return weight
}

// joined returns two names, one behind the other; either may be "".
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

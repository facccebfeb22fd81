package homeassistant

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// gathered is what the registries have told so far, list by list. What is of
// another form than it should be is left out, as everywhere.
type gathered struct {
	entities   []home.Entry
	more       []listedEntity // of the same entities
	registered map[home.EntityID]bool
	devices    map[string]listedDevice
	areas      []home.Area
	labels     []home.Label
	exposed    map[home.EntityID]home.Assistant
	phase      home.Phase
	categories map[string]string // by their index
	// linked says that the home tells from what an entity's full name is put
	// together. One that does not is older, puts it together otherwise, and keeps
	// aliases in no order.
	linked bool
}

// listedEntity is what config/entity_registry/list_for_display says of an entity
// besides.
type listedEntity struct {
	category string // its index
	next     string // what its name goes on with: "area", "device"
}

// listedDevice is a device in config/device_registry/list.
type listedDevice struct {
	name, area, parent string
	next               string // what its name goes on with: "parent_device"
}

var (
	ofDisplay  = named("entity_categories", "entities")
	ofEntity   = named("ei", "ai", "lb", "di", "hb", "ec", "en", "np", "pl")
	ofDevice   = named("id", "area_id", "name", "name_by_user", "parent_device_id", "next_name_part")
	ofArea     = named("area_id", "name", "aliases")
	ofLabel    = named("label_id", "name")
	ofExposed  = named("exposed_entities")
	ofRegistry = named("aliases")
	ofPhase    = named("state")
)

// readEntities reads config/entity_registry/list_for_display.
func (g *gathered) readEntities(d *decoder) error {
	if d.in.PeekKind() != '{' {
		return d.unexpected()
	}
	defer func() {
		g.registered = make(map[home.EntityID]bool, len(g.entities))
		for i := range g.entities {
			g.registered[g.entities[i].ID] = true
		}
	}()
	return d.members(ofDisplay, func(name string) error {
		if name == "entities" {
			return d.items(func() error { return g.readEntity(d) })
		}
		g.categories = map[string]string{}
		return d.each(func(index string) error {
			var category string
			err := d.text(&category)
			g.categories[index] = category
			return err
		})
	})
}

func (g *gathered) readEntity(d *decoder) error {
	if d.in.PeekKind() != '{' {
		return d.in.SkipValue()
	}
	var e home.Entry
	var more listedEntity
	err := d.members(ofEntity, func(name string) error {
		switch name {
		case "ei":
			return d.text((*string)(&e.ID))
		case "ai":
			return d.text(&e.Area)
		case "lb":
			return d.texts(&e.Labels, false)
		case "di":
			return d.text(&e.Device)
		case "hb":
			return d.flag(&e.Hidden)
		case "en":
			return d.text(&e.Name)
		case "pl":
			return d.text(&e.Integration)
		case "np":
			g.linked = true
			return d.text(&more.next)
		default: // ec
			index, err := d.in.ReadValue()
			more.category = string(index)
			return err
		}
	})
	if e.ID != "" {
		g.entities, g.more = append(doubled(g.entities), e), append(doubled(g.more), more)
	}
	return err
}

// readPhase reads get_config, of which it takes how far the home's start is.
func (g *gathered) readPhase(d *decoder) error {
	if d.in.PeekKind() != '{' {
		return d.in.SkipValue()
	}
	return d.members(ofPhase, func(string) error { return d.text((*string)(&g.phase)) })
}

// readDevices reads config/device_registry/list.
func (g *gathered) readDevices(d *decoder) error {
	g.devices = make(map[string]listedDevice, len(g.entities)) // few entities share one
	return d.items(func() error {
		if d.in.PeekKind() != '{' {
			return d.in.SkipValue()
		}
		var id, users string
		var device listedDevice
		err := d.members(ofDevice, func(name string) error {
			switch name {
			case "id":
				return d.text(&id)
			case "area_id":
				return d.text(&device.area)
			case "name":
				return d.text(&device.name)
			case "name_by_user":
				return d.text(&users)
			case "parent_device_id":
				return d.text(&device.parent)
			default: // next_name_part
				return d.text(&device.next)
			}
		})
		if users != "" {
			device.name = users
		}
		g.devices[id] = device
		return err
	})
}

// readAreas reads config/area_registry/list.
func (g *gathered) readAreas(d *decoder) error {
	return d.items(func() error {
		if d.in.PeekKind() != '{' {
			return d.in.SkipValue()
		}
		var area home.Area
		err := d.members(ofArea, func(name string) error {
			switch name {
			case "area_id":
				return d.text(&area.ID)
			case "name":
				return d.text(&area.Name)
			default:
				return d.texts(&area.Aliases, false)
			}
		})
		if area.ID != "" {
			g.areas = append(g.areas, area)
		}
		return err
	})
}

// readLabels reads config/label_registry/list.
func (g *gathered) readLabels(d *decoder) error {
	return d.items(func() error {
		if d.in.PeekKind() != '{' {
			return d.in.SkipValue()
		}
		var label home.Label
		err := d.members(ofLabel, func(name string) error {
			if name == "name" {
				return d.text(&label.Name)
			}
			return d.text(&label.ID)
		})
		if label.ID != "" {
			g.labels = append(g.labels, label)
		}
		return err
	})
}

// assistants are the voice assistants by Home Assistant's names
// (KNOWN_ASSISTANTS in its homeassistant/exposed_entities.py).
var assistants = map[string]home.Assistant{"cloud.alexa": home.Alexa, "conversation": home.Assist}

// readExposed reads homeassistant/expose_entity/list.
func (g *gathered) readExposed(d *decoder) error {
	if d.in.PeekKind() != '{' {
		return d.unexpected()
	}
	g.exposed = make(map[home.EntityID]home.Assistant, len(g.entities))
	return d.members(ofExposed, func(string) error {
		return d.each(func(id string) error {
			return d.each(func(assistant string) error {
				var is bool
				err := d.flag(&is)
				if is {
					g.exposed[home.EntityID(id)] |= assistants[assistant]
				}
				return err
			})
		})
	})
}

// readAliases reads config/entity_registry/get_entries. A null among the aliases
// stands for the name that the entity has by itself. A home that knows none keeps
// them as a set: its order means nothing, and they come after that name.
func (g *gathered) readAliases(d *decoder, to map[home.EntityID][]string) error {
	return d.each(func(id string) error {
		if d.in.PeekKind() != '{' {
			return d.in.SkipValue()
		}
		return d.members(ofRegistry, func(string) error {
			var aliases []string
			err := d.texts(&aliases, true)
			if !g.linked && len(aliases) > 0 && !slices.Contains(aliases, "") {
				slices.Sort(aliases)
				aliases = append([]string{""}, aliases...)
			}
			to[home.EntityID(id)] = aliases
			return err
		})
	})
}

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

// fullName puts an entity's name together as Home Assistant does
// (async_get_full_entity_name in its helpers/entity_registry.py): the device's
// name goes before it unless the entity has an area of its own, and the parent
// device's before that where the device says so. It is "" where an older home
// does not tell. next is what the entity's name goes on with.
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
	device := g.devices[e.Device]
	name := joined(device.name, e.Name)
	if device.next == "parent_device" {
		name = joined(g.devices[device.parent].name, name)
	}
	return name
}

// joined returns two names, one behind the other; either may be "".
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

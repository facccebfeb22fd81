package homeassistant

import (
	"cmp"
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
	floors     []home.Floor
	labels     []home.Label
	exposed    map[home.EntityID]home.Assistant
	phase      home.Phase
	categories map[string]string // by their index
	// linked says that the home tells from what an entity's full name is put
	// together. One that does not is older, puts it together otherwise, and keeps
	// aliases in no order.
	linked bool
	// weight is about how many bytes all of it takes, named how many bytes of names were
	// put together.
	weight, named int
}

// maxRegistryWeight limits what is kept of the registries, in bytes: some 30,000 entities.
// Of half a registry nobody could tell what is hidden in the other half.
const maxRegistryWeight = 16 << 20

// About how many bytes an entity, and anything else, takes besides its texts.
const entityWeight, thingWeight = 400, 150

// take notes that something is kept that takes so many bytes besides its texts. The error is
// errTooLarge when there is no room for it.
func (g *gathered) take(bytes int, texts ...string) error {
	g.weight += bytes + textsWeight(texts)
	if g.weight > maxRegistryWeight {
		return errTooLarge
	}
	return nil
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
	ofArea     = named("area_id", "name", "floor_id", "aliases")
	ofFloor    = named("floor_id", "name", "aliases")
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
			return cmp.Or(err, g.take(thingWeight, index, category))
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
			if d.in.PeekKind() != '0' {
				return d.in.SkipValue()
			}
			index, err := d.in.ReadValue()
			more.category = string(index)
			return err
		}
	})
	if err != nil || e.ID == "" {
		return err
	}
	g.entities, g.more = append(doubled(g.entities), e), append(doubled(g.more), more)
	return g.take(entityWeight+textsWeight(e.Labels), string(e.ID), e.Name, e.Area, e.Device)
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
		return cmp.Or(err, g.take(thingWeight, id, device.name, device.area, device.parent))
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
			case "floor_id":
				return d.text(&area.Floor)
			default:
				return d.texts(&area.Aliases, false)
			}
		})
		if area.ID != "" {
			g.areas = append(g.areas, area)
		}
		return cmp.Or(err, g.take(thingWeight+textsWeight(area.Aliases), area.ID, area.Name, area.Floor))
	})
}

// readFloors reads config/floor_registry/list.
func (g *gathered) readFloors(d *decoder) error {
	return d.items(func() error {
		if d.in.PeekKind() != '{' {
			return d.in.SkipValue()
		}
		var floor home.Floor
		err := d.members(ofFloor, func(name string) error {
			switch name {
			case "floor_id":
				return d.text(&floor.ID)
			case "name":
				return d.text(&floor.Name)
			default:
				return d.texts(&floor.Aliases, false)
			}
		})
		if floor.ID != "" {
			g.floors = append(g.floors, floor)
		}
		return cmp.Or(err, g.take(thingWeight+textsWeight(floor.Aliases), floor.ID, floor.Name))
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
		return cmp.Or(err, g.take(thingWeight, label.ID, label.Name))
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
				return cmp.Or(err, g.take(thingWeight/2, id))
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
			return cmp.Or(err, g.take(thingWeight+textsWeight(aliases), id))
		})
	})
}

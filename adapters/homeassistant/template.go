package homeassistant

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// registryTemplate yields what templates can tell of the registries, as short as
// that can be: Home Assistant renders no more than 256 KiB
// (https://www.home-assistant.io/docs/configuration/templating/).
//
// Home Assistant has floors since 2024.4, and does not tell templates their aliases.
const registryTemplate = `
{%- set told = namespace(areas=[], floors=[], labels=[]) -%}
{%- for id in areas() -%}{%- set told.areas = told.areas + [[id, area_name(id), area_entities(id)]] -%}{%- endfor -%}
{%- if floors is defined -%}{%- for id in floors() -%}{%- set told.floors = told.floors + [[id, floor_name(id), floor_areas(id)]] -%}{%- endfor -%}{%- endif -%}
{%- for id in labels() -%}{%- set told.labels = told.labels + [[id, label_name(id), label_entities(id)]] -%}{%- endfor -%}
{{ {'areas': told.areas, 'floors': told.floors, 'labels': told.labels,
    'hidden': states | map(attribute='entity_id') | select('is_hidden_entity') | list} | to_json }}`

// maxRenderedBytes limits what is read of a rendered template: 256 Ki characters of up to
// four bytes.
const maxRenderedBytes = 1 << 20

// byTemplate asks with a template. It knows less than the registries, names and
// categories above all. The error is a *fault.Error.
//
// Home Assistant counts the refusal of a template as a failed login, and may ban an
// address that has some: so it is not asked again with a token that it has refused.
func (c *Client) byTemplate(ctx context.Context) (home.Registry, error) {
	token, _, err := c.token(ctx)
	if err != nil {
		return home.Registry{}, err
	}
	if refused := c.noTemplates.Load(); refused != nil && *refused == token {
		return home.Registry{}, fault.New(fault.NotAllowed, "The token's user is no administrator: Home Assistant renders no template for it.")
	}
	body, err := json.Marshal(map[string]string{"template": registryTemplate})
	if err != nil {
		return home.Registry{}, err
	}
	var told rendered
	err = c.do(ctx, request{method: http.MethodPost, path: "/api/template", body: body, large: true, most: maxRenderedBytes, plain: true, decode: told.read})
	if kind := fault.Of(err); err != nil && (kind == fault.TokenRejected || kind == fault.NotAllowed) {
		c.noTemplates.Store(&token)
		err = fault.Wrap(fault.NotAllowed, "Home Assistant renders no template for the token's user.", err)
	}
	if err != nil {
		return home.Registry{}, err
	}
	return told.registry(), nil
}

// rendered is what the template yields.
type rendered struct {
	areas, floors, labels []place
	hidden                []string
}

// place is an area, a floor or a label, and what is in it, on it or has it: entities, and
// of a floor the areas.
type place struct {
	id, name string
	holds    []string
}

var ofRendered = named("areas", "floors", "labels", "hidden")

func (t *rendered) read(d *decoder) error {
	if d.in.PeekKind() != '{' {
		return d.unexpected()
	}
	return d.members(ofRendered, func(name string) error {
		switch name {
		case "areas":
			return d.items(func() error { return readPlace(d, &t.areas) })
		case "floors":
			return d.items(func() error { return readPlace(d, &t.floors) })
		case "labels":
			return d.items(func() error { return readPlace(d, &t.labels) })
		default:
			return d.texts(&t.hidden, false)
		}
	})
}

// readPlace reads a list of an id, a name and a list of what the place holds.
func readPlace(d *decoder, to *[]place) error {
	var p place
	n := 0
	err := d.items(func() error {
		n++
		switch n {
		case 1:
			return d.text(&p.id)
		case 2:
			return d.text(&p.name)
		default:
			return d.texts(&p.holds, false)
		}
	})
	if p.id != "" {
		*to = append(*to, p)
	}
	return err
}

func (t *rendered) registry() home.Registry {
	entries := map[home.EntityID]*home.Entry{}
	entry := func(id string) *home.Entry {
		e := entries[home.EntityID(id)]
		if e == nil {
			e = &home.Entry{ID: home.EntityID(id)}
			entries[e.ID] = e
		}
		return e
	}
	floors, floorOf := make([]home.Floor, len(t.floors)), map[string]string{}
	for i, p := range t.floors {
		floors[i] = home.Floor{ID: p.id, Name: p.name}
		for _, area := range p.holds {
			floorOf[area] = p.id
		}
	}
	areas := make([]home.Area, len(t.areas))
	for i, p := range t.areas {
		areas[i] = home.Area{ID: p.id, Name: p.name, Floor: floorOf[p.id]}
		for _, id := range p.holds {
			entry(id).Area = p.id
		}
	}
	labels := make([]home.Label, len(t.labels))
	for i, p := range t.labels {
		labels[i] = home.Label{ID: p.id, Name: p.name}
		for _, id := range p.holds {
			e := entry(id)
			e.Labels = append(e.Labels, p.id)
		}
	}
	for _, id := range t.hidden {
		entry(id).Hidden = true
	}
	list := make([]home.Entry, 0, len(entries))
	for _, e := range entries {
		list = append(list, *e)
	}
	return home.NewRegistry(home.SourceTemplate, home.PartHidden|home.PartAreas|home.PartLabels, list, areas, labels).WithFloors(floors)
}

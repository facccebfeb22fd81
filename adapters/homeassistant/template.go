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
const registryTemplate = `
{%- set told = namespace(areas=[], labels=[]) -%}
{%- for id in areas() -%}{%- set told.areas = told.areas + [[id, area_name(id), area_entities(id)]] -%}{%- endfor -%}
{%- for id in labels() -%}{%- set told.labels = told.labels + [[id, label_name(id), label_entities(id)]] -%}{%- endfor -%}
{{ {'areas': told.areas, 'labels': told.labels,
    'hidden': states | map(attribute='entity_id') | select('is_hidden_entity') | list} | to_json }}`

// byTemplate asks with a template. It knows less than the registries, names and
// categories above all. The error is a *fault.Error.
//
// Home Assistant counts the refusal of a template as a failed login, and may ban
// who has some: so it is not asked again with a token that it has refused.
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
	err = c.do(ctx, request{method: http.MethodPost, path: "/api/template", body: body, large: true, plain: true, decode: told.read})
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
	areas, labels []place
	hidden        []string
}

// place is an area or a label, and the entities that are in it or have it.
type place struct {
	id, name string
	entities []string
}

var ofRendered = named("areas", "labels", "hidden")

func (t *rendered) read(d *decoder) error {
	if d.in.PeekKind() != '{' {
		return d.unexpected()
	}
	return d.members(ofRendered, func(name string) error {
		switch name {
		case "areas":
			return d.items(func() error { return readPlace(d, &t.areas) })
		case "labels":
			return d.items(func() error { return readPlace(d, &t.labels) })
		default:
			return d.texts(&t.hidden, false)
		}
	})
}

// readPlace reads a list of an id, a name and a list of entities.
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
			return d.texts(&p.entities, false)
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
	areas := make([]home.Area, len(t.areas))
	for i, p := range t.areas {
		areas[i] = home.Area{ID: p.id, Name: p.name}
		for _, id := range p.entities {
			entry(id).Area = p.id
		}
	}
	labels := make([]home.Label, len(t.labels))
	for i, p := range t.labels {
		labels[i] = home.Label{ID: p.id, Name: p.name}
		for _, id := range p.entities {
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
	return home.NewRegistry(home.SourceTemplate, home.PartHidden|home.PartAreas|home.PartLabels, list, areas, labels)
}

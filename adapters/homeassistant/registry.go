package homeassistant

import (
	"context"
	"errors"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

var _ ports.Registry = (*Client)(nil)

// Registry implements ports.Registry. It asks over WebSocket, on a connection for
// that alone. Where something in front of the home lets none through, the home is
// asked to render a template, which it does for administrators.
func (c *Client) Registry(ctx context.Context, aliased func(home.Registry) []home.EntityID) (home.Registry, error) {
	if c.config.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.config.Timeout)
		defer cancel()
	}
	r, err := c.overSocket(ctx, aliased)
	if err == nil || ctx.Err() != nil || !anotherWay(err) {
		return r, err
	}
	r, failed := c.byTemplate(ctx)
	if failed == nil {
		return r, nil
	}
	var e *fault.Error
	if !errors.As(err, &e) {
		return home.Registry{}, failed
	}
	both := *e
	both.Cause = errors.Join(e.Cause, failed)
	return home.Registry{}, &both
}

// anotherWay says whether a failure over WebSocket may be WebSocket's alone: not
// when the home rejects the token or cannot be dialled.
func anotherWay(err error) bool {
	switch fault.Of(err) {
	case fault.NotAllowed, fault.Misconfigured:
		return false
	default:
		return true
	}
}

// overSocket asks over WebSocket. A home that lets the connection stand and says
// nothing gets half of the time: the other half is for the template.
func (c *Client) overSocket(ctx context.Context, aliased func(home.Registry) []home.EntityID) (home.Registry, error) {
	token, own, err := c.token(ctx)
	if err != nil {
		return home.Registry{}, err
	}
	first, cancel := ctx, context.CancelFunc(func() {})
	if deadline, ok := ctx.Deadline(); ok {
		first, cancel = context.WithTimeout(ctx, time.Until(deadline)/2)
	}
	defer cancel()
	s, err := c.openSocket(first, token, own)
	if err != nil {
		return home.Registry{}, err
	}
	defer s.close()
	var g gathered
	entities := s.ask(first, "config/entity_registry/list_for_display", nil, g.readEntities)
	devices := s.ask(first, "config/device_registry/list", nil, g.readDevices)
	areas := s.ask(first, "config/area_registry/list", nil, g.readAreas)
	labels := s.ask(first, "config/label_registry/list", nil, g.readLabels)
	exposed := s.ask(first, "homeassistant/expose_entity/list", nil, g.readExposed)
	if err := s.settle(first); err != nil {
		return home.Registry{}, err
	}
	if entities.code != "" {
		return home.Registry{}, fault.New(fault.Unsupported, "Home Assistant does not tell what its registry holds ("+entities.code+").")
	}
	knows := home.PartHidden | home.PartCategories | home.PartNames
	if devices.code == "" && areas.code == "" {
		knows |= home.PartAreas | home.PartAreaAliases
	}
	if labels.code == "" {
		knows |= home.PartLabels
	}
	if exposed.code == "" {
		knows |= home.PartExposure
	}
	r := g.registry(knows)
	if aliased == nil {
		return r, nil
	}
	return g.withAliases(ctx, s, r, aliased(r)), nil
}

// withAliases asks for the aliases of those of the entities that the registry
// has. Without an answer the registry is what it was: it lacks them then.
func (g *gathered) withAliases(ctx context.Context, s *socket, r home.Registry, wanted []home.EntityID) home.Registry {
	ids := []byte(`,"entity_ids":[`)
	n := 0
	for _, id := range wanted {
		if !g.registered[id] || !id.Valid() {
			continue
		}
		if n++; n > 1 {
			ids = append(ids, ',')
		}
		ids, _ = jsontext.AppendQuote(ids, string(id)) // letters and digits
	}
	aliases := make(map[home.EntityID][]string, n)
	if n == 0 {
		return r.WithAliases(aliases)
	}
	told := s.ask(ctx, "config/entity_registry/get_entries", append(ids, ']'), func(d *decoder) error {
		return g.readAliases(d, aliases)
	})
	if err := s.settle(ctx); err != nil || told.code != "" {
		return r
	}
	return r.WithAliases(aliases)
}

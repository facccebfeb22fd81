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

// Registries implements ports.Registry. It asks over WebSocket, on a connection for
// that alone. Where something in front of the home lets none through, the home is
// asked to render a template, which it does for administrators.
func (c *Client) Registries(ctx context.Context) (ports.RegistrySession, error) {
	if c.config.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.config.Timeout)
		defer cancel()
	}
	s, err := c.overSocket(ctx)
	if err == nil {
		return s, nil
	}
	if ctx.Err() != nil || !anotherWay(err) {
		return nil, err
	}
	r, failed := c.byTemplate(ctx)
	if failed == nil {
		return &registries{registry: r}, nil
	}
	var e *fault.Error
	if !errors.As(err, &e) {
		return nil, failed
	}
	both := *e
	both.Cause = errors.Join(e.Cause, failed)
	return nil, &both
}

// registries is a session with the registries.
type registries struct {
	registry home.Registry
	// gathered and socket are what aliases are asked with; nil where the home was
	// asked by a template, which cannot tell any.
	gathered *gathered
	socket   *socket
	timeout  time.Duration
	cancel   context.CancelFunc
}

// Registry implements ports.RegistrySession.
func (r *registries) Registry() home.Registry { return r.registry }

// Aliases implements ports.RegistrySession.
func (r *registries) Aliases(ctx context.Context, of []home.EntityID) home.Registry {
	if r.socket != nil {
		if r.timeout > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, r.timeout)
			defer cancel()
		}
		r.registry = r.gathered.withAliases(ctx, r.socket, r.registry, of)
	}
	return r.registry
}

// Close implements ports.RegistrySession.
func (r *registries) Close() {
	if r.socket != nil {
		r.socket.close()
		r.cancel()
		r.socket = nil
	}
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
func (c *Client) overSocket(ctx context.Context) (*registries, error) {
	token, own, err := c.token(ctx)
	if err != nil {
		return nil, err
	}
	// The end of the last message is read only when aliases are asked for. So what it is
	// read with outlives the caller's context, which ends with this call.
	first, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if deadline, ok := ctx.Deadline(); ok {
		late := time.AfterFunc(time.Until(deadline)/2, cancel)
		defer late.Stop()
	}
	attached := context.AfterFunc(ctx, cancel)
	defer attached()
	s, err := c.openSocket(first, token, own)
	if err != nil {
		cancel()
		return nil, err
	}
	r, err := gather(first, s)
	if err != nil {
		cancel()
		s.close()
		return nil, err
	}
	r.timeout, r.cancel = c.config.Timeout, cancel
	return r, nil
}

// gather asks for all that the registries tell, back to back.
func gather(ctx context.Context, s *socket) (*registries, error) {
	g := &gathered{}
	entities := s.ask(ctx, "config/entity_registry/list_for_display", nil, g.readEntities)
	devices := s.ask(ctx, "config/device_registry/list", nil, g.readDevices)
	areas := s.ask(ctx, "config/area_registry/list", nil, g.readAreas)
	floors := s.ask(ctx, "config/floor_registry/list", nil, g.readFloors)
	labels := s.ask(ctx, "config/label_registry/list", nil, g.readLabels)
	exposed := s.ask(ctx, "homeassistant/expose_entity/list", nil, g.readExposed)
	s.ask(ctx, "get_config", nil, g.readPhase)
	if err := s.settle(ctx); err != nil {
		return nil, err
	}
	if entities.code != "" {
		return nil, fault.New(fault.Unsupported, "Home Assistant does not tell what its registry holds ("+entities.code+").")
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
	r := g.registry(knows).In(g.phase)
	if r.Knows(home.PartAreas) && floors.code == "" {
		r = r.WithFloors(g.floors)
	}
	return &registries{registry: r, gathered: g, socket: s}, nil
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

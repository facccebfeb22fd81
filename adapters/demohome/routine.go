package demohome

import "time"

// An action is one step of a scene, a script or an automation: a call, or a
// pause of some seconds.
type action struct {
	Service string         `json:"service"`
	Data    map[string]any `json:"data"`
	Delay   float64        `json:"delay"`
}

// act takes the steps one after the other in a context.
func (t *task) act(ctx Context, e *entity, steps []action, paused func(step action)) error {
	for _, step := range steps {
		if step.Service == "" {
			paused(step)
			t.pause(t.house.seconds(step.Delay))
			if t.house.entities[e.ID] != e || e.domain == "script" && e.state == "off" {
				return nil // taken out, or turned off meanwhile
			}
			continue
		}
		if err := t.call(ctx, domainOf(step.Service), objectOf(step.Service), step.Data); err != nil {
			return err
		}
	}
	return nil
}

func scenes() kind {
	return kind{services: map[string]service{
		"turn_on": {
			fields: []field{may("transition", clamped(asFloat, 0, 6553))},
			do: func(c *call, e *entity) error {
				if err := pressed(c, e); err != nil {
					return err
				}
				return c.act(c.context, e, e.Actions, func(action) {})
			},
		},
		"reload": reload,
	}}
}

func scripts() kind {
	variables := []field{may("variables", anything)}
	return kind{
		live: []string{"last_triggered", "mode", "current", "last_action"},
		services: map[string]service{
			// Waits no longer than until the script waits itself.
			"turn_on": {fields: variables, do: func(c *call, e *entity) error {
				c.start(func(t *task) { _ = t.runScript(c.context, e) })
				return nil
			}},
			"turn_off": {fields: variables, do: stopScript},
			"toggle": {fields: variables, do: func(c *call, e *entity) error {
				if e.state == "on" {
					return stopScript(c, e)
				}
				c.start(func(t *task) { _ = t.runScript(c.context, e) })
				return nil
			}},
			"reload": reload,
		},
	}
}

// scriptByName is a script as a service: it waits until the script is done.
func scriptByName(e *entity) service {
	return service{lax: true, answers: true, whole: func(c *call) error {
		c.house.blame(e, c.context)
		return c.runScript(c.context, e)
	}}
}

// runScript runs a script unless it is running already.
func (t *task) runScript(ctx Context, e *entity) error {
	if e.state == "on" {
		return nil
	}
	e.state = "on"
	e.set("current", 1)
	e.set("last_triggered", timestamp(t.house.now()))
	t.house.report(e)
	err := t.act(ctx, e, e.Actions, func(step action) {
		e.set("last_action", "delay "+clock(time.Duration(step.Delay*float64(time.Second))))
		t.house.report(e)
	})
	if e.state == "on" {
		endScript(e)
		t.house.report(e)
	}
	return err
}

func endScript(e *entity) {
	e.state = "off"
	e.set("current", 0)
	delete(e.attrs, "last_action")
}

func stopScript(c *call, e *entity) error {
	endScript(e)
	return c.report(e)
}

func automations() kind {
	k := switches()
	k.live = []string{"last_triggered", "mode", "current"}
	k.services["turn_off"] = service{fields: []field{may("stop_actions", asBool)}, do: turn("off")}
	// What an automation does is in a context of its own, so that the answer to
	// a trigger has none of it.
	k.services["trigger"] = service{
		fields: []field{may("variables", anything), may("skip_condition", asBool)},
		do: func(c *call, e *entity) error {
			own := Context{ID: ulid(c.house.now()), ParentID: c.context.ID}
			c.house.blame(e, own)
			e.set("last_triggered", timestamp(c.house.now()))
			e.set("current", 1)
			c.house.report(e)
			_ = c.act(own, e, e.Actions, func(action) {}) // Home Assistant logs what went wrong
			e.set("current", 0)
			return c.report(e)
		},
	}
	k.services["reload"] = reload
	return k
}

package demohome

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

func timers() kind {
	period := func(v any) (any, error) { return asPeriod(v) }
	return kind{services: map[string]service{
		"start":  {fields: []field{may("duration", period)}, do: startTimer},
		"pause":  {do: pauseTimer},
		"cancel": {do: endTimer("cancelled")},
		"finish": {do: endTimer("finished")},
		"change": {fields: []field{need("duration", period)}, do: changeTimer},
		"reload": reload,
	}}
}

func startTimer(c *call, e *entity) error {
	transition := "started"
	if e.state != "idle" {
		transition = "restarted"
	}
	remaining := e.period("remaining")
	if d, ok := c.data["duration"].(time.Duration); ok && d != 0 {
		e.set("duration", clock(d))
		remaining = d
	} else if remaining == 0 {
		remaining = e.period("duration")
	}
	e.state = "active"
	e.set("last_transition", transition)
	return runTimer(c, e, remaining)
}

// runTimer lets a timer run to its end, which it reports by itself.
func runTimer(c *call, e *entity, remaining time.Duration) error {
	h := c.house
	e.cancel()
	e.set("finishes_at", timestamp(h.now().Truncate(time.Second).Add(remaining)))
	e.set("remaining", clock(remaining))
	t := h.after(remaining, func() {
		if h.entities[e.ID] == e {
			e.rest("finished")
			h.report(e)
		}
	})
	e.cancel = func() { h.stop(t) }
	return c.report(e)
}

func pauseTimer(c *call, e *entity) error {
	if e.state != "active" {
		return nil
	}
	e.cancel()
	e.state = "paused"
	e.set("last_transition", "paused")
	e.set("remaining", clock(e.left(c.house.now())))
	delete(e.attrs, "finishes_at")
	return c.report(e)
}

func endTimer(how string) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		if e.state == "idle" {
			return nil
		}
		e.cancel()
		e.rest(how)
		return c.report(e)
	}
}

func changeTimer(c *call, e *entity) error {
	if e.state != "active" {
		return refuse("Timer %s is not running. Only active timers can be changed", e.ID)
	}
	by, _ := c.data["duration"].(time.Duration)
	remaining := e.left(c.house.now()) + by
	if remaining > e.period("duration") {
		return refuse("Cannot change timer %s beyond its duration", e.ID)
	}
	if remaining < 0 {
		return refuse("Cannot change timer %s to a negative remaining time", e.ID)
	}
	return runTimer(c, e, remaining)
}

// rest makes a timer idle, with the duration that it was configured with.
func (e *entity) rest(transition string) {
	e.state = "idle"
	e.set("last_transition", transition)
	e.set("duration", e.Attributes["duration"])
	delete(e.attrs, "finishes_at")
	delete(e.attrs, "remaining")
}

func (e *entity) period(attribute string) time.Duration {
	d, _ := asPeriod(e.attrs[attribute])
	return d
}

// left is how long an active timer has still to run, in whole seconds.
func (e *entity) left(now time.Time) time.Duration {
	end, err := time.Parse(time.RFC3339, e.text("finishes_at"))
	if err != nil {
		return 0
	}
	return end.Sub(now.Truncate(time.Second))
}

// clock writes a duration as Home Assistant does: 0:15:00.
func clock(d time.Duration) string {
	s := int(d / time.Second)
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// asPeriod reads seconds, or [-]hours:minutes[:seconds].
func asPeriod(v any) (time.Duration, error) {
	wrong := fmt.Errorf("expected a duration such as 00:15:00")
	if s, err := asFloat(v); err == nil {
		return time.Duration(number(s) * float64(time.Second)), nil
	}
	s, ok := v.(string)
	if !ok {
		return 0, wrong
	}
	rest, negative := strings.CutPrefix(s, "-")
	parts := strings.Split(rest, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, wrong
	}
	seconds := 0
	for _, unit := range []int{3600, 60, 1}[:len(parts)] {
		n, err := strconv.Atoi(parts[0])
		if err != nil || n < 0 {
			return 0, wrong
		}
		seconds += n * unit
		parts = parts[1:]
	}
	if negative {
		seconds = -seconds
	}
	return time.Duration(seconds) * time.Second, nil
}

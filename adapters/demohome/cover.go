package demohome

// Features of covers (CoverEntityFeature).
const (
	coverOpen = 1 << iota
	coverClose
	coverSetPosition
	coverStop
	coverOpenTilt
	coverCloseTilt
	coverStopTilt
	coverSetTiltPosition
)

func covers() kind {
	speed := may("speed", asText)
	return kind{
		live: []string{"is_closed", "current_position", "current_tilt_position"},
		services: map[string]service{
			"open_cover":  {fields: []field{speed}, features: []int{coverOpen}, do: moveCover(100)},
			"close_cover": {fields: []field{speed}, features: []int{coverClose}, do: moveCover(0)},
			"set_cover_position": {
				fields: []field{need("position", percent), speed}, features: []int{coverSetPosition},
				do: func(c *call, e *entity) error { return moveCover(c.int("position"))(c, e) },
			},
			"stop_cover":       {features: []int{coverStop}, do: stopCover},
			"toggle":           {features: []int{coverOpen | coverClose}, do: toggleCover},
			"open_cover_tilt":  {features: []int{coverOpenTilt}, do: tilt(100)},
			"close_cover_tilt": {features: []int{coverCloseTilt}, do: tilt(0)},
			"stop_cover_tilt": {features: []int{coverStopTilt}, do: func(_ *call, e *entity) error {
				e.cancel()
				return nil
			}},
			"set_cover_tilt_position": {
				fields: []field{need("tilt_position", percent)}, features: []int{coverSetTiltPosition},
				do: func(c *call, e *entity) error { return tilt(c.int("tilt_position"))(c, e) },
			},
			"toggle_cover_tilt": {features: []int{coverOpenTilt | coverCloseTilt}, do: func(c *call, e *entity) error {
				if e.int("current_tilt_position") == 0 {
					return tilt(100)(c, e)
				}
				return tilt(0)(c, e)
			}},
		},
	}
}

// moveCover sends a cover on its way. One without a position is there at once
// unless its record says that it travels.
func moveCover(to int) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		at, positioned := e.attrs["current_position"]
		if positioned && at == to {
			return nil
		}
		e.lastDown = to == 0
		moving, arrived := func() { e.state = "opening" }, func() { settle(e) }
		if positioned {
			if number(at) > float64(to) {
				moving = func() { e.state = "closing" }
			}
			c.house.travel(e, "current_position", to, func() {
				moving()
				e.set("is_closed", e.int("current_position") == 0)
			}, arrived)
			return nil
		}
		if e.attrs["is_closed"] == (to == 0) && e.state != "opening" && e.state != "closing" {
			return nil
		}
		if to == 0 {
			moving = func() { e.state = "closing" }
		}
		c.house.trip(e, e.Travel, moving, func() {
			e.set("is_closed", to == 0)
			settle(e)
		})
		return nil
	}
}

func stopCover(c *call, e *entity) error {
	e.cancel()
	if _, positioned := e.attrs["current_position"]; !positioned && e.state == "opening" {
		e.set("is_closed", false)
	}
	settle(e)
	return c.report(e)
}

func toggleCover(c *call, e *entity) error {
	moving := e.state == "opening" || e.state == "closing"
	switch {
	case moving && e.has(coverStop):
		return stopCover(c, e)
	case e.attrs["is_closed"] == true || e.state == "closing" || e.lastDown && e.attrs["current_position"] != 100:
		return moveCover(100)(c, e)
	}
	return moveCover(0)(c, e)
}

// tilt turns the slats: the house hears of it only on the way.
func tilt(to int) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		if at, tilts := e.attrs["current_tilt_position"]; !tilts || at == to {
			return nil
		}
		if e.state == "opening" || e.state == "closing" {
			settle(e)
		}
		c.house.travel(e, "current_tilt_position", to, func() {}, func() {})
		return nil
	}
}

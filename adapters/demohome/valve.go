package demohome

// Features of valves (ValveEntityFeature).
const (
	valveOpen = 1 << iota
	valveClose
	valveSetPosition
	valveStop
)

func valves() kind {
	return kind{
		live: []string{"is_closed", "current_position"},
		services: map[string]service{
			"open_valve":  {features: []int{valveOpen}, do: moveValve(100)},
			"close_valve": {features: []int{valveClose}, do: moveValve(0)},
			"set_valve_position": {
				fields: []field{need("position", percent)}, features: []int{valveSetPosition},
				do: func(c *call, e *entity) error { return moveValve(c.int("position"))(c, e) },
			},
			"stop_valve": {features: []int{valveStop}, do: func(c *call, e *entity) error {
				e.cancel()
				settle(e)
				return c.report(e)
			}},
			"toggle": {features: []int{valveOpen | valveClose}, do: func(c *call, e *entity) error {
				if e.attrs["is_closed"] == true {
					return moveValve(100)(c, e)
				}
				return moveValve(0)(c, e)
			}},
		},
	}
}

// moveValve opens or closes a valve. One with a position is on its way when the
// call returns; for one without, the call waits.
func moveValve(to int) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		at, positioned := e.attrs["current_position"]
		if positioned && at == to {
			return nil
		}
		moving := func() { e.state = "opening" }
		if to == 0 || positioned && number(at) > float64(to) {
			moving = func() { e.state = "closing" }
		}
		if positioned {
			c.house.travel(e, "current_position", to, func() {
				moving()
				e.set("is_closed", e.int("current_position") == 0)
			}, func() { settle(e) })
			return nil
		}
		moving()
		e.set("is_closed", false)
		c.house.report(e)
		c.seconds(turning)
		e.set("is_closed", to == 0)
		settle(e)
		return c.report(e)
	}
}

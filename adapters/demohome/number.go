package demohome

func numbers() kind {
	return kind{services: map[string]service{
		"set_value": {fields: []field{need("value", asFloat)}, do: func(c *call, e *entity) error {
			v := c.float("value")
			if v < e.number("min") || v > e.number("max") {
				return refuse("Value %s for %s is outside valid range %s - %s",
					float(v), e.ID, text(e.attrs["min"]), text(e.attrs["max"]))
			}
			return turn(float(v))(c, e)
		}},
	}}
}

func inputNumbers() kind {
	return kind{services: map[string]service{
		// Unlike number's, this is a mistake in the call and not a refusal.
		"set_value": {fields: []field{need("value", asFloat)}, do: func(c *call, e *entity) error {
			v := c.float("value")
			if v < e.number("min") || v > e.number("max") {
				return schemaError{"Invalid value for " + e.ID + ": " + float(v) +
					" (range " + text(e.attrs["min"]) + " - " + text(e.attrs["max"]) + ")"}
			}
			return turn(float(v))(c, e)
		}},
		"increment": {do: stepNumber(1)},
		"decrement": {do: stepNumber(-1)},
		"reload":    reload,
	}}
}

func stepNumber(direction float64) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		now, _ := asFloat(e.state)
		v := number(now) + direction*e.number("step")
		return turn(float(min(max(v, e.number("min")), e.number("max"))))(c, e)
	}
}

func counters() kind {
	count := func(next func(now int, c *call, e *entity) int) func(*call, *entity) error {
		return func(c *call, e *entity) error {
			now, _ := asInt(e.state)
			return turn(text(next(int(number(now)), c, e)))(c, e)
		}
	}
	return kind{services: map[string]service{
		"increment": {do: count(func(now int, _ *call, e *entity) int { return now + e.int("step") })},
		"decrement": {do: count(func(now int, _ *call, e *entity) int { return now - e.int("step") })},
		"reset":     {do: count(func(_ int, _ *call, e *entity) int { return e.int("initial") })},
		"set_value": {
			fields: []field{need("value", asInt)},
			do:     count(func(_ int, c *call, _ *entity) int { return c.int("value") }),
		},
	}}
}

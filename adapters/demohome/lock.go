package demohome

import "regexp"

// lockOpen says that a lock can pull the latch too (LockEntityFeature.OPEN).
const lockOpen = 1

// turning is how many seconds a bolt takes. The call waits for it, so that its
// answer has the lock twice: on its way, and there.
const turning = 2

func locks() kind {
	code := []field{may("code", asText)}
	return kind{
		live: []string{"changed_by", "code_format"},
		services: map[string]service{
			"lock":   {fields: code, do: bolt("locking", "locked")},
			"unlock": {fields: code, do: bolt("unlocking", "unlocked")},
			"open":   {fields: code, features: []int{lockOpen}, do: bolt("opening", "open")},
		},
	}
}

func bolt(on, there string) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		if format := e.text("code_format"); format != "" {
			if ok, err := regexp.MatchString(format, c.text("code")); err != nil || !ok {
				return refuse("The code for %s doesn't match pattern %s", e.ID, format)
			}
		}
		e.state = on
		c.house.report(e)
		c.seconds(turning)
		e.state = there
		if e.Jams && there == "locked" {
			e.state = "jammed"
		}
		return c.report(e)
	}
}

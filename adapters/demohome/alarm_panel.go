package demohome

// alarmCode disarms the demo's panel, as Home Assistant's demo has it.
const alarmCode = "1234"

// How many seconds the panel takes to arm and how long it sounds.
const (
	arming   = 5
	sounding = 10
)

func alarmPanels() kind {
	code := []field{may("code", asText)}
	arm := func(state string, feature int) service {
		return service{fields: code, features: []int{feature}, do: armPanel(state)}
	}
	return kind{
		live: []string{"code_format", "changed_by", "code_arm_required", "previous_state", "next_state"},
		services: map[string]service{
			"alarm_disarm":            {fields: code, do: disarmPanel},
			"alarm_arm_home":          arm("armed_home", 1),
			"alarm_arm_away":          arm("armed_away", 2),
			"alarm_arm_night":         arm("armed_night", 4),
			"alarm_arm_custom_bypass": arm("armed_custom_bypass", 16),
			"alarm_arm_vacation":      arm("armed_vacation", 32),
			"alarm_trigger":           {fields: code, features: []int{8}, do: triggerPanel},
		},
	}
}

// wrongCode is what the demo's panel says: the key of a sentence whose
// translation Home Assistant has not loaded.
func wrongCode() error { return refuse("invalid_code") }

func disarmPanel(c *call, e *entity) error {
	if c.text("code") != alarmCode {
		return wrongCode()
	}
	e.cancel()
	e.restPanel("disarmed")
	return c.report(e)
}

func armPanel(state string) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		if c.text("code") == "" && e.attrs["code_arm_required"] == true {
			return refuse("Arming requires a code but none was given for %s", e.ID)
		}
		if e.attrs["code_arm_required"] == true && c.text("code") != alarmCode {
			return wrongCode()
		}
		if e.state == state || e.attrs["next_state"] == state {
			return nil
		}
		e.cancel()
		e.set("previous_state", e.panelState())
		e.set("next_state", state)
		e.state = "arming"
		c.house.report(e)
		c.house.later(e, arming, func() {
			e.restPanel(state)
			c.house.report(e)
		})
		return nil
	}
}

func triggerPanel(c *call, e *entity) error {
	if e.state == "triggered" {
		return nil
	}
	e.cancel()
	before := e.panelState()
	e.set("previous_state", before)
	e.set("next_state", nil)
	e.state = "triggered"
	c.house.report(e)
	c.house.later(e, sounding, func() {
		e.restPanel(before)
		c.house.report(e)
	})
	return nil
}

// panelState is the state that a panel is in, or on its way to.
func (e *entity) panelState() string {
	if e.state == "arming" {
		return e.text("next_state")
	}
	return e.state
}

func (e *entity) restPanel(state string) {
	e.state = state
	e.set("previous_state", nil)
	e.set("next_state", nil)
}

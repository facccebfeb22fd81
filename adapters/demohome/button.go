package demohome

func buttons() kind {
	return kind{services: map[string]service{"press": {do: func(c *call, e *entity) error {
		if err := pressed(c, e); err != nil {
			return err
		}
		// Home Assistant's demo has an event entity that hears of its button.
		if heard, ok := c.house.entities["event."+objectOf(e.ID)+"_button_press"]; ok {
			c.house.blame(heard, c.house.newContext(""))
			heard.state = timestamp(c.house.now())
			heard.set("event_type", "pressed")
			c.house.report(heard)
		}
		return nil
	}}}}
}

func inputButtons() kind {
	return kind{services: map[string]service{"press": {do: pressed}, "reload": reload}}
}

// pressed makes the time of the press the state.
func pressed(c *call, e *entity) error {
	return turn(timestamp(c.house.now()))(c, e)
}

package gateway

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// The sizes are estimates: what the values themselves take up, and the text that
// they refer to as if none of it were shared.
const (
	sizeString = 16
	sizeField  = sizeString + sizeValue
	sizeValue  = 56
	sizeState  = 120
	sizeConfig = 128
)

var configAnswers = answers[home.Config]{
	size: func(c home.Config) int {
		n := sizeConfig + len(c.Version) + len(c.Name) + len(c.Temperature) + len(c.TimeZone) + len(c.Country) + len(c.Language) + len(c.Public)
		for _, component := range c.Components {
			n += sizeString + len(component)
		}
		return n
	},
	copied: func(c home.Config) home.Config {
		c.Components = slices.Clone(c.Components)
		return c
	},
	passing: func(c home.Config) bool { return c.Phase.Starting() },
}

var statesAnswers = answers[[]home.State]{
	size: func(states []home.State) int {
		n := 0
		for _, state := range states {
			n += sizeState + len(state.ID) + len(state.Value)
			for _, field := range state.Attributes {
				n += sizeField + sizeOf(field.Value) // names are constants
			}
		}
		return n
	},
	copied: slices.Clone[[]home.State],
}

// sizeOf returns what a value refers to takes up.
func sizeOf(v home.Value) int {
	text, _ := v.Text()
	n := len(text)
	for _, item := range v.Items() {
		n += sizeValue + sizeOf(item)
	}
	return n
}

package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// inventoryConfiguration is what Alexa.InventoryLevelSensor's discovery tells.
type inventoryConfiguration struct {
	Measurement   typed `json:"measurement"`
	Replenishment typed `json:"replenishment"`
}

type typed struct {
	Type string `json:"@type"`
}

// level is the value of Alexa.InventoryLevelSensor's property, in percent.
type level struct {
	Type  string  `json:"@type"`
	Value float64 `json:"value"`
}

// inventory is Alexa.InventoryLevelSensor for what a state counts in percent
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-inventorylevelsensor.html).
// Its replenishment names no id: nothing in a home is enrolled with Amazon to be
// ordered again.
func inventory(instance string, name phrase, supports func(View) bool) Interface {
	return Interface{
		Namespace: alexa.InventoryLevelSensor,
		Instance:  instance,
		Supports:  supports,
		Describe: func(v View) alexa.Capability {
			c := alexa.NewCapability(alexa.InventoryLevelSensor, "level")
			c.Resources = v.House.named(name)
			c.Configuration = inventoryConfiguration{typed{"Percentage"}, typed{"DashReplenishmentId"}}
			return c
		},
		Read: func(v View) []Reading {
			percent, ok := numberOf(v.State)
			if !ok {
				return nil
			}
			return reading("level", level{"Percentage", min(max(percent, 0), 100)})
		},
	}
}

// countsPercent says whether the entity is of the device class and counts in
// percent.
func countsPercent(s home.State, deviceClass string) bool {
	return s.Text(home.AttrDeviceClass) == deviceClass && s.Text(home.AttrUnit) == string(home.Percent)
}

package assistant

import (
	"context"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
)

// deviceDomains are the domains of the devices that are switched by their own names, and
// what one must be able to do to be turned on, and off. Alexa's own devices have more;
// these are what people name where a helper can be meant.
var deviceDomains = map[string]map[string]home.Feature{
	home.On:  {"light": 0, "switch": 0, "fan": home.FanTurnOn},
	home.Off: {"light": 0, "switch": 0, "fan": home.FanTurnOff},
}

// device returns the device that is called just what was heard for a helper; ok is false
// where a helper is called that too, where no device is or several are, and where Alexa
// may not know of it.
func (t *turn) device(d directory, value string) (device home.State, ok bool) {
	heard := t.slots[intent.SlotHelper]
	if t.find(d, heard, helperDomains...).Whole() {
		return home.State{}, false
	}
	var able []home.State
	for domain, feature := range deviceDomains[value] {
		able = append(able, slices.DeleteFunc(d.of(domain), func(s home.State) bool { return !does(s, feature) })...)
	}
	thing, one := t.called(heard.Text, d.things(able)).One()
	if !one {
		return home.State{}, false
	}
	return d.state(home.EntityID(thing.ID))
}

// switchDevice turns a device on or off.
func (t *turn) switchDevice(ctx context.Context, d directory, device home.State, value string) (reply, error) {
	name := d.name(device)
	if !device.Available() {
		return t.tell(phrase.Unreachable, "thing", name), nil
	}
	want := isOn
	if value == home.Off {
		want = isOff
	}
	return t.set(ctx, home.CallOn(device.ID, device.ID.Domain(), "turn_"+value), want, name, t.isOnOff(value, name))
}

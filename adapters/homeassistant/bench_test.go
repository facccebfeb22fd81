package homeassistant

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// bigHouse returns the answer to GET /api/states of a house of n entities, as
// long-winded as Home Assistant is.
func bigHouse(n int) []byte {
	const tail = `,"last_changed":"2026-11-23T03:15:14.123456+00:00","last_reported":"2026-11-23T03:15:14.123456+00:00",` +
		`"last_updated":"2026-11-23T03:15:14.123456+00:00","context":{"id":"01JDB2C7Q8V4M9T6X3Z5R1W0YK","parent_id":null,"user_id":null}}`
	kinds := []string{
		`{"entity_id":"light.lamp_%[1]d","state":"on","attributes":{"min_color_temp_kelvin":2000,"max_color_temp_kelvin":6535,` +
			`"effect_list":["rainbow","off"],"supported_color_modes":["color_temp","hs"],"effect":null,"color_mode":"hs","brightness":180,` +
			`"color_temp_kelvin":null,"hs_color":[345.0,75.0],"rgb_color":[255,64,112],"xy_color":[0.59,0.274],"friendly_name":"Lamp %[1]d",` +
			`"supported_features":4}` + tail,
		`{"entity_id":"sensor.temperature_%[1]d","state":"21.5","attributes":{"state_class":"measurement","unit_of_measurement":"°C",` +
			`"device_class":"temperature","friendly_name":"Temperature %[1]d"}` + tail,
		`{"entity_id":"binary_sensor.window_%[1]d","state":"off","attributes":{"device_class":"window","friendly_name":"Fenêtre %[1]d"}` + tail,
		`{"entity_id":"climate.room_%[1]d","state":"heat","attributes":{"hvac_modes":["off","heat","cool","auto"],"min_temp":7,"max_temp":35,` +
			`"target_temp_step":0.5,"fan_modes":["on_low","on_high"],"current_temperature":22.0,"temperature":21,"fan_mode":"on_high",` +
			`"hvac_action":"idle","friendly_name":"Room %[1]d","supported_features":401}` + tail,
		`{"entity_id":"switch.plug_%[1]d","state":"on","attributes":{"device_class":"outlet","friendly_name":"Plug %[1]d"}` + tail,
		`{"entity_id":"automation.routine_%[1]d","state":"on","attributes":{"id":"1700000000%[1]d","last_triggered":"2026-11-23T03:15:14+00:00",` +
			`"mode":"single","current":0,"friendly_name":"Routine %[1]d"}` + tail,
	}
	var b bytes.Buffer
	for i := range n {
		b.WriteByte("[,"[min(i, 1)])
		fmt.Fprintf(&b, kinds[i%len(kinds)], i)
	}
	b.WriteByte(']')
	return b.Bytes()
}

var decoded []home.State

func BenchmarkDecodeStates(b *testing.B) {
	body := bigHouse(2000)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		states, err := newDecoder(bytes.NewReader(body), maxManyBytes).states()
		if err != nil || len(states) != 2000 {
			b.Fatal(len(states), err)
		}
		decoded = states
	}
}

// BenchmarkDecodeStatesFloor is the plain way to do it: encoding/json into
// structs that have a field for every attribute that is read.
func BenchmarkDecodeStatesFloor(b *testing.B) {
	type attributes struct {
		FriendlyName      string    `json:"friendly_name"`
		DeviceClass       string    `json:"device_class"`
		Unit              string    `json:"unit_of_measurement"`
		SupportedFeatures *float64  `json:"supported_features"`
		ColorModes        []string  `json:"supported_color_modes"`
		ColorMode         string    `json:"color_mode"`
		Brightness        *float64  `json:"brightness"`
		Kelvin            *float64  `json:"color_temp_kelvin"`
		MinKelvin         *float64  `json:"min_color_temp_kelvin"`
		MaxKelvin         *float64  `json:"max_color_temp_kelvin"`
		HS                []float64 `json:"hs_color"`
		HVACModes         []string  `json:"hvac_modes"`
		HVACAction        string    `json:"hvac_action"`
		MinTemp           *float64  `json:"min_temp"`
		MaxTemp           *float64  `json:"max_temp"`
		Step              *float64  `json:"target_temp_step"`
		FanMode           string    `json:"fan_mode"`
		FanModes          []string  `json:"fan_modes"`
		CurrentTemp       *float64  `json:"current_temperature"`
		Temperature       *float64  `json:"temperature"`
		Mode              string    `json:"mode"`
		Current           *float64  `json:"current"`
		LastTriggered     string    `json:"last_triggered"`
	}
	type state struct {
		ID          string     `json:"entity_id"`
		State       string     `json:"state"`
		LastChanged time.Time  `json:"last_changed"`
		LastUpdated time.Time  `json:"last_updated"`
		Attributes  attributes `json:"attributes"`
	}
	body := bigHouse(2000)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		var states []state
		if err := json.NewDecoder(bytes.NewReader(body)).Decode(&states); err != nil || len(states) != 2000 {
			b.Fatal(len(states), err)
		}
	}
}

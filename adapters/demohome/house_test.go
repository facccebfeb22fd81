package demohome_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open returns a house that is closed with the test.
func open(t *testing.T, options demohome.Options) *demohome.House {
	t.Helper()
	h := demohome.New(options)
	t.Cleanup(func() { closing(t, h) })
	return h
}

// call calls a service without any network and returns the status and the
// answer.
func call(h *demohome.House, service, data string) (int, string) {
	r := httptest.NewRequest(http.MethodPost, "/api/services/"+strings.Replace(service, ".", "/", 1), strings.NewReader(data))
	r.Header.Set("Authorization", "Bearer "+demohome.DefaultToken)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func state(t *testing.T, h *demohome.House, id string) demohome.State {
	t.Helper()
	s, ok := h.State(id)
	if !ok {
		t.Fatalf("no %s in the house", id)
	}
	return s
}

func TestStateIsWrittenAsHomeAssistantDoes(t *testing.T) {
	at := time.Date(2026, time.November, 23, 2, 46, 53, 334800000, time.UTC)
	h := open(t, demohome.Options{Clock: func() time.Time { return at }})
	if err := h.Set("light.x", "on", map[string]any{
		"temperature": 21.0, "brightness": 180, "list": []string{"a"}, "none": nil, "name": `"<Ä>"`, "small": 1e-7, "third": 100.0 / 3,
	}); err != nil {
		t.Fatal(err)
	}
	s := state(t, h, "light.x")
	got := regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{26}`).ReplaceAllString(string(s.JSON()), "ULID")
	want := `{"entity_id":"light.x","state":"on","attributes":{"brightness":180,"list":["a"],"name":"\"<Ä>\"","none":null,` +
		`"small":1e-07,"temperature":21.0,"third":33.333333333333336},` +
		`"last_changed":"2026-11-23T02:46:53.334800+00:00","last_reported":"2026-11-23T02:46:53.334800+00:00",` +
		`"last_updated":"2026-11-23T02:46:53.334800+00:00","context":{"id":"ULID","parent_id":null,"user_id":null}}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !strings.HasPrefix(s.Context.ID, "01M834S6") { // the time is in it
		t.Errorf("context %s does not begin with its time", s.Context.ID)
	}
}

func TestTimes(t *testing.T) {
	now := time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	h := open(t, demohome.Options{Clock: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}})
	before := state(t, h, "light.kitchen_lights")
	call(h, "light.turn_on", `{"entity_id":"light.kitchen_lights"}`)
	same := state(t, h, "light.kitchen_lights")
	if same.LastUpdated != before.LastUpdated || !same.LastReported.After(before.LastReported) {
		t.Errorf("nothing new: updated %v, reported %v; before %v, %v", same.LastUpdated, same.LastReported, before.LastUpdated, before.LastReported)
	}
	call(h, "light.turn_on", `{"entity_id":"light.kitchen_lights","brightness":7}`)
	dimmed := state(t, h, "light.kitchen_lights")
	if dimmed.LastChanged != before.LastChanged || !dimmed.LastUpdated.After(before.LastUpdated) || dimmed.Context == before.Context {
		t.Errorf("dimmed: %+v", dimmed)
	}
	call(h, "light.turn_off", `{"entity_id":"light.kitchen_lights"}`)
	if off := state(t, h, "light.kitchen_lights"); !off.LastChanged.After(before.LastChanged) || off.Context.UserID == "" {
		t.Errorf("off: %+v", off)
	}
}

func TestSetAndRemove(t *testing.T) {
	h := open(t, demohome.Options{})
	if err := h.Set("no entity", "on", nil); err == nil {
		t.Error("Set took a name that is no entity id")
	}
	if err := h.Set("light.kitchen_lights", "unavailable", nil); err != nil {
		t.Fatal(err)
	}
	s := state(t, h, "light.kitchen_lights")
	if _, shown := s.Attributes["brightness"]; shown || s.Attributes["supported_color_modes"] == nil {
		t.Errorf("out of reach it shows %v", s.Attributes)
	}
	if code, body := call(h, "light.turn_on", `{"entity_id":"light.kitchen_lights"}`); code != 200 || body != "[]" {
		t.Errorf("out of reach: %d %s", code, body)
	}
	if err := h.Set("light.kitchen_lights", "off", nil); err != nil {
		t.Fatal(err)
	}
	if _, body := call(h, "light.turn_on", `{"entity_id":"light.kitchen_lights"}`); !strings.Contains(body, `"brightness":180`) {
		t.Errorf("back in reach: %s", body)
	}
	if err := h.Set("light.new", "off", map[string]any{"supported_color_modes": []string{"brightness"}, "brightness": 12}); err != nil {
		t.Fatal(err)
	}
	if _, body := call(h, "light.turn_on", `{"entity_id":"light.new"}`); !strings.Contains(body, `"brightness":12`) {
		t.Errorf("a new light: %s", body)
	}
	if !h.Remove("light.new") || h.Remove("light.new") {
		t.Error("Remove does not tell whether it was there")
	}
	if _, ok := h.State("light.new"); ok {
		t.Error("it is still there")
	}
}

func TestGrow(t *testing.T) {
	h := open(t, demohome.Options{})
	before := len(h.States())
	h.Grow(10)
	if n := len(h.States()); n != before {
		t.Errorf("shrunk from %d to %d", before, n)
	}
	h.Grow(2000)
	states := h.States()
	if len(states) != 2000 {
		t.Errorf("%d entities", len(states))
	}
	ids := map[string]bool{}
	for _, s := range states {
		ids[s.EntityID] = true
	}
	if len(ids) != 2000 || !ids["light.kitchen_lights_2"] {
		t.Errorf("%d names", len(ids))
	}
	if _, body := call(h, "light.turn_off", `{"entity_id":"light.kitchen_lights_2"}`); !strings.Contains(body, `"Kitchen Lights 2"`) {
		t.Errorf("a copy: %s", body)
	}
}

func TestJournal(t *testing.T) {
	h := open(t, demohome.Options{Second: -1})
	call(h, "script.bedtime", `{}`)
	call(h, "light.nope", `{"entity_id":"light.x"}`)
	call(h, "climate.set_temperature", `{"entity_id":"climate.hvac","temperature":99}`)
	var got []string
	for _, c := range h.Calls() {
		got = append(got, fmt.Sprintf("%s %v %v", c.Name(), c.Data, c.Refused))
	}
	want := []string{
		"script.bedtime map[] <nil>",
		"light.nope map[entity_id:light.x] Service light.nope not found.",
		"climate.set_temperature map[entity_id:climate.hvac temperature:99] Provided temperature 99.0 is not valid. Accepted range is 7 to 35",
	}
	if !slices.Equal(got, want) {
		t.Errorf("journal:\n%s", strings.Join(got, "\n"))
	}
	if h.Requests() != 3 {
		t.Errorf("%d requests", h.Requests())
	}
}

// TestLate: a late device is in no answer, is the old one for a while, and its
// change is put down to the call all the same.
func TestLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := demohome.New(demohome.Options{Late: map[string]time.Duration{"switch.ac": time.Second, "light.no_such": time.Second}})
		defer closing(t, h)
		for _, device := range []struct {
			id, service string
			late        time.Duration
		}{
			{"light.hall_lamp", "light.turn_on", 400 * time.Millisecond},
			{"switch.ac", "switch.turn_on", time.Second},
		} {
			if _, body := call(h, device.service, `{"entity_id":"`+device.id+`"}`); body != "[]" {
				t.Errorf("%s: the answer has %s", device.id, body)
			}
			time.Sleep(device.late - time.Millisecond)
			if s := state(t, h, device.id); s.State != "off" {
				t.Errorf("%s: %s too early", device.id, s.State)
			}
			time.Sleep(2 * time.Millisecond)
			if s := state(t, h, device.id); s.State != "on" || s.Context.UserID == "" {
				t.Errorf("%s: %s by %+v", device.id, s.State, s.Context)
			}
		}
	})
}

func TestMotion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := demohome.New(demohome.Options{Second: time.Second})
		defer closing(t, h)
		steps := []struct {
			service, data string
			id            string
			at            []string // state and position, second by second
		}{
			{"cover.set_cover_position", `{"entity_id":"cover.hall_window","position":35}`, "cover.hall_window",
				[]string{"opening 10", "opening 20", "opening 30", "open 35", "open 35"}},
			{"cover.close_cover", `{"entity_id":"cover.hall_window"}`, "cover.hall_window",
				[]string{"closing 35", "closing 25", "closing 15", "closing 5", "closed 0"}},
			{"cover.open_cover", `{"entity_id":"cover.driveway_gate"}`, "cover.driveway_gate",
				[]string{"opening <nil>", "opening <nil>", "opening <nil>", "opening <nil>", "opening <nil>", "opening <nil>", "open <nil>"}},
			{"valve.set_valve_position", `{"entity_id":"valve.back_garden","position":80}`, "valve.back_garden",
				[]string{"opening 70", "open 80"}},
			{"alarm_control_panel.alarm_arm_away", `{"entity_id":"alarm_control_panel.security","code":"1234"}`, "alarm_control_panel.security",
				[]string{"arming <nil>", "arming <nil>", "arming <nil>", "arming <nil>", "arming <nil>", "armed_away <nil>"}},
		}
		for _, step := range steps {
			if code, body := call(h, step.service, step.data); code != 200 {
				t.Fatalf("%s: %d %s", step.service, code, body)
			}
			for i, want := range step.at {
				synctest.Wait()
				s := state(t, h, step.id)
				if got := fmt.Sprint(s.State, " ", s.Attributes["current_position"]); got != want {
					t.Errorf("%s after %d s: %s, want %s", step.service, i, got, want)
				}
				time.Sleep(time.Second)
			}
		}
	})
}

func TestTimerRunsOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := demohome.New(demohome.Options{})
		defer closing(t, h)
		call(h, "timer.start", `{"entity_id":"timer.pizza","duration":"00:10"}`)
		time.Sleep(9*time.Minute + 59*time.Second)
		if s := state(t, h, "timer.pizza"); s.State != "active" {
			t.Errorf("%s too early", s.State)
		}
		time.Sleep(2 * time.Second)
		if s := state(t, h, "timer.pizza"); s.State != "idle" || s.Attributes["last_transition"] != "finished" {
			t.Errorf("%s, %v", s.State, s.Attributes["last_transition"])
		}
	})
}

func TestObserver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen []string
		var h *demohome.House
		h = demohome.New(demohome.Options{Observer: func(e demohome.Event) {
			h.Requests() // it may call the house
			seen = append(seen, e.String())
		}})
		defer closing(t, h)
		call(h, "light.turn_off", `{"entity_id":"light.kitchen_lights"}`)
		call(h, "light.turn_on", `{"entity_id":"light.kitchen_lights","brightness":255}`)
		call(h, "light.turn_on", `{"entity_id":"light.hall_lamp"}`)
		time.Sleep(time.Second)
		call(h, "light.turn_off", `{"entity_id":["light.ceiling_lights","light.kitchen_lights"]}`)
		call(h, "climate.set_temperature", `{"entity_id":"climate.hvac","temperature":99}`)
		call(h, "lock.unlock", `{"entity_id":"lock.front_door"}`)
		call(h, "homeassistant.turn_on", `{"entity_id":"group.downstairs_lights"}`)
		want := []string{
			"light.turn_off kitchen_lights → off",
			"light.turn_on kitchen_lights → on, brightness 255, hs color [345,75]",
			"light.turn_on hall_lamp → nothing changed",
			"light.hall_lamp → on, brightness 140",
			"light.turn_off ceiling_lights, kitchen_lights → ceiling_lights → off; kitchen_lights → off; group.downstairs_lights → off",
			"climate.set_temperature hvac → refused: Provided temperature 99.0 is not valid. Accepted range is 7 to 35",
			"lock.unlock front_door → unlocking; unlocked",
		}
		if len(seen) != len(want)+1 || !slices.Equal(seen[:len(want)], want) {
			t.Errorf("seen:\n%s", strings.Join(seen, "\n"))
		}
	})
}

func TestBan(t *testing.T) {
	h := open(t, demohome.Options{BanAfter: 2})
	get := func(token string) int {
		r := httptest.NewRequest(http.MethodGet, "/api/", http.NoBody)
		r.Header.Set("Authorization", "Bearer "+token)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	got := []int{get("wrong"), get(demohome.DefaultToken), get("wrong"), get(demohome.DefaultToken)}
	if want := []int{401, 200, 401, 403}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestTogether lets many act on the house at once; the race detector watches.
func TestTogether(t *testing.T) {
	h := open(t, demohome.Options{Second: time.Millisecond, Observer: func(demohome.Event) {}})
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 20 {
				switch (i + j) % 5 {
				case 0:
					call(h, "light.toggle", `{"entity_id":"all"}`)
				case 1:
					call(h, "lock.lock", `{"entity_id":["lock.front_door","lock.kitchen_door"]}`)
				case 2:
					call(h, "script.turn_on", `{"entity_id":"script.bedtime"}`)
				case 3:
					_ = h.Set("light.kitchen_lights", "off", nil)
					h.States()
				case 4:
					call(h, "cover.toggle", `{"entity_id":"all"}`)
				}
			}
		})
	}
	all.Wait()
	if s := state(t, h, "light.kitchen_lights"); !json.Valid(s.JSON()) {
		t.Errorf("no JSON: %s", s.JSON())
	}
}

func TestClosedHouseAnswersNoMore(t *testing.T) {
	h := demohome.New(demohome.Options{Second: time.Hour})
	started := make(chan struct{})
	ended := make(chan string)
	go func() {
		close(started)
		_, body := call(h, "lock.unlock", `{"entity_id":"lock.front_door"}`)
		ended <- body
	}()
	<-started
	for state(t, h, "lock.front_door").State != "unlocking" {
		time.Sleep(time.Millisecond)
	}
	closing(t, h)
	if body := <-ended; !strings.Contains(body, "unlocked") {
		t.Errorf("the call that was under way: %s", body)
	}
	if code, _ := call(h, "light.turn_on", `{"entity_id":"light.bed_light"}`); code != http.StatusServiceUnavailable {
		t.Errorf("closed, it answers %d", code)
	}
}

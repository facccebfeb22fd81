package config

import (
	"errors"
	"fmt"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

func TestLiveReload(t *testing.T) {
	f := start(t, nil)
	f.put("homeassistant/url", here)
	f.put("homeassistant/timeout", "never") // wrong from the start
	f.is(here, 1)

	f.put("homeassistant/url", "nowhere")
	f.put("homeassistant/locale", "xx-XX")
	f.put("homeassistant/assistant_name", "Jarvis")
	version, err := f.Reload(t.Context())
	var mistakes setting.Mistakes
	if version != 1 || fault.Of(err) != fault.Misconfigured || !errors.As(err, &mistakes) || len(mistakes) != 2 {
		t.Fatalf("Reload gives %d, %v, want two mistakes", version, err)
	}
	if s := f.Current(); s.Access.URL != here || s.AssistantName != "Home Assistant" {
		t.Errorf("a part of what was refused is in force: %+v", s)
	}
	if r := f.Report(); len(r.Refused) != 2 || len(r.Mistakes) != 1 || r.Version != 1 {
		t.Errorf("the report is %+v", r)
	}

	// What was wrong before does not keep other changes out.
	f.put("homeassistant/url", there)
	f.store.Delete("/p/homeassistant/locale")
	if version, err := f.Reload(t.Context()); version != 2 || err != nil {
		t.Fatalf("Reload gives %d, %v", version, err)
	}
	if s := f.Current(); s.Access.URL != there || s.AssistantName != "Jarvis" {
		t.Errorf("the settings are %+v", s)
	}
	if r := f.Report(); r.Refused != nil {
		t.Errorf("the report is %+v", r)
	}
	if version, err := f.Reload(t.Context()); version != 2 || err != nil {
		t.Errorf("Reload of the same gives %d, %v", version, err)
	}

	f.store.Fail(fault.New(fault.Throttled, "No."))
	if version, err := f.Reload(t.Context()); version != 2 || fault.Of(err) != fault.Throttled {
		t.Errorf("Reload gives %d, %v", version, err)
	}
}

// TestLiveRefusedOnce has a mistake that stays: it is logged once, not at every
// reading.
func TestLiveRefusedOnce(t *testing.T) {
	f := start(t, nil)
	f.is("", 1)
	f.put("homeassistant/url", "nowhere")
	for range 3 {
		f.clock.Advance(ParameterTTL)
		f.url()
	}
	if n := f.log.FilterMessage("a setting is wrong, and the running version stays in force").Len(); n != 1 {
		t.Errorf("the mistake was logged %d times", n)
	}
}

func TestLiveRollback(t *testing.T) {
	f := start(t, nil)
	if _, err := f.Rollback(t.Context(), 0); fault.Of(err) != fault.Invalid {
		t.Errorf("Rollback of nothing: %v", err)
	}
	f.put("homeassistant/url", here)
	f.is(here, 1)
	if _, err := f.Rollback(t.Context(), 0); fault.Of(err) != fault.Invalid {
		t.Errorf("Rollback of the first: %v", err)
	}
	f.put("homeassistant/url", there)
	f.clock.Advance(ParameterTTL)
	f.is(there, 2)

	back, err := f.Rollback(t.Context(), 0)
	if back != 3 || err != nil || f.Current().Access.URL != here {
		t.Fatalf("Rollback gives %d, %v", back, err)
	}
	if r := f.Report(); r.Content != 1 || r.HeldBack != 2 || r.Cause != "rollback" {
		t.Errorf("the report is %+v", r)
	}
	f.clock.Advance(ParameterTTL)
	f.is(here, 3) // what was rolled back from does not come back
	if again, err := f.Rollback(t.Context(), 1); again != 3 || err != nil {
		t.Errorf("Rollback to what runs gives %d, %v", again, err)
	}

	f.put("homeassistant/assistant_name", "Jarvis")
	f.clock.Advance(ParameterTTL)
	f.is(there, 4) // something else does
	if r := f.Report(); r.HeldBack != 0 || r.Version != 4 {
		t.Errorf("the report is %+v", r)
	}
	if back, err := f.Rollback(t.Context(), 1); back != 5 || err != nil || f.Current().Access.URL != here {
		t.Errorf("Rollback to the first gives %d, %v", back, err)
	}
	if version, err := f.Reload(t.Context()); version != 6 || err != nil || f.Current().Access.URL != there {
		t.Errorf("Reload after that gives %d, %v", version, err)
	}
	if _, err := f.Rollback(t.Context(), 99); fault.Of(err) != fault.Invalid {
		t.Errorf("Rollback to nowhere: %v", err)
	}
}

// TestLiveForgets has more versions than are kept.
func TestLiveForgets(t *testing.T) {
	f := start(t, nil)
	for i := range 3 * changesKept {
		f.put("homeassistant/timeout", fmt.Sprint(i+1))
		if _, err := f.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	r := f.Report()
	if len(r.Versions) != versionsKept || len(r.Changes) != changesKept || r.Version != 3*changesKept {
		t.Errorf("%d versions and %d changes are kept at version %d", len(r.Versions), len(r.Changes), r.Version)
	}
}

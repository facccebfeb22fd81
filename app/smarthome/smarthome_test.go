package smarthome

import (
	"testing"

	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestServicesOfTheSettings: HA_EXPOSE and the voice settings hold from the first answer
// after a change on. The services of one version are made once.
func TestServicesOfTheSettings(t *testing.T) {
	r := newRig(t, portstest.NewHome(), map[string]string{"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/p"})
	if r.running.Load().filter.Withholds("lock.door") {
		t.Fatal("the environment alone withholds the lock already")
	}
	r.keep("expose", "light")
	for range 2 {
		if s, err := r.services(t.Context()); err != nil || !s.filter.Withholds("lock.door") || s.filter.Withholds("light.hall") {
			t.Errorf("the services are %+v, %v, want those of the settings", s, err)
		}
	}
	before := r.running.Load()
	if s, _ := r.services(t.Context()); s != before {
		t.Error("the services of the same version are made again")
	}
	r.keep("expose", "lock")
	if _, err := r.live.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, err := r.services(t.Context()); err != nil || s.filter.Withholds("lock.door") || !s.filter.Withholds("light.hall") {
		t.Errorf("after a change the services are %+v, %v", s, err)
	}
}

package operator_test

import (
	"testing"

	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// TestDiscoveryOfAStartingHome: ha_discovery says what to do, and finds the devices as
// soon as the home is running.
func TestDiscoveryOfAStartingHome(t *testing.T) {
	r := newRig(t, usual())
	phase := func(p home.Phase) {
		r.house.SetRegistry(home.NewRegistry(home.SourceWebSocket, home.AllParts, nil, nil, nil).In(p))
	}
	const want = "Home Assistant is still starting, and does not know all of its devices yet. Try again in half a minute."
	for range 2 {
		phase("STARTING")
		if err := r.ask(t, `{"operation":"ha_discovery"}`, nil); fault.Of(err) != fault.Unreachable || fault.Text(err) != want {
			t.Errorf("it says %v", err)
		}
	}
	phase(home.Running)
	var d operator.Discovery
	if r.must(t, `{"operation":"ha_discovery"}`, &d); len(d.Endpoints) != 3 {
		t.Errorf("it finds %+v", d.Endpoints)
	}
}

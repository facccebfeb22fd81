package lifecycle

import "testing"

// TestGate: nobody enters a gate that is shut, and it is not shut on anybody.
func TestGate(t *testing.T) {
	var g gate
	if !g.enter() || g.inside() != 1 || g.uses() != 1 {
		t.Fatalf("%d inside, %d uses", g.inside(), g.uses())
	}
	if g.shut() || !g.enter() || g.inside() != 2 {
		t.Fatal("it was shut on somebody")
	}
	g.leave()
	g.leave()
	g.holds.Add(1)
	if g.shut() {
		t.Fatal("it was shut on a live handle")
	}
	g.holds.Add(-1)
	if !g.shut() || g.enter() || g.inside() != 0 {
		t.Fatalf("somebody entered a shut gate: %d inside", g.inside())
	}
	if g.uses() != 3 { // the one that was turned away has knocked
		t.Errorf("%d uses", g.uses())
	}
}

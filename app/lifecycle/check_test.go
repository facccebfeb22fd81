package lifecycle

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestCheckOrder: each check refuses alone, and the first of several counts.
func TestCheckOrder(t *testing.T) {
	free := situation{idle: time.Minute, grace: 30 * time.Second, resident: 2, minimum: 1}
	spoil := [Checks]func(*situation){
		CheckInFlight: func(s *situation) { s.inFlight = true },
		CheckHeld:     func(s *situation) { s.held = true },
		CheckHot:      func(s *situation) { s.hot = true },
		CheckGrace:    func(s *situation) { s.idle = s.grace - 1 },
		CheckMinimum:  func(s *situation) { s.resident = s.minimum },
	}
	if c, refused := free.refusedBy(); refused {
		t.Errorf("refused by %v", c)
	}
	for set := 1; set < 1<<Checks; set++ {
		s, want := free, Check(Checks)
		for c := range Check(Checks) {
			if set&(1<<c) != 0 {
				spoil[c](&s)
				want = min(want, c)
			}
		}
		if got, refused := s.refusedBy(); !refused || got != want {
			t.Errorf("%+v: refused by %v, %t, want %v", s, got, refused, want)
		}
		s.emergency = true
		if got, refused := s.refusedBy(); refused != (want <= CheckHot) || refused && got != want {
			t.Errorf("%+v: in an emergency refused by %v, %t", s, got, refused)
		}
	}
}

// TestCheckModel holds the check against its description.
func TestCheckModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := situation{
			inFlight: rapid.Bool().Draw(t, "inFlight"), held: rapid.Bool().Draw(t, "held"), hot: rapid.Bool().Draw(t, "hot"),
			idle: time.Duration(rapid.IntRange(-2, 4).Draw(t, "idle")), grace: time.Duration(rapid.IntRange(0, 3).Draw(t, "grace")),
			resident: rapid.IntRange(1, 5).Draw(t, "resident"), minimum: rapid.IntRange(0, 3).Draw(t, "minimum"),
			emergency: rapid.Bool().Draw(t, "emergency"),
		}
		points := [Checks]bool{s.inFlight, s.held, s.hot, !s.emergency && s.idle < s.grace, !s.emergency && s.resident <= s.minimum}
		got, refused := s.refusedBy()
		for c, refuses := range points {
			if refuses {
				if !refused || got != Check(c) {
					t.Fatalf("%+v: refused by %v, %t, want %v", s, got, refused, Check(c))
				}
				return
			}
		}
		if refused {
			t.Fatalf("%+v: refused by %v, want no refusal", s, got)
		}
	})
}

func TestNames(t *testing.T) {
	for got, want := range map[string]string{
		CheckInFlight.String(): "in flight", CheckMinimum.String(): "minimum",
		ReasonImmediate.String(): "immediate", ReasonEnd.String(): "end",
		Immediate().String(): "immediate", Conditional(30 * time.Second).String(): "conditional 30s",
		Cold.String(): "cold", Critical.String(): "critical",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

package fault_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// kinds returns all kinds of failure.
func kinds() (all []fault.Kind) {
	for kind := fault.Internal; !strings.HasPrefix(kind.String(), "kind "); kind++ {
		all = append(all, kind)
	}
	return all
}

func TestKinds(t *testing.T) {
	all := kinds()
	if last := all[len(all)-1]; last < fault.Open {
		t.Errorf("the last kind with a name is %v", last)
	}
	seen := map[string]bool{}
	for _, kind := range all {
		if name := kind.String(); name == "" || seen[name] || strings.ToLower(name) != name {
			t.Errorf("kind %d is called %q", kind, name)
		}
		seen[kind.String()] = true
	}
	outages := map[fault.Kind]bool{fault.Unreachable: true, fault.Unanswered: true, fault.Throttled: true, fault.Deadline: true}
	for _, kind := range all {
		if kind.Outage() != outages[kind] {
			t.Errorf("%v is an outage: %v", kind, kind.Outage())
		}
	}
}

func TestOf(t *testing.T) {
	refused := fault.New(fault.Refused, "No.")
	for name, test := range map[string]struct {
		err  error
		kind fault.Kind
		text string
	}{
		"a fault":                  {refused, fault.Refused, "No."},
		"a wrapped one":            {fmt.Errorf("while trying: %w", refused), fault.Refused, "No."},
		"the outer of two":         {fault.Wrap(fault.Failed, "It broke.", refused), fault.Failed, "It broke."},
		"a joined one":             {errors.Join(io.EOF, refused), fault.Refused, "No."},
		"a context that ran out":   {context.DeadlineExceeded, fault.Deadline, "ran out"},
		"a context that was ended": {fmt.Errorf("x: %w", context.Canceled), fault.Deadline, "ran out"},
		"a fault by a context":     {fault.Wrap(fault.Unreachable, "Away.", context.DeadlineExceeded), fault.Unreachable, "Away."},
		"another error":            {errors.New("secret detail"), fault.Internal, "inside LEE"},
		"a fault without text":     {&fault.Error{Kind: fault.Failed, Cause: errors.New("secret detail")}, fault.Failed, "inside LEE"},
		"the zero fault":           {&fault.Error{}, fault.Internal, "inside LEE"},
	} {
		if got := fault.Of(test.err); got != test.kind {
			t.Errorf("%s is %v, want %v", name, got, test.kind)
		}
		if got := fault.Text(test.err); !strings.Contains(got, test.text) || strings.Contains(got, "secret detail") {
			t.Errorf("people see %q of %s, want %q", got, name, test.text)
		}
	}
}

func TestError(t *testing.T) {
	e := fault.Wrap(fault.Unreachable, "The home cannot be reached.", io.EOF)
	if got := e.Error(); got != "unreachable: The home cannot be reached.: EOF" {
		t.Errorf("the log says %q", got)
	}
	if !errors.Is(e, io.EOF) {
		t.Error("the cause is lost")
	}
	if got := fault.Newf(fault.Refused, "%d is too much.", 99); got.Text != "99 is too much." || got.Unwrap() != nil {
		t.Errorf("it is %+v", got)
	}
}

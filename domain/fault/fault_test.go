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

// TestFailure: what somebody asked for and cannot be had is no failure of LEE's.
func TestFailure(t *testing.T) {
	none := map[fault.Kind]bool{
		fault.Unavailable: true, fault.NotFound: true, fault.Refused: true, fault.OutOfRange: true, fault.NotNow: true, fault.Disabled: true,
		fault.Unsupported: true, fault.Invalid: true,
	}
	for _, kind := range kinds() {
		if kind.Failure() == none[kind] {
			t.Errorf("%v is a failure: %v", kind, kind.Failure())
		}
		if kind.Outage() && !kind.Failure() {
			t.Errorf("%v is an outage and no failure", kind)
		}
	}
}

// TestAt wants the failure of an operation to be what it was, with the operation's
// name: that of the innermost.
func TestAt(t *testing.T) {
	plain := &fault.Error{Kind: fault.Throttled, Text: "Wait.", Cause: io.EOF, RetryAfter: 7, Sent: true}
	for name, c := range map[string]struct {
		err  error
		op   string
		log  string
		text string
	}{
		"a fault":          {plain, "a", "a: throttled: Wait.: EOF", "Wait."},
		"one with a name":  {fault.At("inner", plain), "inner", "inner: throttled: Wait.: EOF", "Wait."},
		"a wrapped one":    {fmt.Errorf("by chance: %w", plain), "a", "a: throttled: Wait.: by chance: throttled: Wait.: EOF", "Wait."},
		"a wrapped name":   {fmt.Errorf("by chance: %w", fault.At("inner", plain)), "inner", "by chance: inner: throttled: Wait.: EOF", "Wait."},
		"another error":    {io.EOF, "a", "a: internal: EOF", "inside LEE"},
		"a time that ends": {fmt.Errorf("%w: %w", context.DeadlineExceeded, io.EOF), "a", "a: deadline: context deadline exceeded: EOF", "ran out"},
	} {
		err := fault.At("a", c.err)
		e, ok := errors.AsType[*fault.Error](err)
		if !ok || e.Op != c.op || err.Error() != c.log || !errors.Is(err, io.EOF) {
			t.Errorf("%s is told as %v of %+v", name, err, e)
		}
		if !strings.Contains(fault.Text(err), c.text) || fault.Of(err) != fault.Of(c.err) {
			t.Errorf("%s: people see %q of a %v", name, fault.Text(err), fault.Of(err))
		}
		if was, ok := errors.AsType[*fault.Error](c.err); ok && (e.RetryAfter != was.RetryAfter || e.Sent != was.Sent) {
			t.Errorf("%s has become %+v", name, e)
		}
	}
	if err := fault.At("a", nil); err != nil {
		t.Errorf("what has not failed is told as %v", err)
	}
	if plain.Op != "" {
		t.Errorf("an error that was returned has changed: %+v", plain)
	}
}

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

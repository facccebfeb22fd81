package capability

import (
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Conclusion is a command that was done, as it is reported.
type Conclusion struct {
	// View is the entity as it may be reported.
	View View
	// At is since when nobody has confirmed that.
	At time.Time
	// Plan is the plan that was carried out.
	Plan action.Plan
	// Silent says that nothing may be said of what the directive was about: the home
	// took the command, and the device has not confirmed it.
	Silent bool
}

// Conclude says what may be reported of a request that was carried out as result
// says. The error is a *fault.Error: why it cannot be called done.
func (r Route) Conclude(request Request, result action.Result) (Conclusion, error) {
	o, err := result.Only()
	request.State = o.Said
	if err != nil {
		if err := r.explain(request, result, err); err != nil {
			return Conclusion{}, err
		}
		o.State, o.Certain, o.Whole = o.Said, true, true
	}
	if !o.Whole && o.Verdict == action.Assumed && r.Action.Missed != nil {
		if err := r.Action.Missed(request); err != nil {
			return Conclusion{}, err
		}
	}
	// Whether the entity has the interface shows in its state, which is read only
	// now, and says something else of some when they are off. What was done was
	// done all the same.
	if o.Verdict != action.Left && !o.Certain && !r.supports(request.View) {
		return Conclusion{}, unsupported()
	}
	request.State = o.State
	return Conclusion{View: request.View, At: o.At, Plan: result.Plan, Silent: o.Verdict == action.Unconfirmed}, nil
}

// explain says why a command failed, where the interface knows better than the home's
// own words. Where what was asked for holds already, nothing went wrong and the error
// is nil: a panel that is disarmed wants a code even to stay so. But what is out of
// range never holds.
func (r Route) explain(request Request, result action.Result, err error) error {
	kind := fault.Of(err)
	if result.Err == nil || kind != fault.Refused && kind != fault.Unsupported || !request.State.Available() {
		return err
	}
	var better error
	if r.Action.Refused != nil {
		better = r.Action.Refused(request)
	}
	switch {
	case result.Plan.Certain(request.State) && (better == nil || fault.Of(better) != fault.OutOfRange):
		return nil
	case better != nil:
		return better
	default:
		return err
	}
}

// supports says whether the entity has the route's interface.
func (r Route) supports(v View) bool {
	return r.Interface.Supports == nil || r.Interface.Supports(v)
}

func unsupported() error {
	return fault.New(fault.Unsupported, "The device does not take this directive.")
}

// Answer makes the answer to a directive that was done. The properties are sampled at
// now, with the given uncertainty.
func (r Route) Answer(d alexa.Directive, c Conclusion, now time.Time, uncertainty time.Duration) alexa.Answer {
	properties := r.Kind.Properties(c.View, now, uncertainty)
	if c.Silent {
		properties = r.without(properties)
	}
	if e := r.Action.Success; e != nil {
		return alexa.Reply(d, e.Namespace, e.Name, e.Payload(c.View, c.Plan, alexa.Timestamp(now)), properties)
	}
	return alexa.Reply(d, alexa.Alexa, alexa.NameResponse, nil, properties)
}

// without returns the properties that are not of the route's interface.
func (r Route) without(properties []alexa.Property) []alexa.Property {
	kept := properties[:0]
	for _, p := range properties {
		if p.Namespace != r.Interface.Namespace || p.Instance != r.Interface.Instance {
			kept = append(kept, p)
		}
	}
	return kept
}

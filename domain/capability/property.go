package capability

import (
	"math"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// Properties returns the properties of an entity as Alexa's messages have them,
// sampled at now with the given uncertainty. Of an entity that is unavailable
// there is only its connectivity.
func (k Kind) Properties(v View, now time.Time, uncertainty time.Duration) []alexa.Property {
	at := alexa.Timestamp(now)
	properties := make([]alexa.Property, 0, len(k.Interfaces)+1)
	available := v.State.Available()
	for i := range k.Interfaces {
		face := &k.Interfaces[i]
		if face.Read == nil || !available && face.Namespace != alexa.EndpointHealth {
			continue
		}
		if face.Supports != nil && !face.Supports(v) {
			continue
		}
		for _, r := range face.Read(v) {
			if face.Bounds != nil {
				var ok bool
				if r.Value, ok = within(face.Bounds(v), r.Value); !ok {
					continue
				}
			}
			properties = append(properties, alexa.Property{
				Namespace:                 face.Namespace,
				Instance:                  face.Instance,
				Name:                      r.Name,
				Value:                     r.Value,
				TimeOfSample:              at,
				UncertaintyInMilliseconds: uncertainty.Milliseconds(),
			})
		}
	}
	return properties
}

// within returns a number as it may be reported: up to one step outside its range it is
// the end of the range, and further outside it is no value (ok is false). Positions of
// -1 and light groups of 87,917 K have been seen. What is no number stays as it is.
func within(bounds alexa.Range, value any) (kept any, ok bool) {
	switch n := value.(type) {
	case int:
		f, ok := inRange(bounds, float64(n))
		return int(f), ok
	case float64:
		return inRange(bounds, n)
	default:
		return value, true
	}
}

func inRange(bounds alexa.Range, f float64) (float64, bool) {
	if f < bounds.Minimum-bounds.Precision || f > bounds.Maximum+bounds.Precision || math.IsNaN(f) {
		return 0, false
	}
	return min(max(f, bounds.Minimum), bounds.Maximum), true
}

// wholePercents are the bounds of what is told in percent.
func wholePercents(View) alexa.Range { return alexa.Range{Minimum: 0, Maximum: 100, Precision: 1} }

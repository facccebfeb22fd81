package capability

import (
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

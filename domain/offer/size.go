package offer

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// Bounds on how large an offer is as JSON, in bytes. Lambda takes an answer of 6 MB
// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
const (
	maxSize         = 5 << 20
	maxEndpointSize = 128 << 10
)

// Bounds on what an endpoint is made of: how many entries a list of the entity may have,
// and how long its texts may be together, in bytes.
const (
	maxEntries = 1000
	maxTexts   = 64 << 10
)

// An entity whose attributes have no more entries and texts than this is not measured: its
// endpoint has at most lightSize bytes. Nearly all are like that, and to measure takes as
// long as to describe.
const (
	lightEntries = 16
	lightTexts   = 1 << 10
	lightSize    = 12 << 10
)

// load is how much is in an attribute or a state.
type load struct{ entries, texts int }

func loadOf(v home.Value) (l load) {
	text, _ := v.Text()
	l.texts = len(text)
	for _, item := range v.Items() {
		text, _ := item.Text()
		l.entries, l.texts = l.entries+1, l.texts+len(text)
	}
	return l
}

// lightened returns a state without attributes that have too much in them for an endpoint,
// and what is in the others. It notes what is left out.
func (f *Finding) lightened(state home.State) (home.State, load) {
	var all load
	for _, a := range state.Attributes {
		l := loadOf(a.Value)
		if l.entries > maxEntries || l.texts > maxTexts {
			state.Attributes = state.Attributes.Without(a.Name)
			f.Hazards = append(f.Hazards, fmt.Sprintf("%s is left out: it has too many entries, or too long ones, for Alexa's answer.", a.Name))
			continue
		}
		all.entries, all.texts = all.entries+l.entries, all.texts+l.texts
	}
	return state, all
}

// shrink takes interfaces out of the endpoint until it is small enough, the largest ones
// first, notes which, and sets the size that the endpoint counts for. An endpoint of which
// nothing remains that Alexa could use is none.
func (f *Finding) shrink(of load) {
	if f.size = lightSize; of.entries <= lightEntries && of.texts <= lightTexts {
		return
	}
	for f.size = sizeOf(f.Endpoint); f.size > maxEndpointSize && len(f.Endpoint.Capabilities) > 0; f.size = sizeOf(f.Endpoint) {
		largest, size := 0, 0
		for i := range f.Endpoint.Capabilities {
			if n := sizeOf(&f.Endpoint.Capabilities[i]); n > size {
				largest, size = i, n
			}
		}
		c := f.Endpoint.Capabilities[largest]
		f.Endpoint.Capabilities = append(f.Endpoint.Capabilities[:largest:largest], f.Endpoint.Capabilities[largest+1:]...)
		f.Hazards = append(f.Hazards, fmt.Sprintf("%s %s is left out: it is too large for Alexa's answer.", c.Interface, c.Instance))
	}
	useful := func(c alexa.Capability) bool {
		return c.Interface != alexa.EndpointHealth && c.Interface != alexa.Alexa
	}
	if !slices.ContainsFunc(f.Endpoint.Capabilities, useful) {
		f.Endpoint, f.Reason, f.size = nil, TooLarge, 0
	}
}

// sizeOf returns how many bytes a part of an endpoint has as JSON. One that JSON cannot
// write is larger than any may be.
func sizeOf[T alexa.Endpoint | alexa.Capability](part *T) int {
	raw, err := json.Marshal(part)
	if err != nil {
		return maxSize
	}
	return len(raw)
}

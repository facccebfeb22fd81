package doctor

import (
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// offered returns what is to be known of a discovery.
func offered(r discovery.Report) checkup.Offer {
	o := checkup.Offer{Entities: len(r.Findings), Endpoints: r.Endpoints, Idle: r.Idle(), Unexposed: !r.Registry.Knows(home.PartExposure)}
	reasons := map[offer.Reason]int{}
	for _, f := range r.Findings {
		reasons[f.Reason]++
		if f.Reason == offer.Broken {
			o.Broken = append(o.Broken, string(f.ID))
		}
	}
	o.TooMany, o.Undecided = reasons[offer.TooMany], reasons[offer.Reason(exposure.Undecided)]
	for _, n := range r.Namesakes() {
		o.Alike = append(o.Alike, n.Name)
	}
	switch r.Registry.Source() {
	case home.SourceNone:
		o.Registries = checkup.Untold
	case home.SourceTemplate:
		o.Registries = checkup.ByTemplate
	case home.SourceWebSocket, home.SourceMemory:
	}
	return o
}

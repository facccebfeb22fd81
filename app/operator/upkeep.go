package operator

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/batch"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// lugsAsked are the members of lugs.
type lugsAsked struct {
	// Unload closes everything that may be closed, as when memory is scarce.
	Unload bool `json:"unload"`
	// Hold names a port that is to stay loaded, Release one that need not any more.
	Hold    string `json:"hold"`
	Release string `json:"release"`
}

// Lifecycle is the answer to lugs.
type Lifecycle struct {
	LIGS lifecycle.LIGS `json:"ligs"`
	LUGS lifecycle.LUGS `json:"lugs"`
	// Relief is what the unload has done, nil when none was asked for.
	Relief *lifecycle.Relief `json:"relief,omitempty"`
}

func (d *Desk) lugs(ctx context.Context, asked lugsAsked) (any, error) {
	var answer Lifecycle
	if asked.Release != "" {
		if err := d.parts.Keeper.Release(asked.Release); err != nil {
			return nil, err
		}
	}
	if asked.Hold != "" {
		if err := d.parts.Keeper.Hold(ctx, asked.Hold); err != nil {
			return nil, err
		}
	}
	if asked.Unload {
		relief := d.parts.Keeper.Relieve(ctx)
		answer.Relief = &relief
	}
	r := d.parts.Keeper.Report()
	answer.LIGS, answer.LUGS = r.LIGS, r.LUGS
	return answer, nil
}

// forgetAsked are the members of forget, and of the body of POST /webhook.
type forgetAsked struct {
	// Entities are entities whose states have changed, Areas are areas that have.
	// Without any, everything is forgotten.
	Entities texts `json:"entity_id"`
	Areas    texts `json:"area_id"`
}

// Forgotten is the answer to forget, and to POST /webhook.
type Forgotten struct {
	// Sections are the sections of the cache that hold nothing any more.
	Sections []string `json:"forgotten"`
}

// What an event of the home makes wrong.
var (
	ofEntities = []ports.Section{ports.SectionStates}
	ofAreas    = []ports.Section{ports.SectionStates, ports.SectionRegistry, ports.SectionDiscovery}
	ofAll      = []ports.Section{
		ports.SectionStates, ports.SectionRegistry, ports.SectionDiscovery, ports.SectionConfiguration, ports.SectionHealth,
	}
)

func (d *Desk) forget(_ context.Context, asked forgetAsked) (any, error) {
	if err := asked.check(); err != nil {
		return nil, err
	}
	sections := ofAll
	switch {
	case len(asked.Areas) > 0:
		sections = ofAreas
	case len(asked.Entities) > 0:
		sections = ofEntities
	}
	d.parts.Gateway.Invalidate(sections...)
	answer := Forgotten{make([]string, len(sections))}
	for i, section := range sections {
		answer.Sections[i] = section.String()
	}
	return answer, nil
}

// check names every id that cannot be one.
func (asked forgetAsked) check() error {
	var wrong batch.Mistakes
	for i, text := range asked.Entities {
		if _, ok := home.ParseEntityID(text); !ok {
			wrong = append(wrong, batch.Mistake{Item: i, Text: fmt.Sprintf("%.64q is no entity id", text)})
		}
	}
	for i, text := range asked.Areas {
		if !home.ValidArea(text) {
			wrong = append(wrong, batch.Mistake{Item: i, Text: fmt.Sprintf("%.64q is no area id", text)})
		}
	}
	if len(wrong) > 0 {
		return fault.Wrap(fault.Invalid, "There are mistakes, and nothing was forgotten: "+wrong.Error()+".", wrong)
	}
	return nil
}

// HTTPForget answers POST /webhook.
func (d *Desk) HTTPForget(ctx context.Context, request web.Request) (status int, answer any, err error) {
	asked, err := read[forgetAsked]("forget", request.Body)
	if err != nil {
		return 0, nil, err
	}
	answer, err = d.forget(ctx, asked)
	return http.StatusOK, answer, err
}

// Warm is the answer to a scheduled event.
type Warm struct {
	// Status is "warm", whatever could be refreshed.
	Status string `json:"status"`
	// Stale is what could not be refreshed.
	Stale []string `json:"stale,omitempty"`
}

// KeepWarm refreshes what is stale and leaves alone what is not. It is quiet: what
// is away now will be asked again by the one that needs it, and loudly.
func (d *Desk) KeepWarm(ctx context.Context, _ json.RawMessage) (any, error) {
	answer := Warm{Status: "warm"}
	settings, err := d.parts.Live.Settings(ctx)
	if err != nil {
		answer.Stale = append(answer.Stale, "settings")
	}
	// Without a token of its own LEE has nothing to ask the home with.
	if settings.HomeEnabled && !settings.Access.Token.Empty() {
		if _, err := d.parts.House.Config(ctx); err != nil {
			answer.Stale = append(answer.Stale, "configuration of the home")
			d.parts.Log.Debug("not kept warm", correlation.Field(ctx), zap.Error(err))
		}
	}
	return answer, nil
}

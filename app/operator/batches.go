package operator

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/batch"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// Status is the answer to ha_status.
type Status struct {
	// Status is "connected"; a home that is not gives an error instead.
	Status  string `json:"status"`
	Version string `json:"version"`
	Name    string `json:"name"`
}

func (d *Desk) status(ctx context.Context, _ none) (any, error) {
	config, err := d.parts.House.Config(ctx)
	if err != nil {
		return nil, err
	}
	return Status{"connected", config.Version, config.Name}, nil
}

// statesAsked are the members of ha_states.
type statesAsked struct {
	Entities texts `json:"entity_id"`
	// Domain asks for all entities of a domain.
	Domain string `json:"domain"`
}

// States is the answer to ha_states.
type States struct {
	States []State `json:"states"`
	// Unknown are those of the entities asked for that the home does not know.
	Unknown []home.EntityID `json:"unknown,omitempty"`
}

func (d *Desk) states(ctx context.Context, asked statesAsked) (any, error) {
	if len(asked.Entities) > 0 && asked.Domain != "" {
		return nil, fault.New(fault.Invalid, "The operation ha_states takes entity_id or domain, and not both.")
	}
	if len(asked.Entities) == 0 {
		all, err := d.parts.Home.States(ctx)
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(s home.State) bool { return asked.Domain != "" && s.ID.Domain() != asked.Domain })
		return States{States: toldAll(all)}, nil
	}
	ids := entityIDs(asked.Entities)
	results, err := d.parts.Batch.States(ctx, ids)
	d.batches.count(len(ids), 0, err)
	if err != nil {
		return nil, err
	}
	answer := States{States: []State{}}
	for i, r := range results {
		if r.Err != nil {
			answer.Unknown = append(answer.Unknown, ids[i])
		} else {
			answer.States = append(answer.States, told(r.States[0]))
		}
	}
	return answer, nil
}

func entityIDs(list texts) []home.EntityID {
	ids := make([]home.EntityID, len(list))
	for i, text := range list {
		ids[i] = home.EntityID(text)
	}
	return ids
}

// callAsked is one service call.
type callAsked struct {
	Service  string                     `json:"service"`
	Entities texts                      `json:"entity_id"`
	Area     string                     `json:"area_id"`
	Data     map[string]json.RawMessage `json:"data"`
}

// callsAsked are the members of ha_call: those of one call, or several.
type callsAsked struct {
	callAsked
	Calls []callAsked `json:"calls"`
}

// Calls is the answer to ha_call.
type Calls struct {
	Results []CallResult `json:"results"`
	// HomeCalls is in how many calls to the home they were made: those of the same
	// service with the same data go as one.
	HomeCalls int `json:"home_calls"`
}

// CallResult is what became of one call.
type CallResult struct {
	Service string `json:"service"`
	// States are those of its entities after it or, where it names none, those that
	// changed.
	States []State  `json:"states"`
	Error  *Failure `json:"error,omitempty"`
}

func (d *Desk) call(ctx context.Context, asked callsAsked) (any, error) {
	list := asked.Calls
	if list == nil {
		list = []callAsked{asked.callAsked}
	} else if asked.Service != "" || asked.Entities != nil || asked.Area != "" || asked.Data != nil {
		return nil, fault.New(fault.Invalid, "The operation ha_call takes calls, or the members of one call, and not both.")
	}
	calls, results, sent, err := d.carryOut(ctx, list)
	if err != nil {
		return nil, err
	}
	answer := Calls{make([]CallResult, len(results)), sent}
	for i, r := range results {
		answer.Results[i] = CallResult{calls[i].Name(), toldAll(r.States), failure(r.Err)}
	}
	return answer, nil
}

// areaAsked are the members of ha_area.
type areaAsked struct {
	Area    string                     `json:"area_id"`
	Service string                     `json:"service"`
	Data    map[string]json.RawMessage `json:"data"`
}

// Area is the answer to ha_area.
type Area struct {
	Area    string `json:"area_id"`
	Service string `json:"service"`
	// Changed are the states that changed. None means that there was nothing to
	// change, or that the home has no such area: it does not tell these apart.
	Changed []State `json:"changed"`
}

func (d *Desk) area(ctx context.Context, asked areaAsked) (any, error) {
	if asked.Area == "" {
		return nil, fault.New(fault.Invalid, "The operation ha_area wants an area_id.")
	}
	calls, results, _, err := d.carryOut(ctx, []callAsked{{Service: asked.Service, Area: asked.Area, Data: asked.Data}})
	if err != nil {
		return nil, err
	}
	if results[0].Err != nil {
		return nil, results[0].Err
	}
	return Area{asked.Area, calls[0].Name(), toldAll(results[0].States)}, nil
}

// carryOut makes the calls that were asked for.
func (d *Desk) carryOut(ctx context.Context, list []callAsked) (calls []home.ServiceCall, results []batch.Result, sent int, err error) {
	calls, err = serviceCalls(list)
	if err == nil {
		results, sent, err = d.parts.Batch.Calls(ctx, calls)
	}
	d.batches.count(len(list), sent, err)
	return calls, results, sent, err
}

// serviceCalls turns what was asked for into calls. Every value that no call can
// have is named.
func serviceCalls(list []callAsked) ([]home.ServiceCall, error) {
	calls := make([]home.ServiceCall, len(list))
	var wrong batch.Mistakes
	for i, asked := range list {
		domain, service, _ := strings.Cut(asked.Service, ".")
		calls[i] = home.ServiceCall{Domain: domain, Service: service, Targets: entityIDs(asked.Entities), Area: asked.Area}
		for _, name := range sorted(asked.Data) {
			value, err := valueOf(name, asked.Data[name])
			if err != nil {
				wrong = append(wrong, batch.Mistake{Item: i, Text: fmt.Sprintf("its %q is %s", name, err)})
			}
			calls[i].Data = append(calls[i].Data, home.Field{Name: name, Value: value})
		}
	}
	if len(wrong) > 0 {
		return nil, fault.Wrap(fault.Invalid, "The batch holds mistakes, and nothing of it was done: "+wrong.Error()+".", wrong)
	}
	return calls, nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/adapters/skillpackage"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/naming"
)

// assistant returns whom people talk to, by the settings, and lines that tell where
// its words are from.
func (o *skillOptions) assistant(ctx context.Context) (a *skillpackage.Assistant, told []string, err error) {
	live, err := readSettings(ctx, &account{})
	if err != nil {
		return nil, nil, err
	}
	settings := live.Current()
	on := settings.Features.Names()
	a = &skillpackage.Assistant{
		Name: settings.AssistantName, Names: map[string]string{},
		Enabled: func(f intent.Feature) bool { return slices.Contains(on, string(f)) },
	}
	for _, said := range o.invocations {
		if locale, name, one := strings.Cut(said, "="); one {
			a.Names[locale] = name
		} else {
			a.Name = said
		}
	}
	switch {
	case o.noHouse:
		told = append(told, "Names    any house's")
	case settings.Access.URL == "" || settings.Access.Token.Empty():
		told = append(told, "Names    any house's: HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN do not name yours")
	default:
		var what string
		if a.House, what, err = readNames(ctx, settings); err != nil {
			return nil, nil, fmt.Errorf("%w (--no-house asks no home for names)", err)
		}
		told = append(told, "Names    "+listed(a.House)+" of "+what)
	}
	return a, told, nil
}

// readNames asks the home of the settings what things are called in it.
func readNames(ctx context.Context, settings config.Settings) (house skillpackage.House, what string, err error) {
	h, err := openHouse(ctx, &account{})
	if err != nil {
		return nil, "", err
	}
	defer h.close()
	states, err := h.client.States(ctx)
	if err != nil {
		return nil, "", err
	}
	session, err := h.client.Registries(ctx)
	if err != nil {
		return nil, "", err
	}
	defer session.Close()
	registry := session.Aliases(ctx, skillpackage.Called(states))
	if !registry.Knows(home.PartHidden) {
		return nil, "", errors.New("the home does not tell which entities are hidden, and their names might go to Amazon")
	}
	return skillpackage.HouseOf(states, registry, settings.Terms.Filter, naming.Settings{Overrides: settings.Terms.Names.Overrides}), h.what, nil
}

// listed tells how many names there are of which kind: "2 scripts, 1 room".
func listed(house skillpackage.House) string {
	var kinds []string
	for _, kind := range []struct {
		kind intent.Type
		name string
	}{
		{intent.Automation, "automation"}, {intent.Script, "script"}, {intent.Helper, "helper"},
		{intent.Option, "option"}, {intent.Area, "room"}, {intent.Timer, "timer"},
	} {
		if n := len(house[kind.kind]); n > 0 {
			kinds = append(kinds, counted(n, kind.name))
		}
	}
	if kinds == nil {
		return "nothing"
	}
	return strings.Join(kinds, ", ")
}

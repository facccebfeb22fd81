package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

func discoverCommand() *cobra.Command {
	var who account
	var form struct{ explain, asJSON, full bool }
	c := &cobra.Command{
		Use:   "discover [ENTITY...]",
		Short: "Show which devices Alexa gets, and why others are missing",
		Long: `Shows the devices that Alexa would be told of if she were asked to discover them
now: by area, with the name that people say. With --explain it shows the entities
that are left out as well, each with the reason, and what else is worth knowing:
names that Alexa cannot tell apart, rules that are about nothing, what the home
does not tell. Entities that are named (light.hall, or a pattern: 'light.*') are
explained alone.

The home is the one that HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN name, in the
environment or, with --region or --profile or when USE_PARAMETER_STORE is true, in the
Parameter Store. If they name none, it is the demo house. Nothing is changed there, and
Alexa is told nothing.

` + exposeHelp,
		Example: `  lee discover
  lee discover --explain --region eu-west-1
  lee discover sensor.outside_temperature 'lock.*'
  HA_EXPOSE='light, switch, -switch.garage_*' lee discover`,
		RunE: func(c *cobra.Command, args []string) error {
			if form.full && form.asJSON {
				return errors.New("--full and --json are two forms of the same: give one")
			}
			d, err := discoverHouse(c.Context(), &who, args)
			if err != nil {
				return err
			}
			switch {
			case form.full:
				return writeJSON(c.OutOrStdout(), discovery.Payload{Endpoints: offer.Endpoints(d.report.Findings)})
			case form.asJSON:
				return writeJSON(c.OutOrStdout(), d.told())
			case d.some:
				d.printEach(c.OutOrStdout())
			default:
				d.print(c.OutOrStdout(), form.explain)
			}
			return nil
		},
	}
	who.flags(c)
	c.Flags().BoolVar(&form.explain, "explain", false, "also show what is left out, and why")
	c.Flags().BoolVar(&form.asJSON, "json", false, "write all of it as JSON")
	c.Flags().BoolVar(&form.full, "full", false, "write what Alexa is told, as she is told it")
	return c
}

// exposeHelp is the filter's syntax on one screen.
const exposeHelp = `Which entities are offered is HA_EXPOSE's to say: rules between commas or lines.

  light                 entities of a domain
  light.kitchen_lights  one entity
  light.kitchen_*       entities by name; * is anything, ? is one character
  area:Kitchen          entities in an area, by its name, alias or id
  label:alexa           entities with a label, by its name or id
  exposed               entities shown to an assistant on Home Assistant's page
                        "Expose"; exposed:alexa or exposed:assist to one of them
  all, none             every entity, no entity
  -RULE                 leaves out what RULE is about
  +RULE                 lets in what RULE is about even if it is hidden,
                        diagnostic or a setting; so does an entity's whole id

Of all rules about an entity the last one decides. What no rule is about is let
in only where all rules leave out. Without HA_EXPOSE Alexa gets all that is not
hidden, diagnostic or a setting. HA_NAMES and HA_OVERRIDES say what it is called.`

// discovered is what a discovery found, and the home where it did.
type discovered struct {
	what     string
	settings config.Settings
	features setting.Entry
	report   discovery.Report
	// some says that only some entities were asked for.
	some bool
}

// discoverHouse discovers the home that the settings name. What is found of
// other entities than those wanted is left out; none wants all.
func discoverHouse(ctx context.Context, who *account, wanted []string) (*discovered, error) {
	pick, err := exposure.Parse(strings.Join(wanted, ","))
	if err != nil {
		return nil, err
	}
	h, err := openHouse(ctx, who)
	if err != nil {
		return nil, err
	}
	defer h.close()
	d := &discovered{what: h.what, settings: h.settings, features: h.features, some: len(wanted) > 0}
	if d.report, err = explain(ctx, h.client, h.settings); errors.Is(err, home.ErrStarting) {
		return nil, errors.New(fault.Text(err)) // it says what to do, and there is no cause to look for
	} else if err != nil {
		return nil, err
	}
	d.report.Findings = slices.DeleteFunc(d.report.Findings, func(f discovery.Finding) bool {
		return d.some && !pick.Decide(f.ID, d.report.Registry).In
	})
	if d.some && len(d.report.Findings) == 0 {
		return nil, fmt.Errorf("the home has no entity %s", strings.Join(wanted, ", "))
	}
	return d, nil
}

// explain discovers a home by the settings.
func explain(ctx context.Context, client *homeassistant.Client, s config.Settings) (discovery.Report, error) {
	home, own, registry, cameras := facesOf(client)
	catalog := capability.NewCatalogOf(capability.Kinds(), s.On)
	return discovery.New(home, own, registry, cameras, catalog, s.Terms, nil).Explain(ctx)
}

// told is what --json tells.
type told struct {
	Home       string         `json:"home"`
	Registries toldRegistries `json:"registries"`
	Filter     string         `json:"filter"`
	// Endpoints is how many endpoints Alexa gets in all.
	Endpoints int           `json:"endpoints"`
	Devices   []toldDevice  `json:"devices"`
	LeftOut   []toldLeftOut `json:"left_out"`
	Namesakes []toldAlike   `json:"namesakes"`
	IdleRules []string      `json:"idle_rules"`
}

type toldRegistries struct {
	Known   string   `json:"known"`
	Unknown []string `json:"unknown"`
	Error   string   `json:"error,omitempty"`
}

type toldDevice struct {
	Entity     home.EntityID         `json:"entity_id"`
	EndpointID string                `json:"endpoint_id"`
	Name       string                `json:"name"`
	NameFrom   string                `json:"name_from"`
	Area       string                `json:"area,omitempty"`
	Category   alexa.DisplayCategory `json:"category"`
	Interfaces []string              `json:"interfaces"`
	Rule       string                `json:"rule,omitempty"`
	// Further are its endpoints under further names, by their id.
	Further map[string]string `json:"further,omitempty"`
}

type toldLeftOut struct {
	Entity home.EntityID `json:"entity_id"`
	Name   string        `json:"name"`
	Reason offer.Reason  `json:"reason"`
	Rule   string        `json:"rule,omitempty"`
}

type toldAlike struct {
	Name     string          `json:"name"`
	Entities []home.EntityID `json:"entity_ids"`
}

func (d *discovered) told() told {
	t := told{
		Home: d.what, Filter: d.settings.Terms.Filter.String(), Endpoints: d.report.Endpoints,
		Registries: toldRegistries{Known: d.report.Registry.Source().String(), Unknown: d.report.Registry.Lacks().Names()},
		Devices:    []toldDevice{}, LeftOut: []toldLeftOut{}, Namesakes: []toldAlike{}, IdleRules: d.report.Idle(),
	}
	if err := d.report.RegistryError; err != nil {
		t.Registries.Error = err.Error()
	}
	for _, n := range d.report.Namesakes() {
		t.Namesakes = append(t.Namesakes, toldAlike{n.Name, n.IDs})
	}
	for _, f := range d.report.Findings {
		if f.Endpoint == nil {
			t.LeftOut = append(t.LeftOut, toldLeftOut{f.ID, f.Names.Name, f.Reason, f.Rule})
			continue
		}
		area, _ := d.report.Registry.AreaOf(f.ID)
		device := toldDevice{
			Entity: f.ID, EndpointID: f.Endpoint.EndpointID, Name: f.Names.Name, NameFrom: f.Names.From.String(), Area: area.Name,
			Category: f.Endpoint.DisplayCategories[0], Interfaces: interfaces(f.Endpoint), Rule: f.Rule,
		}
		for _, e := range f.Further {
			if device.Further == nil {
				device.Further = map[string]string{}
			}
			device.Further[e.EndpointID] = e.FriendlyName
		}
		t.Devices = append(t.Devices, device)
	}
	return t
}

// interfaces returns the interfaces of an endpoint, "Alexa.ModeController:fan.direction",
// without those that every endpoint has.
func interfaces(e *alexa.Endpoint) []string {
	names := []string{}
	for _, c := range e.Capabilities {
		switch {
		case c.Interface == alexa.Alexa, c.Interface == alexa.EndpointHealth:
		case c.Instance != "":
			names = append(names, string(c.Interface)+":"+c.Instance)
		default:
			names = append(names, string(c.Interface))
		}
	}
	return names
}

func writeJSON(to io.Writer, v any) error {
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

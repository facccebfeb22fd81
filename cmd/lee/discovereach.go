package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// printEach writes all there is to say of each entity.
func (d *discovered) printEach(out io.Writer) {
	for i, f := range d.report.Findings {
		if i > 0 {
			fmt.Fprintln(out)
		}
		say := func(what, format string, args ...any) {
			fmt.Fprintf(out, "  %-9s "+format+"\n", append([]any{what}, args...)...)
		}
		entry, area := d.report.Registry.Entry(f.ID), ""
		if a, ok := d.report.Registry.AreaOf(f.ID); ok {
			area = a.Name
		}
		if f.Endpoint == nil {
			fmt.Fprintf(out, "%s is left out\n", f.ID)
			say("Why", "%s", f.Reason)
		} else {
			fmt.Fprintf(out, "%s is offered\n", f.ID)
			say("Name", "%s (%s)", f.Names.Name, f.Names.From)
			for _, e := range f.Further {
				say("Also", "%s, as %s", e.FriendlyName, e.EndpointID)
			}
			say("Endpoint", "%s, %s", f.Endpoint.EndpointID, f.Endpoint.DisplayCategories[0])
			for _, name := range interfaces(f.Endpoint) {
				say("", "%s", name)
			}
		}
		for _, line := range [][2]string{
			{"Rule", f.Rule}, {"Failure", failure(f)}, {"Hazard", strings.Join(f.Hazards, " ")}, {"Area", area}, {"Labels", strings.Join(entry.Labels, ", ")},
			{"Exposed", strings.Join(exposedTo(entry.Exposed), ", ")}, {"Hint", d.hint(f)},
		} {
			if line[1] != "" {
				say(line[0], "%s", line[1])
			}
		}
	}
}

// failure returns what went wrong with an entity, "" for nothing. Where it was is in the
// log of the function.
func failure(f offer.Finding) string {
	if f.Failure == nil {
		return ""
	}
	what, _, _ := strings.Cut(f.Failure.Error(), "\n")
	return what
}

func exposedTo(to home.Assistant) []string {
	var names []string
	if to&home.Alexa != 0 {
		names = append(names, "to Alexa by Home Assistant Cloud")
	}
	if to&home.Assist != 0 {
		names = append(names, "to Assist")
	}
	return names
}

// shows says whether an interface shows what a camera sees.
func shows(name string) bool {
	return name == string(alexa.CameraStreamController) || name == string(alexa.RTCSessionController)
}

// hint says what to do for an entity that is left out to be let in, or for one that
// could do more; "" where nothing can be done, or where it is plain.
func (d *discovered) hint(f discovery.Finding) string {
	if f.Endpoint != nil && f.ID.Domain() == "camera" && !slices.ContainsFunc(interfaces(f.Endpoint), shows) {
		return "what a camera needs to be shown: docs/discovery.md#cameras"
	}
	for _, feature := range gates {
		if f.Reason == offer.Reason(capability.FeatureOff(feature)) {
			return d.with(feature) + " puts the feature in"
		}
	}
	switch exposure.Reason(f.Reason) {
	case exposure.Hidden, exposure.Diagnostic, exposure.Setting, exposure.Unsure:
		return fmt.Sprintf("a rule that is its id lets it in: HA_EXPOSE='…, %s'", f.ID)
	case exposure.NotLetIn:
		return fmt.Sprintf("HA_EXPOSE='…, %s' lets it in", f.ID)
	case exposure.Reason(capability.NoCapabilities):
		if f.ID.Domain() == "alarm_control_panel" {
			return "a panel that wants a code is offered when HA_CODES has it"
		}
		return ""
	default:
		return ""
	}
}

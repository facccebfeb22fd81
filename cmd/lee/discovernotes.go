package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// leftOut are the reasons for which entities are left out that somebody may want to do
// something about, and what is said of how many these are.
var leftOut = []struct {
	reasons []offer.Reason
	note    string
}{
	{[]offer.Reason{offer.Reason(exposure.Undecided)}, "%d entities are left out since HA_EXPOSE has rules about what Home Assistant does not tell."},
	{
		[]offer.Reason{offer.TooMany},
		"%d entities are too many: Alexa takes 300 devices. First come those that HA_EXPOSE names, then those exposed in Home Assistant, then those in an area.",
	},
	{
		[]offer.Reason{offer.TooMuch, offer.TooLarge},
		"%d entities are left out since they have too much in them, such as lists of options, for the answer that Alexa gets. First come those that HA_EXPOSE names.",
	},
	{
		[]offer.Reason{offer.Cut},
		"%d entities are left out since Home Assistant has more entities than LEE has memory for. Remove from Home Assistant what you do not need.",
	},
}

// notes returns what is worth knowing of a discovery; with all also what does no
// harm.
func (d *discovered) notes(all bool) []string {
	var notes []string
	note := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	r := d.report
	count := noteEach(r.Findings, all, note)
	for _, feature := range gates {
		if n := count[offer.Reason(capability.FeatureOff(feature))]; n > 0 {
			note("%s is %s, which leaves out the feature %s and with it %d entities. %s puts it in.",
				d.features.Origin, d.features.Value, feature, n, d.with(feature))
		}
	}
	switch lacks := r.Registry.Lacks().Names(); r.Registry.Source() {
	case home.SourceNone:
		note("Home Assistant does not tell what its registries hold (%v). Names are its friendly names. Nobody can tell what is hidden: "+
			"locks, alarms, doors, garage doors and gates are left out unless HA_EXPOSE names them (%d are).", r.RegistryError, count[offer.Reason(exposure.Unsure)])
	case home.SourceTemplate:
		note("WebSocket is blocked on the way to Home Assistant. A template told of areas, labels and hidden entities; it cannot tell of %s.", strings.Join(lacks, ", "))
	default:
		if all && len(lacks) > 0 {
			note("Home Assistant does not tell of %s. Of exposed entities it tells administrators alone.", strings.Join(lacks, ", "))
		}
	}
	for _, left := range leftOut {
		n := 0
		for _, reason := range left.reasons {
			n += count[reason]
		}
		if n > 0 {
			note(left.note, n)
		}
	}
	if idle := r.Idle(); len(idle) > 0 {
		note("HA_EXPOSE has rules about no entity of this home: %s.", strings.Join(idle, ", "))
	}
	for _, f := range r.Broken() {
		note("LEE failed on %s: %s. Please report it.", f.ID, f.Failure)
	}
	if all {
		for _, n := range r.Namesakes() {
			ids := make([]string, len(n.IDs))
			for i, id := range n.IDs {
				ids[i] = string(id)
			}
			note("Alexa cannot tell apart what is called %q: %s.", n.Name, strings.Join(ids, ", "))
		}
	}
	return notes
}

// gates are the features without which entities are left out.
var gates = []capability.Feature{
	capability.FeatureAlexa, capability.FeatureAutomations, capability.FeatureScripts, capability.FeatureInputHelpers,
}

// with returns the setting of the features as it would be with one more.
func (d *discovered) with(f capability.Feature) string {
	return fmt.Sprintf("%s='%s,%s'", d.features.Origin, d.features.Value, f)
}

// noteEach notes what is worth knowing of single entities, and returns how many are left
// out for each reason.
func noteEach(findings []offer.Finding, all bool, note func(format string, args ...any)) map[offer.Reason]int {
	count := map[offer.Reason]int{}
	for _, f := range findings {
		count[f.Reason]++
		if all && f.Names.Cut && f.Endpoint != nil {
			note("The name of %s is longer than Alexa takes and is cut: %s.", f.ID, f.Names.Name)
		}
		if f.Missed > 0 {
			note("%d further names of %s are left out: Alexa takes 300 devices.", f.Missed, f.ID)
		}
		if !all {
			continue
		}
		for _, hazard := range f.Hazards {
			note("%s: %s", f.ID, hazard)
		}
	}
	return count
}

// wrapped breaks a text into lines of at most 80 characters, the first of which
// begins with first and the others with rest.
func wrapped(text, first, rest string) string {
	const most = 80
	var lines []string
	line := first
	for i, word := range strings.Fields(text) {
		if i > 0 && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > most {
			lines = append(lines, strings.TrimRight(line, " "))
			line = rest
		}
		if !strings.HasSuffix(line, " ") {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}

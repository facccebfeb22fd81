//go:build live

package differential

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// workers is how many clusters of entities are told things at the same time.
const workers = 6

// only is for a person who looks into one endpoint.
var (
	only = flag.String("endpoint", "", "send directives to these endpoints alone (a pattern, light#*)")
	once = flag.Bool("once", false, "do not look again at what is not listed")
)

// run is one run over a house.
type run struct {
	*testing.T
	*house
	facts
	tally *tally
	// theirs and ours are the endpoints as both discover them.
	theirs, ours map[string]endpoint
	// examples are the endpoints that are sent the mistaken directives, one of
	// each domain for each.
	examples map[string]string
}

// directives sends all directives to the endpoints that want says, from several
// settings of the house.
func (r *run) directives(want func(id string) bool) {
	ids := slices.Collect(maps.Keys(r.theirs))
	for id := range r.ours {
		if _, ok := r.theirs[id]; !ok {
			ids = append(ids, id)
		}
	}
	entities := make([]string, 0, len(ids))
	for _, id := range ids {
		entities = append(entities, entityOf(id))
	}
	r.choose(ids, want)
	clusters := r.clusters(r.house, entities)
	// The slow ones first: they would be what is waited for in the end.
	slices.SortStableFunc(clusters, func(a, b []string) int { return r.weight(b) - r.weight(a) })
	work := make(chan []string)
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			w := &worker{run: r, lee: newLEE(r.T, r.house)}
			for cluster := range work {
				w.cluster(cluster, func(id string) bool { return slices.Contains(ids, id) && want(id) })
			}
		})
	}
	for _, cluster := range clusters {
		work <- cluster
	}
	close(work)
	all.Wait()
}

// weight says about how long a cluster takes.
func (r *run) weight(cluster []string) int {
	weight := len(cluster)
	for _, id := range cluster {
		weight += int(r.lateness(id) / time.Millisecond)
		if r.Slow.match(id) {
			weight += 10000 * len(r.theirs[endpointOf(id)].Capabilities)
		}
	}
	return weight
}

// worker sends directives to the entities of one cluster after the other.
type worker struct {
	*run
	lee lee
	ids []string // of the cluster
	// at is the setting that the cluster is in when as much has happened to it
	// as then, in.
	at string
	in int
	// reported is what Home Assistant's own reports in a setting.
	reported map[string]map[string]string
}

func (w *worker) cluster(ids []string, want func(endpoint string) bool) {
	w.ids = ids
	for _, id := range ids {
		at := endpointOf(id)
		if !want(at) || *only != "" && !like(*only, at) {
			continue
		}
		if err := w.endpoint(at); err != nil {
			w.Errorf("%s %s: %v", w.name, at, err)
		}
	}
}

// endpoint sends an endpoint all its directives.
func (w *worker) endpoint(id string) error {
	w.at, w.reported = "", map[string]map[string]string{}
	settings, err := w.settings(id)
	if err != nil {
		return err
	}
	all := directivesOf(id, joined(w.theirs[id], w.ours[id]))
	for i, s := range settings {
		for _, d := range all {
			if d.sort > ordinary && i > 0 || d.sort == mistaken && w.examples[exampleOf(d.message)] != id {
				continue
			}
			if err := w.compare(s, d.message); err != nil {
				return fmt.Errorf("%s %s from %s: %w", d.directive(), d.said(), s.name, err)
			}
		}
	}
	return w.enter(settings[0], id)
}

// choose finds the examples: the first endpoints by their ids, whatever is sent
// something first.
func (r *run) choose(ids []string, want func(id string) bool) {
	r.examples = map[string]string{}
	for _, id := range slices.Sorted(slices.Values(ids)) {
		if !want(id) {
			continue
		}
		for _, d := range directivesOf(id, joined(r.theirs[id], r.ours[id])) {
			if key := exampleOf(d.message); r.examples[key] == "" {
				r.examples[key] = id
			}
		}
	}
}

// exampleOf names what a message is an example of.
func exampleOf(m message) string {
	domain, _, _ := strings.Cut(m.endpoint, "#")
	return domain + " " + m.directive() + " " + m.said()
}

// enter brings the cluster into a setting, and notes what Home Assistant's own
// reports of an endpoint there.
func (w *worker) enter(s setting, endpoint string) error {
	if w.at != s.name || w.in != w.happened(w.ids) {
		if err := w.restore(s); err != nil {
			return fmt.Errorf("cannot be brought back to %s: %w", s.name, err)
		}
	}
	w.at, w.in = s.name, w.happened(w.ids)
	if w.reported[s.name] != nil {
		return nil
	}
	report, err := w.report(endpoint)
	w.reported[s.name] = report
	return err
}

// compare sends a directive to both sides, each time from the same setting. What
// is not listed is looked at again: things happen in a house meanwhile.
//
// A device that takes seconds is not waited for at first, where both have sent
// it to the same place.
func (w *worker) compare(s setting, m message) error {
	slow := w.Slow.match(entityOf(m.endpoint))
	var list []difference
	for try := range 3 {
		theirs, ours, err := w.both(s, m, !slow || try == 1)
		if err != nil {
			return err
		}
		c := comparison{
			house: w.name, from: s.name, message: m, start: s.states[entityOf(m.endpoint)],
			offered: w.ours[m.endpoint], before: w.reported[s.name], after: ours.reports,
		}
		list = c.of(theirs, ours)
		if slow && len(ours.calls) > 0 && slices.Equal(theirs.calls, ours.calls) {
			list = slices.DeleteFunc(list, difference.ofState)
		}
		if *once || !slices.ContainsFunc(list, func(d difference) bool { return !w.tally.list.knows(d) }) {
			break
		}
	}
	w.tally.add(w.house, m, list)
	return nil
}

// side is what came of a directive on one side.
type side struct {
	answer
	calls []string
	after state
	// reports is what Home Assistant's own reports afterwards.
	reports map[string]string
}

// both sends a directive to both sides and returns what came of it.
func (w *worker) both(s setting, m message, patient bool) (theirs, ours side, err error) {
	theirs, err = w.side(s, m, patient, func() (answer, error) { return w.own(m) })
	if err == nil {
		ours, err = w.side(s, m, patient, func() (answer, error) {
			a, _, err := w.lee.ask(w.T, m)
			return a, err
		})
	}
	return theirs, ours, err
}

// side sends a directive from a setting, and returns what came of it.
func (w *worker) side(s setting, m message, patient bool, send func() (answer, error)) (out side, err error) {
	if err := w.enter(s, m.endpoint); err != nil {
		return out, err
	}
	id := entityOf(m.endpoint)
	w.said(id)
	if out.answer, err = send(); err != nil {
		return out, err
	}
	if err := w.catchUp(); err != nil {
		return out, err
	}
	out.calls = w.said(id)
	late := time.Duration(0)
	if len(out.calls) > 0 {
		const thread = 60 * time.Millisecond // for devices whose services run in threads
		if late = w.lateness(id); w.of(id).same(s.states[id]) {
			late = max(late, thread)
		}
	}
	if err := w.settle(w.ids, late, patient); err != nil {
		return out, err
	}
	out.calls = append(out.calls, w.said(id)...)
	out.after = w.of(id)
	if out.reports = w.reported[s.name]; w.happened(w.ids) != w.in {
		out.reports, err = w.report(m.endpoint)
	}
	return out, err
}

package endtoend

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// teller is LEE, wherever it runs: tell has it answer an event, and returns what it
// logged meanwhile.
type teller interface {
	tell(t *testing.T, event []byte) (answer []byte, log []string)
}

// story is a sequence of steps. After each, LEE is asked for GET /diagnostics: what
// has changed there since the step before, and what LEE said of it in its log, is
// what the step tells. docs/lifecycle.md tells the same (document_test.go).
type story struct {
	teller
	clock   *clock
	figures map[string]any
	// log is what was logged after the last answer to GET /diagnostics.
	log []string
}

// operatorSecret lets a request to /diagnostics in.
const operatorSecret = "operatorCanary-c2hhcmVkIHNlY3JldCBvZiB0aGUgb3BlcmF0b3Jz"

// diagnostics is a request to the function's URL
// (https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html).
var diagnostics = marshal(map[string]any{
	"version": "2.0", "rawPath": "/diagnostics", "headers": map[string]string{"authorization": "Bearer " + operatorSecret},
	"requestContext": map[string]any{"requestId": "1", "http": map[string]string{"method": "GET", "path": "/diagnostics"}},
})

// What the stories say.
var (
	ping         = []byte(`{"test":"ping"}`)
	surroundings = []byte(`{"operation":"surroundings"}`)
	status       = []byte(`{"operation":"ha_status"}`)
	turnOn       = event("Alexa.PowerController.TurnOn", "light#kitchen_lights")
	reportState  = event("Alexa.ReportState", "light#kitchen_lights")
	discover     = event("Alexa.Discovery.Discover", "")
)

func event(name, endpoint string) []byte {
	return marshal(map[string]any{"directive": directive{name: name, endpoint: endpoint}.message()})
}

// begin asks for all figures and tells those that are not nothing.
func (s *story) begin(t *testing.T, name string, parts ...string) {
	t.Helper()
	s.figures, s.log = s.ask(t)
	var b strings.Builder
	for _, place := range slices.Sorted(maps.Keys(s.figures)) {
		switch figure := s.figures[place]; figure {
		case nil, 0.0, false, "":
		default:
			if worth(place, parts) {
				fmt.Fprintf(&b, "%s %s\n", place, shownAs(place, figure))
			}
		}
	}
	check(t, name, b.String())
}

// step sends events, and tells what has changed in parts of the diagnostics.
func (s *story) step(t *testing.T, name string, parts []string, events ...[]byte) {
	t.Helper()
	log := s.log
	for _, event := range events {
		_, logged := s.tell(t, event)
		log = append(log, logged...)
	}
	before := s.figures
	s.figures, s.log = s.ask(t)
	var b strings.Builder
	for _, line := range condensed(log) {
		b.WriteString(line + "\n")
	}
	for _, place := range slices.Sorted(maps.Keys(s.figures)) {
		if was, is := before[place], s.figures[place]; was != is && worth(place, parts) {
			fmt.Fprintf(&b, "%s %s → %s\n", place, shownAs(place, was), shownAs(place, is))
		}
	}
	check(t, name, b.String())
}

// ask asks for the diagnostics and returns their figures, by their place in the
// answer.
func (s *story) ask(t *testing.T) (figures map[string]any, log []string) {
	t.Helper()
	raw, log := s.tell(t, diagnostics)
	var response struct {
		StatusCode int
		Body       string
	}
	if err := json.Unmarshal(raw, &response); err != nil || response.StatusCode != 200 {
		t.Fatalf("GET /diagnostics was answered %.400s (%v)", raw, err)
	}
	var all any
	if err := json.Unmarshal([]byte(response.Body), &all); err != nil {
		t.Fatal(err)
	}
	figures = map[string]any{}
	flatten(figures, "", all)
	return figures, log
}

// flatten puts what is in a value into figures. Things in a list go by their name.
func flatten(figures map[string]any, at string, value any) {
	below := func(name string, v any) { flatten(figures, strings.TrimPrefix(at+"."+name, "."), v) }
	switch value := value.(type) {
	case map[string]any:
		for key, v := range value {
			below(key, v)
		}
	case []any:
		for i, v := range value {
			name := strconv.Itoa(i)
			if object, ok := v.(map[string]any); ok {
				name = nameOf(object, name)
			}
			below(name, v)
		}
	default:
		figures[at] = value
	}
}

// nameOf returns what a thing in a list goes by.
func nameOf(object map[string]any, otherwise string) string {
	for _, key := range []string{"name", "section"} {
		if name, ok := object[key].(string); ok {
			return name
		}
	}
	if endpoint, ok := object["endpoint"].(string); ok {
		return fmt.Sprint(endpoint, " ", object["class"])
	}
	return otherwise
}

var (
	// once are figures that a step does not tell: they are different at every
	// moment, or are told elsewhere in the same step.
	once = regexp.MustCompile(`\.(used|name|port|section|endpoint|class|weight|expired|hit_rate|mean|at|p50|p95|p99|load_time|allocated|given)$|` +
		`\.ports\.\w+\.refused\.|heap|collections|goroutines`)
	// about are figures that are other ones each time.
	about = regexp.MustCompile(`\.(bytes|in_use|before|after|won|shrunk)$`)
)

// worth says whether a figure is told when one looks at these parts.
func worth(place string, parts []string) bool {
	part, _, _ := strings.Cut(place, ".")
	return slices.Contains(parts, part) && !once.MatchString(place)
}

// shownAs returns a figure as it is shown: "~12" where it would be another the next
// time.
func shownAs(place string, figure any) string {
	switch figure := figure.(type) {
	case nil:
		return "–"
	case float64:
		text := strconv.FormatFloat(figure, 'f', -1, 64)
		if about.MatchString(place) {
			text = "~" + text
		}
		return text
	default:
		return fmt.Sprint(figure)
	}
}

// condensed returns what LIGS, LUGS and the reflex cache have logged, one line for
// each thing said, in the order in which it was said first.
func condensed(log []string) []string {
	var lines []string
	times := map[string]int{}
	for _, raw := range log {
		var l struct{ Message, Port, Operation, Check, Reason, From, To string }
		if json.Unmarshal([]byte(raw), &l) != nil || !strings.HasPrefix(l.Message, "[") {
			continue
		}
		words := []string{l.Message, l.Port, l.Operation, l.Reason, l.Check, l.From, l.To}
		line := strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
		if times[line]++; times[line] == 1 {
			lines = append(lines, line)
		}
	}
	for i, line := range lines {
		if n := times[line]; n > 1 {
			lines[i] += fmt.Sprintf(" (%d times)", n)
		}
	}
	return lines
}

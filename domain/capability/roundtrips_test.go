package capability_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
)

// roundTripsPage is what is made of the catalogue and of testdata/reads.json.
const roundTripsPage = "../../docs/round-trips.md"

// reads is why a directive reads the state before the command.
type reads struct {
	// Directive is "Alexa.PowerController.TurnOn", Of the domains.
	Directive string   `json:"directive"`
	Of        []string `json:"of"`
	// Payload is one with which it does, where that depends on it.
	Payload json.RawMessage `json:"payload"`
	Why     string          `json:"why"`
}

// TestRoundTrips holds docs/round-trips.md against the catalogue: every directive
// that reads the state first has its reason, and the page says so. With UPDATE=1
// the page is written.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	var reasons []reads
	readJSON(t, "testdata/reads.json", &reasons)
	first, atOnce := map[string][]string{}, map[string][]string{}
	for _, kind := range capability.Kinds() {
		for _, face := range kind.Interfaces {
			for name, action := range face.Directives {
				key := alexa.Key{Namespace: face.Namespace, Name: name}
				into := atOnce
				if action.Reads(capability.Request{Directive: alexa.Directive{Payload: payloadOf(reasons, key.String(), kind.Domain)}}) {
					into = first
				}
				if !slices.Contains(into[key.String()], kind.Domain) {
					into[key.String()] = append(into[key.String()], kind.Domain)
				}
			}
		}
	}
	given := map[string][]string{}
	for _, r := range reasons {
		given[r.Directive] = append(given[r.Directive], r.Of...)
	}
	for directive, domains := range given {
		slices.Sort(domains)
		slices.Sort(first[directive])
		if !slices.Equal(first[directive], domains) {
			t.Errorf("testdata/reads.json: %s reads the state first for %v, not %v", directive, first[directive], domains)
		}
	}
	for directive, domains := range first {
		if !slices.ContainsFunc(reasons, func(r reads) bool { return r.Directive == directive }) {
			t.Errorf("testdata/reads.json: no reason why %s reads the state of %v first", directive, domains)
		}
	}
	page := roundTrips(reasons, atOnce)
	if update {
		if err := os.WriteFile(roundTripsPage, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if is, err := os.ReadFile(roundTripsPage); err != nil || string(is) != page {
		t.Errorf("%s is behind (%v): UPDATE=1 go test ./domain/capability -run TestRoundTrips writes it", roundTripsPage, err)
	}
}

func payloadOf(reasons []reads, directive, domain string) json.RawMessage {
	for _, r := range reasons {
		if r.Directive == directive && slices.Contains(r.Of, domain) {
			return r.Payload
		}
	}
	return nil
}

const roundTripsIntroduction = `# Round trips

What a directive costs in requests to Home Assistant. Of ` + "`make test`" + `'s making: this
page is written from the catalogue of directives (` + "`domain/capability`" + `), and a test
fails when it is behind.

Most directives take one request. A service is called, Home Assistant answers with
the states that have changed, and the entity is among them. There is a second request

- when it is not: nothing had to change, or the device reports late. Then the state is
  looked at, until it shows the effect or 1.5 s have passed;
- when Home Assistant refuses: one look at the state, to say what would be valid;
- once in the life of a process for a directive to a thermostat or a water heater: the
  house's unit of temperature.

## The state is read first

`

const roundTripsAtOnce = `
A script is run by the service of the name that it was made with. Who exchanges the
entity ids of two scripts in Home Assistant has Alexa run the other one.

## One request

`

// roundTrips returns the page.
func roundTrips(reasons []reads, atOnce map[string][]string) string {
	var b strings.Builder
	b.WriteString(roundTripsIntroduction)
	b.WriteString("| directive | of | why |\n|---|---|---|\n")
	for _, r := range reasons {
		name := "`" + r.Directive + "`"
		if r.Payload != nil {
			name += " with `" + string(r.Payload) + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, strings.Join(r.Of, ", "), r.Why)
	}
	b.WriteString(roundTripsAtOnce)
	b.WriteString("| directive | of |\n|---|---|\n")
	for _, directive := range slices.Sorted(maps.Keys(atOnce)) {
		slices.Sort(atOnce[directive])
		fmt.Fprintf(&b, "| `%s` | %s |\n", directive, strings.Join(atOnce[directive], ", "))
	}
	return b.String()
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// tour shows what LEE does: three directives, one after the other.
type tour struct {
	house    *house
	function *lambdaapi.Function
	out      io.Writer
	// ask asks before something is changed in a home of one's own.
	ask func(question string) bool
}

// message is what is shown of an answer.
type message struct {
	Context *struct {
		Properties []alexa.Property `json:"properties"`
	} `json:"context"`
	Event struct {
		Header  alexa.Header `json:"header"`
		Payload struct {
			Endpoints []alexa.Endpoint `json:"endpoints"`
			Type      alexa.ErrorType  `json:"type"`
			Message   string           `json:"message"`
		} `json:"payload"`
	} `json:"event"`
}

// walk sends the three directives. Its error says what did not work.
func (t *tour) walk(ctx context.Context) error {
	found, err := t.send(ctx, `"Alexa, discover devices"`, directive(alexa.Discovery, "Discover", "", nil, t.token()), alexa.NameDiscoverResponse)
	if err != nil {
		return err
	}
	light := choose(found.Event.Payload.Endpoints)
	if light == nil {
		return errors.New("the house has no light to try")
	}
	id, _ := capability.EntityID(light.EndpointID)
	if t.house.own && !t.ask(fmt.Sprintf("\nTurn on %q in your home?", light.FriendlyName)) {
		fmt.Fprintln(t.out, "         left as it is")
	} else if err := t.turnOn(ctx, light, id); err != nil {
		return err
	}
	_, err = t.send(ctx, fmt.Sprintf("%q? (Alexa asks for its state)", light.FriendlyName),
		directive(alexa.Alexa, "ReportState", light.EndpointID, alexa.Empty{}, t.token()), alexa.NameStateReport)
	if err == nil {
		fmt.Fprintln(t.out, "\nAll of it worked.")
	}
	return err
}

// turnOn turns the light on and sees for itself that it is.
func (t *tour) turnOn(ctx context.Context, light *alexa.Endpoint, id home.EntityID) error {
	answer, err := t.send(ctx, fmt.Sprintf(`"Alexa, turn on %s"`, light.FriendlyName),
		directive(alexa.PowerController, "TurnOn", light.EndpointID, alexa.Empty{}, t.token()), alexa.NameResponse)
	if err != nil {
		return err
	}
	state, err := t.house.state(ctx, id)
	if err != nil {
		return fmt.Errorf("the house could not be asked whether %s is on: %w", id, err)
	}
	if state.Value != home.On || property(answer, "powerState") != "ON" {
		return fmt.Errorf("%s is %s, and Alexa was told %v", id, state.Value, property(answer, "powerState"))
	}
	return nil
}

// token is what Alexa would have from account linking. LEE has its own here and
// does not look at it.
func (t *tour) token() secret.Text { return secret.New("from-account-linking") }

// choose returns the kitchen light, or else the first light there is.
func choose(endpoints []alexa.Endpoint) *alexa.Endpoint {
	var light *alexa.Endpoint
	for i := range endpoints {
		e := &endpoints[i]
		switch {
		case e.EndpointID == "light#kitchen_lights":
			return e
		case light == nil && strings.HasPrefix(e.EndpointID, "light#"):
			light = e
		}
	}
	return light
}

// send sends one event and shows what becomes of it. The error says that the
// answer was not the event that was wanted.
func (t *tour) send(ctx context.Context, said string, event []byte, want string) (message, error) {
	t.house.happened()
	before, _ := t.house.requests()
	fmt.Fprintf(t.out, "\nAsked    %s\n", said)
	result, err := t.function.Invoke(ctx, event)
	if err != nil {
		return message{}, err
	}
	if result.Error != nil {
		return message{}, result.Error
	}
	var answer message
	if err := json.Unmarshal(result.Payload, &answer); err != nil {
		return message{}, fmt.Errorf("the answer is not Alexa's: %w", err)
	}
	t.showHouse()
	fmt.Fprintf(t.out, "Alexa    %s\n", inShort(answer))
	took := "Took     " + short(result.Duration)
	if after, known := t.house.requests(); known {
		took += fmt.Sprintf(", %d request%s to the house", after-before, plural(after-before))
	}
	fmt.Fprintln(t.out, took)
	if answer.Event.Header.Name != want {
		return answer, fmt.Errorf("the answer should have been %s", want)
	}
	return answer, nil
}

// showHouse prints what the house did, where one can see into it.
func (t *tour) showHouse() {
	if t.house.own {
		return
	}
	events := t.house.happened()
	if len(events) == 0 {
		events = []string{"told its states, changed nothing"}
	}
	for _, event := range events {
		fmt.Fprintf(t.out, "House    %s\n", event)
	}
}

// inShort tells an answer in one line.
func inShort(m message) string {
	parts := []string{}
	switch {
	case m.Event.Payload.Type != "":
		parts = append(parts, string(m.Event.Payload.Type), m.Event.Payload.Message)
	case m.Event.Payload.Endpoints != nil:
		parts = append(parts, summary(m.Event.Payload.Endpoints))
	case m.Context != nil:
		for _, p := range m.Context.Properties {
			value, _ := json.Marshal(p.Value)
			parts = append(parts, p.Name+" "+strings.Trim(string(value), `"`))
		}
	}
	return m.Event.Header.Name + ": " + strings.Join(parts, ", ")
}

// summary counts endpoints by their domain.
func summary(endpoints []alexa.Endpoint) string {
	count := map[string]int{}
	for _, e := range endpoints {
		id, _ := capability.EntityID(e.EndpointID)
		count[id.Domain()]++
	}
	domains := make([]string, 0, len(count))
	for domain := range count {
		domains = append(domains, domain)
	}
	sort.Slice(domains, func(i, j int) bool {
		return count[domains[i]] > count[domains[j]] || count[domains[i]] == count[domains[j]] && domains[i] < domains[j]
	})
	for i, domain := range domains {
		domains[i] = fmt.Sprintf("%d %s", count[domain], domain)
	}
	return fmt.Sprintf("%d endpoints (%s)", len(endpoints), strings.Join(domains, ", "))
}

func property(m message, name string) any {
	if m.Context == nil {
		return nil
	}
	for _, p := range m.Context.Properties {
		if p.Name == name {
			return p.Value
		}
	}
	return nil
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

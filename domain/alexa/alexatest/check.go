package alexatest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// CheckAnswer fails the test, without ending it, when answer is not one that
// Alexa takes. The answer is an alexa.Answer, the answer's JSON as a []byte, or
// anything else that json.Marshal makes an answer of.
func CheckAnswer(tb testing.TB, answer any) {
	tb.Helper()
	check(tb, answers, answer)
}

// CheckReply checks the answer as CheckAnswer does, and that it answers d: it
// carries d's correlation token, speaks of d's endpoint, has a message id of its
// own, and gives nothing of d's bearer token away.
func CheckReply(tb testing.TB, d alexa.Directive, answer any) {
	tb.Helper()
	check(tb, answers, answer)
	if raw, err := marshal(answer); err == nil { // check has said it otherwise
		report(tb, answers.name, replies(d, raw))
	}
}

// CheckCapability fails the test, without ending it, when c is not a capability
// that Alexa takes in discovery. It is an alexa.Capability or its JSON.
func CheckCapability(tb testing.TB, c any) {
	tb.Helper()
	check(tb, aCapability, c)
}

// CheckProperty fails the test, without ending it, when p is not a property
// that Alexa takes in an answer's context. It is an alexa.Property or its JSON.
func CheckProperty(tb testing.TB, p any) {
	tb.Helper()
	check(tb, aProperty, p)
}

// subject is a kind of thing that can be checked.
type subject struct {
	name string
	// ours are our own rules, amazons the schema's.
	ours    shape
	amazons func(*schema, spot) []refusal
}

var (
	answers     = subject{"answer", answer, (*schema).answer}
	aCapability = subject{"capability", capability, (*schema).capability}
	aProperty   = subject{"property", property, (*schema).property}
)

func check(tb testing.TB, what subject, v any) {
	tb.Helper()
	tree, err := decode(v)
	if err != nil {
		tb.Errorf("the %s cannot be read: %v", what.name, err)
		return
	}
	complaints := examine(tree, what.ours)
	if s := amazon(tb); s != nil {
		complaints = append(complaints, notExcused(what.amazons(s, spot{value: tree}))...)
	}
	report(tb, what.name, complaints)
}

func report(tb testing.TB, what string, complaints []string) {
	tb.Helper()
	if len(complaints) > 0 {
		tb.Errorf("Alexa would not take this %s:\n\t%s", what, strings.Join(complaints, "\n\t"))
	}
}

func marshal(v any) ([]byte, error) {
	if raw, ok := v.([]byte); ok {
		return raw, nil
	}
	return json.Marshal(v)
}

// decode returns v as JSON's own types, with numbers as they are written.
func decode(v any) (any, error) {
	raw, err := marshal(v)
	if err != nil {
		return nil, err
	}
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%w in %.80q", err, raw)
	}
	return tree, nil
}

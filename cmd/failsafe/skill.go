package main

import (
	"encoding/json"
	"fmt"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/skill"
)

// assistantAway answers a request of a custom skill. Only the engine has the assistant, so the
// answer says that it is away, and nothing is done. The end of a session is no failure, and
// Alexa allows no words in its answer.
func assistantAway(raw json.RawMessage, o *outcome) {
	r, err := skill.Parse(raw)
	o.about, o.err = fmt.Sprintf("%.64q %.64q", r.Kind, r.Intent.Name), err
	if r.Kind != "" && r.Kind != skill.Launch && r.Kind != skill.Asked {
		o.answer = skill.Response{Silent: true}
		return
	}
	if err == nil {
		o.err = fault.New(fault.Unavailable, "The assistant does not answer in failsafe mode.")
	}
	o.answer = skill.Response{Speech: phrase.In(r.Locale).Say(phrase.OutOfService)}
}

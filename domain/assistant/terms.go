package assistant

import (
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/naming"
)

// Terms are what a request is answered by: the settings that are in force.
type Terms struct {
	// Name is what the assistant is called, "Jarvis".
	Name string
	// Filter says which entities Alexa may know of, Names what they are called.
	Filter exposure.Filter
	Names  naming.Settings
	// Features are those that are turned on.
	Features map[intent.Feature]bool
	// Agent is the conversation agent that answers, "" for the home's own; Language
	// the language that it is spoken to in, "" for the request's.
	Agent, Language string
	// Linked says that the home is only open to people whose account is linked: a
	// request without a token gets a card that asks for it.
	Linked bool
	// Patience is how long the home may take; the zero Patience is the default.
	Patience Patience
}

// Patience is how long the home is waited for.
type Patience struct {
	// Soft is when people are told that it still takes a while.
	Soft time.Duration
	// Margin is what is left of the request's deadline to answer in.
	Margin time.Duration
	// Whole is how long an answer may take where the request has no deadline.
	Whole time.Duration
	// Command is how long the effect of a command is waited for.
	Command action.Patience
	// Longest is how long something may go on that was not answered in time.
	Longest time.Duration
	// Kept is for how long an answer is kept that nobody has fetched.
	Kept time.Duration
	// Fresh is for how long what the registries say is taken for true.
	Fresh time.Duration
}

// DefaultPatience is what people bear: after two or three seconds of silence they
// think that they were not heard, and Alexa gives up after eight.
func DefaultPatience() Patience {
	return Patience{
		Soft: 2500 * time.Millisecond, Margin: 400 * time.Millisecond, Whole: 7 * time.Second, Command: action.DefaultPatience(),
		Longest: 60 * time.Second, Kept: 5 * time.Minute, Fresh: 5 * time.Minute,
	}
}

// orDefault returns the patience, or the default where it is none.
func (p Patience) orDefault() Patience {
	if p.Whole == 0 {
		return DefaultPatience()
	}
	return p
}

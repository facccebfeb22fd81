// Package phrase is what the assistant says, in the languages that it speaks: one
// file a language, with the same phrases in each. A phrase may hold names in
// braces, "{thing} is on."; Say puts in their place what they stand for.
package phrase

import "strings"

// Phrase is something that the assistant says.
type Phrase uint8

// The phrases. What is in braces is the same in every language.
const (
	Greeting     Phrase = iota // {name}
	Invitation                 // for who says nothing after the greeting
	Help                       // {name}
	Goodbye                    //
	Pardon                     // {name}
	AnythingElse               //
	LinkAccount                // {name}

	OffAutomations   // {name}
	OffScripts       // {name}
	OffHelpers       // {name}
	OffAnnouncements // {name}
	OffConversation  // {name}

	Thinking      // while the home takes its time
	StillRunning  // while a script takes its time
	NotYet        // when there is no more time
	NotYetNudge   // for who says nothing then
	StillNotYet   // when there is none again
	MoreComes     // after an answer that came late, when another one is waited for
	NothingComes  // when nobody knows of anything to wait for
	Done          // for an agent that says nothing
	NotUnderstood // for an agent that does not understand, and says nothing
	AgentBroke    // for an agent that raises an error

	Which       // {list}
	WhichOfMany // {list}
	NothingAsked
	NoSuch // {heard}

	AskQuery
	AskAutomation
	AskScript
	AskHelper
	AskNumber // {thing}
	AskOption // {thing}, {list}
	AskText   // {thing}
	AskMessage
	AskArea
	AskTimer
	AskDuration // {thing}

	NoAutomations
	NoScripts
	NoHelpers
	NoTimers
	NoAreas

	Triggered     // {thing}
	ScriptRan     // {thing}
	ScriptRuns    // {thing}
	ScriptBroke   // {thing}
	ScriptUnknown // {thing}

	IsOn        // {thing}
	IsOff       // {thing}
	IsNow       // {thing}, {value}
	Pressed     // {thing}
	IsStill     // {thing}, {value}
	OutOfRange  // {thing}, {min}, {max}
	NoOption    // {thing}, {heard}, {list}
	NoNumber    // {thing}
	NoOptions   // {thing}
	NoSwitch    // {thing}
	TextLength  // {thing}, {min}, {max}
	NotANumber  // {heard}
	Unconfirmed // {thing}
	Unreachable // {thing}

	Announced
	Notified
	NoAnnouncer

	AreaIsOn          // {area}
	AreaIsOff         // {area}
	LightsAreOn       // {area}
	LightsAreOff      // {area}
	NotFollowed       // {list}
	NotReached        // {list}
	NothingIn         // {area}
	NoLightsIn        // {area}
	RoomUnknown       // when nobody has said where the Echo stands
	RoomKept          // {area}
	RoomKeptForNow    // {area}
	RoomIs            // {area}
	RoomGone          //
	RoomNoDevice      //
	RoomNotRemembered // when it cannot be kept

	TimerStarted   // {thing}, {duration}
	TimerCancelled // {thing}
	TimerPaused    // {thing}, {duration}
	TimerResumed   // {thing}, {duration}
	TimerHas       // {thing}, {duration}
	TimerIdle      // {thing}
	TimerIsPaused  // {thing}, {duration}
	NoTimerRuns    //
	BadDuration    //

	// What went wrong, by its kind.
	WentInternal
	WentUnreachable
	WentUnanswered
	WentUnavailable
	WentNotFound
	WentRefused
	WentFailed
	WentUnsupported
	WentNotAllowed
	WentThrottled
	WentMisconfigured
	WentDeadline

	// Why a request was not carried out at all: LEE serves nobody now, the skill is
	// not one that may ask, the request is older than it may be, it makes no sense.
	OutOfService
	NotThisSkill
	TooLate
	NoRequest

	// Parts of phrases, and words that are said to the home for people.
	Yes
	No
	Continue
	And
	Or
	Hour
	Hours
	Minute
	Minutes
	Second
	Seconds

	phrases // how many there are
)

// Language speaks one language. It is safe for concurrent use.
type Language struct {
	tag     string
	words   *[phrases]string
	decimal string
}

var languages = []Language{
	{"en", &english, "."},
	{"de", &german, ","},
	{"fr", &french, ","},
	{"es", &spanish, ","},
	{"it", &italian, ","},
	{"ar", &arabic, "."},
	{"hi", &hindi, "."},
	{"ja", &japanese, "."},
	{"nl", &dutch, ","},
	{"pt", &portuguese, ","},
}

// In returns the language of a locale, "de-DE" or "de"; English when it is one
// that the assistant does not speak.
func In(locale string) Language {
	tag, region, _ := strings.Cut(strings.ToLower(locale), "-")
	for _, l := range languages {
		if l.tag == tag {
			if tag == "es" && (region == "mx" || region == "us") {
				l.decimal = "." // CLDR: in America Spanish writes 21.5
			}
			return l
		}
	}
	return languages[0]
}

// Tag returns the language's tag, "de".
func (l Language) Tag() string { return l.tag }

// Say returns a phrase with what its names stand for: pairs of a name and what it
// stands for.
func (l Language) Say(p Phrase, pairs ...string) string {
	said := l.words[p]
	if said == "" { // a language that people only talk to the home's agent in has few
		said = english[p]
	}
	if len(pairs) == 0 {
		return said
	}
	braced := make([]string, len(pairs))
	for i := range pairs {
		braced[i] = pairs[i]
		if i%2 == 0 {
			braced[i] = "{" + pairs[i] + "}"
		}
	}
	return strings.NewReplacer(braced...).Replace(said)
}

// Package config holds LEE's settings: what there is to set, how each value is
// written, where it may come from and what it is when nobody says.
//
// One table (Variables) describes every setting; reading them, printing them
// (`lee config`, /diagnostics) and documenting them all follow it. The
// environment beats the Parameter Store, which beats the defaults.
//
// A mistake never stops the function: the default is taken in its place, and the
// mistake is reported (Mistakes). FromEnvironment reads what the environment
// alone says; Live is the settings of a running function, which may change.
package config

import (
	"time"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Settings are all settings, as plain values. They print without their secrets.
// Treat them as immutable: what they refer to is shared.
type Settings struct {
	// Tier is how much LEE may use, and how eagerly.
	Tier Tier
	// Mode is what invocations are for.
	Mode Mode
	// LogLevel is the least important level that is logged. Debug being set
	// makes it LevelDebug.
	LogLevel LogLevel
	// Debug turns on what helps to find a fault and costs something.
	Debug bool
	// FunctionMemory is the memory that Lambda gives the function, in bytes.
	FunctionMemory int64
	// OperatorSecret is what HTTP events must bring to be let in where AWS IAM
	// does not guard them. When it is empty, nobody brings it.
	OperatorSecret secret.Text

	// HomeEnabled says whether there is a home to speak to. Unless it was said
	// otherwise, there is one when HomeURL is known.
	HomeEnabled bool
	// HomeURL is the base URL of Home Assistant without a slash at its end, ""
	// when it is not known.
	HomeURL string
	// HomeToken is a long-lived access token. When it is empty the token that
	// comes with each request is used.
	HomeToken secret.Text
	// HomeHeaders are sent with every request, keyed by their canonical names;
	// nil for none.
	HomeHeaders map[string]secret.Text
	// HomeCA holds the authorities to trust besides the system's, in PEM; "" for
	// none.
	HomeCA string
	// HomeClientCert and HomeClientKey are the certificate to show to the home
	// and its key, in PEM: both, and belonging together, or neither.
	HomeClientCert string
	HomeClientKey  secret.Text
	// VerifySSL says whether the home's certificate is checked.
	VerifySSL bool
	// HomeTimeout bounds one request to the home, besides the invocation's
	// deadline.
	HomeTimeout time.Duration

	// Features are what LEE does with the home.
	Features Features
	// AssistantName is what the assistant is called.
	AssistantName string
	// SkillIDs are the custom skills that may talk to the assistant; nil for any.
	SkillIDs []string
	// ConversationAgent is the agent of Home Assistant's that answers; "" for its
	// own.
	ConversationAgent string
	// Rooms are the areas in which Echos stand, by the Echos' ids, or by what the
	// Parameter Store has for a name of theirs (rooms.Key); nil for none.
	Rooms map[string]string
	// Locale is the language and country of what people are told, "en-US".
	Locale string
	// Codes are the codes of locks and alarm panels that want one; nil for none.
	Codes map[home.EntityID]secret.Text
	// VoiceUnlock says whether locks are unlocked by voice, VoiceDisarm whether
	// alarm panels are disarmed. A mistake in either counts as no.
	VoiceUnlock, VoiceDisarm bool
	// Expose says which entities Alexa may know of, Naming and Overrides what they
	// are called.
	Expose    exposure.Filter
	Naming    naming.Style
	Overrides naming.Overrides
	// CacheTTL is how long what the home says of itself is kept.
	CacheTTL time.Duration

	// UseParameterStore says whether settings are looked for in the Parameter
	// Store, below ParameterPrefix (a path with a slash at its start and none at
	// its end).
	UseParameterStore bool
	ParameterPrefix   string

	// LUGSEnabled says whether what is idle is closed, LUGSIdleTimeout for how
	// long it must have been idle.
	LUGSEnabled     bool
	LUGSIdleTimeout time.Duration
	// LUGSMemoryThreshold is from how many bytes in use everything that may be
	// closed is closed at once.
	LUGSMemoryThreshold int64

	version int
}

// Version returns the number of the version of a Live that these settings are, 0 for
// what the environment alone says. What was made of settings with the same number
// need not be made again.
func (s Settings) Version() int { return s.version }

// Level returns the least important level that is logged: LogLevel, or
// LevelDebug where Debug is set.
func (s Settings) Level() LogLevel {
	if s.Debug {
		return LevelDebug
	}
	return s.LogLevel
}

// Package config holds the settings of a running function: those of the home (domain/setting)
// and the engine's own.
//
// One table (Variables) describes every setting; reading them, printing them
// (`lee config`, /diagnostics) and documenting them all follow it. FromEnvironment reads what
// the environment alone says; Live is the settings of a running function, which may change.
package config

import (
	"time"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// Settings are all settings, as plain values. They print without their secrets.
// Treat them as immutable: what they refer to is shared.
type Settings struct {
	setting.Home

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

	// CacheTTL is how long what the home says of itself is kept.
	CacheTTL time.Duration

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

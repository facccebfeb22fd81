package config

import "fmt"

// Mode is what invocations are for (LAMBDA_MODE).
type Mode uint8

// The modes.
const (
	// ModeNormal serves Alexa.
	ModeNormal Mode = iota
	// ModeFailsafe serves Alexa by the failsafe program; the engine is not
	// started.
	ModeFailsafe
	// ModeDiagnostic answers what LEE sees of its surroundings.
	ModeDiagnostic
	// ModeEmergency answers at once and touches nothing.
	ModeEmergency
	// ModeConnectionTest tries the connection to Home Assistant.
	ModeConnectionTest
	// ModeDiscovery lists what Alexa would discover.
	ModeDiscovery
)

var modes = [...]string{
	ModeNormal: "normal", ModeFailsafe: "failsafe", ModeDiagnostic: "diagnostic", ModeEmergency: "emergency",
	ModeConnectionTest: "ha_connection_test", ModeDiscovery: "ha_discovery",
}

// String returns the mode as LAMBDA_MODE has it.
func (m Mode) String() string { return name(modes[:], m) }

// MarshalText returns what String returns; it never fails.
func (m Mode) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// LogLevel is how important a line of the log is.
type LogLevel uint8

// The levels, from the least important.
const (
	LevelDebug LogLevel = iota
	LevelInfo
	LevelWarning
	LevelError
	LevelCritical
)

var logLevels = [...]string{
	LevelDebug: "DEBUG", LevelInfo: "INFO", LevelWarning: "WARNING", LevelError: "ERROR", LevelCritical: "CRITICAL",
}

// String returns the level as LOG_LEVEL has it.
func (l LogLevel) String() string { return name(logLevels[:], l) }

// MarshalText returns what String returns; it never fails.
func (l LogLevel) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// name returns the name of one of a list's values, or its number when the list
// does not have it.
func name[T ~uint8](names []string, v T) string {
	if int(v) < len(names) {
		return names[v]
	}
	return fmt.Sprintf("%T(%d)", v, uint8(v))
}

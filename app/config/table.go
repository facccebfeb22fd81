package config

import (
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/domain/setting"
)

// Variables returns all settings, in the order in which they are read and
// printed. The slice must not be changed.
func Variables() []setting.Variable { return table.Variables }

// table is read into a *Settings.
var table = setting.Table{
	Variables: slices.Concat(before, setting.HomeTable().Variables, after),
	Checks: append([]setting.Check{{
		Variables: []string{"LUGS_MEMORY_THRESHOLD"},
		Problem: func(t setting.Target) string {
			if of(t).LUGSMemoryThreshold > of(t).FunctionMemory {
				return "is more than the function's memory"
			}
			return ""
		},
	}}, setting.HomeTable().Checks...),
}

// of returns the settings that the table is read into.
func of(t setting.Target) *Settings { return t.(*Settings) } //nolint:errcheck // the table is read into nothing else

// before are the settings of the engine that come before those of the home.
var before = []setting.Variable{
	{
		Name: "CONFIGURATION_TIER", Default: "standard",
		Doc:  "How much memory LEE may use, and how eagerly.",
		Kind: oneOf[Tier](tiers[:]), At: func(t setting.Target) any { return &of(t).Tier },
	}, {
		Name: "LAMBDA_MODE", Default: "normal",
		Doc:  "What invocations are for.",
		Kind: oneOf[Mode](modes[:]), At: func(t setting.Target) any { return &of(t).Mode },
	}, {
		Name: "LOG_LEVEL", Path: "log_level", Default: "INFO",
		Doc:  "The least important level that is logged.",
		Kind: oneOf[LogLevel](logLevels[:]), At: func(t setting.Target) any { return &of(t).LogLevel },
	}, {
		Name: "DEBUG_MODE", Path: "debug_mode", Default: "false",
		Doc:  "Logs at level DEBUG, whatever LOG_LEVEL says.",
		Kind: &setting.Boolean, At: func(t setting.Target) any { return &of(t).Debug },
	}, {
		Name: "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Default: "128",
		Doc:  "The function's memory; Lambda sets it.",
		Kind: megabytes(1, 32768), At: func(t setting.Target) any { return &of(t).FunctionMemory },
	}, {
		Name: "OPERATOR_SECRET", Path: "operator_secret", Secret: true,
		Doc:  "What HTTP requests to /diagnostics and /webhook must bring where AWS IAM does not guard them.",
		Kind: &sharedSecret, At: func(t setting.Target) any { return &of(t).OperatorSecret },
	},
}

// after are those that come after them.
var after = []setting.Variable{
	{
		Name: "HA_CACHE_TTL", DefaultRule: "60, 120 or 300 by tier",
		Doc:  "How long what the home says of itself and what a discovery found is kept.",
		Kind: setting.Seconds(0, 24*time.Hour), At: func(t setting.Target) any { return &of(t).CacheTTL },
		Derive: func(t setting.Target) string { return setting.ShowSeconds(of(t).Tier.Limits().CacheTTL) },
	}, {
		Name: "LUGS_ENABLED", Default: "true",
		Doc:  "Closes what is idle and gives its memory back.",
		Kind: &setting.Boolean, At: func(t setting.Target) any { return &of(t).LUGSEnabled },
	}, {
		Name: "LUGS_IDLE_TIMEOUT", DefaultRule: "20, 30 or 45 by tier",
		Doc:  "How long something must have been idle before it is closed.",
		Kind: setting.Seconds(0, 24*time.Hour), At: func(t setting.Target) any { return &of(t).LUGSIdleTimeout },
		Derive: func(t setting.Target) string { return setting.ShowSeconds(of(t).Tier.Limits().Grace) },
	}, {
		Name: "LUGS_MEMORY_THRESHOLD", DefaultRule: "85 % of the function's memory",
		Doc:  "From how much memory in use everything that may be closed is closed at once.",
		Kind: megabytes(1, 32768), At: func(t setting.Target) any { return &of(t).LUGSMemoryThreshold },
		Derive: func(t setting.Target) string { return showMegabytes(max(of(t).FunctionMemory*85/100, mebibyte)) },
	},
}

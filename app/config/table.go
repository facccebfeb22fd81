package config

import (
	"fmt"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Variable is one setting: a row of the table that reading, printing and
// documenting follow.
type Variable struct {
	// Name is the environment variable's name, Aliases are other spellings of it.
	Name    string
	Aliases []string
	// Path is the parameter's name below the prefix, "" for what the Parameter
	// Store cannot say.
	Path string
	// Default is what is taken when nobody says, as it would be written; "" for
	// nothing. Where DefaultRule is set, it says in words what Default depends
	// on, and Default is empty.
	Default     string
	DefaultRule string
	// WhenWrong is what is taken where a value is a mistake, "" for the default.
	WhenWrong string
	// Secret says that the value must not be seen.
	Secret bool
	// File says that the environment may name a file that holds the value.
	File bool
	// List says that the Parameter Store may hold the value as a StringList.
	List bool
	// Doc says what the setting is for, in one sentence.
	Doc string

	field field
	// below takes what the parameter of that name below Path says; nil where there
	// are none below it.
	below func(s *Settings, name, text string)
	// derive returns the default where DefaultRule is set, from the settings that
	// come before it in the table.
	derive func(*Settings) string
}

// Allowed says in words what the value may be.
func (v Variable) Allowed() string { return v.field.allowed() }

// Check says what is wrong with a value, to go after the variable's name, and what
// is allowed; nil for nothing. The error does not hold the value.
func (v Variable) Check(text string) error {
	var s Settings
	if err := v.field.set(&s, strings.TrimSpace(text)); err != nil {
		return fmt.Errorf("%w; allowed: %s", err, v.Allowed())
	}
	return nil
}

// takes says whether the row is read from the parameter of that path, or from what
// is below its own.
func (v Variable) takes(path string) bool {
	return v.Path != "" && (v.Path == path || v.below != nil && strings.HasPrefix(path, v.Path+"/"))
}

// fallback returns the default as it would be written.
func (v Variable) fallback(s *Settings) string {
	if v.derive != nil {
		return v.derive(s)
	}
	return v.Default
}

// Variables returns all settings, in the order in which they are read and
// printed. The slice must not be changed.
func Variables() []Variable { return table }

// longest bounds every time that can be set: Lambda ends an invocation after it.
const longest = 15 * time.Minute

var table = []Variable{
	{
		Name: "CONFIGURATION_TIER", Default: "standard",
		Doc:   "How much memory LEE may use, and how eagerly.",
		field: in(oneOf[Tier](tiers[:]), func(s *Settings) *Tier { return &s.Tier }),
	}, {
		Name: "LAMBDA_MODE", Default: "normal",
		Doc:   "What invocations are for.",
		field: in(oneOf[Mode](modes[:]), func(s *Settings) *Mode { return &s.Mode }),
	}, {
		Name: "LOG_LEVEL", Path: "log_level", Default: "INFO",
		Doc:   "The least important level that is logged.",
		field: in(oneOf[LogLevel](logLevels[:]), func(s *Settings) *LogLevel { return &s.LogLevel }),
	}, {
		Name: "DEBUG_MODE", Path: "debug_mode", Default: "false",
		Doc:   "Logs at level DEBUG, whatever LOG_LEVEL says.",
		field: in(boolean, func(s *Settings) *bool { return &s.Debug }),
	}, {
		Name: "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Default: "128",
		Doc:   "The function's memory; Lambda sets it.",
		field: in(megabytes(1, 32768), func(s *Settings) *int64 { return &s.FunctionMemory }),
	}, {
		Name: "OPERATOR_SECRET", Path: "operator_secret", Secret: true,
		Doc:   "What HTTP requests to /diagnostics and /webhook must bring where AWS IAM does not guard them.",
		field: in(sharedSecret, func(s *Settings) *secret.Text { return &s.OperatorSecret }),
	}, {
		Name: "USE_PARAMETER_STORE", Default: "false",
		Doc:   "Looks for what the environment does not say in AWS's Parameter Store.",
		field: in(boolean, func(s *Settings) *bool { return &s.UseParameterStore }),
	}, {
		Name: "PARAMETER_PREFIX", Default: "/lambda-execution-engine",
		Doc:   "The path in the Parameter Store below which the parameters are.",
		field: in(parameterPath, func(s *Settings) *string { return &s.ParameterPrefix }),
	}, {
		Name: "HOME_ASSISTANT_URL", Path: "homeassistant/url",
		Doc:   "The base URL of Home Assistant.",
		field: in(homeURL, func(s *Settings) *string { return &s.HomeURL }),
	}, {
		Name: "HOME_ASSISTANT_ENABLED", Path: "homeassistant/enabled", DefaultRule: "true when a URL is known",
		Doc:    "Whether there is a home to speak to.",
		field:  in(boolean, func(s *Settings) *bool { return &s.HomeEnabled }),
		derive: func(s *Settings) string { return boolean.show(s.HomeURL != "") },
	}, {
		Name: "HOME_ASSISTANT_TOKEN", Path: "homeassistant/token", Secret: true,
		Doc:   "A long-lived access token; without one the token that Alexa sends is used.",
		field: in(token, func(s *Settings) *secret.Text { return &s.HomeToken }),
	}, {
		Name: "HOME_ASSISTANT_HEADERS", Path: "homeassistant/headers", Secret: true, File: true,
		Doc:   "Headers to send along, for what stands in front of Home Assistant.",
		field: in(headers, func(s *Settings) *map[string]secret.Text { return &s.HomeHeaders }),
	}, {
		Name: "HOME_ASSISTANT_CA", Path: "homeassistant/ca", File: true,
		Doc:   "Authorities to trust besides the system's.",
		field: in(certificates, func(s *Settings) *string { return &s.HomeCA }),
	}, {
		Name: "HOME_ASSISTANT_CLIENT_CERT", Path: "homeassistant/client_cert", File: true,
		Doc:   "The certificate to show to the home.",
		field: in(certificates, func(s *Settings) *string { return &s.HomeClientCert }),
	}, {
		Name: "HOME_ASSISTANT_CLIENT_KEY", Aliases: []string{"HOME_ASSISTANT_CLIENT_CERT_KEY"},
		Path: "homeassistant/client_key", Secret: true, File: true,
		Doc:   "The key of that certificate.",
		field: in(privateKey, func(s *Settings) *secret.Text { return &s.HomeClientKey }),
	}, {
		Name: "HOME_ASSISTANT_VERIFY_SSL", Aliases: []string{"HA_VERIFY_SSL"}, Path: "homeassistant/verify_ssl", Default: "true",
		Doc:   "Whether the home's certificate is checked.",
		field: in(boolean, func(s *Settings) *bool { return &s.VerifySSL }),
	}, {
		Name: "HOME_ASSISTANT_TIMEOUT", Aliases: []string{"HA_TIMEOUT"}, Path: "homeassistant/timeout", Default: "30",
		Doc:   "How long a request to the home may take; always cut to the invocation's deadline.",
		field: in(seconds(time.Second, longest), func(s *Settings) *time.Duration { return &s.HomeTimeout }),
	}, {
		Name: "HA_FEATURES", Aliases: []string{"HA_FEATURE_PRESET"}, Path: "homeassistant/features", Default: "full", List: true,
		Doc:   "What LEE does with the home. The feature websocket has no effect yet.",
		field: in(featureSet, func(s *Settings) *Features { return &s.Features }),
	}, {
		Name: "HA_ASSISTANT_NAME", Path: "homeassistant/assistant_name", Default: "Home Assistant",
		Doc:   "What the assistant is called.",
		field: in(spoken, func(s *Settings) *string { return &s.AssistantName }),
	}, {
		Name: "HA_SKILL_IDS", Path: "homeassistant/skill_ids", List: true,
		Doc:   "The custom skills that may talk to the assistant; unset, any that AWS lets call the function.",
		field: in(skillIDs, func(s *Settings) *[]string { return &s.SkillIDs }),
	}, {
		Name: "HA_CONVERSATION_AGENT", Path: "homeassistant/conversation_agent",
		Doc:   "Which of Home Assistant's conversation agents answers; unset, its own.",
		field: in(agentID, func(s *Settings) *string { return &s.ConversationAgent }),
	}, {
		Name: "HA_ROOMS", Path: "homeassistant/rooms", File: true, List: true,
		Doc: "In which room each Echo stands. What somebody has told the assistant is kept in parameters below " +
			"this one, one for each Echo, and comes after what is said here.",
		field: in(rooms, func(s *Settings) *map[string]string { return &s.Rooms }),
		below: addRoom,
	}, {
		Name: "HA_LOCALE", Path: "homeassistant/locale", Default: "en-US",
		Doc:   "The language and country of what people are told.",
		field: in(locale, func(s *Settings) *string { return &s.Locale }),
	}, {
		Name: "HA_EXPOSE", Path: "homeassistant/expose", WhenWrong: "none", File: true, List: true,
		Doc:   "Which entities Alexa may know of; unset, those that are not hidden, diagnostic or settings.",
		field: in(filter, func(s *Settings) *exposure.Filter { return &s.Expose }),
	}, {
		Name: "HA_NAMES", Path: "homeassistant/names", List: true,
		Doc:   "How entities are named beyond what Home Assistant calls them.",
		field: in(namingStyle, func(s *Settings) *naming.Style { return &s.Naming }),
	}, {
		Name: "HA_OVERRIDES", Path: "homeassistant/overrides", File: true,
		Doc:   "Names, descriptions and categories of single entities.",
		field: in(overrides, func(s *Settings) *naming.Overrides { return &s.Overrides }),
	}, {
		Name: "HA_CODES", Path: "homeassistant/codes", Secret: true, File: true,
		Doc:   "The codes of locks, and of alarm panels that want one to be armed, or to be disarmed without a PIN.",
		field: in(codes, func(s *Settings) *map[home.EntityID]secret.Text { return &s.Codes }),
	}, {
		Name: "HA_VOICE_UNLOCK", Path: "homeassistant/voice_unlock", Default: "true", WhenWrong: "false",
		Doc:   "Whether locks are unlocked by voice. Alexa itself asks for a PIN besides, and has a switch for it.",
		field: in(boolean, func(s *Settings) *bool { return &s.VoiceUnlock }),
	}, {
		Name: "HA_VOICE_DISARM", Path: "homeassistant/voice_disarm", Default: "true", WhenWrong: "false",
		Doc:   "Whether alarm panels are disarmed by voice.",
		field: in(boolean, func(s *Settings) *bool { return &s.VoiceDisarm }),
	}, {
		Name: "HA_CACHE_TTL", DefaultRule: "60, 120 or 300 by tier",
		Doc:    "How long what the home says of itself and what a discovery found is kept.",
		field:  in(seconds(0, 24*time.Hour), func(s *Settings) *time.Duration { return &s.CacheTTL }),
		derive: func(s *Settings) string { return showSeconds(s.Tier.Limits().CacheTTL) },
	}, {
		Name: "LUGS_ENABLED", Default: "true",
		Doc:   "Closes what is idle and gives its memory back.",
		field: in(boolean, func(s *Settings) *bool { return &s.LUGSEnabled }),
	}, {
		Name: "LUGS_IDLE_TIMEOUT", DefaultRule: "20, 30 or 45 by tier",
		Doc:    "How long something must have been idle before it is closed.",
		field:  in(seconds(0, 24*time.Hour), func(s *Settings) *time.Duration { return &s.LUGSIdleTimeout }),
		derive: func(s *Settings) string { return showSeconds(s.Tier.Limits().Grace) },
	}, {
		Name: "LUGS_MEMORY_THRESHOLD", DefaultRule: "85 % of the function's memory",
		Doc:    "From how much memory in use everything that may be closed is closed at once.",
		field:  in(megabytes(1, 32768), func(s *Settings) *int64 { return &s.LUGSMemoryThreshold }),
		derive: func(s *Settings) string { return showMegabytes(max(s.FunctionMemory*85/100, mebibyte)) },
	},
}

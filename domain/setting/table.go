package setting

import (
	"strconv"
	"time"
)

// HomeTable returns the table of the settings of the home. It reads into a *Home, and as a
// part of a larger table into what embeds Home.
func HomeTable() Table { return Table{table, homeChecks} }

// maxTimeout bounds HOME_ASSISTANT_TIMEOUT: Lambda ends an invocation after it.
const maxTimeout = 15 * time.Minute

var timeout = Seconds(time.Second, maxTimeout)

var table = []Variable{
	{
		Name: "USE_PARAMETER_STORE", Default: "false",
		Doc:  "Looks for what the environment does not say in AWS's Parameter Store.",
		Kind: &Boolean, At: func(t Target) any { return &t.home().UseParameterStore },
	}, {
		Name: "PARAMETER_PREFIX", Default: "/lambda-execution-engine",
		Doc:  "The path in the Parameter Store below which the parameters are.",
		Kind: &parameterPath, At: func(t Target) any { return &t.home().ParameterPrefix },
	}, {
		Name: "HOME_ASSISTANT_URL", Path: "homeassistant/url",
		Doc:  "The base URL of Home Assistant.",
		Kind: &homeURL, At: func(t Target) any { return &t.home().Access.URL },
	}, {
		Name: "HOME_ASSISTANT_ENABLED", Path: "homeassistant/enabled", DefaultRule: "true when a URL is known",
		Doc:  "Whether there is a home to speak to.",
		Kind: &Boolean, At: func(t Target) any { return &t.home().HomeEnabled },
		Derive: func(t Target) string { return strconv.FormatBool(t.home().Access.URL != "") },
	}, {
		Name: "HOME_ASSISTANT_TOKEN", Path: "homeassistant/token", Secret: true,
		Doc:  "A long-lived access token; without one the token that Alexa sends is used.",
		Kind: &token, At: func(t Target) any { return &t.home().Access.Token },
	}, {
		Name: "HOME_ASSISTANT_HEADERS", Path: "homeassistant/headers", Secret: true, File: true,
		Doc:  "Headers to send along, for what stands in front of Home Assistant.",
		Kind: &headers, At: func(t Target) any { return &t.home().Access.Headers },
	}, {
		Name: "HOME_ASSISTANT_CA", Path: "homeassistant/ca", File: true,
		Doc:  "Authorities to trust besides the system's.",
		Kind: &certificates, At: func(t Target) any { return &t.home().Access.CA },
	}, {
		Name: "HOME_ASSISTANT_CLIENT_CERT", Path: "homeassistant/client_cert", File: true,
		Doc:  "The certificate to show to the home.",
		Kind: &certificates, At: func(t Target) any { return &t.home().Access.ClientCert },
	}, {
		Name: "HOME_ASSISTANT_CLIENT_KEY", Aliases: []string{"HOME_ASSISTANT_CLIENT_CERT_KEY"},
		Path: "homeassistant/client_key", Secret: true, File: true,
		Doc:  "The key of that certificate.",
		Kind: &privateKey, At: func(t Target) any { return &t.home().Access.ClientKey },
	}, {
		Name: "HOME_ASSISTANT_VERIFY_SSL", Aliases: []string{"HA_VERIFY_SSL"}, Path: "homeassistant/verify_ssl", Default: "true",
		Doc:  "Whether the home's certificate is checked.",
		Kind: &negated, At: func(t Target) any { return &t.home().Access.Unverified },
	}, {
		Name: "HOME_ASSISTANT_TIMEOUT", Aliases: []string{"HA_TIMEOUT"}, Path: "homeassistant/timeout", Default: "30",
		Doc:  "How long a request to the home may take; always cut to the invocation's deadline.",
		Kind: timeout, At: func(t Target) any { return &t.home().Access.Timeout },
	}, {
		Name: "HA_FEATURES", Aliases: []string{"HA_FEATURE_PRESET"}, Path: "homeassistant/features", Default: "full", List: true,
		Doc:  "What LEE does with the home. The feature websocket has no effect yet.",
		Kind: &featureSet, At: func(t Target) any { return &t.home().Features },
	}, {
		Name: "HA_ASSISTANT_NAME", Path: "homeassistant/assistant_name", Default: "Home Assistant",
		Doc:  "What the assistant is called.",
		Kind: &spoken, At: func(t Target) any { return &t.home().AssistantName },
	}, {
		Name: "HA_SKILL_IDS", Path: "homeassistant/skill_ids", List: true,
		Doc:  "The custom skills that may talk to the assistant; unset, any that AWS lets call the function.",
		Kind: &skillIDs, At: func(t Target) any { return &t.home().SkillIDs },
	}, {
		Name: "HA_CONVERSATION_AGENT", Path: "homeassistant/conversation_agent",
		Doc:  "Which of Home Assistant's conversation agents answers; unset, its own.",
		Kind: &agentID, At: func(t Target) any { return &t.home().ConversationAgent },
	}, {
		Name: "HA_ROOMS", Path: "homeassistant/rooms", File: true, List: true,
		Doc: "In which room each Echo stands. What somebody has told the assistant is kept in parameters below " +
			"this one, one for each Echo, and comes after what is said here.",
		Kind: &rooms, At: func(t Target) any { return &t.home().Rooms },
		Below: addRoom,
	}, {
		Name: "HA_LOCALE", Path: "homeassistant/locale", Default: "en-US",
		Doc:  "The language and country of what people are told.",
		Kind: &locale, At: func(t Target) any { return &t.home().Terms.House.Locale },
	}, {
		Name: "HA_EXPOSE", Path: "homeassistant/expose", WhenWrong: "none", File: true, List: true,
		Doc:  "Which entities Alexa may know of; unset, those that are not hidden, diagnostic or settings.",
		Kind: &filter, At: func(t Target) any { return &t.home().Terms.Filter },
	}, {
		Name: "HA_NAMES", Path: "homeassistant/names", List: true,
		Doc:  "How entities are named beyond what Home Assistant calls them.",
		Kind: &namingStyle, At: func(t Target) any { return &t.home().Terms.Names.Style },
	}, {
		Name: "HA_OVERRIDES", Path: "homeassistant/overrides", File: true,
		Doc:  "Names, descriptions and categories of single entities.",
		Kind: &overrides, At: func(t Target) any { return &t.home().Terms.Names.Overrides },
	}, {
		Name: "HA_CODES", Path: "homeassistant/codes", Secret: true, File: true,
		Doc:  "The codes of locks, and of alarm panels that want one to be armed, or to be disarmed without a PIN.",
		Kind: &codes, At: func(t Target) any { return &t.home().Terms.House.Codes },
	}, {
		Name: "HA_VOICE_UNLOCK", Path: "homeassistant/voice_unlock", Default: "true", WhenWrong: "false",
		Doc:  "Whether locks are unlocked by voice. Alexa itself asks for a PIN besides, and has a switch for it.",
		Kind: &negated, At: func(t Target) any { return &t.home().Terms.House.NoUnlock },
	}, {
		Name: "HA_VOICE_DISARM", Path: "homeassistant/voice_disarm", Default: "true", WhenWrong: "false",
		Doc:  "Whether alarm panels are disarmed by voice.",
		Kind: &negated, At: func(t Target) any { return &t.home().Terms.House.NoDisarm },
	},
}

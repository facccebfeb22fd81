package checkup

import "slices"

// Rows returns all findings that there are, in the order in which they are told.
func Rows() []Row {
	return slices.Concat(functionRows, settingsRows, networkRows, encryptionRows, homeRows, alexaRows, speedRows)
}

// row returns the row of an id. TestTable finds every id that is said in it.
func row(id string) Row {
	for _, rows := range [...][]Row{functionRows, settingsRows, networkRows, encryptionRows, homeRows, alexaRows, speedRows} {
		for _, r := range rows {
			if r.ID == id {
				return r
			}
		}
	}
	return Row{ID: id, Severity: Error, Sentence: "LEE has no words for " + id + "."}
}

// functionRows are of asking a function that is deployed.
var functionRows = []Row{
	{"function.fine", OfFunction, Fine, "The function {function} answered, {took} after it was asked.", ""},
	{"function.unasked", OfFunction, Error,
		"The function cannot be asked from here: {problem}.",
		"Sign in to AWS, and say in which region the function is."},
	{"function.unknown", OfFunction, Error,
		"There is no function {function} in {region}.",
		"Name it as `lee deploy` did (lee), or by its ARN, and say its region with --region."},
	{"function.forbidden", OfFunction, Error,
		"AWS does not let you invoke {function}: {problem}.",
		"Sign in as somebody who may: the right is lambda:InvokeFunction."},
	{"function.away", OfFunction, Error,
		"AWS Lambda cannot be reached from here, or cannot run the function: {problem}.",
		"Try again; if it stays so, look at the function's state in AWS's console."},
	{"function.failed", OfFunction, Error,
		"{function} failed when it was asked: {problem}.",
		"Look at its log, /aws/lambda/{function} in CloudWatch. `lee deploy --set Mode=failsafe` has the failsafe answer Alexa meanwhile."},
	{"function.failsafe", OfFunction, Warning,
		"The failsafe answers instead of LEE: {problem}.",
		"Where it was chosen, `lee deploy --set Mode=normal` when the reason is gone. Where it was not, LEE could not start or broke: the function's log says more."},
	{"function.old", OfFunction, Error,
		"What is deployed as {function} does not know how to check itself up.",
		"Deploy this version: `make package`, `lee deploy`."},
}

// settingsRows are of what somebody has set.
var settingsRows = []Row{
	{"settings.fine", OfSettings, Fine, "LEE takes what is given: {count}.", ""},
	{"settings.refused", OfSettings, Error,
		"{setting} {problem}.",
		"Allowed is {allowed}."},
	{"settings.wrong", OfSettings, Warning,
		"{setting} {problem}, so LEE takes {taken} instead.",
		"Allowed is {allowed}."},
	{"settings.unknown", OfSettings, Warning,
		"LEE knows no setting {names}.",
		"It may be misspelt: `lee config` lists all settings."},
	{"settings.url", OfSettings, Error,
		"LEE does not know where Home Assistant is: HOME_ASSISTANT_URL is not set.",
		"If the URL is in the Parameter Store, name the region of your function: `lee doctor --region eu-west-1` reads it there. If it is not, `lee parameters set` keeps it there."},
	{"settings.url.function", OfSettings, Error,
		"The function does not know where Home Assistant is: HOME_ASSISTANT_URL is not set, and USE_PARAMETER_STORE is not true.",
		"`lee parameters set` keeps the URL in the Parameter Store. Make USE_PARAMETER_STORE true in the function's environment, as `lee deploy` does."},
	{"settings.url.store", OfSettings, Error,
		"LEE does not know where Home Assistant is: HOME_ASSISTANT_URL is not set, and it is not in the Parameter Store.",
		"`lee parameters set HOME_ASSISTANT_URL` keeps it there."},
	{"settings.off", OfSettings, Error,
		"HOME_ASSISTANT_ENABLED is false, so LEE speaks to no home.",
		"Make it true, or remove it."},
	{"settings.mode", OfSettings, Warning,
		"LAMBDA_MODE is {mode}, so Alexa is not served as usual.",
		"Deploy with --set Mode=normal."},
	{"settings.assistant", OfSettings, Warning,
		"Amazon has something against HA_ASSISTANT_NAME: {problem}.",
		"Choose another name, {proposal}, say."},
	{"settings.store", OfSettings, Fine, "The Parameter Store can be read; {count} come from {prefix}.", ""},
	{"settings.store.unread", OfSettings, Error,
		"The Parameter Store cannot be read below {prefix}: {problem}",
		"The function's role needs ssm:GetParametersByPath on that path, and kms:Decrypt; `lee deploy` gives it both. From here, see to it that you are signed in to AWS, in the right region."},
	{"settings.store.empty", OfSettings, Error,
		"The Parameter Store has nothing for LEE below {prefix}.",
		"`lee parameters set` keeps the URL and the token there. Region and path must be those of the function: --region, and --prefix or PARAMETER_PREFIX."},
	{"settings.store.unknown", OfSettings, Warning,
		"The Parameter Store has what LEE does not know: {names}.",
		"It may be misspelt: docs/configuration.md lists the paths."},
	{"settings.store.clear", OfSettings, Warning,
		"A secret is kept in the clear: {names}.",
		"`lee parameters set` keeps it as a SecureString."},
	{"settings.token.none", OfSettings, Note,
		"LEE has no token of its own, and acts with the one that Alexa sends. What that one may do cannot be seen here.",
		"That is right where accounts are linked by Home Assistant. Else make a long-lived access token and keep it: `lee parameters set HOME_ASSISTANT_TOKEN`."},
	{"settings.token.odd", OfSettings, Warning,
		"The token does not look like one of Home Assistant's: these are three parts with dots between.",
		"Copy it again and whole (Home Assistant: your profile → Security → Long-lived access tokens)."},
	{"settings.token.expired", OfSettings, Error,
		"The token ended on {date}.",
		"Make a new one (Home Assistant: your profile → Security → Long-lived access tokens) and keep it: `lee parameters set HOME_ASSISTANT_TOKEN`."},
	{"settings.token.ending", OfSettings, Warning,
		"The token ends on {date}.",
		"Make a new one in time, and keep it: `lee parameters set HOME_ASSISTANT_TOKEN`."},
}

// alexaRows are of what Alexa gets.
var alexaRows = []Row{
	{"alexa.devices", OfAlexa, Fine, "She gets {count}, of {all}.", ""},
	{"alexa.off", OfAlexa, Error,
		"HA_FEATURES (or HA_FEATURE_PRESET) leaves out the feature alexa, the Smart Home, so Alexa gets nothing.",
		"Add alexa to the setting's list, or remove the setting."},
	{"alexa.unread", OfAlexa, Error,
		"The entities cannot be read: {problem}",
		"See what was found above. Where that is nothing, Home Assistant's log may tell."},
	{"alexa.none", OfAlexa, Error,
		"She gets no device of {all}.",
		"`lee discover --explain` says of each why. Most often HA_EXPOSE leaves them out."},
	{"alexa.many", OfAlexa, Warning,
		"{count} are left out, since Alexa takes 300 devices.",
		"Say by HA_EXPOSE which are wanted; what it names comes first."},
	{"alexa.names", OfAlexa, Warning,
		"She cannot tell apart what has the same name: {names}.",
		"Give them names of their own in Home Assistant, or by HA_OVERRIDES."},
	{"alexa.rules", OfAlexa, Warning,
		"HA_EXPOSE has rules about no entity of this home: {names}.",
		"They may be misspelt: `lee discover` lists what there is."},
	{"alexa.undecided", OfAlexa, Warning,
		"{count} are left out, since HA_EXPOSE asks for what Home Assistant does not tell.",
		"Of exposed entities it tells administrators alone: make the token as one, or write rules by area or label."},
	{"alexa.user", OfAlexa, Note,
		"The token's user is no administrator, or the home is older than its page “Expose”: who is exposed is not told.",
		"That does no harm: HA_EXPOSE has no rule about it."},
	{"alexa.websocket", OfAlexa, Note,
		"WebSocket is blocked on the way, so that aliases and exposed entities are not known.",
		"Have the proxy let WebSocket pass (the headers Upgrade and Connection)."},
	{"alexa.registries", OfAlexa, Warning,
		"Home Assistant does not tell areas, labels and hidden entities, so locks, alarms, doors, garage doors and gates are left out.",
		"Have the proxy let WebSocket pass, or make the token as an administrator. What HA_EXPOSE names is let in all the same."},
	{"alexa.broken", OfAlexa, Warning,
		"LEE failed on {names}, and leaves these out.",
		"Please report it, with what `lee discover` says of them."},
	{"alexa.events", OfAlexa, Note,
		"LEE sends Alexa no events: Alexa learns of a change in the home when it next asks.",
		"Leave “Send Alexa Events” off among the skill's permissions in Amazon's console. Where it is on, accounts can be linked all the same, and it has no effect: no routine starts by what a sensor reports."},
	{"alexa.region", OfAlexa, Fine, "The function is in {region}, where Alexa calls from.", ""},
	{"alexa.region.none", OfAlexa, Error,
		"The function is in {region}, and Alexa calls functions in us-east-1, eu-west-1 and us-west-2 alone.",
		"Deploy it in the one for where you speak to Alexa: America, Europe and India, Japan and Australia."},
	{"alexa.region.other", OfAlexa, Warning,
		"HA_LOCALE is {locale}, for which Alexa calls a function in {should}; this one is in {region}.",
		"Deploy it in {should} as well, or correct HA_LOCALE."},
}

// speedRows are of how long it takes.
var speedRows = []Row{
	{"speed.answers", OfSpeed, Fine, "{count} took {p50} (p50) to {p95} (p95).", ""},
	{"speed.slow", OfSpeed, Warning,
		"{count} took {p50} (p50) to {p95} (p95): people notice.",
		"See what takes the time: a proxy, the line, a machine that is too small. Try it at another hour too."},
	{"speed.connection", OfSpeed, Warning,
		"The connection is closed after each answer, so that every command has to open it again.",
		"Turn keep-alive on in the proxy."},
	{"speed.budget", OfSpeed, Fine, "A first command takes about {sum} of the 8 s that Alexa waits.", ""},
	{"speed.budget.tight", OfSpeed, Warning,
		"A first command takes about {sum} of the 8 s that Alexa waits: {parts}.",
		"Make the slowest part faster. KeepWarm spares the start: `lee deploy --set KeepWarm='rate(5 minutes)'`."},
	{"speed.budget.over", OfSpeed, Error,
		"A first command takes about {sum}, and Alexa waits for 8 s: {parts}.",
		"Make the slowest part faster. KeepWarm spares the start: `lee deploy --set KeepWarm='rate(5 minutes)'`."},
}

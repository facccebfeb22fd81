package checkup_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/checkup"
)

var now = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

// well are the facts of a home with which all is well.
func well() checkup.Facts {
	return checkup.Facts{
		From: checkup.Function, Now: now,
		Settings: checkup.Settings{
			URL: "https://home.example.org", Given: 3, Mode: "normal", Locale: "en-GB", Region: "eu-west-1",
			Store: &checkup.Store{Prefix: "/lee", Taken: 2}, Token: checkup.Token{Given: true, Expires: now.AddDate(9, 0, 0)},
		},
		Way: &checkup.Way{
			Host: "home.example.org", Port: "443", Secure: true, NameTook: 5 * time.Millisecond,
			Addresses:   []checkup.Address{{Text: "203.0.113.7", Took: 20 * time.Millisecond}},
			Certificate: checkup.Certificate{Names: []string{"home.example.org"}, Issuer: "Let's Encrypt", Until: now.AddDate(0, 2, 0), Took: 45 * time.Millisecond},
			Who:         checkup.Home, Status: 200, Version: "2026.11.0", Clocked: true,
			Times: slices.Repeat([]time.Duration{30 * time.Millisecond}, 10), Reused: 10,
		},
		Offer: &checkup.Offer{Entities: 146, Endpoints: 92},
	}
}

// told writes findings, "mark id: sentence" by line.
func told(r checkup.Report) string {
	var b strings.Builder
	for _, f := range r.Findings {
		b.WriteString(f.Severity.String() + " " + f.ID + ": " + f.Sentence + "\n")
	}
	return b.String()
}

func TestWell(t *testing.T) {
	r := checkup.Examine(well())
	want := `fine settings.fine: LEE takes what is given: 3 settings.
fine settings.store: The Parameter Store can be read; 2 settings come from /lee.
fine network.name: home.example.org is 203.0.113.7.
fine network.connection: 203.0.113.7 takes connections on port 443, within 20 ms.
fine encryption.certificate: The certificate by Let's Encrypt is for home.example.org, and good until 2027-01-23.
fine home.answer: Home Assistant answers at https://home.example.org.
fine home.version: It is Home Assistant 2026.11.0.
fine home.clock: Its clock and ours are alike.
fine alexa.devices: She gets 92 devices, of 146 entities.
note alexa.events: LEE sends Alexa no events: Alexa learns of a change in the home when it next asks.
fine alexa.region: The function is in eu-west-1, where Alexa calls from.
fine speed.answers: 10 answers took 30 ms (p50) to 30 ms (p95).
fine speed.budget: A first command takes about 1.1 s of the 8 s that Alexa waits.
`
	if got := told(r); got != want || r.Verdict != checkup.Note || r.Verdict.ExitCode() != 0 {
		t.Errorf("%s, and found\n%s", r.Verdict, got)
	}
}

// TestCases has one thing be wrong at a time.
func TestCases(t *testing.T) {
	type facts = checkup.Facts
	for _, c := range []struct {
		change func(*facts)
		want   string
	}{
		{func(f *facts) {
			f.Settings.Mistakes = []checkup.Mistake{{Setting: `HA_TIMEOUT ("soon")`, Problem: "is not a number", Allowed: "seconds from 1 to 900", Taken: "30"}}
		}, `warning settings.wrong: HA_TIMEOUT ("soon") is not a number, so LEE takes 30 instead.`},
		{func(f *facts) {
			f.Settings.URL = ""
			f.Settings.Mistakes = []checkup.Mistake{{Setting: "HOME_ASSISTANT_URL", Problem: "is no URL", Allowed: "a URL", Grave: true}}
		}, "error settings.refused: HOME_ASSISTANT_URL is no URL."},
		{func(f *facts) {
			f.Settings.Unknown = []string{"HA_TIMEUOT", "HA_B", "HA_C", "HA_D", "HA_E", "HA_F", "HA_G"}
		}, "warning settings.unknown: LEE knows no setting HA_TIMEUOT, HA_B, HA_C, HA_D, HA_E and 2 more."},
		{func(f *facts) { f.Settings.URL, f.Settings.Store, f.Way, f.From = "", nil, nil, checkup.Here }, "error settings.url: LEE does not know where Home Assistant is: HOME_ASSISTANT_URL is not set."},
		{func(f *facts) { f.Settings.URL, f.Settings.Store, f.Way = "", nil, nil }, "error settings.url.function: The function does not know where Home Assistant is: HOME_ASSISTANT_URL is not set, and USE_PARAMETER_STORE is not true."},
		{func(f *facts) { f.Settings.URL, f.Way = "", nil }, "error settings.url.store: LEE does not know where Home Assistant is: HOME_ASSISTANT_URL is not set, and it is not in the Parameter Store."},
		{func(f *facts) { f.Settings.Disabled, f.Way = true, nil }, "error settings.off: HOME_ASSISTANT_ENABLED is false, so LEE speaks to no home."},
		{func(f *facts) { f.Settings.Mode = "diagnostic" }, "warning settings.mode: LAMBDA_MODE is diagnostic, so Alexa is not served as usual."},
		{func(f *facts) { f.Settings.NameProblem = `"alexa" wakes devices up` }, `warning settings.assistant: Amazon has something against HA_ASSISTANT_NAME: "alexa" wakes devices up.`},
		{func(f *facts) { f.Settings.Store.Failure = "The time ran out." }, "error settings.store.unread: The Parameter Store cannot be read below /lee: The time ran out."},
		{func(f *facts) { f.Settings.Store.Taken, f.Settings.URL, f.Way = 0, "", nil }, "error settings.store.empty: The Parameter Store has nothing for LEE below /lee."},
		{func(f *facts) { f.Settings.Store.Unknown = []string{"/lee/homeassistant/tokn"} }, "warning settings.store.unknown: The Parameter Store has what LEE does not know: /lee/homeassistant/tokn."},
		{func(f *facts) { f.Settings.Store.Clear = []string{"/lee/homeassistant/token"} }, "warning settings.store.clear: A secret is kept in the clear: /lee/homeassistant/token."},
		{func(f *facts) { f.Settings.Token, f.Way.Version, f.Offer = checkup.Token{}, "", nil }, "note settings.token.none: LEE has no token of its own, and acts with the one that Alexa sends."},
		{func(f *facts) { f.Settings.Token.Odd = true }, "warning settings.token.odd: The token does not look like one of Home Assistant's: these are three parts with dots between."},
		{func(f *facts) { f.Settings.Token.Expires = now }, "error settings.token.expired: The token ended on 2026-11-23."},
		{func(f *facts) { f.Settings.Token.Expires = now.AddDate(0, 0, 20) }, "warning settings.token.ending: The token ends on 2026-12-13."},
		{func(f *facts) { f.Way.Proxy = "proxy:3128" }, "note network.proxy: HTTPS_PROXY or HTTP_PROXY names proxy:3128 for this URL; the check-up went past it."},
		{func(f *facts) { f.Way.Addresses[0].Reach = checkup.Private }, "fine network.connection: "},
		{func(f *facts) { f.Way.Addresses[0].Reach, f.Way.Chosen = checkup.Private, -1 }, "error network.private.function: The function was given 203.0.113.7, which is within a private network, and gets no connection there."},
		{func(f *facts) { f.Way.Addresses[0].Reach, f.Way.Chosen = checkup.Loopback, -1 }, "error network.private.function: "},
		{func(f *facts) {
			f.Way.Addresses = []checkup.Address{{Text: "2001:db8::7", V6: true, Trouble: checkup.NoRoute}}
			f.Way.Chosen = -1
		}, "error network.ipv6.function: home.example.org has no IPv4 address, and the function has no IPv6."},
		{func(f *facts) {
			f.Way.Who, f.Way.Status = checkup.ToSecure, 301
			f.Way.Location = "https://new.example.org/"
		}, "error home.redirect: The URL leads on to https://new.example.org/."},
		{func(f *facts) {
			f.Way.Addresses[0].Reach, f.Way.Secure = checkup.Private, false // else it warns of that
			f.Way.Who, f.Way.Status, f.Way.Location = checkup.ToSecure, 301, "https://Home.example.org:8443/api/"
		}, "error home.https: The URL leads on to https://Home.example.org:8443/api/."},
		{func(f *facts) {
			f.Way.Addresses[0].Reach, f.Way.Secure = checkup.Private, false
			f.Way.Who, f.Way.Status, f.Way.Location = checkup.ToSecure, 301, "https://home.example.org.new/"
		}, "error home.redirect: The URL leads on to https://home.example.org.new/."},
		{func(f *facts) { f.Way.Addresses[0].Trouble, f.Way.Chosen = checkup.TimedOut, -1 }, "error network.silent: 203.0.113.7 does not answer on port 443."},
		{func(f *facts) { f.Settings.NoSmartHome = true }, "error alexa.off: HA_FEATURES (or HA_FEATURE_PRESET) leaves out the feature alexa, the Smart Home, so Alexa gets nothing."},
		{
			func(f *facts) { f.Offer = &checkup.Offer{Starting: true, Failure: "Home Assistant is still starting."} },
			"warning home.starting: Home Assistant is still starting, and does not know all of its devices yet.",
		},
		{func(*facts) {}, "note alexa.events: LEE sends Alexa no events"},
		{func(f *facts) { f.Offer.Failure = "The home did not answer in time." }, "error alexa.unread: The entities cannot be read: The home did not answer in time."},
		{func(f *facts) { f.Offer.Endpoints = 0 }, "error alexa.none: She gets no device of 146 entities."},
		{func(f *facts) { f.Offer.TooMany = 12 }, "warning alexa.many: 12 entities are left out, since Alexa takes 300 devices."},
		{func(f *facts) { f.Offer.Alike = []string{"Lamp", "Door"} }, "warning alexa.names: She cannot tell apart what has the same name: Lamp, Door."},
		{func(f *facts) { f.Offer.Idle = []string{"ligth.*"} }, "warning alexa.rules: HA_EXPOSE has rules about no entity of this home: ligth.*."},
		{func(f *facts) { f.Offer.Undecided, f.Offer.Unexposed = 1, true }, "warning alexa.undecided: 1 entity"},
		{func(f *facts) { f.Offer.Unexposed = true }, "note alexa.user: The token's user is no administrator"},
		{func(f *facts) { f.Offer.Registries, f.Offer.Unexposed = checkup.ByTemplate, true }, "note alexa.websocket: WebSocket is blocked on the way"},
		{func(f *facts) { f.Offer.Registries = checkup.Untold }, "warning alexa.registries: Home Assistant does not tell areas"},
		{func(f *facts) { f.Offer.Broken = []string{"light.a"} }, "warning alexa.broken: LEE failed on light.a, and leaves these out."},
		{func(f *facts) { f.Settings.Region = "eu-central-1" }, "error alexa.region.none: The function is in eu-central-1, and Alexa calls functions in us-east-1, eu-west-1 and us-west-2 alone."},
		{func(f *facts) { f.Settings.Region = "us-east-1" }, "warning alexa.region.other: HA_LOCALE is en-GB, for which Alexa calls a function in eu-west-1; this one is in us-east-1."},
		{func(f *facts) { f.Way.Times[3] = 1200 * time.Millisecond }, "warning speed.slow: 10 answers took 30 ms (p50) to 1.2 s (p95): people notice."},
		{func(f *facts) { f.Way.Reused = 0 }, "warning speed.connection: The connection is closed after each answer"},
		{func(f *facts) { f.Way.Times = []time.Duration{2 * time.Second} }, "warning speed.budget.tight: A first command takes about 5.1 s of the 8 s that Alexa waits: Lambda's start 1.0 s, the name 5.0 ms, the connection 20 ms, the handshake 45 ms, two answers 4.0 s."},
		{func(f *facts) { f.Way.Times = []time.Duration{4 * time.Second} }, "error speed.budget.over: A first command takes about 9.1 s, and Alexa waits for 8 s: Lambda's start 1.0 s,"},
	} {
		f := well()
		c.change(&f)
		r := checkup.Examine(f)
		got := told(r)
		if !strings.Contains("\n"+got, "\n"+c.want) {
			t.Errorf("found\n%swant %s", got, c.want)
		}
		word, _, _ := strings.Cut(c.want, " ")
		var severity checkup.Severity
		_ = severity.UnmarshalText([]byte(word))
		if r.Verdict != max(severity, checkup.Note) || r.Count(checkup.Warning)+r.Count(checkup.Error) > 1 && !strings.Contains(c.want, "speed.budget") {
			t.Errorf("the verdict is %s, for\n%s", r.Verdict, got)
		}
		complete(t, r)
	}
}

// TestEvents: that no events are sent is worth a note where Alexa is to get devices.
func TestEvents(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*checkup.Facts)
		said   bool
	}{
		"a home":                  {func(*checkup.Facts) {}, true},
		"one that cannot be read": {func(f *checkup.Facts) { f.Offer = nil }, true},
		"no home":                 {func(f *checkup.Facts) { f.Settings.URL, f.Way, f.Offer = "", nil, nil }, false},
		"no Smart Home":           {func(f *checkup.Facts) { f.Settings.NoSmartHome = true }, false},
	} {
		f := well()
		c.change(&f)
		if got := told(checkup.Examine(f)); strings.Contains(got, "note alexa.events: ") != c.said {
			t.Errorf("%s: found\n%s", name, got)
		}
	}
}

// complete wants every sentence whole.
func complete(t *testing.T, r checkup.Report) {
	t.Helper()
	for _, f := range r.Findings {
		if strings.ContainsAny(f.Sentence+f.Fix, "{}") {
			t.Errorf("%s has a place that nobody filled: %s %s", f.ID, f.Sentence, f.Fix)
		}
	}
}

// TestComplete has every trouble and every speaker found, known or not.
func TestComplete(t *testing.T) {
	troubles := []checkup.Trouble{
		checkup.NoSuchName, checkup.NoAddress, checkup.NoResolver, checkup.Refused, checkup.TimedOut, checkup.NoRoute, checkup.Cut, checkup.NotTLS,
		checkup.OldTLS, checkup.Declined, checkup.WantsCertificate, checkup.Expired, checkup.NotYet, checkup.WrongName, checkup.SelfSigned, checkup.Incomplete,
		checkup.UnknownAuthority, checkup.Distrusted, checkup.NotHTTP, checkup.SpeaksTLS, "of a later version",
	}
	for _, trouble := range troubles {
		for _, set := range []func(*checkup.Way){
			func(w *checkup.Way) { w.Name = trouble },
			func(w *checkup.Way) { w.Addresses[0].Trouble, w.Chosen = trouble, -1 },
			func(w *checkup.Way) { w.Certificate.Trouble = trouble },
			func(w *checkup.Way) { w.Answer = trouble },
		} {
			f := well()
			set(f.Way)
			r := checkup.Examine(f)
			if complete(t, r); r.Verdict != checkup.Error || r.Count(checkup.Error) != 1 {
				t.Errorf("%s:\n%s", trouble, told(r))
			}
		}
	}
	for _, who := range []checkup.Speaker{
		checkup.Stranger, checkup.Rejecting, checkup.Banning, checkup.Distrusting, checkup.Unknowing, checkup.Broken, checkup.Challenging, checkup.Blocking,
		checkup.Lost, checkup.Access, checkup.Login, checkup.Basic, checkup.ToSecure, checkup.Elsewhere, checkup.Encrypted, checkup.Certified,
		checkup.Forbidding, checkup.Missing, checkup.Throttling, checkup.Gateway, "of a later version",
	} {
		for _, isSecure := range []bool{false, true} {
			f := well()
			f.Way.Who, f.Way.Secure, f.Way.Times, f.Offer = who, isSecure, nil, nil
			if complete(t, checkup.Examine(f)); checkup.Examine(f).Verdict != checkup.Error {
				t.Errorf("%s:\n%s", who, told(checkup.Examine(f)))
			}
		}
	}
}

// TestFunction is of asking one.
func TestFunction(t *testing.T) {
	for outcome, want := range map[checkup.Outcome]string{
		checkup.Answered:  "fine function.fine: The function lee answered, 1.5 s after it was asked.\n",
		checkup.Unasked:   "error function.unasked: The function cannot be asked from here: no.\n",
		checkup.NoSuch:    "error function.unknown: There is no function lee in eu-west-1.\n",
		checkup.NotYours:  "error function.forbidden: AWS does not let you invoke lee: no.\n",
		checkup.Away:      "error function.away: AWS Lambda cannot be reached from here, or cannot run the function: no.\n",
		checkup.Collapsed: "error function.failed: lee failed when it was asked: no.\n",
		checkup.Failsafe:  "warning function.failsafe: The failsafe answers instead of LEE: no.\n",
		checkup.Ignorant:  "error function.old: What is deployed as lee does not know how to check itself up.\n",
	} {
		r := checkup.Call{Function: "lee", Region: "eu-west-1", Outcome: outcome, Took: 1500 * time.Millisecond, Problem: "no"}.Report(checkup.Report{})
		if got := told(r); got != want || r.From != checkup.Function || !strings.HasPrefix(want, r.Verdict.String()) {
			t.Errorf("%s, %s", r.Verdict, got)
		}
		complete(t, r)
	}
	r := checkup.Call{Function: "lee"}.Report(checkup.Examine(checkup.Facts{}))
	if len(r.Findings) < 2 || r.Findings[0].ID != "function.fine" || r.Verdict != checkup.Error {
		t.Errorf("%+v", r)
	}
}

// TestFactsTravel wants what a function saw to be judged elsewhere as it would be
// there.
func TestFactsTravel(t *testing.T) {
	raw, err := json.Marshal(well())
	if err != nil {
		t.Fatal(err)
	}
	var there checkup.Facts
	if err := json.Unmarshal(raw, &there); err != nil {
		t.Fatal(err)
	}
	if got, want := told(checkup.Examine(there)), told(checkup.Examine(well())); got != want {
		t.Errorf("%s\nis judged as\n%s", raw, got)
	}
	raw, _ = json.Marshal(checkup.Examine(well()))
	var report checkup.Report
	if err := json.Unmarshal(raw, &report); err != nil || told(report) != told(checkup.Examine(well())) {
		t.Errorf("%s is read as %+v, %v", raw, report, err)
	}
	var s checkup.Severity
	if err := json.Unmarshal([]byte(`"dreadful"`), &s); err != nil || s != checkup.Error {
		t.Errorf("%v, %v", s, err)
	}
}

// TestTerminal wants nothing that the world says to move a cursor, or to fill the
// screen.
func TestTerminal(t *testing.T) {
	f := well()
	f.Way.Version = "2026.11\x1b[2J\r\n" + strings.Repeat("9", 5000)
	for _, found := range checkup.Examine(f).Findings {
		if strings.ContainsAny(found.Sentence, "\x1b\r\n") || len(found.Sentence) > 400 {
			t.Errorf("%q", found.Sentence)
		}
	}
}

func TestExitCodes(t *testing.T) {
	for severity, want := range map[checkup.Severity]int{checkup.Fine: 0, checkup.Note: 0, checkup.Warning: 1, checkup.Error: 2} {
		if got := severity.ExitCode(); got != want {
			t.Errorf("%s ends with %d", severity, got)
		}
	}
}

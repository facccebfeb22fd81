package checkup

import (
	"cmp"
	"strconv"
	"strings"
)

// way describes the way as far as it leads: what stopped it comes last.
func (e *examination) way(w Way) {
	if w.Proxy != "" {
		e.say("network.proxy", "proxy", w.Proxy)
	}
	_ = e.name(w) && e.connection(w) && e.encryption(w) && e.answer(w)
}

// homely are the ends of names that mean something at home only: multicast DNS
// (RFC 6762), RFC 8375, and what routers are given to.
var homely = []string{".local", ".home.arpa", ".lan", ".home", ".internal", ".fritz.box", ".localdomain"}

func (e *examination) name(w Way) bool {
	atHome := !strings.ContainsAny(w.Host, ".:")
	for _, end := range homely {
		atHome = atHome || strings.HasSuffix(strings.ToLower(w.Host), end)
	}
	switch {
	case w.Name == NoResolver || w.Name == TimedOut:
		e.say("network.name.silent", "host", w.Host)
	case w.Name == NoAddress, w.Name == None && len(w.Addresses) == 0:
		e.say("network.name.empty", "host", w.Host)
	case w.Name != None && atHome:
		e.say("network.name.local", "host", w.Host)
	case w.Name != None:
		e.say("network.name.unknown", "host", w.Host)
	default:
		return true
	}
	return false
}

func (e *examination) connection(w Way) bool {
	var texts []string
	onlyV6, noRoute := true, true
	for _, a := range w.Addresses {
		texts = append(texts, a.Text)
		onlyV6 = onlyV6 && a.V6
		noRoute = noRoute && a.Trouble == NoRoute
	}
	first, chosen := &w.Addresses[0], w.chosen()
	if chosen != nil {
		first = chosen
	}
	if len(texts) > 1 || first.Text != w.Host {
		e.say("network.name", "host", w.Host, "addresses", several(texts))
	}
	switch {
	case first.Reach != Public && e.From == Function:
		// A function in a VPC may well have a way into a private network.
		if chosen == nil {
			e.say("network.private.function", "address", first.Text)
			return false
		}
	case first.Reach == Private:
		e.say("network.private", "address", first.Text)
	case first.Reach == Loopback:
		e.say("network.loopback", "address", first.Text)
	case onlyV6 && e.From == Function && noRoute:
		e.say("network.ipv6.function", "host", w.Host)
		return false
	case onlyV6 && e.From == Here:
		e.say("network.ipv6", "host", w.Host)
	}
	if chosen != nil {
		e.halves(w)
		e.say("network.connection", "address", first.Text, "port", w.Port, "took", long(first.Took))
		return true
	}
	id := map[Trouble]string{Refused: "network.refused", TimedOut: "network.silent", NoRoute: "network.route"}[first.Trouble]
	e.say(cmp.Or(id, "network.cut"), "address", first.Text, "port", w.Port, "place", string(e.From))
	return false
}

// halves describes addresses that take no connection while another does. That one
// cannot go there from here is no fault of the address's.
func (e *examination) halves(w Way) {
	for _, a := range w.Addresses {
		if a.Trouble == None || a.Trouble == NoRoute {
			continue
		}
		problem := map[Trouble]string{Refused: "it refuses them", TimedOut: "it does not answer"}[a.Trouble]
		e.say("network.half", "host", w.Host, "address", a.Text, "problem", cmp.Or(problem, "it ends them"), "record", map[bool]string{true: "AAAA", false: "A"}[a.V6])
	}
}

// encryptionTroubles are the findings of what ends before or with the
// certificate.
var encryptionTroubles = map[Trouble]string{
	NotTLS: "encryption.missing", OldTLS: "encryption.old", WantsCertificate: "encryption.client", TimedOut: "encryption.silent",
	Expired: "encryption.expired", NotYet: "encryption.early", WrongName: "encryption.name", SelfSigned: "encryption.self-signed",
	Incomplete: "encryption.incomplete", UnknownAuthority: "encryption.authority", Distrusted: "encryption.distrusted",
}

func (e *examination) encryption(w Way) bool {
	if !w.Secure {
		if w.chosen().Reach == Public {
			e.say("encryption.none")
		}
		return true
	}
	c := w.Certificate
	seen := []string{
		"host", w.Host, "port", w.Port, "issuer", cmp.Or(c.Issuer, "nobody who is named"), "names", cmp.Or(several(c.Names), "nobody who is named"),
		"until", day(c.Until), "from", day(c.From), "problem", cmp.Or(c.Detail, "the connection was cut"),
	}
	if w.Port != "443" && w.chosen().Reach == Public {
		e.say("encryption.port", seen...)
	}
	switch {
	case c.Trouble != None:
		e.say(cmp.Or(encryptionTroubles[c.Trouble], "encryption.declined"), seen...)
		return false
	case e.Settings.Unverified:
		e.say("encryption.unchecked")
	case c.Until.Sub(e.Now) < certificateRest:
		e.say("encryption.expiring", append(seen, "days", long(c.Until.Sub(e.Now)))...)
	default:
		e.say("encryption.certificate", seen...)
	}
	return true
}

// answers are the findings of who answers, Home aside.
var answers = map[Speaker]string{
	Rejecting: "home.token", Banning: "home.banned", Distrusting: "home.proxy", Unknowing: "home.api", Broken: "home.failing",
	Challenging: "home.cloudflare.challenge", Blocking: "home.cloudflare.block", Lost: "home.cloudflare.lost", Access: "home.cloudflare.access",
	Login: "home.login", Basic: "home.basic", ToSecure: "home.https", Elsewhere: "home.redirect", Encrypted: "home.tls",
	Certified: "encryption.client", Forbidding: "home.forbidden", Missing: "home.missing", Throttling: "home.throttled", Gateway: "home.gateway",
	Stranger: "home.stranger",
}

func (e *examination) answer(w Way) bool {
	silence := map[Trouble]string{
		None: "", TimedOut: "home.silent", NotHTTP: "home.protocol", SpeaksTLS: "home.tls", WantsCertificate: "encryption.client",
	}
	if id, ok := silence[w.Answer]; !ok || id != "" {
		e.say(cmp.Or(id, "home.cut"), "host", w.Host, "port", w.Port)
		return false
	}
	if e.clock(w); w.Who == Home {
		e.say("home.answer", "url", e.Settings.URL)
		e.version(w.Version)
		return true
	}
	who := w.Who
	if who == ToSecure && (w.Secure || !w.leadsHome()) {
		who = Elsewhere
	}
	e.say(cmp.Or(answers[who], "home.stranger"), "host", w.Host, "port", w.Port, "place", string(e.From), "who", capital(w.Shown),
		"status", count(w.Status), "location", strings.TrimPrefix(w.Location, map[bool]string{true: "https://"}[who == ToSecure]))
	return false
}

// leadsHome says whether the way leads on to the host that it came to.
func (w *Way) leadsHome() bool {
	_, rest, _ := strings.Cut(strings.ToLower(w.Location), "://")
	host, _, _ := strings.Cut(rest, "/")
	home := strings.ToLower(w.Host)
	if strings.Contains(home, ":") {
		home = "[" + home + "]"
	}
	return host == home || strings.HasPrefix(host, home+":")
}

func (e *examination) clock(w Way) {
	switch skew := w.Skew.Abs(); {
	case !w.Clocked:
	case skew < mostSkew:
		e.say("home.clock")
	case w.Skew > 0:
		e.say("home.clock.wrong", "skew", long(skew), "direction", "ahead of", "place", string(e.From))
	default:
		e.say("home.clock.wrong", "skew", long(skew), "direction", "behind", "place", string(e.From))
	}
}

func (e *examination) version(version string) {
	switch {
	case version == "" && !e.Settings.Token.Given:
	case version == "":
		e.say("home.version.unknown")
	case older(version, Oldest):
		e.say("home.version.old", "version", version, "oldest", Oldest)
	default:
		e.say("home.version", "version", version)
	}
}

// older says whether a version is older than another, by year and month: "2024.4.1".
func older(version, than string) bool {
	numbers := func(text string) [2]int {
		year, rest, _ := strings.Cut(text, ".")
		month, _, _ := strings.Cut(rest, ".")
		y, _ := strconv.Atoi(year)
		m, _ := strconv.Atoi(month)
		return [2]int{y, m}
	}
	a, b := numbers(version), numbers(than)
	return a[0] < b[0] || a[0] == b[0] && a[1] < b[1]
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

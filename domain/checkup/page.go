package checkup

import (
	"slices"
	"strings"
)

// Page is an answer to a request for Home Assistant's API, as much of it as tells
// who answered.
type Page struct {
	Status int
	// Type, Server and Challenge are the headers Content-Type, Server and
	// WWW-Authenticate. Mitigated is Cloudflare's header of that name
	// (https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/).
	Type, Server, Challenge, Mitigated string
	// Location is where a redirect leads, without its query: "https://host/path".
	Location string
	// Body is the beginning of what it says.
	Body string
}

// Speaker is who answered, and how.
type Speaker string

// The speakers.
const (
	Stranger Speaker = "" // whom nobody recognises

	// Home Assistant by itself.
	Home        Speaker = "home"
	Rejecting   Speaker = "home, rejecting"   // it does not accept the token
	Banning     Speaker = "home, banning"     // it has banned the address
	Distrusting Speaker = "home, distrusting" // it does not trust the proxy in front of it
	Unknowing   Speaker = "home, unknowing"   // it has no API
	Broken      Speaker = "home, broken"

	// Cloudflare.
	Challenging Speaker = "cloudflare, challenging" // it wants to see a browser
	Blocking    Speaker = "cloudflare, blocking"
	Lost        Speaker = "cloudflare, lost" // it does not find the home
	Access      Speaker = "cloudflare access"

	// Others in front of it.
	Login      Speaker = "login"
	Basic      Speaker = "login, basic" // by a browser's own form
	ToSecure   Speaker = "redirect to https"
	Elsewhere  Speaker = "redirect"
	Encrypted  Speaker = "wants TLS"
	Certified  Speaker = "wants a certificate"
	Forbidding Speaker = "forbidding"
	Missing    Speaker = "missing"
	Throttling Speaker = "throttling"
	Gateway    Speaker = "gateway"
)

// Speaker returns who it was.
func (p Page) Speaker() Speaker {
	for _, s := range []func(Page) Speaker{Page.homeAssistant, Page.cloudflare, Page.login, Page.redirect, Page.proxy} {
		if who := s(p); who != Stranger {
			return who
		}
	}
	return Stranger
}

// homeAssistant recognises Home Assistant by its own words: a proxy's answers of
// the same status are pages. That its answer to a request without a token is a
// list of ways to sign in, and to one with a token that its API is running, is
// read in its source (components/auth/login_flow.py, components/api).
func (p Page) homeAssistant() Speaker {
	body := strings.TrimSpace(p.Body)
	if strings.HasPrefix(p.Type, "application/json") && p.Status == 200 &&
		(strings.Contains(body, `"API running."`) || strings.HasPrefix(body, `{"providers":`)) {
		return Home
	}
	// Its pages are for people: who gets one asked at a path too many.
	if p.html() && p.says("<title>home assistant</title>") || strings.HasSuffix(p.Location, "/onboarding.html") {
		return Unknowing
	}
	if !strings.HasPrefix(p.Type, "text/plain") {
		return Stranger
	}
	return map[string]Speaker{
		"401: Unauthorized":          Rejecting,
		"403: Forbidden":             Banning,
		"400: Bad Request":           Distrusting,
		"404: Not Found":             Unknowing,
		"500: Internal Server Error": Broken,
	}[body]
}

func (p Page) cloudflare() Speaker {
	theirs := strings.EqualFold(p.Server, "cloudflare")
	switch {
	case strings.Contains(p.Location, ".cloudflareaccess.com"), theirs && p.says("cloudflare access", "cf-access"):
		return Access
	case p.Mitigated == "challenge", theirs && p.says("just a moment...", "/cdn-cgi/challenge-platform/"):
		return Challenging
	// 520 to 530 are Cloudflare's own
	// (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/).
	case p.Status >= 520 && p.Status <= 530, theirs && p.Status >= 502 && p.Status <= 504:
		return Lost
	case theirs && p.Status == 403:
		return Blocking
	}
	return Stranger
}

// logins are parts of the places that logins in front of a home lead to:
// Authelia, authentik, oauth2-proxy, Keycloak, Google, Microsoft, Tailscale.
var logins = []string{
	"authelia", "/outpost.goauthentik.io", "/if/flow/", "/oauth2/", "/openid-connect/", "accounts.google.com",
	"login.microsoftonline.com", "login.tailscale.com", "/login", "/signin", "/sso", "//auth.", "//login.", "//sso.",
}

func (p Page) login() Speaker {
	location := strings.ToLower(p.Location)
	switch {
	case p.Status == 401 && strings.HasPrefix(strings.ToLower(p.Challenge), "basic"):
		return Basic
	case p.redirects() && slices.ContainsFunc(logins, func(part string) bool { return strings.Contains(location, part) }):
		return Login
	case p.html() && p.says(`type="password"`, `type=password`, `type='password'`):
		return Login
	case p.Status == 401:
		return Login
	}
	return Stranger
}

func (p Page) redirect() Speaker {
	switch {
	case !p.redirects():
		return Stranger
	case strings.HasPrefix(p.Location, "https://") && p.Status != 304:
		return ToSecure
	default:
		return Elsewhere
	}
}

func (p Page) proxy() Speaker {
	switch {
	case p.says("the plain http request was sent to https port", "client sent an http request to an https server", "speaking plain http to an ssl-enabled server port"):
		return Encrypted
	case p.says("no required ssl certificate was sent", "the ssl certificate error"):
		return Certified
	}
	return map[int]Speaker{403: Forbidding, 404: Missing, 429: Throttling, 502: Gateway, 503: Gateway, 504: Gateway}[p.Status]
}

func (p Page) redirects() bool { return p.Status >= 300 && p.Status < 400 && p.Location != "" }

func (p Page) html() bool { return strings.Contains(p.Type, "html") }

// says tells whether the page has one of the words, which are in lower case.
func (p Page) says(words ...string) bool {
	body := strings.ToLower(p.Body)
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(body, word) })
}

// Shown returns how the page shows itself: its title, or who serves it.
func (p Page) Shown() string {
	lower := strings.ToLower(p.Body)
	if from := strings.Index(lower, "<title>"); from >= 0 && len(lower) == len(p.Body) {
		const most = 60
		title, _, ok := strings.Cut(p.Body[from+len("<title>"):], "<")
		if title = plain(title); ok && title != "" && len(title) <= most {
			return "a page titled “" + title + "”"
		}
	}
	switch {
	case p.Server != "":
		return "a server that calls itself " + p.Server
	case p.html():
		return "a page"
	default:
		return "somebody"
	}
}

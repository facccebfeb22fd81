package demohome

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// The ids of the two users, as contexts carry them.
const (
	adminID = "a1c5b0f2d3e94f6c8b7a605142332415"
	guestID = "b2d6c1f3e4fa407d9c8b716253443526"
)

// guard counts wrong tokens by address.
type guard struct {
	failures map[string]int
	banned   map[string]bool
}

func newGuard() guard {
	return guard{failures: map[string]int{}, banned: map[string]bool{}}
}

// user returns who a token belongs to, or false.
func (h *House) user(token string) (id string, ok bool) {
	same := func(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
	switch {
	case same(token, h.options.Token):
		return adminID, true
	case h.options.UserToken != "" && same(token, h.options.UserToken):
		return guestID, true
	}
	return "", false
}

// caller returns who a request comes from, or false.
func (h *House) caller(r *http.Request) (id string, ok bool) {
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		return "", false
	}
	return h.user(token)
}

// wrongToken counts a failure of an address and bans it when there were too
// many.
func (h *House) wrongToken(r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	from := address(r)
	h.guard.failures[from]++
	if h.options.BanAfter > 0 && h.guard.failures[from] >= h.options.BanAfter {
		h.guard.banned[from] = true
	}
}

func (h *House) isBanned(r *http.Request) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.guard.banned[address(r)]
}

func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// sendUnauthorized refuses a request without a valid token. Home Assistant names
// its way to authenticate when it was asked by an address that it knows as its
// own; by another name, a proxy's say, it does not.
func sendUnauthorized(w http.ResponseWriter, r *http.Request) {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsLoopback() || host == "localhost" {
		scheme := "http"
		if r.TLS != nil {
			scheme = "https"
		}
		w.Header().Set("WWW-Authenticate",
			`Bearer resource_metadata="`+scheme+"://"+r.Host+`/.well-known/oauth-protected-resource"`)
	}
	sendStatus(w, http.StatusUnauthorized)
}

// sendForbidden refuses a user who may not: the same 401, without that header.
func sendForbidden(w http.ResponseWriter) { sendStatus(w, http.StatusUnauthorized) }

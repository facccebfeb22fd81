package lambdaapi

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// isLoopback says whether a host with or without a port, as a request's Host header has
// it, is this machine under a name that nobody else can give it.
func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	} else {
		host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

// ownOnly serves requests of programs on this machine alone, and refuses others before
// it reads their body: an invocation may unlock a door. A web page could post to a
// loopback port, and its browser says so by Origin or Sec-Fetch-Site. A page whose own
// name was made to lead here needs neither, but its name is the Host.
func ownOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !isLoopback(r.Host):
			refuse(w, "only requests to localhost are served here; use http://127.0.0.1")
		case r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "":
			refuse(w, "requests of web pages are not served here")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// refuse answers with why and closes the connection: net/http would read the body first
// otherwise.
func refuse(w http.ResponseWriter, why string) {
	w.Header().Set("Connection", "close")
	http.Error(w, why, http.StatusForbidden)
}

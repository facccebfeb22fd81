package demohome

import "net/http"

// Answers that come from something in front of a Home Assistant, or from one
// that is in trouble. Each call returns a new one.

// Unauthorized is Home Assistant's own 401, as for a wrong token.
func Unauthorized() *Answer {
	return &Answer{
		Status: http.StatusUnauthorized,
		Header: http.Header{
			"Content-Type": {"text/plain; charset=utf-8"}, "Referrer-Policy": {"no-referrer"},
			"X-Content-Type-Options": {"nosniff"}, "X-Frame-Options": {"SAMEORIGIN"}, "Server": {""},
		},
		Body: "401: Unauthorized",
	}
}

// ProxyUnauthorized is the 401 of a proxy that wants a password of its own.
func ProxyUnauthorized() *Answer {
	return page(http.StatusUnauthorized, "nginx", http.Header{"WWW-Authenticate": {`Basic realm="Restricted"`}}, "401 Authorization Required")
}

// Forbidden is the 403 of a proxy.
func Forbidden() *Answer { return page(http.StatusForbidden, "nginx", nil, "403 Forbidden") }

// Banned is Home Assistant's answer to an address that it has banned.
func Banned() *Answer {
	a := Unauthorized()
	a.Status, a.Body = http.StatusForbidden, "403: Forbidden"
	return a
}

// Challenge is the page of a web application firewall that takes its visitor for
// a robot.
func Challenge() *Answer {
	return &Answer{
		Status: http.StatusForbidden,
		Header: http.Header{"Content-Type": {"text/html; charset=UTF-8"}, "Server": {"cloudflare"}, "Cf-Mitigated": {"challenge"}},
		Body: "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title></head>" +
			"<body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
	}
}

// InternalError is Home Assistant's answer when it failed and nobody caught it.
func InternalError() *Answer {
	a := Unauthorized()
	a.Status, a.Body = http.StatusInternalServerError, "500 Internal Server Error\n\nServer got itself in trouble"
	a.Header["Connection"] = []string{"close"}
	return a
}

// BadGateway is the answer of a proxy whose Home Assistant is down.
func BadGateway() *Answer { return page(http.StatusBadGateway, "nginx", nil, "502 Bad Gateway") }

func page(status int, server string, header http.Header, title string) *Answer {
	if header == nil {
		header = http.Header{}
	}
	header.Set("Content-Type", "text/html")
	header.Set("Server", server)
	return &Answer{
		Status: status, Header: header,
		Body: "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
			"</h1></center>\r\n<hr><center>" + server + "</center>\r\n</body>\r\n</html>\r\n",
	}
}

package demohome

import "net/http"

// Answers that come from something in front of a Home Assistant. Each call returns a
// new one.

// Forbidden is the 403 of a proxy.
func Forbidden() *Answer {
	const title = "403 Forbidden"
	return &Answer{
		Status: http.StatusForbidden, Header: http.Header{"Content-Type": {"text/html"}, "Server": {"nginx"}},
		Body: "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
			"</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
	}
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

package alexatest

import (
	"regexp"
	"strings"
)

// Names of members that hold a token, and what Home Assistant's tokens (JSON Web
// Tokens) look like.
var (
	tokenMember  = map[string]bool{"scope": true, "token": true, "grantee": true, "accesstoken": true, "access_token": true, "bearertoken": true, "authorization": true}
	jsonWebToken = regexp.MustCompile(`eyJ[\w-]+\.[\w-]+\.[\w-]*`)
)

// noToken complains of tokens anywhere in an answer. It shows none of them.
func noToken(s spot) {
	for _, name := range s.names() {
		if tokenMember[strings.ToLower(name)] {
			s.at(name).complain("must not be in an answer: it is for tokens")
		} else {
			noToken(s.at(name))
		}
	}
	for _, item := range s.items() {
		noToken(item)
	}
	if jsonWebToken.MatchString(s.text()) || strings.Contains(s.text(), "Bearer ") {
		s.complain("has a token in it")
	}
}

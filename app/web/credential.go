package web

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"strings"
)

// credential is what became of what a request shows.
type credential uint8

const (
	// none: it shows nothing.
	none credential = iota
	// rejected: it shows something that does not count.
	rejected
	// accepted: it comes from an operator.
	accepted
)

// check looks at what a request shows: that AWS IAM has let it in, or the
// operators' secret as a bearer token.
func (r *Router) check(ctx context.Context, request *Request) credential {
	if request.iam {
		return accepted
	}
	shown := request.Header("authorization")
	if shown == "" {
		return none
	}
	scheme, token, _ := strings.Cut(shown, " ")
	want := r.secret(ctx)
	if !same(strings.TrimSpace(token), want.Reveal()) || want.Empty() || !strings.EqualFold(scheme, "Bearer") {
		return rejected
	}
	return accepted
}

// same says whether two texts are the same. How long that takes tells nothing of
// where they differ, nor of how long the one is that is not known: hashes are of
// one length.
func same(a, b string) bool {
	one, other := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(one[:], other[:]) == 1
}

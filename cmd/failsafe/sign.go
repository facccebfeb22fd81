package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// signer signs requests to the Parameter Store with AWS's Signature Version 4
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
// AWS's own signer would make the failsafe larger (docs/decisions/0007-failsafe-settings.md).
type signer struct {
	region, keyID string
	key           secret.Text
	// session is the token of temporary credentials, empty for others.
	session secret.Text
}

// sign signs a request with this body, which has no query.
func (s signer) sign(r *http.Request, body []byte, now time.Time) {
	at := now.UTC().Format("20060102T150405Z")
	r.Header.Set("X-Amz-Date", at)
	if !s.session.Empty() {
		r.Header.Set("X-Amz-Security-Token", s.session.Reveal())
	}
	headers := map[string]string{"host": r.URL.Host, "content-length": strconv.Itoa(len(body))}
	names := []string{"host", "content-length"}
	for name := range r.Header {
		name = strings.ToLower(name)
		headers[name], names = r.Header.Get(name), append(names, name)
	}
	slices.Sort(names)
	signed := strings.Join(names, ";")
	canonical := r.Method + "\n" + r.URL.EscapedPath() + "\n\n"
	for _, name := range names {
		canonical += name + ":" + headers[name] + "\n"
	}
	canonical += "\n" + signed + "\n" + digest(body)
	scope := []string{at[:len("20060102")], s.region, "ssm", "aws4_request"}
	signature := []byte("AWS4" + s.key.Reveal())
	for _, part := range append(scope, "AWS4-HMAC-SHA256\n"+at+"\n"+strings.Join(scope, "/")+"\n"+digest([]byte(canonical))) {
		mac := hmac.New(sha256.New, signature)
		_, _ = mac.Write([]byte(part)) // a hash never fails
		signature = mac.Sum(nil)
	}
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+s.keyID+"/"+strings.Join(scope, "/")+
		", SignedHeaders="+signed+", Signature="+hex.EncodeToString(signature))
}

// digest returns the SHA-256 hash of a text in hex.
func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
